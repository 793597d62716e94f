import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { candidates, fetchableNames, fetchKernel, versionOf } from './fetch.ts';
import { cachedImages, compareVersions, matchesName } from './image.ts';
import { listKernels } from './list.ts';
import { openKernel } from './open.ts';
import { temporaryFolder } from './testing/needs.ts';

/** A cache folder with these images in it, none of which would boot. */
function cacheWith(...versions: readonly string[]): string {
  const cacheDir = temporaryFolder(onTestFinished);
  for (const version of versions) {
    const folder = join(cacheDir, 'kernels', version);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'bzImage'), '');
    writeFileSync(join(folder, 'kernel.json'), JSON.stringify({ schemaVersion: 1, version }));
  }
  return cacheDir;
}

describe('names of kernels', () => {
  test('a name without a patch level stands for all of its kind', () => {
    expect(['7.3', '7.3.4', '7.3-rc7', '7.31', '6.7.3'].filter((version) => matchesName(version, '7.3'))).toEqual([
      '7.3',
      '7.3.4',
      '7.3-rc7',
    ]);
    expect(matchesName('7.3.4', '7.3-rc7')).toBe(false);
  });

  test('a release comes after its candidates, and numbers are compared as numbers', () => {
    const versions = ['7.3.10', '7.3-rc10', '6.19.14', '7.3', '7.3-rc7', '7.3.4'];
    expect(versions.toSorted(compareVersions)).toEqual(['6.19.14', '7.3-rc7', '7.3-rc10', '7.3', '7.3.4', '7.3.10']);
  });

  test('a package version says which kernel it is', () => {
    expect(['7.3~rc7-1~exp1', '7.3.4-1~bpo13+1', '6.1.140-1', '6.12.30+2-1'].map(versionOf)).toEqual([
      '7.3-rc7',
      '7.3.4',
      '6.1.140',
      '6.12.30',
    ]);
  });

  test('the newest package comes first, and of one version the one that surely holds the image', () => {
    const rc = { name: 'linux-binary-7.3-cloud-amd64', version: '7.3~rc7-1~exp1' };
    const meta = { name: 'linux-image-7.3.4+deb13-cloud-amd64', version: '7.3.4-1~bpo13+1' };
    const unsigned = { name: 'linux-binary-unsigned-7.3.4+deb13-cloud-amd64', version: '7.3.4-1~bpo13+1' };
    const other = { name: 'linux-binary-7.2.9+deb13-cloud-amd64', version: '7.2.9-1' };
    expect(candidates([rc, meta, unsigned, other], '7.3')).toEqual([unsigned, meta, rc]);
    expect(candidates([rc, meta, unsigned, other], '7.3-rc7')).toEqual([rc]);
  });
});

describe('the cache of kernels', () => {
  test('is listed newest first, beside the running kernel and what can be fetched', () => {
    const listed = listKernels(cacheWith('6.12.9', '7.3.4'));
    expect(listed.filter(({ state }) => state === 'cached').map(({ name }) => name)).toEqual(['7.3.4', '6.12.9']);
    expect(listed[0]?.state).toBe('running');
    const fetchable = listed.filter(({ state }) => state === 'fetchable').map(({ name }) => name);
    expect(fetchable).not.toContain('7.3');
    expect(fetchable).toContain('7.2');
  });

  test('does not show an image that was not completed', () => {
    const cacheDir = cacheWith('7.3.4');
    mkdirSync(join(cacheDir, 'kernels', '7.3.5.part-x'));
    expect(cachedImages(cacheDir).map(({ name }) => name)).toEqual(['7.3.4']);
  });

  test('spares the network an image that is there', async () => {
    const lines: string[] = [];
    const image = await fetchKernel('7.3', {
      cacheDir: cacheWith('7.3-rc7', '7.3.4'),
      onProgress: (line) => lines.push(line),
    });
    expect(image).toMatchObject({ kind: 'image', name: '7.3.4' });
    expect(lines).toEqual([]);
  });

  test.for(['', 'seven', '7', '../x', '7.3; true'])('refuses to fetch %j with what was expected', async (name) => {
    const image = await fetchKernel(name, { cacheDir: cacheWith() });
    expect(image).toMatchObject({ kind: 'failed' });
    expect(image.kind === 'failed' && image.reason).toContain(fetchableNames.join(', '));
  });
});

describe('opening a kernel by name', () => {
  test('says what to do about one that was not fetched', async () => {
    expect(await openKernel('7.3', { cacheDir: cacheWith() })).toEqual({
      kind: 'skipped',
      reason: 'kernel 7.3 is not in the cache: faultline kernel fetch 7.3',
    });
  });

  test.for(['nonsense', './no/such/file'])('says what was expected instead of %s', async (name) => {
    expect(await openKernel(name, { cacheDir: cacheWith() })).toMatchObject({ kind: 'failed' });
  });
});
