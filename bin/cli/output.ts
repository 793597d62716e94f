import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { getSystemErrorMap } from 'node:util';
import pico from 'picocolors';
import { usageError } from './usage.ts';

/** Colours for stdout: plain when it is no terminal, or when NO_COLOR asks for it. */
export const colours = pico.createColors(process.stdout.isTTY && process.stdout.hasColors());

/** Print the one JSON document of a `--json` run, alone on stdout. */
export function printJson(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

/** Tell the user something that is not the result: a skip and its reason, where a file went. On stderr. */
export function note(line: string): void {
  progress('');
  process.stderr.write(`${line}\n`);
}

/** How often a file or a pipe is told how far a long command is: milliseconds. */
const pace = 30_000;
let told = Date.now();

/** Show how far a long command is: in one line of the terminal that is overwritten, elsewhere in a line now and then. */
export function progress(line: string): void {
  if (!process.stderr.isTTY) {
    if (line === '' || Date.now() - told < pace) return;
    told = Date.now();
    process.stderr.write(`${line}\n`);
    return;
  }
  process.stderr.write(`\r${line.slice(0, process.stderr.columns - 1)}\u001B[K`);
}

/** The words of the system for an error of a system call, such as `no space left on device`. */
function reasonOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('errno' in error) || typeof error.errno !== 'number') return undefined;
  return getSystemErrorMap().get(error.errno)?.[1];
}

/**
 * Write a file whole or not at all: to a temporary file beside it, then by renaming.
 *
 * @throws UsageError with the reason of the system, when it cannot be written
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, content, { flush: true });
    renameSync(temporary, path);
  } catch (error) {
    if (existsSync(temporary)) rmSync(temporary);
    const reason = reasonOf(error);
    if (reason === undefined) throw error;
    usageError(`cannot write ${path}: ${reason}`);
  }
}

/**
 * Find out before the work, not after it, that a folder cannot be written.
 *
 * @throws UsageError with the reason of the system
 */
export function ensureWritable(folder: string): void {
  const probe = join(folder, '.writable');
  writeWhole(probe, '');
  rmSync(probe);
}

/**
 * The JSON document in a file.
 *
 * @throws UsageError when it cannot be read, or is cut off
 */
export function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    return usageError(`cannot read the report ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A file for {@link writeAll}; its path is relative. */
export interface FileToWrite {
  readonly path: string;
  readonly content: string;
}

/**
 * Write many files below a folder, all or none: to a temporary folder inside it, then each top folder by renaming.
 *
 * @returns how many
 * @throws UsageError with the reason of the system, when they cannot be written
 */
export function writeAll(folder: string, files: Iterable<FileToWrite>): number {
  const temporary = join(folder, `.faultline-${process.pid}`);
  let written = 0;
  try {
    for (const { path, content } of files) {
      const target = join(temporary, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, content);
      written++;
    }
    for (const name of existsSync(temporary) ? readdirSync(temporary) : []) {
      rmSync(join(folder, name), { recursive: true, force: true });
      renameSync(join(temporary, name), join(folder, name));
    }
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === undefined) throw error;
    return usageError(`cannot write below ${folder}: ${reason}`);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  return written;
}

/** A pipe closed by its reader (`faultline list | head`) ends the command quietly. */
export function surviveClosedPipe(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}
