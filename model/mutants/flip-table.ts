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
  /** The protocols are the same as without it: nothing that the scenarios contain asks the decision. */
  | { readonly kind: 'changes nothing' };

/** One row of the table. */
export interface FlipRow {
  readonly flip: Flip;
  readonly checker: FlipVerdict;
}

/** Does jobs and gives their cells in the same order. */
export type RunJobs = (jobs: readonly Job[]) => Promise<readonly CellResult[]>;

const violations = (cell: CellResult): Map<string, number> =>
  new Map(
    cell.variants.flatMap((v) =>
      v.results.flatMap((r) => (r.verdict === 'violated' ? [[`${v.variant}: ${r.property}`, r.steps] as const] : [])),
    ),
  );

const statesOf = (cell: CellResult): number => cell.variants.reduce((n, v) => n + v.search.states, 0);
const hashOf = (cell: CellResult): string => cell.variants.map((v) => v.modelHash).join('-');

/** The shortest violation that the flip has and the design has not. */
function rejection(base: CellResult, flipped: CellResult, cpus: number): FlipVerdict | undefined {
  const known = violations(base);
  const [first] = [...violations(flipped)].filter(([key]) => !known.has(key)).toSorted((a, b) => a[1] - b[1]);
  if (first === undefined) return undefined;
  const [key, steps] = first;
  const at = key.lastIndexOf(': ');
  const where = { scenario: flipped.scenario, variant: key.slice(0, at), property: key.slice(at + 2) };
  return { kind: 'rejected', ...where, steps, cpus, states: statesOf(flipped) };
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
    const job = (scenario: (typeof names)[number], mutant?: string): Job => ({
      scenario,
      design,
      size: { pages: 1, cpus },
      ...(mutant !== undefined && { mutant }),
    });
    const base = await run(names.map((name) => job(name)));
    const cells = await run(left.flatMap((flip) => names.map((name) => job(name, flip.id))));
    left.forEach((flip, f) => {
      const mine = cells.slice(f * names.length, (f + 1) * names.length);
      const found = mine.flatMap((cell, i) => rejection(base[i] as CellResult, cell, cpus) ?? []);
      const changed = mine.some((cell, i) => hashOf(cell) !== hashOf(base[i] as CellResult));
      const states = (seen.get(flip.id)?.states ?? 0) + mine.reduce((n, cell) => n + statesOf(cell), 0);
      seen.set(flip.id, { states, changed });
      const [shortest] = found.toSorted((a, b) =>
        a.kind === 'rejected' && b.kind === 'rejected' ? a.steps - b.steps : 0,
      );
      rows.set(flip.id, shortest ?? (changed ? { kind: 'survives', states } : { kind: 'changes nothing' }));
    });
  }
  return flipsOf(design).map((flip) => ({ flip, checker: rows.get(flip.id) as FlipVerdict }));
}

/** What the checker says of a flip, in a few words. */
export function flipText(verdict: FlipVerdict): string {
  if (verdict.kind === 'rejected') {
    return `${verdict.property} in ${verdict.steps} steps: ${verdict.scenario} (${verdict.variant}), ${verdict.cpus} cpu`;
  }
  return verdict.kind === 'survives' ? `survives ${verdict.states} states` : 'changes nothing in these scenarios';
}
