import { existsSync } from 'node:fs';
import { skipped, type Skipped } from '../runner/skipped.ts';
import { cacheFolder } from './cache.ts';
import { fetchableNames, type Failed } from './fetch.ts';
import { openGuest, type GuestOptions } from './guest.ts';
import { cachedImages, matchesName } from './image.ts';
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

/** Open the kernel that the user named: `running`, a version in the cache, or the path of an image. */
export async function openKernel(
  name: string,
  options: OpenOptions = {},
): Promise<Kernel | Skipped | Failed | KernelFailure> {
  const { cacheDir = cacheFolder(), system = false } = options;
  if (name === 'running') return openRunning({ cacheDir, system, ...options.running });
  const guestOptions = { cacheDir, name, ...options.guest };
  const cached = cachedImages(cacheDir).find((image) => matchesName(image.name, name));
  if (cached !== undefined) return openGuest(cached, guestOptions);
  if (name.includes('/')) {
    if (!existsSync(name)) return { kind: 'failed', reason: `no kernel image at ${name}` };
    return openGuest({ kind: 'image', name, path: name, config: undefined }, guestOptions);
  }
  if (fetchableNames.some((fetchable) => fetchable === name)) {
    return skipped(`kernel ${name} is not in the cache: faultline kernel fetch ${name}`);
  }
  const expected = ['running', ...fetchableNames].join(', ');
  return {
    kind: 'failed',
    reason: `unknown kernel ${JSON.stringify(name)}: expected ${expected}, or the path of an image`,
  };
}
