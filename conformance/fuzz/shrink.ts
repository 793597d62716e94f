import type { Kernel } from '../kernels/kernel.ts';
import type { Judge } from '../judge/judge.ts';
import type { Disagrees } from '../judge/verdict.ts';
import { sequenceLine, type Sequence } from '../sequence.ts';

/** A sequence on which kernel and model disagree. */
export interface Disagreement {
  readonly sequence: Sequence;
  readonly verdict: Disagrees;
}

/** Rounds of shrinking; each tries every sequence that is one operation or one page shorter. */
const roundsMax = 64;

/** The sequence cut off after the step that disagrees. */
function cut({ sequence, verdict }: Disagreement): Sequence {
  return { ...sequence, operations: sequence.operations.slice(0, verdict.step + 1) };
}

/** Sequences that are smaller by one thing. */
export function smaller(sequence: Sequence, page: number): readonly Sequence[] {
  const { operations, pages } = sequence;
  const shorter = operations.map((_, i) => ({ ...sequence, operations: operations.filter((__, k) => k !== i) }));
  if (pages === 1) return shorter;
  const onePage = operations
    .filter(({ lo, hi }) => lo <= page && page <= hi)
    .map((operation) => ({ ...operation, lo: 0, hi: 0 }));
  return [{ ...sequence, pages: 1, operations: onePage }, ...shorter];
}

/** Runs sequences and keeps the first that still disagrees. */
async function firstDisagreement(
  kernel: Kernel,
  judge: Judge,
  candidates: readonly Sequence[],
): Promise<Disagreement | undefined> {
  const named = candidates.map((sequence, i) => ({ ...sequence, id: `try${i}` }));
  let found: Disagreement | undefined;
  let at = 0;
  const outcome = await kernel.run(named.map(sequenceLine), (seen) => {
    const sequence = named[at++] as Sequence;
    const verdict = judge.judge(sequence, seen);
    if (found === undefined && verdict.verdict === 'disagrees') found = { sequence, verdict };
  });
  return outcome.kind === 'finished' ? found : undefined;
}

/** Makes a disagreement as short as it gets by running smaller sequences on the kernel: none that is one step smaller disagrees. */
export async function shrink(kernel: Kernel, judge: Judge, start: Disagreement): Promise<Disagreement> {
  let best: Disagreement = { ...start, sequence: cut(start) };
  for (let round = 0; round < roundsMax; round++) {
    const candidates = smaller(best.sequence, best.verdict.page).filter(({ operations }) => operations.length > 0);
    // oxlint-disable-next-line no-await-in-loop -- each round starts from what the last one found
    const found = await firstDisagreement(kernel, judge, candidates);
    if (found === undefined) break;
    best = { sequence: { ...cut(found), id: start.sequence.id }, verdict: found.verdict };
  }
  return best;
}
