import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from '../kernels/cache.ts';
import { cpio } from '../kernels/cpio.ts';
import type { KernelImage } from '../kernels/image.ts';
import { qemuProgram, qemuWords } from '../kernels/qemu.ts';
import { tidyAtExit } from '../kernels/tidy.ts';
import { buildRunner, packageRoot } from '../runner/build.ts';

/** The folder of the programs, each of which shows one finding. */
export const programsFolder = join(packageRoot(), 'conformance', 'findings', 'programs');

/** What came of a program, or of its control. */
export type ProgramEnd = 'shown' | 'not shown' | 'cannot' | 'broken';

/** One run of a program. */
export interface ProgramRun {
  readonly id: string;
  readonly control: boolean;
  readonly end: ProgramEnd;
  /** The line that it printed. */
  readonly said: string;
}

/** The ids of the programs that there are. */
export function programIds(): readonly string[] {
  return readdirSync(programsFolder)
    .filter((name) => name.endsWith('.c') && name !== 'guest-init.c')
    .map((name) => name.replace('.c', ''))
    .toSorted();
}

/**
 * Compiles a program into a folder; its path.
 *
 * @throws Error with what the compiler says
 */
export function compileProgram(id: string, folder: string): string {
  const path = join(folder, id);
  const flags = ['-static', '-O2', '-Wall', '-Wextra', '-Werror', '-pthread'];
  const made = spawnSync('gcc', [...flags, '-o', path, join(programsFolder, `${id}.c`)], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`gcc cannot build ${id}.c: ${made.stderr}`);
  return path;
}

/** What an exit code says. */
function endOf(code: number | null): ProgramEnd {
  return code === 0 ? 'shown' : code === 1 ? 'not shown' : code === 4 ? 'cannot' : 'broken';
}

/** Runs programs on the running kernel, each and its control. */
export function runProgramsHere(ids: readonly string[]): readonly ProgramRun[] {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-findings-'));
  try {
    return ids.flatMap((id) => {
      const path = compileProgram(id, folder);
      return [false, true].map((control) => {
        const { status, stdout } = spawnSync(path, control ? ['control'] : [], { encoding: 'utf8', timeout: 60_000 });
        return { id, control, end: endOf(status), said: stdout.trim() };
      });
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The lines of a guest's console about programs. */
export function parseConsole(console: string): readonly ProgramRun[] {
  return [...console.matchAll(/finding: (\S+) (shown|control) (\d+) ([^\r\n]*)/g)].map(
    ([, id = '', how, code, said = '']) => ({ id, control: how === 'control', end: endOf(Number(code)), said }),
  );
}

/** Writes the first file system of a guest, with the programs in it, and its swap. */
async function writeFiles(folder: string, ids: readonly string[]): Promise<void> {
  const programs = ids.map((id) => ({
    kind: 'program' as const,
    name: `findings/${id}`,
    content: readFileSync(compileProgram(id, folder)),
  }));
  const init = { kind: 'program' as const, name: 'init', content: readFileSync(compileProgram('guest-init', folder)) };
  const folders = ['dev', 'proc', 'sys', 'findings'].map((name) => ({ kind: 'folder' as const, name }));
  const device = { kind: 'device' as const, name: 'dev/console', major: 5, minor: 1 };
  writeFileSync(join(folder, 'initramfs'), cpio([...folders, device, init, ...programs]));
  const runner = await buildRunner(cacheFolder());
  if (runner.kind === 'skipped') throw new Error(runner.reason);
  const made = spawnSync(runner.path, ['mkswap', join(folder, 'swap'), '256', 'sparse'], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`no swap file for the guest: ${made.stderr}`);
}

/**
 * Boots a kernel in QEMU, and runs programs there, each and its control.
 *
 * @throws Error with the end of the console, when the guest does not switch itself off in time
 */
export async function runProgramsInGuest(
  image: KernelImage,
  ids: readonly string[],
  secondsMax = 400,
): Promise<readonly ProgramRun[]> {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-findings-'));
  const socket = join(folder, 'port');
  const server = createServer();
  try {
    await writeFiles(folder, ids);
    server.listen(socket);
    const files = { image: image.path, initramfs: join(folder, 'initramfs'), swap: join(folder, 'swap'), socket };
    const child = spawn(qemuProgram, qemuWords(files, 'tcg', 1024), { stdio: ['ignore', 'pipe', 'pipe'] });
    const forget = tidyAtExit(() => child.kill('SIGKILL'));
    let console = '';
    const hear = (chunk: string): void => void (console += chunk);
    child.stdout?.setEncoding('latin1').on('data', hear);
    child.stderr?.setEncoding('latin1').on('data', hear);
    const late = setTimeout(() => child.kill('SIGKILL'), secondsMax * 1000);
    const signal = await new Promise<string | null>((resolve) => child.once('close', (_, by) => resolve(by)));
    clearTimeout(late);
    forget();
    if (signal !== null) throw new Error(`the guest was not done in ${secondsMax} s:\n${console.slice(-4000)}`);
    return parseConsole(console);
  } finally {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
