import type { Vector } from './vector.ts';

/** A file to be written, relative to a folder. */
export interface OutputFile {
  readonly path: string;
  readonly content: string;
}

/** The path of a vector without an ending: `linux-7.3/rwp-sync/swap+uffd/touch-r`. */
export function vectorPath({ design, id }: Vector): string {
  return `${design}/${id}`;
}

/** Each vector as a JSON file of its own. */
export function* vectorFiles(vectors: readonly Vector[]): Generator<OutputFile> {
  for (const vector of vectors) {
    yield { path: `${vectorPath(vector)}.json`, content: `${JSON.stringify(vector, null, 1)}\n` };
  }
}
