import { parentPort, workerData } from 'node:worker_threads';
import type { Progress } from '../../checker/index.ts';
import { runJob, type Job } from './job.ts';
import type { FromWorker } from './pool.ts';

const { stop } = workerData as { readonly stop: Int32Array };
const signal = {
  get aborted(): boolean {
    return Atomics.load(stop, 0) !== 0;
  },
};

function say(message: FromWorker): void {
  parentPort?.postMessage(message);
}

parentPort?.on('message', ({ id, job }: { readonly id: number; readonly job: Job }) => {
  const progress = (variant: string, p: Progress): void => say({ kind: 'progress', id, variant, progress: p });
  void runJob(job, { signal, progress }).then(
    (cell) => say({ kind: 'done', id, cell }),
    (error: unknown) => {
      const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
      say({ kind: 'failed', id, name, message, stack: stack ?? '' });
    },
  );
});
