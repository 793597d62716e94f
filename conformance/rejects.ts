import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { join } from 'node:path';
import type { Design } from '../spec/index.ts';
import { explainedShareMax } from './judge/verdict.ts';
import { Judge } from './judge/judge.ts';
import { parseRecording, recorded, type Recorded } from './recording.ts';
import { packageRoot } from './runner/build.ts';

/** Whether what real kernels showed refutes a design, and where. */
export type Rejection =
  | { readonly rejected: false; readonly sequences: number }
  | {
      readonly rejected: true;
      /** The recording, and the sequence in it. */
      readonly recording: string;
      readonly sequence: string;
      readonly step: number;
      readonly operation: string;
      readonly seen: string;
      /** How many sequences were judged before this one. */
      readonly sequences: number;
    };

/** Observations of real kernels that come with the project. */
export interface RecordingFile {
  readonly name: string;
  readonly design: string;
  readonly made: string;
  readonly release: string;
  readonly all: readonly Recorded[];
}

let known: readonly RecordingFile[] | undefined;

/** The recordings that come with the project; each file says which command made it. */
export function recordings(): readonly RecordingFile[] {
  const folder = join(packageRoot(), 'conformance', 'recordings');
  known ??= readdirSync(folder)
    .filter((name) => name.endsWith('.json.gz'))
    .toSorted()
    .map((name) => {
      const recording = parseRecording(gunzipSync(readFileSync(join(folder, name))).toString('utf8'), name);
      const { design, made, release } = recording;
      return { name, design, made, release, all: recorded(recording, name) };
    });
  return known;
}

/**
 * Judges the recordings of the kernels that a design claims to describe. A design whose model has no answer to what
 * was done is rejected too, and so is one that needs environment steps that nobody asked for more often than a run may.
 */
export function rejectsByRecordings(design: Design, files: readonly RecordingFile[] = recordings()): Rejection {
  let sequences = 0;
  let explained = 0;
  const judge = new Judge(design);
  for (const { name, made, all } of files.filter((file) => file.design === design.name)) {
    // In a vector nothing happens that nobody asked for.
    const explainedMax = made.startsWith('faultline run') ? 0 : explainedShareMax * all.length;
    for (const { sequence, seen } of all) {
      const verdict = judge.judge(sequence, seen);
      const where = { rejected: true, recording: name, sequence: sequence.id, sequences } as const;
      if (verdict.verdict === 'disagrees') {
        const { step, operation, seen: shown } = verdict;
        return { ...where, step, operation, seen: shown };
      }
      if (verdict.verdict === 'explained' && ++explained > explainedMax) {
        const last = sequence.operations.length - 1;
        return {
          ...where,
          step: last,
          operation: 'any',
          seen: `explained only by ${verdict.by.join(', ')}, too often`,
        };
      }
      sequences++;
    }
  }
  return { rejected: false, sequences };
}
