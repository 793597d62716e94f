import { describeDisagreement } from '../fuzz/describe.ts';
import type { JudgeResult } from './rejudge.ts';

/** Disagreements that are shown; more are counted. */
const shownMax = 10;

/** A recording judged again, for reading. */
export function judgeText(result: JudgeResult): string {
  const lines = [
    `${result.file}: ${result.kernel} (${result.release}) judged by ${result.design}`,
    `${result.sequences} sequences, ${result.disagreements.length} disagree, ${result.incomplete.length} incomplete, ` +
      `${result.explained.sequences} explained by something that nobody asked for`,
    `${result.meanAllowed.toFixed(3)} observations allowed at a step on average, at most ${result.largestBelief} states of a page at once`,
    ...result.disagreements
      .slice(0, shownMax)
      .flatMap(({ id, verdict }) => ['', `${id}:`, ...describeDisagreement(verdict).map((line) => `  ${line}`)]),
    ...result.incomplete.slice(0, shownMax).map(({ id, because }) => `${id}: incomplete: ${because}`),
    result.outcome,
  ];
  return `${lines.join('\n')}\n`;
}
