import type { CellResult, Job, ReviewExtent } from '../../model/index.ts';
import { assertExcused, reviewInStages, runJobs } from '../../model/index.ts';
import type { Outcome } from './exit.ts';
import { exitCodes } from './exit.ts';
import { note, progress } from './output.ts';

/** How the verdicts of cells end a command; a cell that was not run is a skip. */
export function outcomesOf(cells: readonly (CellResult | undefined)[]): Outcome[] {
  return cells.flatMap((cell): Outcome[] => {
    if (cell === undefined) return ['incomplete'];
    if (cell.skipped !== undefined) return ['skipped'];
    return cell.variants.flatMap((v) => v.results.map(({ verdict }) => (verdict === 'holds' ? 'ok' : verdict)));
  });
}

/** What work came to: the cells, or undefined when the user interrupted it. */
export interface Worked {
  readonly cells: readonly (CellResult | undefined)[];
  readonly interrupted: boolean;
}

/** Runs jobs with progress on stderr; Ctrl-C ends the searches, and the exit code says so. */
export async function work(jobs: readonly Job[], done: (cell: CellResult) => void = () => {}): Promise<Worked> {
  const controller = new AbortController();
  const stop = (): void => {
    note('interrupted: ending the searches that run');
    controller.abort();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  let left = jobs.length;
  try {
    const result = await runJobs(jobs, {
      signal: controller.signal,
      progress: (job, variant, p) => {
        const rate = `${(p.rate / 1e6).toFixed(2)} M/s`;
        progress(
          `${job.scenario} × ${job.design} (${variant}): ${p.states} states, ${rate}, ${p.frontier} waiting, depth ${p.depth}; ${left} scenarios left`,
        );
      },
      done: (_, cell, remaining) => {
        left = remaining;
        done(cell);
      },
    });
    if (result.interrupted) process.exitCode = exitCodes.interrupted;
    return result;
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

/**
 * Does a whole review; once it is interrupted, no further stage begins.
 *
 * @throws Error where a rule fired that is excused
 */
export async function reviewAll(extent: ReviewExtent, done: (cell: CellResult) => void): Promise<Worked> {
  let interrupted = false;
  const cells = await reviewInStages(extent, async (jobs) => {
    if (interrupted) return [];
    const worked = await work(jobs, done);
    interrupted = worked.interrupted;
    return worked.cells;
  });
  if (!interrupted) assertExcused(cells.filter((cell) => cell !== undefined));
  return { cells, interrupted };
}
