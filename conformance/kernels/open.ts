import { existsSync } from 'node:fs';
import { skipped, type Skipped } from '../runner/skipped.ts';
import { cacheFolder } from './cache.ts';
import { fetchableNames, type Failed } from './fetch.ts';
import { openGuest, type GuestOptions } from './guest.ts';
import { cachedImages, matchesName, type KernelImage } from './image.ts';
import type { Kernel, KernelFailure } from './kernel.ts';
import { openRunning, type RunningOptions } from './running.ts';

/** Options for whichever kernel it turns out to be. */
export interface OpenOptions {
  readonly cacheDir?: string;
  /** With the running kernel: use a swap file of our own. A guest always has swap. */
  readonly system?: boolean;
  readonly running?: RunningOptions;
  readonly guest?: GuestOptions;
}

/** What is wrong with the name of a kernel; undefined when it can be opened, or at least tried. */
export function kernelProblem(name: string, cacheDir: string = cacheFolder()): Skipped | Failed | undefined {
  if (name === 'running' || imageOf(name, cacheDir) !== undefined) return undefined;
  if (name.includes('/')) return { kind: 'failed', reason: `no kernel image at ${name}` };
  if (fetchableNames.some((fetchable) => fetchable === name)) {
    return skipped(`kernel ${name} is not in the cache: faultline kernel fetch ${name}`);
  }
  const expected = ['running', ...fetchableNames].join(', ');
  return {
    kind: 'failed',
    reason: `unknown kernel ${JSON.stringify(name)}: expected ${expected}, or the path of an image`,
  };
}

/** The image of that name: in the cache, or the file that it is the path of. */
function imageOf(name: string, cacheDir: string): KernelImage | undefined {
  const cached = cachedImages(cacheDir).find((image) => matchesName(image.name, name));
  if (cached !== undefined || !name.includes('/') || !existsSync(name)) return cached;
  return { kind: 'image', name, path: name, config: undefined };
}

/** Open the kernel that the user named: `running`, a version in the cache, or the path of an image. */
export async function openKernel(
  name: string,
  options: OpenOptions = {},
): Promise<Kernel | Skipped | Failed | KernelFailure> {
  const { cacheDir = cacheFolder(), system = false } = options;
  if (name === 'running') return openRunning({ cacheDir, system, ...options.running });
  const image = imageOf(name, cacheDir);
  if (image !== undefined) return openGuest(image, { cacheDir, name, ...options.guest });
  return kernelProblem(name, cacheDir) ?? { kind: 'failed', reason: `kernel ${name} has just gone` };
}
