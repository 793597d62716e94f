import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageRoot } from '../../runner/build.ts';
import { skipped, type Skipped } from '../../runner/skipped.ts';
import { cacheFolder } from '../cache.ts';
import { cachedImages, matchesName, type KernelImage } from '../image.ts';
import { hasQemu } from '../qemu.ts';

/** Why tests that touch the running kernel cannot run here, or undefined. */
export function noRunningKernel(): string | undefined {
  if (process.platform !== 'linux') return 'not Linux';
  if (process.getuid?.() !== 0) return 'not root';
  return noCompiler();
}

/** Why nothing can be compiled here, or undefined. */
export function noCompiler(): string | undefined {
  return spawnSync('gcc', ['--version']).status === 0 ? undefined : 'no gcc';
}

/** The 7.3 image that guest tests boot; the reason when there is none. */
export function guestImage(): KernelImage | string {
  const without = noCompiler() ?? (hasQemu() ? undefined : 'no qemu-system-x86_64');
  if (without !== undefined) return without;
  const image = cachedImages(cacheFolder()).find(({ name }) => matchesName(name, '7.3'));
  return image ?? 'no 7.3 image in the cache (faultline kernel fetch 7.3)';
}

/** A folder that is removed when the test ends. */
export function temporaryFolder(onTestFinished: (cleanup: () => void) => void): string {
  const folder = mkdtempSync(join(tmpdir(), 'faultline-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Another Node that was started, or why it could not be. */
export type Started = { readonly kind: 'started'; readonly child: ChildProcess } | Skipped;

/** Start another Node on the built modules of this folder. */
export function startBuilt(moduleName: string, code: string): Started {
  const built = join(packageRoot(), 'dist', 'conformance', 'kernels', moduleName);
  if (!existsSync(built)) return skipped('not built (npm run build)');
  const program = `import * as it from ${JSON.stringify(pathToFileURL(built).href)};\n${code}`;
  const words = ['--input-type=module', '-e', program];
  return { kind: 'started', child: spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] }) };
}

/** The first line that a process prints that fits. */
export function printed(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const found = pattern.exec(text);
      if (found !== null) resolve(found[1] ?? found[0]);
    });
    child.once('close', () => reject(new Error(`ended without printing ${pattern}: ${text}`)));
  });
}
