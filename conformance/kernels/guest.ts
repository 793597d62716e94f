import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { buildRunner } from '../runner/build.ts';
import { skipped, type Skipped } from '../runner/skipped.ts';
import { cacheFolder } from './cache.ts';
import { cpio } from './cpio.ts';
import type { KernelImage } from './image.ts';
import { tail, type Kernel, type KernelFailure, type KernelTimes } from './kernel.ts';
import { hasQemu, mayTryKvm, noteKvmFailed, qemuProgram, qemuWords, type Accelerator } from './qemu.ts';
import { parseProbe, type Probe } from './report.ts';
import { Clock, runTimed } from './running.ts';
import { Talk } from './talk.ts';
import { tidyAtExit } from './tidy.ts';

/** How to boot a guest. */
export interface GuestOptions {
  readonly cacheDir?: string;
  /** What the user calls it; the image's name by default. */
  readonly name?: string;
  /** `auto`: KVM where it works, else emulation. */
  readonly accelerator?: Accelerator | 'auto';
  /** From the start to the answer to the probe. */
  readonly bootSecondsMax?: number;
  /** A sequence that takes longer is killed, in the guest. */
  readonly timeLimitMs?: number;
  /** Sequences that one process of the runner may serve; 1: a process for each. */
  readonly perWorker?: number;
  readonly memoryMegabytes?: number;
  readonly swapMegabytes?: number;
  /** No answer for so long is a hang. */
  readonly hangSeconds?: number;
  /** For tests: another static program in place of the runner as init. */
  readonly init?: string;
}

type Settings = Required<Omit<GuestOptions, 'accelerator' | 'init'>> & {
  readonly init: string | undefined;
  readonly accelerator: Accelerator;
};

/** The whole console is kept, up to this many characters. */
const consoleMax = 2 ** 20;

/** The end of a guest's life is waited for this long. */
const powerOffSeconds = 30;

/** A QEMU that was started, with all that belongs to it. */
interface Machine {
  readonly child: ChildProcess;
  readonly console: () => string;
  readonly gone: Promise<KernelFailure>;
  readonly exited: Promise<unknown>;
  readonly socket: Promise<Socket>;
  /** Kill it and remove its files, without waiting. */
  readonly destroy: () => void;
}

/** The console from the panic on, with a little of what led to it. */
function panicReport(console: string): string {
  const lines = console.trimEnd().split('\n');
  const at = lines.findIndex((line) => line.includes('Kernel panic'));
  return lines.slice(Math.max(0, at - 5), at + 60).join('\n');
}

/** Why a guest has gone, from how QEMU ended and what the console says. */
function whyGone(console: string, how: string): KernelFailure {
  if (console.includes('Kernel panic')) return { kind: 'panic', console: panicReport(console) };
  if (how === 'exit code 0') return { kind: 'power-off', console: tail(console) };
  return { kind: 'exited', how: `QEMU: ${how}`, console: tail(console) };
}

/** Write the files of a guest: its first file system with the runner as init, and its swap. */
function writeFiles(folder: string, runner: string, settings: Settings): Skipped | undefined {
  const archive = cpio([
    { kind: 'folder', name: 'dev' },
    { kind: 'folder', name: 'proc' },
    { kind: 'folder', name: 'sys' },
    { kind: 'device', name: 'dev/console', major: 5, minor: 1 },
    { kind: 'program', name: 'init', content: readFileSync(settings.init ?? runner) },
  ]);
  writeFileSync(join(folder, 'initramfs'), archive);
  const made = spawnSync(runner, ['mkswap', join(folder, 'swap'), String(settings.swapMegabytes), 'sparse'], {
    encoding: 'utf8',
  });
  return made.status === 0 ? undefined : skipped(`no swap file for the guest: ${made.stderr.trim()}`);
}

/** Terminal codes of the firmware, and carriage returns. */
const codes = new RegExp(`${String.fromCharCode(27)}(\\[[0-9;?]*[a-zA-Z]|c)|\\r`, 'g');

/** Start QEMU; it connects to our socket at once. */
function startMachine(folder: string, image: string, settings: Settings): Machine {
  const path = join(folder, 'port');
  const server = createServer();
  const socket = new Promise<Socket>((resolve) => server.once('connection', resolve));
  server.listen(path);
  const files = { image, initramfs: join(folder, 'initramfs'), swap: join(folder, 'swap'), socket: path };
  const words = qemuWords(files, settings.accelerator, settings.memoryMegabytes);
  const child = spawn(qemuProgram, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  let panicked: (failure: KernelFailure) => void = () => undefined;
  const hear = (chunk: string): void => {
    text = (text + chunk).replace(codes, '').slice(-consoleMax);
    // The rest of a panic's report is still on its way: a moment later it is in the console.
    if (/Kernel panic|KVM internal error/.test(text)) {
      setTimeout(() => panicked(whyGone(text, 'KVM internal error')), 200).unref();
    }
  };
  child.stdout?.setEncoding('latin1').on('data', hear);
  child.stderr?.setEncoding('latin1').on('data', hear);
  const gone = new Promise<KernelFailure>((resolve) => {
    panicked = resolve;
    child.once('error', (error) => resolve({ kind: 'exited', how: error.message, console: '' }));
    child.once('close', (code, signal) => resolve(whyGone(text, signal ?? `exit code ${code}`)));
  });
  const destroy = (): void => {
    child.kill('SIGKILL');
    server.close();
    void socket.then((open) => open.destroy());
    rmSync(folder, { recursive: true, force: true });
  };
  return { child, console: () => text, gone, socket, destroy, exited: once(child, 'close').catch(() => undefined) };
}

/** Wait for a promise, but not longer than that. */
async function within<T>(promise: Promise<T>, seconds: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), seconds * 1000);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** A guest that answers: the conversation with it, and what it is. */
interface Answering {
  readonly kind: 'answering';
  readonly talk: Talk;
  readonly probe: Probe;
}

async function greet(machine: Machine, settings: Settings): Promise<Answering | KernelFailure> {
  const socket = await Promise.race([machine.socket, machine.gone]);
  if ('kind' in socket) return socket;
  const { gone, console } = machine;
  const talk = new Talk({ fromRunner: socket, toRunner: socket, gone, console, hangSeconds: settings.hangSeconds });
  const answer = await talk.ask('probe', settings.bootSecondsMax);
  if (answer.kind !== 'answer') return answer;
  const probe = parseProbe(answer.line);
  if (probe === undefined) return { kind: 'garbled-line', line: answer.line, console: tail(console()) };
  for (const line of [`time-limit ${settings.timeLimitMs}`, `per-worker ${settings.perWorker}`]) {
    // oxlint-disable-next-line no-await-in-loop -- one answer after the other
    const set = await talk.ask(line);
    if (set.kind !== 'answer') return set;
  }
  return { kind: 'answering', talk, probe };
}

/** Lines on the console that say that the kernel is not well. */
function complaints(console: string): readonly string[] {
  return console.split('\n').filter((line) => /\b(WARNING|BUG|Oops|KASAN|UBSAN)\b:?/.test(line));
}

/** Say goodbye, and wait until QEMU has ended. */
async function powerOff(machine: Machine, talk: Talk): Promise<void> {
  if (talk.failure === undefined) await within(talk.ask('quit'), powerOffSeconds);
  if (talk.failure === undefined || talk.failure.kind === 'power-off') await within(machine.exited, powerOffSeconds);
}

/** Keep the console of the last guest of a name, for somebody who wants to know. */
function keepConsole(cacheDir: string, name: string, console: string): void {
  const folder = join(cacheDir, 'consoles');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${basename(name)}.log`), console);
}

async function boot(image: KernelImage, runner: string, settings: Settings): Promise<Kernel | Skipped | KernelFailure> {
  const clock = new Clock();
  const folder = mkdtempSync(join(tmpdir(), 'faultline-guest-'));
  const unwritten = writeFiles(folder, runner, settings);
  if (unwritten !== undefined) {
    rmSync(folder, { recursive: true, force: true });
    return unwritten;
  }
  const machine = startMachine(folder, image.path, settings);
  const forget = tidyAtExit(machine.destroy);
  const end = async (): Promise<void> => {
    machine.destroy();
    await machine.exited;
    clock.ended();
    keepConsole(settings.cacheDir, settings.name, machine.console());
    forget();
  };
  const answering = await within(greet(machine, settings), settings.bootSecondsMax);
  if (answering?.kind !== 'answering') {
    await end();
    const console = tail(machine.console());
    return answering?.kind === 'panic' ? answering : { kind: 'no-boot', seconds: clock.times().totalSeconds, console };
  }
  clock.booted();
  const { talk, probe } = answering;
  return {
    kind: 'kernel',
    name: settings.name,
    release: probe.release,
    probe,
    run: (lines, onResult, signal) => runTimed(talk, clock, lines, onResult, signal),
    times: (): KernelTimes => clock.times(),
    warnings: () => complaints(machine.console()),
    close: async () => {
      await powerOff(machine, talk);
      await end();
    },
  };
}

/**
 * Boot a kernel image in QEMU with the runner as init.
 *
 * A guest that dies, hangs or talks nonsense gives a failure with a name and the end of its console; never a pass.
 */
export async function openGuest(
  image: KernelImage,
  options: GuestOptions = {},
): Promise<Kernel | Skipped | KernelFailure> {
  const cacheDir = options.cacheDir ?? cacheFolder();
  if (!hasQemu()) return skipped(`a guest needs ${qemuProgram}, which cannot be run (install qemu-system-x86)`);
  if (!existsSync(image.path)) return skipped(`no kernel image at ${image.path}`);
  const runner = await buildRunner(cacheDir);
  if (runner.kind === 'skipped') return runner;
  const settings = {
    cacheDir,
    name: image.name,
    bootSecondsMax: 120,
    timeLimitMs: 20_000,
    perWorker: 64,
    memoryMegabytes: 1024,
    swapMegabytes: 256,
    hangSeconds: 90,
    init: undefined,
    ...options,
  };
  const wanted = options.accelerator ?? 'auto';
  if (wanted === 'kvm' || (wanted === 'auto' && mayTryKvm(cacheDir))) {
    const bootSecondsMax = wanted === 'auto' ? Math.min(20, settings.bootSecondsMax) : settings.bootSecondsMax;
    const guest = await boot(image, runner.path, { ...settings, accelerator: 'kvm', bootSecondsMax });
    if (wanted === 'kvm' || guest.kind === 'kernel' || guest.kind === 'skipped') return guest;
    noteKvmFailed(cacheDir);
  }
  return boot(image, runner.path, { ...settings, accelerator: 'tcg' });
}

/** What `body` gave, with the times of the guest and the complaints on its console. */
export interface GuestDone<T> {
  readonly kind: 'done';
  readonly value: T;
  readonly times: KernelTimes;
  readonly warnings: readonly string[];
}

/** Boot, use, and switch off, whatever happens in between. */
export async function withGuest<T>(
  image: KernelImage,
  options: GuestOptions,
  body: (guest: Kernel) => Promise<T>,
): Promise<GuestDone<T> | Skipped | KernelFailure> {
  const guest = await openGuest(image, options);
  if (guest.kind !== 'kernel') return guest;
  try {
    const value = await body(guest);
    await guest.close();
    return { kind: 'done', value, times: guest.times(), warnings: guest.warnings() };
  } finally {
    await guest.close();
  }
}
