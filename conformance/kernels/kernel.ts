import type { Probe, SequenceSeen } from './report.ts';

/** Sequence lines, as the runner reads them: `<id> <pages> [MEMORY] <op> | <op> | …`. */
export type Lines = Iterable<string> | AsyncIterable<string>;

/** How a kernel, or what stands between it and us, went wrong. Never a pass. `console` is the end of what it printed. */
export type KernelFailure =
  | { readonly kind: 'panic'; readonly console: string }
  | { readonly kind: 'hang'; readonly seconds: number; readonly waitingFor: string; readonly console: string }
  | { readonly kind: 'power-off'; readonly console: string }
  | { readonly kind: 'lost-line'; readonly expected: string; readonly got: string; readonly console: string }
  | { readonly kind: 'garbled-line'; readonly line: string; readonly console: string }
  | { readonly kind: 'exited'; readonly how: string; readonly console: string }
  | { readonly kind: 'no-boot'; readonly seconds: number; readonly console: string };

/** How a run over lines ended. */
export type RunOutcome =
  | { readonly kind: 'finished'; readonly sequences: number; readonly seconds: number }
  | { readonly kind: 'interrupted'; readonly sequences: number; readonly seconds: number }
  | KernelFailure;

/** Where the time went. */
export interface KernelTimes {
  /** From the start to the answer to the probe. */
  readonly bootSeconds: number;
  readonly sequences: number;
  readonly runSeconds: number;
  /** 0 when nothing ran. */
  readonly sequencesPerSecond: number;
  /** From the start until now, or until it was switched off. */
  readonly totalSeconds: number;
}

/** A time that a kernel was lost: on which line, how, and with what on its console. */
export interface Loss {
  readonly line: string;
  readonly failure: string;
  /** The end of the console. */
  readonly console: string;
  /** It was lost on the same line again, when that was tried in a new one. */
  readonly again: boolean;
}

/** A kernel that runs sequences; where it runs is its own business. */
export interface Kernel {
  readonly kind: 'kernel';
  /** What the user calls it: `running`, `7.3`, a path. */
  readonly name: string;
  /** `uname -r`. */
  readonly release: string;
  readonly probe: Probe;
  /** Run the lines in order; `onResult` is called once for each, in order. After a failure or an interruption it is of no more use. */
  run(lines: Lines, onResult: (seen: SequenceSeen) => void, signal?: AbortSignal): Promise<RunOutcome>;
  /** How long booting and running have taken so far. */
  times(): KernelTimes;
  /** Complaints of the kernel on its console (WARNING, BUG), which no result shows. */
  warnings(): readonly string[];
  /** The times that it was lost and opened again, where it can be. */
  losses?(): readonly Loss[];
  /** Switch it off and undo what it needed. Safe to call twice. */
  close(): Promise<void>;
}

/** The last lines of a console. */
export function tail(console: string, lines = 20): string {
  return console.trimEnd().split('\n').slice(-lines).join('\n');
}

/** Why a guest did not come up: what its init complained of, else the last thing that it printed. */
function bootComplaint(console: string): string {
  return /faultline-init: no [^\n]*/.exec(console)?.[0] ?? (tail(console, 1) || 'nothing on its console');
}

/** A failure in one line. */
export function describeFailure(failure: KernelFailure): string {
  switch (failure.kind) {
    case 'panic':
      return `the kernel panicked: ${/Kernel panic[^\r\n]*/.exec(failure.console)?.[0] ?? tail(failure.console, 1)}`;
    case 'hang':
      return `no answer for ${failure.seconds.toFixed(0)} s while waiting for sequence ${failure.waitingFor}`;
    case 'power-off':
      return 'the guest switched itself off before it was told to';
    case 'lost-line':
      return `the result of sequence ${failure.expected} is missing: got that of ${failure.got}`;
    case 'garbled-line':
      return `a line that is no result: ${JSON.stringify(failure.line.slice(0, 80))}`;
    case 'exited':
      return `it ended too early: ${failure.how}`;
    case 'no-boot':
      return `the kernel did not boot within ${failure.seconds.toFixed(0)} s: ${bootComplaint(failure.console)}`;
  }
}
