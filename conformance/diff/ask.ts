import { describeFailure, type Kernel } from '../kernels/kernel.ts';
import type { SequenceSeen } from '../kernels/report.ts';
import { comparable, type Known } from './part.ts';

/** A kernel went wrong in the middle of a comparison: what it is called, on which line, and how. */
export class KernelFailed extends Error {
  override readonly name = 'KernelFailed';
}

/** The user stopped it. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** Runs lines on a kernel, and tells what it showed of each, in order. */
export class Asker {
  readonly kernel: Kernel;
  readonly #known: Known;
  readonly #signal: AbortSignal | undefined;

  constructor(kernel: Kernel, known: Known, signal?: AbortSignal) {
    this.kernel = kernel;
    this.#known = known;
    this.#signal = signal;
  }

  /**
   * What the kernel shows of these lines.
   *
   * @throws KernelFailed when it panics, hangs or talks nonsense
   * @throws Stopped when the user interrupts it
   */
  async ask(lines: readonly string[]): Promise<readonly SequenceSeen[]> {
    const seen: SequenceSeen[] = [];
    const outcome = await this.kernel.run(lines, (one) => seen.push(comparable(one, this.#known)), this.#signal);
    if (outcome.kind === 'interrupted') throw new Stopped('interrupted');
    if (outcome.kind === 'finished') return seen;
    throw new KernelFailed(
      `${this.kernel.release}: ${describeFailure(outcome)}, on: ${lines[seen.length] ?? 'nothing'}`,
    );
  }

  /** What the kernel shows of one line, so many times. */
  async repeat(line: string, times: number): Promise<readonly SequenceSeen[]> {
    return this.ask(Array.from({ length: times }, () => line));
  }
}
