import type { Kernel } from '../kernels/kernel.ts';
import type { Judge } from '../judge/judge.ts';
import type { Disagrees } from '../judge/verdict.ts';
import { sequenceLine, type Sequence } from '../sequence.ts';

/** A sequence on which kernel and model disagree. */
export interface Disagreement {
  readonly sequence: Sequence;
  readonly verdict: Disagrees;
}

/** How often a sequence was run again, and how often it disagreed. */
export interface Again {
  readonly runs: number;
  readonly disagreed: number;
}

/** A disagreement as short as it got, and how steadily it disagrees. */
export interface Shrunk extends Disagreement {
  readonly again: Again;
}

/** Rounds of shrinking; each tries every sequence that is one operation or one page shorter. */
const roundsMax = 64;

/** A shorter sequence is run again so often, and must disagree at least so often: what fails by chance is not taken for shorter. */
const reruns = { runs: 5, least: 3 } as const;

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

/** Runs sequences, and gives those that disagree; undefined when the kernel is lost. */
async function disagreeing(
  kernel: Kernel,
  judge: Judge,
  sequences: readonly Sequence[],
): Promise<readonly Disagreement[] | undefined> {
  const found: Disagreement[] = [];
  const named = sequences.map((sequence, i) => ({ ...sequence, id: `try${i}` }));
  let at = 0;
  const outcome = await kernel.run(named.map(sequenceLine), (seen) => {
    const sequence = named[at++] as Sequence;
    const verdict = judge.judge(sequence, seen);
    if (verdict.verdict === 'disagrees') found.push({ sequence, verdict });
  });
  return outcome.kind === 'finished' ? found : undefined;
}

/** Runs a sequence again and again. */
async function measured(kernel: Kernel, judge: Judge, one: Disagreement): Promise<Shrunk> {
  const sequence = cut(one);
  const again = await disagreeing(
    kernel,
    judge,
    Array.from({ length: reruns.runs }, () => sequence),
  );
  return { sequence, verdict: one.verdict, again: { runs: reruns.runs, disagreed: again?.length ?? 0 } };
}

/** The first of the smaller sequences that disagrees steadily. */
async function firstSteady(kernel: Kernel, judge: Judge, best: Shrunk): Promise<Shrunk | undefined> {
  const candidates = smaller(best.sequence, best.verdict.page).filter(({ operations }) => operations.length > 0);
  for (const one of (await disagreeing(kernel, judge, candidates)) ?? []) {
    // oxlint-disable-next-line no-await-in-loop -- the next is tried only if this one does not hold
    const found = await measured(kernel, judge, one);
    if (found.again.disagreed >= reruns.least) return found;
  }
  return undefined;
}

/**
 * Makes a disagreement as short as it gets by running smaller sequences on the kernel: none that is one step smaller
 * disagrees in most of its runs. One that does not do so itself is left as it is, and says how often it did.
 */
export async function shrink(kernel: Kernel, judge: Judge, start: Disagreement): Promise<Shrunk> {
  let best = await measured(kernel, judge, start);
  for (let round = 0; round < roundsMax && best.again.disagreed >= reruns.least; round++) {
    // oxlint-disable-next-line no-await-in-loop -- each round starts from what the last one found
    const found = await firstSteady(kernel, judge, best);
    if (found === undefined) break;
    best = found;
  }
  return { ...best, sequence: { ...best.sequence, id: start.sequence.id } };
}
