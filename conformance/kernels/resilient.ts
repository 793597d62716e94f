import type { Failed } from './fetch.ts';
import {
  describeFailure,
  tail,
  type Kernel,
  type KernelFailure,
  type Lines,
  type Loss,
  type RunOutcome,
} from './kernel.ts';
import { idOf, type SequenceSeen } from './report.ts';
import type { Skipped } from '../runner/skipped.ts';

/** Kernels that are lost before a run is given up. */
const lossesMax = 5;

/** Lines that were handed out, and not answered yet. */
class Lineup {
  readonly #source: AsyncIterator<string> | Iterator<string>;
  readonly #waiting: string[] = [];
  #again: string[] = [];

  constructor(lines: Lines) {
    this.#source = Symbol.asyncIterator in lines ? lines[Symbol.asyncIterator]() : lines[Symbol.iterator]();
  }

  /** Hands out lines: first those that were lost with a kernel. */
  async *lines(): AsyncGenerator<string> {
    for (;;) {
      const again = this.#again.shift();
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const next = again === undefined ? await this.#source.next() : { done: false as const, value: again };
      if (next.done === true) return;
      this.#waiting.push(next.value);
      yield next.value;
    }
  }

  /** The oldest line has been answered. */
  answered(): void {
    this.#waiting.shift();
  }

  /** A kernel is lost: its unanswered lines are handed out again. The oldest of them is the one that did it. */
  lost(): string | undefined {
    this.#again = [...this.#waiting.splice(0), ...this.#again];
    return this.#again[0];
  }

  /** Give the oldest line up. */
  drop(): void {
    this.#again.shift();
  }
}

/** What became of a line that no kernel survives. */
function gone(line: string, failure: KernelFailure): SequenceSeen {
  return { id: idOf(line), steps: [], end: failure.kind, error: describeFailure(failure) };
}

/**
 * A kernel that is opened again when it is lost in the middle of a run: a line on which it is lost twice gets a report
 * that ends with how it was lost (`panic`, `hang`, …), and the run goes on with the next line.
 */
export class Resilient implements Kernel {
  readonly kind = 'kernel';
  readonly name: string;
  readonly release: string;
  readonly probe: Kernel['probe'];
  readonly #open: () => Promise<Kernel | Skipped | Failed | KernelFailure>;
  readonly #losses: Loss[] = [];
  readonly #warnings: string[] = [];
  #kernel: Kernel;

  constructor(kernel: Kernel, open: () => Promise<Kernel | Skipped | Failed | KernelFailure>) {
    this.#kernel = kernel;
    this.#open = open;
    this.name = kernel.name;
    this.release = kernel.release;
    this.probe = kernel.probe;
  }

  /** The times that it was lost so far. */
  losses(): readonly Loss[] {
    return this.#losses;
  }

  times(): ReturnType<Kernel['times']> {
    return this.#kernel.times();
  }

  warnings(): readonly string[] {
    return [...this.#warnings, ...this.#kernel.warnings()];
  }

  async close(): Promise<void> {
    await this.#kernel.close();
  }

  async run(lines: Lines, onResult: (seen: SequenceSeen) => void, signal?: AbortSignal): Promise<RunOutcome> {
    const started = performance.now();
    const lineup = new Lineup(lines);
    let sequences = 0;
    let suspect: string | undefined;
    const answer = (seen: SequenceSeen): void => {
      lineup.answered();
      suspect = undefined;
      sequences++;
      onResult(seen);
    };
    for (;;) {
      // oxlint-disable-next-line no-await-in-loop -- a new kernel only when the last one is lost
      const outcome = await this.#kernel.run(lineup.lines(), answer, signal);
      const seconds = (performance.now() - started) / 1000;
      if (outcome.kind === 'finished' || outcome.kind === 'interrupted') return { ...outcome, sequences, seconds };
      const line = lineup.lost();
      const again = line !== undefined && line === suspect;
      this.#losses.push({ line: line ?? '', failure: describeFailure(outcome), console: tail(outcome.console), again });
      // oxlint-disable-next-line no-await-in-loop -- as above
      if (this.#losses.length >= lossesMax || !(await this.#reopen())) return outcome;
      if (again && line !== undefined) {
        lineup.drop();
        suspect = undefined;
        sequences++;
        onResult(gone(line, outcome));
      } else suspect = line;
    }
  }

  async #reopen(): Promise<boolean> {
    this.#warnings.push(...this.#kernel.warnings());
    await this.#kernel.close();
    const next = await this.#open();
    if (next.kind !== 'kernel') return false;
    this.#kernel = next;
    return true;
  }
}
