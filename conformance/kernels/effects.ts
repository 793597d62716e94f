import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import type { RunnerBinary } from '../runner/build.ts';
import { journals, sameBoot, type Effect, type JournalRecord } from './journal.ts';

/** Is this file a swap area in use? /proc/swaps writes blanks as octal escapes. */
export function isSwapOn(path: string): boolean {
  const escaped = path.replaceAll('\\', '\\134').replaceAll(' ', '\\040').replaceAll('\t', '\\011');
  return readFileSync('/proc/swaps', 'utf8')
    .split('\n')
    .some((line) => line.startsWith(`${escaped} `) || line.startsWith(`${escaped}\t`));
}

/** Run a program for its effect; the last line it complained with, or undefined. */
export function complaint(program: string, words: readonly string[]): string | undefined {
  const ended = spawnSync(program, [...words], { encoding: 'utf8' });
  if (ended.error) return ended.error.message;
  return ended.status === 0 ? undefined : (ended.stderr.trim().split('\n').at(-1) ?? 'no message');
}

/**
 * Undo one effect, with the runner or, without one, the system's own swapoff.
 *
 * @throws Error when that fails
 */
export function undoEffect(effect: Effect, runner: RunnerBinary | undefined): void {
  switch (effect.kind) {
    case 'file':
      rmSync(effect.path, { force: true });
      return;
    case 'setting':
      writeFileSync(effect.path, effect.before);
      return;
    case 'swap': {
      if (!isSwapOn(effect.path)) return;
      const failed = runner ? complaint(runner.path, ['swapoff', effect.path]) : complaint('swapoff', [effect.path]);
      if (failed !== undefined) throw new Error(failed);
    }
  }
}

/** What undoing an effect does, in words. */
function undoing(effect: Effect): string {
  if (effect.kind === 'setting') return `set ${effect.path} back to ${effect.before}`;
  return effect.kind === 'swap' ? `swap off ${effect.path}` : `remove ${effect.path}`;
}

/** What `cleanup` did, one line each. */
export interface CleanupReport {
  readonly undone: readonly string[];
  /** Could not be undone; still in the journal. */
  readonly failed: readonly string[];
  /** Belongs to a process that still runs. */
  readonly inUse: readonly string[];
}

function undoJournal(path: string, record: JournalRecord, runner: RunnerBinary | undefined): CleanupReport {
  const undone: string[] = [];
  for (const effect of record.effects.toReversed()) {
    // A setting does not outlive the boot that it was made in: what is set now is not ours.
    if (effect.kind === 'setting' && !sameBoot(record)) continue;
    const what = undoing(effect);
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
    return undoJournal(path, record, runner);
  });
  return {
    undone: reports.flatMap((report) => report.undone),
    failed: reports.flatMap((report) => report.failed),
    inUse: reports.flatMap((report) => report.inUse),
  };
}
