import type { Job } from '../jobs/job.ts';
import type { CellResult } from '../verify.ts';
import { scenarioNames, scenarios } from '../scenarios/index.ts';
import type { RunJobs } from './flip-table.ts';
import { defects, type Defect } from './ledger/index.ts';
import { lossesIn, type Loss } from './losses.ts';

/** One defect of the ledger, and what the searches say. */
export interface DefectRow {
  readonly defect: Defect;
  /** The property that it is said to break; the shortest run of all scenarios. */
  readonly found?: Loss;
  /** Other properties that it breaks. */
  readonly also: readonly string[];
}

/** What is to be searched for a defect: all scenarios for a mutant, one for a program that is a variant of it. */
function jobsOf({ id, expressed }: Defect, cpus: number): readonly Job[] {
  const size = { pages: 1, cpus };
  if (expressed.kind === 'variant') return [{ scenario: expressed.scenario, design: 'linux-7.3', size }];
  if (expressed.kind !== 'mutant') return [];
  return scenarioNames
    .filter((name) => scenarios[name].reviewed)
    .map((scenario) => ({ scenario, design: expressed.mutant.design, size, mutant: id, compare: true }));
}

function rowOf(defect: Defect, cells: readonly CellResult[]): DefectRow {
  const { expressed, breaks } = defect;
  const mine = cells
    .flatMap(lossesIn)
    .filter(({ variant }) => expressed.kind !== 'variant' || variant === expressed.variant)
    .toSorted((a, b) => a.steps - b.steps);
  const found = mine.find(({ property }) => property === breaks);
  const also = [...new Set(mine.map(({ property }) => property))].filter((property) => property !== breaks);
  return { defect, ...(found && { found }), also };
}

/** Puts every defect of the ledger back, one by one, and looks with one processor for the property that it should break. */
export async function ledgerTable(run: RunJobs): Promise<readonly DefectRow[]> {
  const work = defects.map((defect) => ({ defect, jobs: jobsOf(defect, 1) }));
  const cells = await run(work.flatMap(({ jobs }) => jobs));
  let next = 0;
  return work.map(({ defect, jobs }) => rowOf(defect, cells.slice(next, (next += jobs.length))));
}
