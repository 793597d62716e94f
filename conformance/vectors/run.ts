import { describeFailure, type Kernel } from '../kernels/kernel.ts';
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
  /** Complaints on the kernel's console. */
  readonly warnings: readonly string[];
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

/** A forced event that does not happen is forced so many times in all. */
const attemptsMax = 5;

interface Waiting {
  readonly vector: Vector;
  readonly sequence: Sequence;
  attempts: number;
}

function resultOf({ vector: { id }, attempts }: Waiting, judgement: VectorJudgement): VectorResult | undefined {
  switch (judgement.verdict) {
    case 'agrees':
      return { id, result: 'agrees', attempts };
    case 'unobserved': {
      if (attempts < attemptsMax) return undefined;
      return {
        id,
        result: 'skipped',
        because: `the page was not ${judgement.event} in ${attempts} attempts`,
        attempts,
      };
    }
    case 'incomplete':
      return { id, result: 'incomplete', because: judgement.because, attempts };
    case 'disagrees': {
      const { verdict: _, ...rest } = judgement;
      return { id, result: 'disagrees', attempts, ...rest };
    }
  }
}

/** Runs vectors on a kernel; one whose event was not observed is tried again, and then skipped with the reason. */
export async function runVectors(
  kernel: Kernel,
  design: string,
  vectors: readonly Vector[],
  options: VectorRunOptions,
): Promise<RunResult | Interrupted> {
  const started = performance.now();
  const results = new Map<string, VectorResult>();
  const settle = (result: VectorResult): void => {
    results.set(result.id, result);
    options.onResult?.(result);
  };
  let waiting: Waiting[] = [];
  for (const vector of vectors) {
    const because = closedGate(vector, kernel, options.system);
    if (because !== undefined) settle({ id: vector.id, result: 'skipped', because, attempts: 0 });
    else waiting.push({ vector, sequence: sequenceOf(vector), attempts: 0 });
  }
  let failure: string | undefined;
  while (waiting.length > 0 && failure === undefined) {
    const again: Waiting[] = [];
    let at = 0;
    const batch = waiting;
    const onSeen = (seen: SequenceSeen): void => {
      const one = batch[at++] as Waiting;
      one.attempts++;
      options.recorder?.add({ sequence: one.sequence, seen });
      const result = resultOf(one, judgeVector(one.vector, one.sequence, seen));
      if (result === undefined) again.push(one);
      else settle(result);
    };
    const lines = batch.map(({ sequence }) => sequenceLine(sequence));
    // oxlint-disable-next-line no-await-in-loop -- the next round tries what this one did not see
    const ended = await kernel.run(lines, onSeen, options.signal);
    if (ended.kind === 'interrupted') return { outcome: 'interrupted' };
    if (ended.kind !== 'finished') {
      failure = describeFailure(ended);
      const culprit = batch[at];
      if (culprit)
        settle({ id: culprit.vector.id, result: 'disagrees', because: failure, attempts: culprit.attempts + 1 });
    }
    waiting = again;
  }
  const all = vectors.map(
    ({ id }): VectorResult =>
      results.get(id) ?? { id, result: 'incomplete', because: failure ?? 'it was not run', attempts: 0 },
  );
  const counts = countsOf(all);
  return {
    schemaVersion: 1,
    kernel: kernel.name,
    release: kernel.release,
    design,
    outcome: outcomeOf(counts),
    counts,
    seconds: (performance.now() - started) / 1000,
    bootSeconds: kernel.times().bootSeconds,
    results: all,
    warnings: kernel.warnings(),
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
