import { Sequential } from '../../model/sequential/sequential.ts';
import type { Design } from '../../spec/index.ts';
import type { Disagrees } from '../judge/verdict.ts';
import { sequenceLine, type Sequence } from '../sequence.ts';
import { vectorC } from '../vectors/c/files.ts';
import type { OutputFile } from '../vectors/files.ts';
import { vectorOfSequence } from '../vectors/generate.ts';
import { describeDisagreement } from './describe.ts';

/** A disagreement that is to be kept, as it was found or as short as it got. */
export interface Kept {
  readonly sequence: Sequence;
  readonly verdict: Disagrees;
  /** How often it disagreed when it was run again; none when it was not run again. */
  readonly again?: { readonly runs: number; readonly disagreed: number };
}

/**
 * The files of a disagreement, named after its sequence: what was seen, for reading; and where it takes one page only, the
 * vector, as JSON and as a C file, which pass once the kernel does what the model says.
 */
export function foundFiles(design: Design, { sequence, verdict, again }: Kept): readonly OutputFile[] {
  const name = sequence.id.replaceAll(/[^\w-]/gu, '-');
  const rate = again ? [`disagreed in ${again.disagreed} of ${again.runs} runs`] : ['not run again yet'];
  const lines = [`${design.name}, ${sequence.kind}`, sequenceLine(sequence), ...describeDisagreement(verdict), ...rate];
  const text = { path: `${name}.txt`, content: `${lines.join('\n')}\n` };
  if (sequence.pages > 1) return [text];
  const vector = vectorOfSequence(new Sequential(design, sequence.kind), sequence);
  return [
    text,
    { path: `${name}.json`, content: `${JSON.stringify(vector, null, 1)}\n` },
    { path: `${name}.c`, content: vectorC(vector) },
  ];
}
