import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { skipped, type Skipped } from './skipped.ts';

/** The runner, compiled. */
export interface RunnerBinary {
  readonly kind: 'runner';
  /** The static program. */
  readonly path: string;
  /** Names the sources and the flags that it was made of. */
  readonly hash: string;
  /** How long the compiler took; 0 when it was there already. */
  readonly seconds: number;
}

/** What the runner is compiled with. `-static`: it is also the init of a guest that has nothing else. */
const flags = ['-static', '-O2', '-Wall', '-Wextra', '-Werror', '-pthread'];

/** The folder of package.json: the compiler does not copy C files, so they are found from there. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`no package.json above ${import.meta.url}`);
    folder = parent;
  }
  return folder;
}

/** The folder of the runner's C sources. */
export function runnerSources(): string {
  return join(packageRoot(), 'conformance', 'runner');
}

/** Every C file and header, relative to the folder of the runner, in a fixed order. */
function sourceFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.[ch]$/.test(path))
    .toSorted();
}

/** A name for the content of all sources together with the flags. */
function hashOf(folder: string, files: readonly string[]): string {
  const hash = createHash('sha256').update(flags.join(' '));
  for (const file of files) hash.update(`\0${file}\0`).update(readFileSync(join(folder, file)));
  return hash.digest('hex').slice(0, 16);
}

/** The first line of a compiler's complaint that says something. */
function firstComplaint(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.find((line) => /error|cannot/.test(line)) ?? lines[0] ?? 'no message';
}

/** Compile into a folder of its own, and put that in place in one go. */
function compile(compiler: string, folder: string, files: readonly string[], target: string): Skipped | undefined {
  mkdirSync(dirname(target), { recursive: true });
  const temporary = mkdtempSync(`${target}.`);
  try {
    const sources = files.filter((file) => file.endsWith('.c'));
    const made = spawnSync(compiler, [...flags, '-o', join(temporary, 'runner'), ...sources], {
      cwd: folder,
      encoding: 'utf8',
    });
    if (made.error) return skipped(`the runner needs a C compiler, and ${compiler} cannot be run (install gcc)`);
    if (made.status !== 0) return skipped(`${compiler} could not build the runner: ${firstComplaint(made.stderr)}`);
    renameSync(temporary, target);
    return undefined;
  } catch (error) {
    // Somebody else was quicker: the same sources make the same program.
    if (existsSync(join(target, 'runner'))) return undefined;
    throw error;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/**
 * Compile the runner into `cacheDir`, or find it there.
 *
 * A machine without a compiler gets the reason as a value: the part that needs a kernel is skipped with it.
 */
export async function buildRunner(cacheDir: string, compiler = 'gcc'): Promise<RunnerBinary | Skipped> {
  const started = performance.now();
  const folder = runnerSources();
  const files = sourceFiles(folder);
  const hash = hashOf(folder, files);
  const target = join(cacheDir, 'runner', hash);
  const path = join(target, 'runner');
  if (existsSync(path)) return { kind: 'runner', path, hash, seconds: 0 };
  const failed = compile(compiler, folder, files, target);
  return failed ?? { kind: 'runner', path, hash, seconds: (performance.now() - started) / 1000 };
}
