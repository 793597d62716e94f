import { release } from 'node:os';
import { cacheFolder } from './cache.ts';
import { fetchableNames } from './fetch.ts';
import { cachedImages, matchesName } from './image.ts';

/** A kernel that can be named on the command line. */
export interface KernelListing {
  readonly name: string;
  readonly state: 'running' | 'cached' | 'fetchable';
  /** Its version, where it is known without fetching it. */
  readonly version: string | undefined;
  /** The image, when there is one. */
  readonly path: string | undefined;
}

/** The running kernel, the images in the cache, and the names that can be fetched and are not there yet. */
export function listKernels(cacheDir: string = cacheFolder()): readonly KernelListing[] {
  const images = cachedImages(cacheDir);
  return [
    { name: 'running', state: 'running', version: release(), path: undefined },
    ...images.map(({ name, path }): KernelListing => ({ name, state: 'cached', version: name, path })),
    ...fetchableNames
      .filter((name) => !images.some((image) => matchesName(image.name, name)))
      .map((name): KernelListing => ({ name, state: 'fetchable', version: undefined, path: undefined })),
  ];
}
