import { describeObservation } from '../judge/describe.ts';
import type { Disagrees } from '../judge/verdict.ts';

/** A disagreement, as lines for reading: the longest prefix that is explained, what was seen, what was allowed instead. */
export function describeDisagreement({ page, step, operation, seen, allowed }: Disagrees): readonly string[] {
  return [
    `the first ${step} operations are explained; then ${operation}, page ${page}`,
    `seen:    ${seen}`,
    ...allowed.flatMap(({ observation, because }) => [
      `allowed: ${describeObservation(observation)}`,
      `         because ${because.join(', ')}`,
    ]),
  ];
}
