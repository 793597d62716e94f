import { designNames, type DesignName } from '../spec/index.ts';
import type { Job } from './jobs/job.ts';
import { scenarioNames, scenarios } from './scenarios/index.ts';

const quickDesigns: readonly DesignName[] = ['rfc-v2', 'linux-7.3', 'linux-6.18'];

/** The jobs of a review: every design in every scenario; a quick one leaves out the designs between. */
export function reviewJobs(quick: boolean): readonly Job[] {
  return scenarioNames
    .filter((name) => scenarios[name].reviewed)
    .flatMap((scenario) => {
      const names = quick ? designNames.filter((name) => quickDesigns.includes(name)) : designNames;
      return names.map((design): Job => ({ scenario, design }));
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
