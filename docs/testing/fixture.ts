import { cellJson, scenarios, verify, type ScenarioName } from '../../model/index.ts';
import { designs, type DesignName } from '../../spec/index.ts';
import { readReport, type Cell } from '../review/report.ts';
import { judgeSession, sessionModel, type JudgedClaim } from '../../conformance/contract/judge.ts';
import type { RunResult } from '../../conformance/vectors/run.ts';

/** Works out cells as `faultline review` does, and reads them as the site does; one page, one processor unless said. */
export function computeCells(
  names: readonly ScenarioName[],
  of: readonly DesignName[],
  options: { readonly cpus?: number; readonly maxStates?: number; readonly properties?: readonly string[] } = {},
): readonly Cell[] {
  const { cpus = 1, ...limits } = options;
  const cells = names.flatMap((name) =>
    of.map((design) => cellJson(verify(scenarios[name], designs[design], { size: { pages: 1, cpus }, ...limits }))),
  );
  return readReport(JSON.parse(JSON.stringify(cells)), 'the fixture');
}

/** A small review with every kind of answer: held, violated, vacuous, stopped, refused, not run. */
export function smallReview(): readonly Cell[] {
  return [
    ...computeCells(['reclaim-vs-fault', 'wp-plus-rwp'], ['rfc-v2', 'linux-7.3']),
    ...computeCells(['mprotect-vs-rwp'], ['linux-6.18']),
    ...computeCells(['mprotect-vs-rwp'], ['linux-7.3'], { maxStates: 100 }),
  ];
}

/** The result of a run that never was, with every kind of result. */
export const vectorRun: RunResult = {
  schemaVersion: 1,
  kernel: 'fixture',
  release: '0.0',
  design: 'linux-7.3',
  outcome: 'disagrees',
  counts: { agrees: 1, disagrees: 1, skipped: 1, incomplete: 1 },
  seconds: 0.5,
  bootSeconds: 0,
  warnings: [],
  losses: [],
  results: [
    { id: 'v/agrees', result: 'agrees', attempts: 1 },
    { id: 'v/disagrees', result: 'disagrees', attempts: 1, step: 2, operation: 'touch 0 w', seen: 'blocked' },
    { id: 'v/skipped', result: 'skipped', because: 'no <swap>', attempts: 0 },
    { id: 'v/incomplete', result: 'incomplete', because: 'interrupted', attempts: 0 },
  ],
};

/** Every `href` of a page. */
export function linksOf(page: string): readonly string[] {
  return [...page.matchAll(/ href="([^"]*)"/gu)].map(([, to]) => to ?? '');
}

/** What came of the claims of the contract in one kind of session. */
export function someClaims(): readonly JudgedClaim[] {
  return judgeSession(sessionModel('linux-7.3', 'wp-sync'), 'nearby');
}
