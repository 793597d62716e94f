import { describeFailure, type Kernel, type Loss } from '../kernels/kernel.ts';
import type { SequenceSeen } from '../kernels/report.ts';
import type { Recorder } from '../recording.ts';
import { sequenceLine, type Sequence } from '../sequence.ts';
import { closedGate } from './gates.ts';
import { judgeVector, sequenceOf, type VectorJudgement } from './judge.ts';
import type { AllowedStep, Vector } from './vector.ts';

/** How one vector went on one kernel. */
export interface VectorResult {
  readonly id: string;
  readonly result: 'agrees' | 'disagrees' | 'skipped' | 'incomplete';
  /** Why it was skipped, or is incomplete. */
  readonly because?: string;
  /** How often it was run. */
  readonly attempts: number;
  /** Where and how it disagrees: the operations before `step` are as they should be. */
  readonly step?: number;
  readonly operation?: string;
  readonly seen?: string;
  readonly allowed?: readonly AllowedStep[];
}

/** What a run of vectors came to. */
export interface RunResult {
  readonly schemaVersion: 1;
  readonly kernel: string;
  readonly release: string;
  readonly design: string;
  readonly outcome: 'agrees' | 'disagrees' | 'incomplete' | 'skipped';
  readonly counts: {
    readonly agrees: number;
    readonly disagrees: number;
    readonly skipped: number;
    readonly incomplete: number;
  };
  readonly seconds: number;
  readonly bootSeconds: number;
  readonly results: readonly VectorResult[];
  /** How the kernel, or what stands between it and us, went wrong. */
  readonly failure?: string;
  /** Where the kernel's own tests were among what ran. */
  readonly kernelTests?: KernelTestsSummary;
  /** Complaints on the kernel's console. */
  readonly warnings: readonly string[];
  /** The times that the kernel was lost and opened again. */
  readonly losses: readonly Loss[];
}

/** The cases of the kernel's own tests: how many there are here, and why not all. */
export interface KernelTestsSummary {
  /** Cases that are said again here, and all that the kernel's tests have about WP and RWP, on every memory. */
  readonly expressed: number;
  readonly total: number;
  /** What came of those that were asked for. */
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly notExpressed: readonly { readonly because: string; readonly cases: number }[];
}

/** The user stopped it: what was seen until then is no result. */
export interface Interrupted {
  readonly outcome: 'interrupted';
}

/** What a run may do, and whom it tells. */
export interface VectorRunOptions {
  /** Effects on the whole machine are allowed. */
  readonly system: boolean;
  readonly signal?: AbortSignal;
  readonly recorder?: Recorder;
  /** Called with each result as soon as it is final, in no order. */
  readonly onResult?: (result: VectorResult) => void;
}

/** A sequence for a kernel, and what its answers come to. */
export interface Task {
  readonly id: string;
  readonly sequence: Sequence;
  /** What was seen, judged. */
  readonly judge: (seen: SequenceSeen) => VectorJudgement;
  /** Why this kernel cannot run it; it can when left out. */
  readonly closed?: string;
}

/** A forced event that does not happen is forced so many times in all. */
const attemptsMax = 5;

interface Waiting {
  readonly task: Task;
  attempts: number;
}

function resultOf({ task: { id }, attempts }: Waiting, judgement: VectorJudgement): VectorResult | undefined {
  switch (judgement.verdict) {
    case 'agrees':
      return { id, result: 'agrees', attempts };
    case 'unobserved': {
      if (attempts < attemptsMax) return undefined;
      const event = judgement.event === 'moved' ? 'moved' : 'swapped out';
      return { id, result: 'skipped', because: `the page was not ${event} in ${attempts} attempts`, attempts };
    }
    case 'incomplete':
      return { id, result: 'incomplete', because: judgement.because, attempts };
    case 'disagrees': {
      const { verdict: _, ...rest } = judgement;
      return { id, result: 'disagrees', attempts, ...rest };
    }
  }
}

/** The vectors as work for a kernel. */
export function vectorTasks(vectors: readonly Vector[], kernel: Kernel, system: boolean): readonly Task[] {
  return vectors.map((vector): Task => {
    const closed = closedGate(vector, kernel, system);
    const sequence = sequenceOf(vector);
    const judge = (seen: SequenceSeen): VectorJudgement => judgeVector(vector, sequence, seen);
    return { id: vector.id, sequence, judge, ...(closed !== undefined && { closed }) };
  });
}

/** Runs vectors on a kernel. */
export async function runVectors(
  kernel: Kernel,
  design: string,
  vectors: readonly Vector[],
  options: VectorRunOptions,
): Promise<RunResult | Interrupted> {
  return runTasks(kernel, design, vectorTasks(vectors, kernel, options.system), options);
}

/** Runs sequences on a kernel; one whose event was not observed is tried again, and then skipped with the reason. */
export async function runTasks(
  kernel: Kernel,
  design: string,
  tasks: readonly Task[],
  options: Omit<VectorRunOptions, 'system'>,
): Promise<RunResult | Interrupted> {
  const started = performance.now();
  const results = new Map<string, VectorResult>();
  const settle = (result: VectorResult): void => {
    results.set(result.id, result);
    options.onResult?.(result);
  };
  let waiting: Waiting[] = [];
  for (const task of tasks) {
    if (task.closed !== undefined) settle({ id: task.id, result: 'skipped', because: task.closed, attempts: 0 });
    else waiting.push({ task, attempts: 0 });
  }
  let failure: string | undefined;
  while (waiting.length > 0 && failure === undefined) {
    const again: Waiting[] = [];
    let at = 0;
    const batch = waiting;
    const onSeen = (seen: SequenceSeen): void => {
      const one = batch[at++] as Waiting;
      one.attempts++;
      options.recorder?.add({ sequence: one.task.sequence, seen });
      const result = resultOf(one, one.task.judge(seen));
      if (result === undefined) again.push(one);
      else settle(result);
    };
    const lines = batch.map(({ task }) => sequenceLine(task.sequence));
    // oxlint-disable-next-line no-await-in-loop -- the next round tries what this one did not see
    const ended = await kernel.run(lines, onSeen, options.signal);
    if (ended.kind === 'interrupted') return { outcome: 'interrupted' };
    if (ended.kind !== 'finished') {
      failure = describeFailure(ended);
      const culprit = batch[at];
      if (culprit)
        settle({ id: culprit.task.id, result: 'disagrees', because: failure, attempts: culprit.attempts + 1 });
    }
    waiting = again;
  }
  const all = tasks.map(
    ({ id }): VectorResult =>
      results.get(id) ?? { id, result: 'incomplete', because: failure ?? 'it was not run', attempts: 0 },
  );
  return { ...summary(kernel, design, all, failure), seconds: (performance.now() - started) / 1000 };
}

function summary(
  kernel: Kernel,
  design: string,
  results: readonly VectorResult[],
  failure: string | undefined,
): Omit<RunResult, 'seconds'> {
  const counts = countsOf(results);
  const losses = kernel.losses?.() ?? [];
  return {
    schemaVersion: 1,
    kernel: kernel.name,
    release: kernel.release,
    design,
    outcome: losses.length > 0 ? 'disagrees' : outcomeOf(counts),
    counts,
    bootSeconds: kernel.times().bootSeconds,
    results,
    warnings: kernel.warnings(),
    losses,
    ...(failure !== undefined && { failure }),
  };
}

function countsOf(results: readonly VectorResult[]): RunResult['counts'] {
  const count = (wanted: VectorResult['result']): number => results.filter(({ result }) => result === wanted).length;
  return {
    agrees: count('agrees'),
    disagrees: count('disagrees'),
    skipped: count('skipped'),
    incomplete: count('incomplete'),
  };
}

/** The worst that happened; `skipped` only when nothing else did. */
function outcomeOf({ agrees, disagrees, incomplete }: RunResult['counts']): RunResult['outcome'] {
  if (disagrees > 0) return 'disagrees';
  if (incomplete > 0) return 'incomplete';
  return agrees > 0 ? 'agrees' : 'skipped';
}
