import type { SequenceSeen } from '../kernels/report.ts';
import { describeSeen, matches, pageStep, valuesAfter, valuesBefore, type Values } from '../judge/seen.ts';
import { parseOperation, type Operation, type Sequence } from '../sequence.ts';
import { UsageProblem } from '../problem.ts';
import { isEvent, type AllowedStep, type NeededEvent, type Vector } from './vector.ts';

/** What a kernel's answers to a vector come to. */
export type VectorJudgement =
  | { readonly verdict: 'agrees' }
  /** Everything that was seen is allowed, but an event that the vector needs did not happen. */
  | { readonly verdict: 'unobserved'; readonly event: NeededEvent; readonly step: number }
  | {
      readonly verdict: 'disagrees';
      readonly step: number;
      readonly operation: string;
      readonly seen: string;
      readonly allowed: readonly AllowedStep[];
    }
  | { readonly verdict: 'incomplete'; readonly because: string };

/**
 * The sequence of a vector.
 *
 * @throws UsageProblem when it has an operation that this version does not know
 */
export function sequenceOf(vector: Vector): Sequence {
  const operations = vector.steps.map(({ operation }): Operation => {
    const parsed = parseOperation(operation, vector.kind, 1);
    if (parsed === undefined)
      throw new UsageProblem(`vector ${vector.id} has an unknown operation ${JSON.stringify(operation)}`);
    return parsed;
  });
  return { id: vector.id, kind: vector.kind, pages: 1, operations };
}

/** Follows a vector's automaton along what was seen: all its states at once, so that nothing is guessed. */
export function judgeVector(vector: Vector, { operations }: Sequence, seen: SequenceSeen): VectorJudgement {
  let states: readonly number[] = [0];
  let values: Values = { newest: 0, saved: 0, asked: 'read' };
  let unobserved: { event: NeededEvent; step: number } | undefined;
  for (const [i, step] of vector.steps.entries()) {
    const told = seen.steps[i];
    const operation = operations[i] as Operation;
    if (told === undefined || told.op === 'set-up') return ended(seen, i, step.operation);
    values = valuesBefore(told, operation, 0, values);
    const shown = pageStep(told, operation, 0, values);
    const allowed = states.flatMap((state) => step.states[state] ?? []);
    const possible = allowed.filter((one) => matches(one.seen, shown));
    if (possible.length === 0)
      return { verdict: 'disagrees', step: i, operation: step.operation, seen: describeSeen(shown), allowed };
    const { needs } = step;
    // A page that has not moved may be one whose move has failed: it is explained, and yet it has not moved.
    const happened = (event: NeededEvent): boolean =>
      possible.some((one) => isEvent(event, one)) && (event !== 'moved' || shown.moved === true);
    if (needs !== undefined && !happened(needs)) unobserved ??= { event: needs, step: i };
    states = [...new Set(possible.map((one) => one.next))];
    values = valuesAfter(told, operation, 0, values);
  }
  if (seen.end !== 'ok') return ended(seen, vector.steps.length, 'the end');
  return unobserved ? { verdict: 'unobserved', ...unobserved } : { verdict: 'agrees' };
}

function ended({ end, error }: SequenceSeen, step: number, operation: string): VectorJudgement {
  if (['fork', 'set-up', 'bad', 'overflow'].includes(end))
    return { verdict: 'incomplete', because: `the runner could not run it: ${end} ${error ?? ''}`.trim() };
  return { verdict: 'disagrees', step, operation, seen: `the sequence ended with ${end}`, allowed: [] };
}
