import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A kernel image that can be booted, in the cache or anywhere else. */
export interface KernelImage {
  readonly kind: 'image';
  /** `7.3.4`, `7.3-rc7`; for a file of the user's, its path. */
  readonly name: string;
  /** The bzImage. */
  readonly path: string;
  /** Its build configuration, where it came with one. */
  readonly config: string | undefined;
}

/** What `fetch` writes beside an image. */
export interface ImageRecord {
  readonly schemaVersion: 1;
  readonly version: string;
  readonly package: string;
  readonly packageVersion: string;
  readonly fetched: string;
}

/** The folder of all fetched images. */
export function imagesFolder(cacheDir: string): string {
  return join(cacheDir, 'kernels');
}

/** `7.3` stands for 7.3, 7.3.4 and 7.3-rc7; `7.3-rc7` and `7.3.4` for themselves. */
export function matchesName(version: string, name: string): boolean {
  return (
    version === name || (/^\d+\.\d+$/.test(name) && (version.startsWith(`${name}.`) || version.startsWith(`${name}-`)))
  );
}

/** Which of two versions is newer? A release comes after its candidates. */
export function compareVersions(left: string, right: string): number {
  const parts = (version: string): readonly number[] => {
    const [numbers = '', candidate] = version.split('-rc');
    const [major = 0, minor = 0, patch = 0] = numbers.split('.').map(Number);
    return [major, minor, patch, candidate === undefined ? Infinity : Number(candidate)];
  };
  const [a, b] = [parts(left), parts(right)];
  const index = a.findIndex((part, at) => part !== b[at]);
  return index < 0 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
}

/** The image in a folder that `fetch` filled, or undefined. */
export function imageIn(folder: string, name: string): KernelImage | undefined {
  const path = join(folder, 'bzImage');
  const config = join(folder, 'config');
  if (!existsSync(path) || !existsSync(join(folder, 'kernel.json'))) return undefined;
  return { kind: 'image', name, path, config: existsSync(config) ? config : undefined };
}

/** Every image in the cache, newest first. */
export function cachedImages(cacheDir: string): readonly KernelImage[] {
  const folder = imagesFolder(cacheDir);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .toSorted((a, b) => compareVersions(b, a))
    .flatMap((name) => imageIn(join(folder, name), name) ?? []);
}

/** What is known about where a cached image came from. */
export function imageRecord(image: KernelImage): ImageRecord | undefined {
  const path = image.path.replace(/bzImage$/, 'kernel.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as ImageRecord) : undefined;
}
