import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RunnerBinary } from '../runner/build.ts';
import { skipped, type Skipped } from '../runner/skipped.ts';
import { complaint, undoEffect } from './effects.ts';
import { Journal } from './journal.ts';
import { tidyAtExit } from './tidy.ts';

/** A swap file of our own, in use. */
export interface SwapFile {
  readonly kind: 'swap';
  readonly path: string;
  readonly megabytes: number;
  /** Switch it off and remove it. Safe to call twice. */
  close(): void;
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
