import { readFileSync, writeFileSync } from 'node:fs';
import { skipped, type Skipped } from '../runner/skipped.ts';
import { undoEffect } from './effects.ts';
import { Journal } from './journal.ts';
import { tidyAtExit } from './tidy.ts';

/** A file of /sys or /proc, and what it is to say. */
export interface Setting {
  readonly path: string;
  /** The value to write, from the one that is there. */
  readonly value: (before: string) => string;
}

/** Settings that are in force until they are closed. */
export interface OpenSettings {
  readonly kind: 'settings';
  /** Put everything back as it was. Safe to call twice. */
  close(): void;
}

/** What a file of settings says: its text, or of a list such as `always [madvise] never` the word in brackets. */
export function readSetting(path: string): string {
  const text = readFileSync(path, 'utf8').trim();
  return /\[(\S+)\]/.exec(text)?.[1] ?? text;
}

/** Change settings of this machine; each is in the journal, with what it was, before it changes. */
export function openSettings(cacheDir: string, settings: readonly Setting[]): OpenSettings | Skipped {
  const journal = new Journal(cacheDir);
  const undo = (): void => journal.undo((effect) => undoEffect(effect, undefined));
  const forget = tidyAtExit(undo);
  const close = (): void => {
    undo();
    forget();
  };
  for (const { path, value } of settings) {
    try {
      const before = readSetting(path);
      const wanted = value(before);
      if (wanted === before) continue;
      journal.record({ kind: 'setting', path, before });
      writeFileSync(path, wanted);
    } catch (error) {
      close();
      return skipped(`cannot set ${path}: ${(error as NodeJS.ErrnoException).code ?? (error as Error).message}`);
    }
  }
  return { kind: 'settings', close };
}

/** Huge pages that sequences may need at once: eight pages and as many to move to, for two processes. */
const hugePagesMin = 32;

/** As many huge pages of 2 MB as sequences on hugetlb memory need. */
export const hugePageSettings: readonly Setting[] = [
  { path: '/proc/sys/vm/nr_hugepages', value: (before) => String(Math.max(Number(before), hugePagesMin)) },
];
