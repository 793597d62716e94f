import { describeDisagreement } from './describe.ts';
import type { Coverage } from '../covered/covered.ts';
import type { FuzzResult } from './fuzz.ts';

/** Cells of the table that are named; more are counted. */
const namedMax = 12;

function coverageLines({ cells, least, met, seldom, unreached }: Coverage): readonly string[] {
  const named = seldom.toSorted((a, b) => a.times - b.times).slice(0, namedMax);
  return [
    `${met} of ${cells} cells (form × operation × memory) met ${least} times or more, ${seldom.length} less often, the others never:`,
    ...named.map(({ form, operation, backing, times }) => `  ${times} × ${operation} on ${form} of ${backing}`),
    ...(seldom.length > namedMax ? [`  … and ${seldom.length - namedMax} more that were met less often`] : []),
    ...unreached.map(({ because, cells: count }) => `  ${count} not reached: ${because}`),
  ];
}

/** A run of random sequences, for reading. */
export function fuzzText(result: FuzzResult): string {
  const { explained, pairs } = result;
  const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
  const lines = [
    `${result.kernel} (${result.release}) judged by ${result.design}, seed ${result.seed}`,
    `${result.sequences} sequences, ${result.operations} operations, ${result.sequencesPerSecond.toFixed(0)} sequences/s`,
    `${result.meanAllowed.toFixed(3)} observations allowed at a step on average, at most ${result.largestBelief} states of a page at once`,
    `${pairs.hit} of ${pairs.reachable} pairs of entry form and operation met${pairs.missed.length > 0 ? `; not met: ${pairs.missed.slice(0, 5).join(', ')}${pairs.missed.length > 5 ? ', …' : ''}` : ''}`,
    ...coverageLines(result.coverage),
    `${explained.sequences} explained by something that nobody asked for (${percent(explained.share)})`,
    ...Object.entries(explained.by).map(([rule, times]) => `  ${times} × ${rule}`),
    ...result.incomplete.slice(0, 5).map((one) => `incomplete: ${one}`),
    ...result.narrowed.map((line) => `narrowed: ${line}`),
    ...result.warnings.map((line) => `console: ${line}`),
    ...result.losses.flatMap(({ line, failure: how, again, console }) => [
      `lost the kernel${again ? ', again,' : ''} on: ${line}`,
      `  ${how}`,
      ...console.split('\n').map((text) => `  | ${text}`),
    ]),
    ...(result.failure === undefined ? [] : [`failed: ${result.failure}`]),
    ...result.disagreements.flatMap(({ sequence, kind, verdict, times, again }) => [
      '',
      `disagrees, ${times} times: ${kind}${again ? `; run again, ${again.disagreed} of ${again.runs}` : ''}`,
      `  ${sequence}`,
      ...describeDisagreement(verdict).map((line) => `  ${line}`),
    ]),
    '',
    `${result.disagreements.length} kinds of disagreement: ${result.outcome}`,
  ];
  return `${lines.join('\n')}\n`;
}
