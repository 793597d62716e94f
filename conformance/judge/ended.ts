import type { SequenceSeen } from '../kernels/report.ts';
import { operationText, type Sequence } from '../sequence.ts';
import type { Judgement } from './verdict.ts';

/** A sequence that did not end as it should: the step that it ended in is not explained by anything. */
export function endedBadly(sequence: Sequence, { end, error, steps }: SequenceSeen): Judgement {
  if (end === 'fork' || end === 'set-up' || end === 'bad' || end === 'overflow')
    return { verdict: 'incomplete', because: `the runner could not run it: ${end} ${error ?? ''}`.trim() };
  const operation = sequence.operations[steps.length];
  return {
    verdict: 'disagrees',
    page: operation?.lo ?? 0,
    step: steps.length,
    operation: operation ? operationText(operation, sequence.kind, sequence.pages) : 'the end',
    seen: `the sequence ended with ${end}`,
    allowed: [],
  };
}
