import { designNames, type DesignName } from '../spec/index.ts';
import type { Job } from './jobs/job.ts';
import type { CellResult, Searched } from './verify.ts';
import { scenarioNames, scenarios } from './scenarios/index.ts';

const quickDesigns: readonly DesignName[] = ['rfc-v2', 'linux-7.3', 'linux-6.18'];

/** The designs in the order of a review: those that others are the same as in some worlds come first. */
const stages: readonly (readonly DesignName[])[] = [
  ['linux-7.3'],
  ['rfc-v2', 'rfc-v3', 'linux-6.18'],
  ['rfc-v1', 'uffd-wp'],
];

/** How much a review looks at. */
export interface ReviewExtent {
  /** The designs between are left out. */
  readonly quick?: boolean;
  /** Every processor reads and writes. */
  readonly full?: boolean;
}

/** Does the jobs of a review in stages: a world that is the same for two designs is searched once. */
export async function reviewInStages(
  extent: ReviewExtent,
  run: (jobs: readonly Job[]) => Promise<readonly (CellResult | undefined)[]>,
): Promise<readonly (CellResult | undefined)[]> {
  const known = new Map<string, Searched>();
  const cells: (CellResult | undefined)[] = [];
  for (const stage of stages) {
    const jobs = reviewJobs(extent).filter(({ design }) => stage.includes(design));
    // oxlint-disable-next-line no-await-in-loop -- a stage needs what the stages before it found
    for (const cell of await run(jobs.map((job) => ({ ...job, known })))) {
      cells.push(cell);
      for (const { modelHash, results, search, sameAs } of cell?.variants ?? []) {
        const result = { ...search, results };
        if (sameAs === undefined)
          known.set(modelHash, { design: cell?.design ?? '', asked: results.map((r) => r.property), result });
      }
    }
  }
  return inOrder(cells, reviewJobs(extent));
}

/** The cells in the order of the jobs. */
function inOrder(
  cells: readonly (CellResult | undefined)[],
  jobs: readonly Job[],
): readonly (CellResult | undefined)[] {
  return jobs.map((job) => cells.find((cell) => cell?.scenario === job.scenario && cell.design === job.design));
}

/** The jobs of a review: every design in every scenario. */
export function reviewJobs({ quick = false, full = false }: ReviewExtent): readonly Job[] {
  return scenarioNames
    .filter((name) => scenarios[name].reviewed)
    .flatMap((scenario) => {
      const names = quick ? designNames.filter((name) => quickDesigns.includes(name)) : designNames;
      return names.map((design): Job => ({
        scenario,
        design,
        ...(full && { size: { ...scenarios[scenario].size, full } }),
      }));
    });
}

interface Row {
  readonly scenario: string;
  readonly design: string;
  readonly results: readonly {
    readonly variant: string;
    readonly property: string;
    readonly verdict: string;
    readonly steps: number | null;
  }[];
}

const verdicts = (report: unknown): Map<string, string> =>
  new Map(
    (Array.isArray(report) ? (report as Row[]) : []).flatMap((row) =>
      row.results.map((r) => [
        `${row.scenario} (${r.variant}) × ${row.design}: ${r.property}`,
        r.verdict + (r.steps === null ? '' : ` in ${r.steps} steps`),
      ]),
    ),
  );

/** What differs between two reports, a line each. */
export function differences(before: unknown, after: unknown): readonly string[] {
  const [old, now] = [verdicts(before), verdicts(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((key) => old.get(key) !== now.get(key))
    .map((key) => `${key}: ${old.get(key) ?? 'not in the earlier report'} -> ${now.get(key) ?? 'not in this report'}`);
}
