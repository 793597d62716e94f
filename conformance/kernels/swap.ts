import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RunnerBinary } from '../runner/build.ts';
import { skipped, type Skipped } from '../runner/skipped.ts';
import { Journal, journals, type Effect } from './journal.ts';
import { tidyAtExit } from './tidy.ts';

/** A swap file of our own, in use. */
export interface SwapFile {
  readonly kind: 'swap';
  readonly path: string;
  readonly megabytes: number;
  /** Switch it off and remove it. Safe to call twice. */
  close(): void;
}

/** Is this file a swap area in use? /proc/swaps writes blanks as octal escapes. */
export function isSwapOn(path: string): boolean {
  const escaped = path.replaceAll('\\', '\\134').replaceAll(' ', '\\040').replaceAll('\t', '\\011');
  return readFileSync('/proc/swaps', 'utf8')
    .split('\n')
    .some((line) => line.startsWith(`${escaped} `) || line.startsWith(`${escaped}\t`));
}

/** Run a program for its effect; the last line it complained with, or undefined. */
function complaint(program: string, words: readonly string[]): string | undefined {
  const ended = spawnSync(program, [...words], { encoding: 'utf8' });
  if (ended.error) return ended.error.message;
  return ended.status === 0 ? undefined : (ended.stderr.trim().split('\n').at(-1) ?? 'no message');
}

/** Undo one effect, with the runner or, without one, the system's own swapoff. Throws when that fails. */
function undoEffect(effect: Effect, runner: RunnerBinary | undefined): void {
  switch (effect.kind) {
    case 'file':
      rmSync(effect.path, { force: true });
      return;
    case 'swap': {
      if (!isSwapOn(effect.path)) return;
      const failed = runner ? complaint(runner.path, ['swapoff', effect.path]) : complaint('swapoff', [effect.path]);
      if (failed !== undefined) throw new Error(failed);
    }
  }
}

/** Make a swap file in the cache folder and switch it on; every effect is in the journal before it happens. */
export function openSwapFile(cacheDir: string, runner: RunnerBinary, megabytes = 256): SwapFile | Skipped {
  if (process.getuid?.() !== 0) return skipped('swap needs root');
  const folder = join(cacheDir, 'swap');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${process.pid}-${Date.now()}.swap`);
  const journal = new Journal(cacheDir);
  const undo = (): void => journal.undo((effect) => undoEffect(effect, runner));
  const forget = tidyAtExit(undo);
  const close = (): void => {
    undo();
    forget();
  };
  journal.record({ kind: 'file', path });
  let failed = complaint(runner.path, ['mkswap', path, String(megabytes)]);
  if (failed === undefined) {
    journal.record({ kind: 'swap', path });
    failed = complaint(runner.path, ['swapon', path]);
  }
  if (failed === undefined) return { kind: 'swap', path, megabytes, close };
  close();
  return skipped(`no swap file of our own: ${failed}`);
}

/** What `cleanup` did, one line each. */
export interface CleanupReport {
  readonly undone: readonly string[];
  /** Could not be undone; still in the journal. */
  readonly failed: readonly string[];
  /** Belongs to a process that still runs. */
  readonly inUse: readonly string[];
}

function undoJournal(path: string, effects: readonly Effect[], runner: RunnerBinary | undefined): CleanupReport {
  const undone: string[] = [];
  for (const effect of effects.toReversed()) {
    const what = effect.kind === 'swap' ? `swap off ${effect.path}` : `remove ${effect.path}`;
    try {
      undoEffect(effect, runner);
      undone.push(what);
    } catch (error) {
      // Nothing older is touched: the file must not go while the kernel swaps to it.
      return { undone, failed: [`${what}: ${(error as Error).message}`], inUse: [] };
    }
  }
  rmSync(path, { force: true });
  return { undone, failed: [], inUse: [] };
}

/** Undo what killed runs left on this machine, from their journals; also after a reboot. */
export function cleanup(cacheDir: string, runner?: RunnerBinary): CleanupReport {
  const reports = journals(cacheDir).map(({ path, record, inUse }): CleanupReport => {
    if (inUse) return { undone: [], failed: [], inUse: [`${path} (process ${record?.pid})`] };
    if (record === undefined)
      return { undone: [], failed: [`${path}: not a journal that this version knows`], inUse: [] };
    return undoJournal(path, record.effects, runner);
  });
  return {
    undone: reports.flatMap((report) => report.undone),
    failed: reports.flatMap((report) => report.failed),
    inUse: reports.flatMap((report) => report.inUse),
  };
}
