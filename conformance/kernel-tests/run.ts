import type { Design } from '../../spec/index.ts';
import { sessionFeatures } from '../../model/sequential/session.ts';
import { couldNotRun } from '../judge/ended.ts';
import { Judge } from '../judge/judge.ts';
import type { Kernel } from '../kernels/kernel.ts';
import type { SequenceSeen } from '../kernels/report.ts';
import { operationText } from '../sequence.ts';
import { missingFeatures } from '../vectors/gates.ts';
import type { VectorJudgement } from '../vectors/judge.ts';
import type { Task } from '../vectors/run.ts';
import { expected } from './expect.ts';
import { kernelTestCases, type KernelTestCase } from './index.ts';

/** What a kernel showed of one of its own tests: it must be what the test asks for, and what the model allows. */
export function judgeCase(one: KernelTestCase, seen: SequenceSeen, judge: Judge): VectorJudgement {
  const { sequence } = one;
  if (couldNotRun(seen))
    return { verdict: 'incomplete', because: `the runner could not run it: ${seen.end} ${seen.error ?? ''}`.trim() };
  const asked = expected(one, seen);
  if (asked.kind === 'unmet') {
    const { step, page, word } = asked;
    const operation = sequence.operations[step];
    return {
      verdict: 'disagrees',
      step,
      operation: operation ? operationText(operation, sequence.kind, sequence.pages) : 'the end',
      seen: `page ${page}: ${asked.seen}; the kernel's own test expects ${word}`,
      allowed: [],
    };
  }
  const verdict = judge.judge(sequence, seen);
  switch (verdict.verdict) {
    case 'agrees':
    case 'explained':
      return { verdict: 'agrees' };
    case 'incomplete':
      return verdict;
    case 'disagrees': {
      const { step, operation } = verdict;
      const allowed = verdict.allowed.map(({ observation, because }) => ({ seen: observation, because, next: 0 }));
      return { verdict: 'disagrees', step, operation, seen: `page ${verdict.page}: ${verdict.seen}`, allowed };
    }
  }
}

/** The cases of some of the kernel's own tests as work for a kernel: those whose id begins with one of these names. */
export function kernelTestTasks(names: readonly string[], kernel: Kernel, design: Design): readonly Task[] {
  const judge = new Judge(design);
  const chosen = kernelTestCases().filter(({ id }) => names.some((name) => id === name || id.startsWith(`${name}/`)));
  return chosen.map((one): Task => {
    const missing = missingFeatures(sessionFeatures(one.sequence.kind), kernel);
    return {
      id: one.id,
      sequence: one.sequence,
      judge: (seen) => judgeCase(one, seen, judge),
      ...(missing.length > 0 && { closed: `this kernel has no ${missing.join(', ')}` }),
    };
  });
}
