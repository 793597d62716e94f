import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { cpio } from './cpio.ts';
import { temporaryFolder } from './testing/needs.ts';

const archive = cpio([
  { kind: 'folder', name: 'dev' },
  { kind: 'device', name: 'dev/console', major: 5, minor: 1 },
  { kind: 'program', name: 'init', content: Buffer.from('hello') },
]);

test('is what cpio(1) unpacks', (context) => {
  if (spawnSync('cpio', ['--version']).status !== 0) context.skip('no cpio');
  const folder = temporaryFolder(onTestFinished);
  const listed = spawnSync('cpio', ['-itv', '--quiet'], { input: archive, encoding: 'utf8' }).stdout.trim().split('\n');
  expect(listed.map((line) => [line.slice(0, 10), line.split(/\s+/).at(-1)])).toEqual([
    ['drwxr-xr-x', 'dev'],
    ['crw-------', 'dev/console'],
    ['-rwxr-xr-x', 'init'],
  ]);
  expect(listed[1]).toMatch(/\b5,\s+1\b/);
  spawnSync('cpio', ['-i', '--quiet', 'init'], { input: archive, cwd: folder });
  expect(readFileSync(join(folder, 'init'), 'utf8')).toBe('hello');
  expect(statSync(join(folder, 'init')).mode & 0o777).toBe(0o755);
});

test('pads every part to four bytes and ends with a trailer', () => {
  expect(archive.length % 4).toBe(0);
  expect(archive.subarray(0, 6).toString()).toBe('070701');
  expect(archive.toString('latin1')).toContain('TRAILER!!!');
});
