import type { DesignName } from '../../spec/index.ts';
import { alwaysJudged } from '../always.ts';
import type { Job } from '../jobs/job.ts';
import type { CellResult } from '../verify.ts';
import { scenarioNames, scenarios } from '../scenarios/index.ts';
import { dropsOf, halfDropsOf } from './drops.ts';
import { flipsOf, type Flip } from './flips.ts';
import { lossesIn, type Loss } from './losses.ts';

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

/** A property of a world of the design that holds, and the mutants that break it: without one, it was never shown to be able to fail. */
export interface HeldProperty {
  readonly scenario: string;
  readonly variant: string;
  readonly property: string;
  /** The mutants, as far as they were tried there. */
  readonly lostTo: readonly string[];
}

/** One branch that was made to do nothing, and what the checker makes of it with one processor. */
export interface DropRow {
  readonly id: string;
  readonly checker: FlipVerdict;
}

/** What became of all flips of a design, and of its branches where they were asked for. */
export interface FlipTable {
  readonly rows: readonly FlipRow[];
  readonly drops: readonly DropRow[];
  readonly held: readonly HeldProperty[];
}

/** A mutant in a scenario. */
interface Tried {
  readonly mutant: string;
  readonly cell: CellResult;
}

const keyOf = ({ scenario, variant, property }: Pick<Loss, 'scenario' | 'variant' | 'property'>): string =>
  JSON.stringify([scenario, variant, property]);

/** What a mutant's worlds lose; a refusal also where they refuse nothing. */
function broken({ mutant, cell }: Tried): readonly { readonly key: string; readonly mutant: string }[] {
  const accepted = cell.variants.flatMap(({ variant, kind, own = {} }) =>
    'refusal' in own && kind === 'checked' ? [{ scenario: cell.scenario, variant, property: 'refusal' }] : [],
  );
  return [...lossesIn(cell), ...accepted].map((loss) => ({ key: keyOf(loss), mutant }));
}

/** The shortest of what a mutant loses, or how many states it survives. */
function verdictOn(tried: readonly Tried[], cpus: number): FlipVerdict {
  const worlds = tried.flatMap(({ cell }) => cell.variants);
  const states = worlds.reduce((n, { search }) => n + search.states, 0);
  const [shortest] = tried.flatMap(({ cell }) => lossesIn(cell)).toSorted((a, b) => a.steps - b.steps);
  if (shortest) {
    return { kind: 'rejected', ...shortest, cpus, states };
  }
  return worlds.every(({ unchanged }) => unchanged) ? { kind: 'changes nothing' } : { kind: 'survives', states };
}

/** What holds in the design's own worlds, and what breaks it. */
function heldIn(tried: readonly Tried[]): readonly HeldProperty[] {
  const told = tried.flatMap(({ cell: { scenario, variants } }) =>
    variants.flatMap(({ variant, own = {} }) =>
      Object.entries(own).flatMap(([property, verdict]) => {
        const judges = !(alwaysJudged as readonly string[]).includes(property);
        return verdict === 'holds' && judges ? [{ scenario, variant, property }] : [];
      }),
    ),
  );
  const lost = tried.flatMap(broken);
  return [...new Map(told.map((held) => [keyOf(held), held]))].map(([key, held]) => ({
    ...held,
    lostTo: [...new Set(lost.filter((loss) => loss.key === key).map(({ mutant }) => mutant))],
  }));
}

/**
 * Flips every decision of a design and looks for a property that is lost: with one processor first, then, for those
 * that survive it, with the processors of the review. With `drops`, every branch is made to do nothing too, one by one,
 * with one processor; and where a property is left that nothing broke, every branch that leaves one mark alone.
 */
export async function flipTable(design: DesignName, run: RunJobs, { drops = false } = {}): Promise<FlipTable> {
  const names = scenarioNames.filter((name) => scenarios[name].reviewed);
  const attempt = async (
    mutants: readonly string[],
    cpus: number,
    within: readonly string[] = names,
  ): Promise<readonly Tried[]> => {
    // One scenario after the other, so that its own worlds are searched once in each thread.
    const jobs = names
      .filter((name) => within.includes(name))
      .flatMap((scenario) =>
        mutants.map((mutant) => ({ scenario, design, size: { pages: 1, cpus }, mutant, compare: true })),
      );
    const cells = await run(jobs);
    return jobs.map(({ mutant }, i) => ({ mutant, cell: cells[i] as CellResult }));
  };
  const judge = (ids: readonly string[], tried: readonly Tried[], cpus: number): Map<string, FlipVerdict> => {
    const of = new Map(ids.map((id) => [id, [] as Tried[]]));
    for (const one of tried) of.get(one.mutant)?.push(one);
    return new Map([...of].map(([id, mine]) => [id, verdictOn(mine, cpus)]));
  };
  const flips = flipsOf(design).map(({ id }) => id);
  const dropped = drops ? dropsOf(design).map(({ id }) => id) : [];
  const alone = await attempt([...flips, ...dropped], 1);
  const first = judge([...flips, ...dropped], alone, 1);
  const left = flips.filter((id) => first.get(id)?.kind !== 'rejected');
  const both = [...alone, ...(await attempt(left, 2))];
  const second = judge(left, both, 2);
  const unbroken = heldIn(both).filter(({ lostTo }) => lostTo.length === 0);
  const halves = drops ? halfDropsOf(design).map(({ id }) => id) : [];
  const where = [...new Set(unbroken.map(({ scenario }) => scenario))];
  const all = [...both, ...(await attempt(halves, 1, where))];
  const verdict = (id: string): FlipVerdict => (second.get(id) ?? first.get(id)) as FlipVerdict;
  return {
    rows: flipsOf(design).map((flip) => ({ flip, checker: verdict(flip.id) })),
    drops: dropped.map((id) => ({ id, checker: verdict(id) })),
    held: heldIn(all),
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
