import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** One thing done to this machine that outlives the process that did it. */
export type Effect =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'swap'; readonly path: string }
  /** A file of /sys or /proc that was written to, and what it said before. */
  | { readonly kind: 'setting'; readonly path: string; readonly before: string };

/** What a journal file holds: who wrote it, and what is to be undone, oldest first. */
export interface JournalRecord {
  readonly schemaVersion: 1;
  readonly bootId: string;
  readonly pid: number;
  /** Start of that process in clock ticks since boot: process numbers are used again. */
  readonly startTime: string;
  readonly effects: readonly Effect[];
}

function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return otherwise;
  }
}

/** Changes at every boot. */
function bootId(): string {
  return readOr('/proc/sys/kernel/random/boot_id', 'unknown').trim();
}

/** True when a journal was written since this machine was started last. */
export function sameBoot(record: Pick<JournalRecord, 'bootId'>): boolean {
  return record.bootId === bootId();
}

/** Field 22 of /proc/PID/stat; empty when there is no such process. The second field may contain anything. */
function startTimeOf(pid: number): string {
  const stat = readOr(`/proc/${pid}/stat`, '');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

/** Write a file so that after a crash it is there whole, or as it was before. */
function writeDurably(path: string, text: string): void {
  const temporary = `${path}.new`;
  const fd = openSync(temporary, 'w', 0o600);
  writeSync(fd, text);
  fsyncSync(fd);
  closeSync(fd);
  renameSync(temporary, path);
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

/** The journal of this process: an effect is written down before it happens. */
export class Journal {
  readonly path: string;
  #effects: readonly Effect[] = [];

  constructor(cacheDir: string) {
    const folder = join(cacheDir, 'journal');
    mkdirSync(folder, { recursive: true });
    this.path = join(folder, `${process.pid}-${startTimeOf(process.pid)}-${Date.now()}.json`);
  }

  /** Write down what is about to be done. */
  record(effect: Effect): void {
    this.#effects = [...this.#effects, effect];
    this.#write();
  }

  /** Undo everything, newest first; what could not be undone stays written down. */
  undo(undoOne: (effect: Effect) => void): void {
    for (const effect of this.#effects.toReversed()) {
      undoOne(effect);
      this.#effects = this.#effects.filter((other) => other !== effect);
      this.#write();
    }
  }

  #write(): void {
    if (this.#effects.length === 0) {
      rmSync(this.path, { force: true });
      return;
    }
    const record: JournalRecord = {
      schemaVersion: 1,
      bootId: bootId(),
      pid: process.pid,
      startTime: startTimeOf(process.pid),
      effects: this.#effects,
    };
    writeDurably(this.path, `${JSON.stringify(record)}\n`);
  }
}

/** A journal file on disk; `record` is undefined when it cannot be read as one. */
export interface JournalFile {
  readonly path: string;
  readonly record: JournalRecord | undefined;
  /** The process that wrote it still runs: hands off. */
  readonly inUse: boolean;
}

function parse(text: string): JournalRecord | undefined {
  try {
    const record = JSON.parse(text) as Partial<JournalRecord>;
    return record.schemaVersion === 1 && Array.isArray(record.effects) ? (record as JournalRecord) : undefined;
  } catch {
    return undefined;
  }
}

/** Every journal in the cache folder, of whatever process. */
export function journals(cacheDir: string): readonly JournalFile[] {
  const folder = join(cacheDir, 'journal');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => {
      const path = join(folder, name);
      const record = parse(readOr(path, ''));
      const inUse = record !== undefined && sameBoot(record) && startTimeOf(record.pid) === record.startTime;
      return { path, record, inUse };
    });
}
