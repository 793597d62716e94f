import type { Readable, Writable } from 'node:stream';
import type { KernelFailure, Lines, RunOutcome } from './kernel.ts';
import { idOf, isSequenceSeen, type SequenceSeen } from './report.ts';

/** Lines on their way: enough to keep the runner busy, few enough that neither side ever fills its buffers. */
const windowLines = 128;

/** The two ends of a runner, and how to tell that it has gone. */
export interface Wire {
  readonly fromRunner: Readable;
  readonly toRunner: Writable;
  /** Settles when the runner can answer no more, with the reason. */
  readonly gone: Promise<KernelFailure>;
  /** The end of what was printed beside the results. */
  readonly console: () => string;
  /** So long without an answer that is due is a hang. */
  readonly hangSeconds: number;
}

/** A conversation with a runner: one line out, one line back, in order. */
export class Talk {
  #wire: Wire;
  #failure: KernelFailure | undefined;
  #onLine: ((line: string) => void) | undefined;
  #onChange: (() => void) | undefined;
  #rest = '';

  constructor(wire: Wire) {
    this.#wire = wire;
    wire.fromRunner.setEncoding('utf8');
    wire.fromRunner.on('data', (chunk: string) => this.#split(chunk));
    wire.toRunner.on('error', () => undefined); // `gone` says it better
    wire.fromRunner.on('error', () => undefined);
    void wire.gone.then((failure) => this.#fail(failure));
  }

  /** What ended the conversation, if anything did. */
  get failure(): KernelFailure | undefined {
    return this.#failure;
  }

  /** Say one line that is not a sequence, and wait for its answer. */
  async ask(
    line: string,
    seconds = this.#wire.hangSeconds,
  ): Promise<{ readonly kind: 'answer'; readonly line: string } | KernelFailure> {
    let answer: string | undefined;
    this.#onLine = (text) => {
      answer = text;
      this.#changed();
    };
    this.#wire.toRunner.write(`${line}\n`);
    await this.#until(() => answer !== undefined, line, seconds);
    return answer === undefined ? this.#failureNow() : { kind: 'answer', line: answer };
  }

  /** Run sequences; `onResult` is called in order, once for each. */
  async run(lines: Lines, onResult: (seen: SequenceSeen) => void, signal?: AbortSignal): Promise<RunOutcome> {
    const started = performance.now();
    const pending: string[] = [];
    let sequences = 0;
    this.#onLine = (line) => {
      const seen = this.#parse(line, pending);
      if (seen === undefined) return;
      sequences++;
      onResult(seen);
      this.#changed();
    };
    const interrupt = (): void => this.#changed();
    signal?.addEventListener('abort', interrupt);
    const over = (): boolean => this.#failure !== undefined || signal?.aborted === true;
    try {
      await this.#feed(lines, pending, over);
      // oxlint-disable-next-line no-await-in-loop -- one answer after the other
      while (pending.length > 0 && !over()) await this.#change(pending[0] ?? '');
    } finally {
      signal?.removeEventListener('abort', interrupt);
      this.#onLine = undefined;
    }
    const seconds = (performance.now() - started) / 1000;
    if (signal?.aborted === true) {
      this.#fail({ kind: 'exited', how: 'interrupted', console: '' });
      return { kind: 'interrupted', sequences, seconds };
    }
    return this.#failure ?? { kind: 'finished', sequences, seconds };
  }

  async #feed(lines: Lines, pending: string[], over: () => boolean): Promise<void> {
    for await (const line of lines) {
      if (over()) return;
      const id = idOf(line);
      if (id === '' || id.startsWith('#') || line.includes('\n')) {
        throw new Error(`not a sequence line: ${JSON.stringify(line)}`);
      }
      while (pending.length >= windowLines && !over()) await this.#change(pending[0] ?? '');
      pending.push(id);
      this.#wire.toRunner.write(`${line}\n`);
    }
  }

  #parse(line: string, pending: string[]): SequenceSeen | undefined {
    const expected = pending.shift();
    let seen: unknown;
    try {
      seen = JSON.parse(line);
    } catch {
      seen = undefined;
    }
    if (!isSequenceSeen(seen) || expected === undefined) {
      this.#fail({ kind: 'garbled-line', line, console: this.#wire.console() });
      return undefined;
    }
    if (seen.id !== expected) {
      this.#fail({ kind: 'lost-line', expected, got: seen.id, console: this.#wire.console() });
      return undefined;
    }
    return seen;
  }

  #split(chunk: string): void {
    const lines = (this.#rest + chunk).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      if (this.#failure !== undefined) return;
      if (this.#onLine === undefined) {
        this.#fail({ kind: 'garbled-line', line, console: this.#wire.console() });
      } else {
        this.#onLine(line);
      }
    }
  }

  #fail(failure: KernelFailure): void {
    this.#failure ??= failure;
    this.#changed();
  }

  #failureNow(): KernelFailure {
    return this.#failure ?? { kind: 'exited', how: 'no reason given', console: this.#wire.console() };
  }

  #changed(): void {
    this.#onChange?.();
  }

  async #until(done: () => boolean, waitingFor: string, seconds: number): Promise<void> {
    // oxlint-disable-next-line no-await-in-loop -- each turn waits for the next event
    while (!done() && this.#failure === undefined) await this.#change(waitingFor, seconds);
  }

  /** Wait for the next line, the end, or too long a silence. */
  async #change(waitingFor: string, seconds = this.#wire.hangSeconds): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        this.#fail({ kind: 'hang', seconds, waitingFor, console: this.#wire.console() });
      }, seconds * 1000);
      this.#onChange = () => {
        clearTimeout(timer);
        this.#onChange = undefined;
        resolve();
      };
    });
  }
}
