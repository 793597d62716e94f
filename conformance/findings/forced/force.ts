import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cacheFolder } from '../../kernels/cache.ts';
import { cpio } from '../../kernels/cpio.ts';
import { hasQemu, qemuProgram } from '../../kernels/qemu.ts';
import { tidyAtExit } from '../../kernels/tidy.ts';
import { buildRunner, packageRoot } from '../../runner/build.ts';
import type { Schedule } from './schedules.ts';

/** A moment at which everybody stands still. */
export interface Stop {
  /** Who has come where. */
  readonly stop: string;
  /** The page-table entry as it is in memory. */
  readonly entry: string;
}

/** What the guest sees once all processors run again. `asleep` is asleep in `handle_userfault()`. */
export interface Outcome {
  /** What the call that moves the page returned. */
  readonly mover: number;
  readonly page: 'armed' | 'present' | 'swap' | 'none';
  /** The thread that faulted, after three seconds. */
  readonly after3s: 'asleep' | 'done' | 'elsewhere';
  /** Another thread reads the page and writes to it. */
  readonly otherThread: 'done' | 'blocked';
  readonly pageThen: Outcome['page'];
  readonly toucherThen: Outcome['after3s'];
  readonly pollin: boolean;
  /** What `read` of the descriptor returns, and whether the message is about the page. */
  readonly read: number;
  readonly sameAddress: boolean;
  readonly flags: number;
  readonly afterRead: Outcome['after3s'];
  /** After `UFFDIO_WAKE`. */
  readonly afterWake: Outcome['after3s'];
}

/** What came of a schedule. */
export interface Forced {
  readonly stops: readonly Stop[];
  readonly outcome: Outcome;
}

/** Boot and schedule take a quarter of a minute on an idle machine. */
const secondsMax = 75;

/** One boot in about fifty hung, with QEMU 7.2, long before the guest was there. */
const bootsMax = 3;

const here = join(packageRoot(), 'conformance', 'findings', 'forced');

/** The kernel with its debug information; the reason when it, or what else is needed, is missing. */
export function debugKernel(): { readonly path: string } | string {
  const path = process.env['FAULTLINE_VMLINUX'];
  if (path === undefined || path === '') return 'FAULTLINE_VMLINUX is not set';
  if (!existsSync(path)) return `FAULTLINE_VMLINUX: no file ${path}`;
  if (spawnSync('gcc', ['--version']).status !== 0) return 'no gcc';
  if (spawnSync('gdb', ['--version']).status !== 0) return 'no gdb';
  return hasQemu() ? { path } : `no ${qemuProgram}`;
}

/** Compile the guest, and write its first file system and its swap. */
async function writeFiles(folder: string): Promise<void> {
  const guest = join(folder, 'guest');
  const words = ['-static', '-O2', '-Wall', '-Wextra', '-Werror', '-pthread', '-o', guest, join(here, 'guest.c')];
  const compiled = spawnSync('gcc', words, { encoding: 'utf8' });
  if (compiled.status !== 0) throw new Error(compiled.stderr);
  const archive = cpio([
    { kind: 'folder', name: 'dev' },
    { kind: 'folder', name: 'proc' },
    { kind: 'device', name: 'dev/console', major: 5, minor: 1 },
    { kind: 'program', name: 'init', content: readFileSync(guest) },
  ]);
  writeFileSync(join(folder, 'initramfs'), archive);
  const runner = await buildRunner(cacheFolder());
  if (runner.kind === 'skipped') throw new Error(runner.reason);
  const made = spawnSync(runner.path, ['mkswap', join(folder, 'swap'), '64', 'sparse'], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(made.stderr);
}

/** Three processors on the first of two nodes, halted until the debugger comes. */
function qemuWords(folder: string, kernel: string, { mode, mover }: Schedule): readonly string[] {
  // NUMA balancing waits for processors that stand still. With a thread for each processor, QEMU 7.2 now and then misses
  // that the kernel has patched its code, and the kernel dies of a breakpoint of its own.
  const kernelWords = `console=ttyS0 loglevel=5 panic=-1 oops=panic nokaslr numa_balancing=disable -- ${mode} ${mover}`;
  const groups = [
    ['-accel', 'tcg,thread=single', '-cpu', 'max', '-m', '512', '-smp', '3'],
    ['-object', 'memory-backend-ram,size=256M,id=m0', '-object', 'memory-backend-ram,size=256M,id=m1'],
    ['-numa', 'node,nodeid=0,cpus=0-2,memdev=m0', '-numa', 'node,nodeid=1,memdev=m1'],
    ['-kernel', kernel, '-initrd', join(folder, 'initramfs'), '-append', kernelWords],
    ['-drive', `file=${join(folder, 'swap')},if=none,id=swap,format=raw,cache=unsafe`],
    ['-device', 'nvme,serial=swap,drive=swap'],
    ['-chardev', `socket,path=${join(folder, 'gdb')},server=on,wait=off,id=gdb`, '-gdb', 'chardev:gdb', '-S'],
    ['-nographic', '-no-reboot', '-net', 'none'],
  ];
  return groups.flat();
}

/** The debugger on this kernel; it keeps an index of the symbols, which takes it most of a minute to make. */
function gdbWords(kernel: string, commands: readonly string[]): readonly string[] {
  const index = join(cacheFolder(), 'gdb-index');
  mkdirSync(index, { recursive: true });
  const first = [`set index-cache directory ${index}`, 'set index-cache enabled on', 'set pagination off'];
  return ['-batch', '-nx', ...first.flatMap((c) => ['-iex', c]), ...commands.flatMap((c) => ['-ex', c]), kernel];
}

/** A program that was started, and all that it prints. */
interface Started {
  readonly child: ChildProcess;
  readonly printed: () => string;
  readonly ended: Promise<unknown>;
}

function start(program: string, words: readonly string[], env: Readonly<Record<string, string>> = {}): Started {
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  let text = '';
  const hear = (chunk: string): void => void (text += chunk);
  child.stdout?.setEncoding('latin1').on('data', hear);
  child.stderr?.setEncoding('latin1').on('data', hear);
  return { child, printed: () => text, ended: once(child, 'close') };
}

/** The objects that were printed in lines of their own. */
function objects(text: string): readonly unknown[] {
  return [...text.matchAll(/^forced: (\{.*\})\r?$/gm)].map(([, json]) => JSON.parse(json ?? '') as unknown);
}

/** Run the guest under the debugger until both have ended, or the time is over; undefined if it did not come up. */
async function conduct(folder: string, kernel: string, schedule: Schedule): Promise<Forced | undefined> {
  const qemu = start(qemuProgram, qemuWords(folder, kernel, schedule));
  const children = [qemu.child];
  const forget = tidyAtExit(() => children.forEach((child) => child.kill('SIGKILL')));
  const giveUp = new AbortController();
  try {
    // oxlint-disable-next-line no-await-in-loop -- a file that appears can only be asked for
    for (let tries = 0; !existsSync(join(folder, 'gdb')) && tries < 1000; tries++) await sleep(10);
    const { look, mode, mover } = schedule;
    const commands = [
      `add-symbol-file ${join(folder, 'guest')}`,
      `target remote ${join(folder, 'gdb')}`,
      `source ${join(here, 'schedule.py')}`,
    ];
    const gdb = start('gdb', gdbWords(kernel, commands), { FORCED_SCHEDULE: `${look} ${mode} ${mover}` });
    children.push(gdb.child);
    const late = sleep(secondsMax * 1000, undefined, { signal: giveUp.signal }).catch(() => undefined);
    await Promise.race([Promise.all([gdb.ended, qemu.ended]), late]);
    const stops = objects(gdb.printed()) as readonly Stop[];
    const [outcome] = objects(qemu.printed()) as readonly Outcome[];
    if (outcome?.after3s !== undefined) return { stops, outcome };
    if (stops.length === 0 && outcome === undefined) return undefined;
    throw new Error(`no outcome\n${gdb.printed()}\n${qemu.printed()}`);
  } finally {
    giveUp.abort();
    children.forEach((child) => child.kill('SIGKILL'));
    forget();
  }
}

/**
 * Boot the kernel in QEMU, stop and let go its processors as the schedule says, and hear what comes of it.
 *
 * Throws, with all that was printed, when a processor does not come to where the schedule wants it.
 */
export async function force(kernel: string, schedule: Schedule): Promise<Forced> {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-forced-'));
  try {
    await writeFiles(folder);
    spawnSync('gdb', gdbWords(kernel, []));
    for (let boots = 0; boots < bootsMax; boots++) {
      // oxlint-disable-next-line no-await-in-loop -- only when the one before did not come up
      const forced = await conduct(folder, kernel, schedule);
      if (forced !== undefined) return forced;
      rmSync(join(folder, 'gdb'), { force: true });
    }
    throw new Error(`${kernel} did not come up in ${bootsMax} boots of ${secondsMax} s`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
