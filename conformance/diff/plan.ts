import * as fc from 'fast-check';
import { kindsOf, type SessionKind } from '../../model/sequential/session.ts';
import type { Design } from '../../spec/index.ts';
import { fuzzSizes, sequences } from '../fuzz/arbitrary.ts';
import { withoutOn } from '../fuzz/without.ts';
import type { Kernel } from '../kernels/kernel.ts';
import { sequenceLine, type Sequence } from '../sequence.ts';
import { closedGate } from '../vectors/gates.ts';
import { allVectors } from '../vectors/generate.ts';
import { sequenceOf } from '../vectors/judge.ts';

/** A kernel and the design that it is judged by. */
export interface Side {
  readonly kernel: Kernel;
  readonly design: Design;
}

/** The kinds of session that both sides offer. */
export function sharedKinds(left: Side, right: Side): readonly SessionKind[] {
  const theirs = new Set(kindsOf(right.design));
  return kindsOf(left.design).filter((kind) => theirs.has(kind));
}

/** What of all that is run: the kinds of session, how many random sequences from where, and whether the machine may notice. */
export interface Extent {
  readonly kinds: readonly SessionKind[];
  readonly seed: number;
  readonly runs: number;
  readonly system: boolean;
}

/** The vectors of both designs that both kernels can run, each sequence once. */
export function sharedVectors(left: Side, right: Side, { kinds, system }: Extent): readonly Sequence[] {
  const bothDesigns = left.design === right.design ? [left.design] : [left.design, right.design];
  const found = new Map<string, Sequence>();
  for (const vector of bothDesigns.flatMap(allVectors)) {
    if (!kinds.includes(vector.kind)) continue;
    const closed = [left, right].some(({ kernel }) => closedGate(vector, kernel, system) !== undefined);
    if (closed) continue;
    const sequence = sequenceOf(vector);
    const key = sequenceLine({ ...sequence, id: sequence.kind });
    if (!found.has(key)) found.set(key, sequence);
  }
  return [...found.values()];
}

/** Random sequences that both kernels can run: the same ones for the same seed and the same kernels. */
export function sharedRandom(left: Side, right: Side, { kinds, seed, runs }: Extent): readonly Sequence[] {
  if (kinds.length === 0 || runs === 0) return [];
  const without = new Set([left, right].flatMap(({ kernel }) => [...withoutOn(kernel)]));
  const arbitrary = sequences({ kinds, ...fuzzSizes, without });
  return fc.sample(arbitrary, { seed, numRuns: runs }).map((sequence, i) => ({ ...sequence, id: `${seed}.${i}` }));
}
