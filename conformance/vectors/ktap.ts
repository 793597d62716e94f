import { describeObservation } from '../judge/describe.ts';
import type { KernelTestsSummary, RunResult, VectorResult } from './run.ts';

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

function ownTests({ expressed, total, passed, failed, skipped, notExpressed }: KernelTestsSummary): readonly string[] {
  return [
    `# kernel's own tests: ${expressed} of ${total} expressed; ${passed} passed, ${failed} failed, ${skipped} skipped here`,
    ...notExpressed.map(({ because, cases }) => `#   not expressed, ${cases}: ${because}`),
  ];
}

/** A run as KTAP, as kernel developers read it. */
export function ktap(result: RunResult): string {
  const { results, counts, kernel, release, design, failure, warnings, losses, kernelTests } = result;
  const body = results.flatMap((one, i) => lines(one, i + 1));
  const { agrees, disagrees, skipped, incomplete } = counts;
  return [
    'KTAP version 1',
    `# kernel ${kernel} (${release}), judged by ${design}`,
    `1..${results.length}`,
    ...body,
    ...(failure === undefined ? [] : [`# ${failure}`]),
    ...losses.map(({ line, failure: how, again }) => `# lost the kernel${again ? ', again,' : ''} on: ${line}: ${how}`),
    ...warnings.map((line) => `# console: ${line}`),
    ...(kernelTests === undefined ? [] : ownTests(kernelTests)),
    `# Totals: pass:${agrees} fail:${disagrees} xfail:0 xpass:0 skip:${skipped} error:${incomplete}`,
    '',
  ].join('\n');
}
