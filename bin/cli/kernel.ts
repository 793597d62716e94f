import { designOf } from '../../conformance/design-of.ts';
import { kernelProblem, openKernel, type OpenOptions } from '../../conformance/kernels/open.ts';
import { describeFailure, type Kernel } from '../../conformance/kernels/kernel.ts';
import { Resilient } from '../../conformance/kernels/resilient.ts';
import type { Design } from '../../spec/index.ts';
import { exitCodes, type Outcome } from './exit.ts';
import { note } from './output.ts';
import { usageError } from './usage.ts';

/** How verdicts of kernels end a command. */
export const outcomes = {
  agrees: 'ok',
  disagrees: 'violated',
  incomplete: 'incomplete',
  skipped: 'skipped',
} as const satisfies Record<string, Outcome>;

/**
 * Refuses a name that is no kernel before anything is booted.
 *
 * @throws UsageError with what was expected
 */
export function knownKernel(name: string): string {
  const problem = kernelProblem(name);
  return problem?.kind === 'failed' ? usageError(problem.reason) : name;
}

/** What `--kernel` may say. */
export const kernelHelp = 'running, a version such as 7.3, or the path of an image';

/**
 * Opens the kernel that the user named, finds the design that it is judged by, and closes it whatever happens. One that cannot be had here ends the command
 * with the reason: skipped, or incomplete when it does not boot. Ctrl-C ends the run, and the exit code says so.
 *
 * @throws UsageError when there is no such kernel
 */
export async function withKernel(
  name: string,
  options: OpenOptions,
  body: (kernel: Kernel, design: Design, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const controller = new AbortController();
  const stop = (): void => {
    note('interrupted: ending the run');
    controller.abort();
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  try {
    const opened = await openKernel(name, options);
    // One that panics or hangs in the middle is opened again, and the run goes on.
    const kernel = opened.kind === 'kernel' ? new Resilient(opened, () => openKernel(name, options)) : opened;
    if (controller.signal.aborted) process.exitCode = exitCodes.interrupted;
    if (kernel.kind === 'failed') return usageError(kernel.reason);
    if (kernel.kind === 'skipped') return leave(`skipped: ${kernel.reason}`, exitCodes.skipped, controller.signal);
    if (kernel.kind !== 'kernel') return leave(describeFailure(kernel), exitCodes.incomplete, controller.signal);
    try {
      const by = designOf(kernel);
      if (by.kind === 'skipped') return leave(`skipped: ${by.reason}`, exitCodes.skipped, controller.signal);
      if (by.note !== undefined) note(by.note);
      await body(kernel, by.design, controller.signal);
    } finally {
      await kernel.close();
    }
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

function leave(reason: string, code: number, signal: AbortSignal): void {
  if (signal.aborted) return;
  note(`faultline: ${reason}`);
  process.exitCode = code;
}
