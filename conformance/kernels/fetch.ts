import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { debianSource, isNewer, privateApt, type AptPackage, type PrivateApt } from './apt.ts';
import { cacheFolder } from './cache.ts';
import { cachedImages, imageIn, imagesFolder, matchesName, type ImageRecord, type KernelImage } from './image.ts';

/** Something that was asked for and could not be done; one line. */
export interface Failed {
  readonly kind: 'failed';
  readonly reason: string;
}

/**
 * What can be fetched by name, newest first. A name without a patch level means the newest of its kind.
 * (6.1 is on offer as well, but the driver of the port that guests talk through is a module there.)
 */
export const fetchableNames = ['7.3', '7.3-rc7', '7.2', '7.1', '7.0', '6.19', '6.18', '6.17', '6.16', '6.12'] as const;

/** The suites to look in, the likeliest first: older kernels are looked for only when these have no such version. */
const suites = [
  ['trixie-backports', 'sid', 'forky', 'experimental'],
  ['trixie', 'bookworm-backports', 'bookworm'],
] as const;

/** Image packages: signed or not, and before 7.1 the image was in linux-image itself. */
const pattern = '^linux-(binary|binary-unsigned|image)-[0-9].*-cloud-amd64$';

/** `7.3~rc7-1~exp1` is version 7.3-rc7, `7.3.4-1~bpo13+1` is 7.3.4. */
export function versionOf(packageVersion: string): string {
  const upstream = packageVersion.replace(/^\d+:/, '').replace(/-[^-]*$/, '');
  return upstream.replace(/~rc/, '-rc').replace(/[~+].*$/, '');
}

/** How good a package is as a source of the image, for the same version: linux-image may only depend on the others. */
function rank(name: string): number {
  if (name.startsWith('linux-binary-unsigned-')) return 1;
  return name.startsWith('linux-binary-') ? 0 : 2;
}

/** The candidates of a name, best first. */
export function candidates(packages: readonly AptPackage[], name: string): readonly AptPackage[] {
  return packages
    .filter(({ version }) => matchesName(versionOf(version), name))
    .toSorted((a, b) => {
      if (a.version === b.version) return rank(a.name) - rank(b.name);
      return isNewer(a.version, b.version) ? -1 : 1;
    });
}

/** The first file below `folder` whose path ends like this. */
function findBelow(folder: string, ending: RegExp): string | undefined {
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((path) => ending.test(`/${path}`));
  return found === undefined ? undefined : join(folder, found);
}

/** Fetch one package into `folder` and unpack it there; an error in one line, or undefined. */
function unpack(apt: PrivateApt, { name, version }: AptPackage, folder: string): string | undefined {
  const failed = apt.download(name, version, folder);
  if (failed !== undefined) return failed;
  const file = readdirSync(folder).find((entry) => entry.endsWith('.deb'));
  if (file === undefined) return `apt-get download ${name} left no file`;
  const ended = spawnSync('dpkg-deb', ['-x', file, 'x'], { cwd: folder, encoding: 'utf8' });
  rmSync(join(folder, file));
  if (ended.error) return `dpkg-deb cannot be run: ${ended.error.message}`;
  return ended.status === 0 ? undefined : `dpkg-deb: ${ended.stderr.trim().split('\n').at(-1) ?? ''}`;
}

/** Take image and configuration out of a package into `target`, all or nothing; an error in one line, or undefined. */
function install(apt: PrivateApt, candidate: AptPackage, target: string): string | undefined {
  mkdirSync(join(target, '..'), { recursive: true });
  const temporary = mkdtempSync(`${target}.part-`);
  try {
    const failed = unpack(apt, candidate, temporary);
    if (failed !== undefined) return failed;
    const unpacked = join(temporary, 'x');
    const image = findBelow(unpacked, /\/vmlinuz[^/]*$/);
    if (image === undefined) return `${candidate.name} ${candidate.version} holds no kernel image`;
    // From 7.2 on the configuration is in a package of its own, which may be of no use to us: not fatal.
    if (findBelow(unpacked, /\/config[^/]*$/) === undefined) {
      const base = candidate.name.replace(/^linux-(binary-unsigned|binary|image)-/, 'linux-base-');
      unpack(apt, { name: base, version: candidate.version }, temporary);
    }
    const config = findBelow(unpacked, /\/config(-[^/]*)?$/);
    const record: ImageRecord = {
      schemaVersion: 1,
      version: versionOf(candidate.version),
      package: candidate.name,
      packageVersion: candidate.version,
      fetched: new Date().toISOString(),
    };
    copyFileSync(image, join(temporary, 'bzImage'));
    if (config !== undefined) copyFileSync(config, join(temporary, 'config'));
    writeFileSync(join(temporary, 'kernel.json'), `${JSON.stringify(record, null, 2)}\n`);
    rmSync(unpacked, { recursive: true });
    rmSync(target, { recursive: true, force: true });
    renameSync(temporary, target);
    return undefined;
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** Look for a name in the suites, and install the best candidate that holds an image. */
function search(name: string, cacheDir: string, onProgress: (line: string) => void): KernelImage | Failed {
  const source = debianSource();
  if (source === undefined) {
    return { kind: 'failed', reason: 'no source of Debian packages in /etc/apt: kernel images are fetched from there' };
  }
  let reason = `no package of kernel ${name} in ${suites.flat().join(', ')}`;
  for (const [index, group] of suites.entries()) {
    const apt = privateApt(join(cacheDir, 'apt', String(index)), source, group);
    onProgress(`package lists of ${group.join(', ')}`);
    const failed = apt.update();
    if (failed !== undefined) return { kind: 'failed', reason: `package lists cannot be fetched: ${failed}` };
    for (const candidate of candidates(apt.find(pattern), name)) {
      onProgress(`${candidate.name} ${candidate.version}`);
      const version = versionOf(candidate.version);
      const target = join(imagesFolder(cacheDir), version);
      const problem = install(apt, candidate, target);
      const image = problem === undefined ? imageIn(target, version) : undefined;
      if (image !== undefined) return image;
      reason = problem ?? `${target} cannot be read`;
    }
  }
  return { kind: 'failed', reason };
}

/** Options of {@link fetchKernel}. */
export interface FetchOptions {
  readonly cacheDir?: string;
  /** Look for a newer one even when the cache has one of that name. */
  readonly refresh?: boolean;
  /** Called with each thing that is done, in a line. */
  readonly onProgress?: (line: string) => void;
}

/** Bring a kernel image into the cache, from the packages of Debian suites other than the machine's; nothing is installed. */
export async function fetchKernel(name: string, options: FetchOptions = {}): Promise<KernelImage | Failed> {
  const { cacheDir = cacheFolder(), refresh = false, onProgress = () => undefined } = options;
  if (!/^\d+\.\d+(\.\d+|-rc\d+)?$/.test(name)) {
    return {
      kind: 'failed',
      reason: `unknown kernel ${JSON.stringify(name)}: expected one of ${fetchableNames.join(', ')}`,
    };
  }
  const cached = cachedImages(cacheDir).find((image) => matchesName(image.name, name));
  if (cached !== undefined && !refresh) return cached;
  if (!existsSync('/usr/bin/apt-get')) {
    return { kind: 'failed', reason: 'apt-get is not here: kernel images are fetched as Debian packages' };
  }
  return search(name, cacheDir, onProgress);
}
