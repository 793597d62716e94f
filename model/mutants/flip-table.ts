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

/** A property of a world of the design that holds, and the flips that break it: without one, it was never shown to be able to fail. */
export interface HeldProperty {
  readonly scenario: string;
  readonly variant: string;
  readonly property: string;
  /** The flips, as far as they were tried there. */
  readonly lostTo: readonly string[];
}

/** What became of all flips of a design. */
export interface FlipTable {
  readonly rows: readonly FlipRow[];
  readonly held: readonly HeldProperty[];
}

/** A property that is violated in a world of a flip, and not in the same world of the design. */
interface Loss {
  readonly flip: string;
  readonly scenario: string;
  readonly variant: string;
  readonly property: string;
  readonly steps: number;
}

const statesOf = (cell: CellResult): number => cell.variants.reduce((n, v) => n + v.search.states, 0);
const keyOf = ({ scenario, variant, property }: Pick<Loss, 'scenario' | 'variant' | 'property'>): string =>
  JSON.stringify([scenario, variant, property]);

function losses(flip: string, { scenario, variants }: CellResult): readonly Loss[] {
  return variants.flatMap(({ variant, results, own = {} }) =>
    results.flatMap((r) => {
      if (r.verdict !== 'violated' || own[r.property] === 'violated') return [];
      return [{ flip, scenario, variant, property: r.property, steps: r.steps }];
    }),
  );
}

/** What holds in the design's own worlds, as cells that were compared with them tell. */
function heldIn(cells: readonly CellResult[]): readonly Omit<HeldProperty, 'lostTo'>[] {
  const told = cells.flatMap(({ scenario, variants }) =>
    variants.flatMap(({ variant, own = {} }) =>
      Object.entries(own).flatMap(([property, verdict]) =>
        verdict === 'holds' ? [{ scenario, variant, property }] : [],
      ),
    ),
  );
  return [...new Map(told.map((held) => [keyOf(held), held])).values()];
}

/**
 * Flips every decision of a design and looks for a property that is lost: with one processor first, then, for those
 * that survive it, with the processors of the review.
 */
export async function flipTable(design: DesignName, run: RunJobs): Promise<FlipTable> {
  const names = scenarioNames.filter((name) => scenarios[name].reviewed);
  const rows = new Map<string, FlipVerdict>();
  const all: { readonly flip: string; readonly cell: CellResult }[] = [];
  for (const cpus of [1, 2]) {
    const left = flipsOf(design).filter((flip) => rows.get(flip.id)?.kind !== 'rejected');
    // One scenario after the other, so that its own worlds are searched once in each thread.
    const jobs = names.flatMap((scenario) =>
      left.map(({ id }): Job => ({ scenario, design, size: { pages: 1, cpus }, mutant: id, compare: true })),
    );
    // oxlint-disable-next-line no-await-in-loop -- what one processor rejects need not be searched with two
    const cells = await run(jobs);
    all.push(...jobs.map(({ mutant = '' }, i) => ({ flip: mutant, cell: cells[i] as CellResult })));
    for (const { id } of left) {
      const mine = all.filter(({ flip }) => flip === id).map(({ cell }) => cell);
      const [shortest] = mine.flatMap((cell) => losses(id, cell)).toSorted((a, b) => a.steps - b.steps);
      const searched = mine.reduce((n, cell) => n + statesOf(cell), 0);
      if (shortest) rows.set(id, { kind: 'rejected', ...shortest, cpus, states: searched });
      else if (mine.every((cell) => cell.variants.every((v) => v.unchanged))) rows.set(id, { kind: 'changes nothing' });
      else rows.set(id, { kind: 'survives', states: searched });
    }
  }
  const lost = all.flatMap(({ flip, cell }) => losses(flip, cell));
  return {
    rows: flipsOf(design).map((flip) => ({ flip, checker: rows.get(flip.id) as FlipVerdict })),
    held: heldIn(all.map(({ cell }) => cell)).map((held) => ({
      ...held,
      lostTo: [...new Set(lost.filter((loss) => keyOf(loss) === keyOf(held)).map(({ flip }) => flip))],
    })),
  };
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
