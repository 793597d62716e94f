import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Progress } from '../../checker/index.ts';
import type { CellResult } from '../verify.ts';
import type { Job } from './job.ts';

/** What a worker says. */
export type FromWorker =
  | { readonly kind: 'progress'; readonly id: number; readonly variant: string; readonly progress: Progress }
  | { readonly kind: 'done'; readonly id: number; readonly cell: CellResult }
  | {
      readonly kind: 'failed';
      readonly id: number;
      readonly name: string;
      readonly message: string;
      readonly stack: string;
    };

/** Whom to tell, and what stops the work. */
export interface PoolOptions {
  /** As many as there are processors when left out. */
  readonly workers?: number;
  /** Called now and then with how far a search has got. */
  readonly progress?: (job: Job, variant: string, progress: Progress) => void;
  /** Called when a job is done, with the number of those that are left. */
  readonly done?: (job: Job, cell: CellResult, left: number) => void;
  /** Aborted: searches that run end as `incomplete`, and no other begins. */
  readonly signal?: AbortSignal;
}

/** What came of the work: a cell for each job, in the order of the jobs; none for those that were not begun. */
export interface PoolResult {
  readonly cells: readonly (CellResult | undefined)[];
  readonly interrupted: boolean;
}

/**
 * Does jobs on several threads, so that this one can hear signals and show progress.
 *
 * @throws Error as the first job that failed did, with its name.
 */
export async function runJobs(jobs: readonly Job[], options: PoolOptions = {}): Promise<PoolResult> {
  const cells: (CellResult | undefined)[] = jobs.map(() => undefined);
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const { signal, workers = availableParallelism() } = options;
  const halt = (): void => void Atomics.store(stop, 0, 1);
  signal?.addEventListener('abort', halt);
  let next = 0;
  let left = jobs.length;
  const takeTurns = (worker: Worker): Promise<void> =>
    new Promise((resolve, reject) => {
      const feed = (): void => {
        if (next >= jobs.length || signal?.aborted) return resolve();
        worker.postMessage({ id: next, job: jobs[next] });
        next++;
      };
      worker.on('error', reject);
      worker.on('message', (message: FromWorker) => {
        const job = jobs[message.id] as Job;
        if (message.kind === 'progress') return options.progress?.(job, message.variant, message.progress);
        if (message.kind === 'failed') {
          const error = new Error(message.message);
          Object.assign(error, { name: message.name, stack: message.stack });
          return reject(error);
        }
        cells[message.id] = message.cell;
        options.done?.(job, message.cell, --left);
        feed();
      });
      feed();
    });
  const file = new URL('./worker.js', import.meta.url);
  const threads = Array.from(
    { length: Math.min(workers, jobs.length) },
    () => new Worker(file, { workerData: { stop } }),
  );
  try {
    await Promise.all(threads.map(takeTurns));
  } finally {
    signal?.removeEventListener('abort', halt);
    await Promise.all(threads.map((t) => t.terminate()));
  }
  return { cells, interrupted: signal?.aborted ?? false };
}
