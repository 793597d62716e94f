import type { SequenceSeen } from '../kernels/report.ts';
import { operationText, type Sequence } from '../sequence.ts';
import type { Judgement } from './verdict.ts';

/** True when nothing of the sequence is the kernel's doing: the runner could not run it. */
export function couldNotRun({ end }: SequenceSeen): boolean {
  return end === 'fork' || end === 'set-up' || end === 'bad' || end === 'overflow';
}

/** A sequence that did not end as it should: the step that it ended in is not explained by anything. */
export function endedBadly(sequence: Sequence, seen: SequenceSeen): Judgement {
  const { end, error, steps } = seen;
  if (couldNotRun(seen))
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
