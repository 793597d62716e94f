import type { DesignName } from '../../spec/index.ts';
import type { Job } from '../jobs/job.ts';
import type { CellResult } from '../verify.ts';
import { scenarioNames, scenarios } from '../scenarios/index.ts';
import { flipsOf, type Flip } from './flips.ts';

/** What the checker makes of a flipped decision. */
export type FlipVerdict =
  /** Some property that the design keeps is violated. */
  | {
      readonly kind: 'rejected';
      readonly property: string;
      readonly steps: number;
      readonly scenario: string;
      readonly variant: string;
      readonly cpus: number;
      readonly states: number;
    }
  /** No property that the design keeps is violated in any scenario. */
  | { readonly kind: 'survives'; readonly states: number }
  /** Nothing that is reachable in any scenario is different with it. */
  | { readonly kind: 'changes nothing' };

/** One row of the table. */
export interface FlipRow {
  readonly flip: Flip;
  readonly checker: FlipVerdict;
}

/** Does jobs and gives their cells in the same order. */
export type RunJobs = (jobs: readonly Job[]) => Promise<readonly CellResult[]>;

const statesOf = (cell: CellResult): number => cell.variants.reduce((n, v) => n + v.search.states, 0);

/** The shortest violation that the flip has and the design has not. */
function rejection(cells: readonly CellResult[], cpus: number): FlipVerdict | undefined {
  const found = cells.flatMap((cell) =>
    cell.variants.flatMap(({ variant, results, lost = [] }) =>
      results.flatMap((r) => {
        if (r.verdict !== 'violated' || !lost.includes(r.property)) return [];
        const where = { scenario: cell.scenario, variant, property: r.property };
        return [{ kind: 'rejected' as const, ...where, steps: r.steps, cpus, states: statesOf(cell) }];
      }),
    ),
  );
  return found.toSorted((a, b) => a.steps - b.steps)[0];
}

/**
 * Flips every decision of a design and looks for a property that is lost: with one processor first, then, for those
 * that survive it, with the processors of the review.
 */
export async function flipTable(design: DesignName, run: RunJobs): Promise<readonly FlipRow[]> {
  const names = scenarioNames.filter((name) => scenarios[name].reviewed);
  const rows = new Map<string, FlipVerdict>();
  const seen = new Map<string, { states: number; changed: boolean }>();
  for (const cpus of [1, 2]) {
    const left = flipsOf(design).filter((flip) => rows.get(flip.id)?.kind !== 'rejected');
    // One scenario after the other, so that its own worlds are searched once in each thread.
    const jobs = names.flatMap((scenario) =>
      left.map(({ id }): Job => ({ scenario, design, size: { pages: 1, cpus }, mutant: id, compare: true })),
    );
    // oxlint-disable-next-line no-await-in-loop -- what one processor rejects need not be searched with two
    const cells = await run(jobs);
    for (const [f, { id }] of left.entries()) {
      const mine = names.map((_, n) => cells[n * left.length + f] as CellResult);
      const before = seen.get(id) ?? { states: 0, changed: false };
      const changed = before.changed || mine.some((cell) => cell.variants.some((v) => !v.unchanged));
      const states = before.states + mine.reduce((n, cell) => n + statesOf(cell), 0);
      seen.set(id, { states, changed });
      rows.set(id, rejection(mine, cpus) ?? (changed ? { kind: 'survives', states } : { kind: 'changes nothing' }));
    }
  }
  return flipsOf(design).map((flip) => ({ flip, checker: rows.get(flip.id) as FlipVerdict }));
}

/** What the checker says of a flip, in a few words. */
export function flipText(verdict: FlipVerdict): string {
  if (verdict.kind === 'rejected') {
    return `${verdict.property} in ${verdict.steps} steps: ${verdict.scenario} (${verdict.variant}), ${verdict.cpus} cpu`;
  }
  return verdict.kind === 'survives'
    ? `survives ${verdict.states} states`
    : 'changes nothing that is reachable in these scenarios';
}
