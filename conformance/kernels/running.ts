import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { buildRunner } from '../runner/build.ts';
import { skipped, type Skipped } from '../runner/skipped.ts';
import { cacheFolder } from './cache.ts';
import { tail, type Kernel, type KernelFailure, type KernelTimes, type Lines } from './kernel.ts';
import { parseProbe, type Probe, type SequenceSeen } from './report.ts';
import { hugePageSettings, openSettings } from './settings.ts';
import { openSwapFile, type SwapFile } from './swap.ts';
import { Talk } from './talk.ts';
import { tidyAtExit } from './tidy.ts';

/** How to use the running kernel. */
export interface RunningOptions {
  readonly cacheDir?: string;
  /** `--system`: have a swap file of our own, and huge pages, while the kernel is open. */
  readonly system?: boolean;
  /** A sequence that takes longer is killed. */
  readonly timeLimitMs?: number;
  /** Sequences that one process of the runner may serve; 1: a process for each. */
  readonly perWorker?: number;
  /** For tests: another program in place of the compiled runner. */
  readonly program?: string;
}

/** Why a userfaultfd cannot be had. */
function whyNot(probe: Probe): string {
  const forbidden = probe.userfaultfd === 'EPERM';
  const sysctl = `vm.unprivileged_userfaultfd is ${probe.unprivilegedUserfaultfd ?? 'not there'}`;
  return `this kernel gives us no userfaultfd: ${probe.userfaultfd ?? 'unknown'}${forbidden ? ` (${sysctl}, uid ${probe.uid})` : ''}`;
}

/** Keeps the books that both kinds of kernel report. */
export class Clock {
  readonly #started = performance.now();
  #booted = 0;
  #ended: number | undefined;
  #sequences = 0;
  #runSeconds = 0;

  /** The probe was answered. */
  booted(): void {
    this.#booted = performance.now();
  }

  /** A run has ended. */
  ran(sequences: number, seconds: number): void {
    this.#sequences += sequences;
    this.#runSeconds += seconds;
  }

  /** It is switched off. */
  ended(): void {
    this.#ended ??= performance.now();
  }

  /** The books as they are now. */
  times(): KernelTimes {
    return {
      bootSeconds: Math.max(0, this.#booted - this.#started) / 1000,
      sequences: this.#sequences,
      runSeconds: this.#runSeconds,
      sequencesPerSecond: this.#runSeconds > 0 ? this.#sequences / this.#runSeconds : 0,
      totalSeconds: ((this.#ended ?? performance.now()) - this.#started) / 1000,
    };
  }
}

/** Run lines and keep the books. */
export async function runTimed(
  talk: Talk,
  clock: Clock,
  lines: Lines,
  onResult: (seen: SequenceSeen) => void,
  signal?: AbortSignal,
): ReturnType<Kernel['run']> {
  const started = performance.now();
  let sequences = 0;
  const outcome = await talk.run(
    lines,
    (seen) => {
      sequences++;
      onResult(seen);
    },
    signal,
  );
  clock.ran(sequences, (performance.now() - started) / 1000);
  return outcome;
}

/** The runner as a child process, and the conversation with it. */
function start(
  program: string,
  timeLimitMs: number,
  perWorker: number,
  swapArea: string | undefined,
): { talk: Talk; kill: () => void; exited: Promise<unknown> } {
  const words = ['run', '--time-limit', String(timeLimitMs), '--per-worker', String(perWorker)];
  const child = spawn(program, words, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, FAULTLINE_SWAP: swapArea },
  });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints = (complaints + text).slice(-4096)));
  const gone = new Promise<KernelFailure>((resolve) => {
    child.on('error', (error) => resolve({ kind: 'exited', how: error.message, console: '' }));
    child.on('close', (code, signal) => {
      resolve({ kind: 'exited', how: signal ?? `exit code ${code}`, console: tail(complaints) });
    });
  });
  const hangSeconds = (timeLimitMs / 1000) * 2 + 20;
  const talk = new Talk({
    fromRunner: child.stdout,
    toRunner: child.stdin,
    gone,
    console: () => tail(complaints),
    hangSeconds,
  });
  const exited = child.exitCode === null ? once(child, 'close').catch(() => undefined) : Promise.resolve();
  return { talk, exited, kill: () => child.kill('SIGKILL') };
}

async function probeOf(talk: Talk): Promise<Probe | KernelFailure> {
  const answer = await talk.ask('probe');
  if (answer.kind !== 'answer') return answer;
  return parseProbe(answer.line) ?? { kind: 'garbled-line', line: answer.line, console: '' };
}

/** The kernel that we run on. Where it cannot be used, the reason. */
export async function openRunning(options: RunningOptions = {}): Promise<Kernel | Skipped | KernelFailure> {
  const { cacheDir = cacheFolder(), system = false, timeLimitMs = 5000, perWorker = 64 } = options;
  if (process.platform !== 'linux') return skipped(`the running kernel is not Linux but ${process.platform}`);
  if (process.getuid?.() !== 0)
    return skipped('the running kernel needs root: swap types and kernel faults are hidden from others');
  const runner = await buildRunner(cacheDir);
  if (runner.kind === 'skipped') return runner;
  const clock = new Clock();
  const swap: SwapFile | Skipped | undefined = system ? openSwapFile(cacheDir, runner) : undefined;
  if (swap?.kind === 'skipped') return swap;
  // Without huge pages the probe says 0, and what needs them is skipped.
  const settings = system ? openSettings(cacheDir, hugePageSettings) : undefined;
  const { talk, kill, exited } = start(options.program ?? runner.path, timeLimitMs, perWorker, swap?.path);
  const forget = tidyAtExit(kill);
  const close = async (): Promise<void> => {
    kill();
    await exited;
    clock.ended();
    if (settings?.kind === 'settings') settings.close();
    swap?.close();
    forget();
  };
  const probe = await probeOf(talk);
  if ('kind' in probe || probe.features === null) {
    await close();
    return 'kind' in probe ? probe : skipped(whyNot(probe));
  }
  clock.booted();
  return {
    kind: 'kernel',
    name: 'running',
    release: probe.release,
    probe,
    run: (lines, onResult, signal) => runTimed(talk, clock, lines, onResult, signal),
    times: () => clock.times(),
    warnings: () => [],
    close,
  };
}
