import { describeObservation } from '../judge/describe.ts';
import type { RunResult, VectorResult } from './run.ts';

function lines(result: VectorResult, number: number): readonly string[] {
  const { id, because } = result;
  switch (result.result) {
    case 'agrees':
      return [`ok ${number} ${id}`];
    case 'skipped':
      return [`ok ${number} ${id} # SKIP ${because}`];
    case 'incomplete':
      return [`# ${because}`, `not ok ${number} ${id} # incomplete`];
    case 'disagrees':
      return [
        `# the first ${result.step ?? 0} operations are as they should be; then ${result.operation ?? 'the kernel failed'}`,
        `# seen:    ${result.seen ?? because}`,
        ...(result.allowed ?? []).flatMap(({ seen, because: why }) => [
          `# allowed: ${describeObservation(seen)}`,
          `#          because ${why.join(', ')}`,
        ]),
        `not ok ${number} ${id}`,
      ];
  }
}

/** A run as KTAP, as kernel developers read it. */
export function ktap({ results, counts, kernel, release, design, failure, warnings }: RunResult): string {
  const body = results.flatMap((result, i) => lines(result, i + 1));
  const { agrees, disagrees, skipped, incomplete } = counts;
  return [
    'KTAP version 1',
    `# kernel ${kernel} (${release}), judged by ${design}`,
    `1..${results.length}`,
    ...body,
    ...(failure === undefined ? [] : [`# ${failure}`]),
    ...warnings.map((line) => `# console: ${line}`),
    `# Totals: pass:${agrees} fail:${disagrees} xfail:0 xpass:0 skip:${skipped} error:${incomplete}`,
    '',
  ].join('\n');
}
