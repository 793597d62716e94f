import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { complaints } from '../conformance/testing/schemas.ts';
import { launcher, run, type Run } from './testing/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'faultline-run-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Runs the command in an environment of its own. */
function runWith(env: NodeJS.ProcessEnv, ...args: readonly string[]): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [launcher, ...args], { env, encoding: 'utf8' });
  return { code: status, stdout, stderr };
}

/** Why this machine cannot run vectors, or undefined. */
const cannot = ((): string | undefined => {
  const { code, stderr } = runWith(process.env, 'run', 'wp-sync/none/touch-r');
  return code === 4 ? stderr.trim() : undefined;
})();

describe('bad input is told in one line', () => {
  test.each([
    [['run', '--kernel', '9.9'], 2, /unknown kernel "9.9": expected running, 7\.3/u],
    [['run', '--kernel', join(folder, 'nowhere')], 2, /no kernel image at/u],
    [['diff', 'running', '9.9'], 2, /unknown kernel "9.9": expected running, 7\.3/u],
    [['diff', '7.3', join(folder, 'nowhere')], 2, /no kernel image at/u],
    [['diff', 'running'], 2, /missing required argument 'other'/u],
    [['run', file('cut.json', '{"schemaVersion":1,')], 2, /no whole JSON document: expected a vector/u],
    [['run', file('old.json', '{"schemaVersion":0}')], 2, /schemaVersion 0: expected a vector with schemaVersion 1/u],
    [['judge', join(folder, 'nowhere.json')], 2, /cannot read the recording/u],
    [['judge', file('cut2.json', '{"schemaVersion":1,')], 2, /no whole JSON document: expected a recording/u],
    [['judge', file('old2.json', '{"schemaVersion":9}')], 2, /schemaVersion 9: expected a recording/u],
    [['judge', file('x.json', '{"schemaVersion":1}'), '--design', 'linux-7.2'], 2, /unknown design 'linux-7.2'/u],
    [['vectors', '--format', 'c'], 2, /expected '--out DIR' beside '--format c'/u],
    [['vectors', '--design', 'rfc-v1'], 2, /unknown design 'rfc-v1': expected one of linux-7.3, linux-6.18/u],
    [['kernel', 'fetch', '9.9'], 2, /unknown kernel '9.9'/u],
    [['fuzz', '--runs', '0'], 2, /whole number, 1 or more/u],
  ] as const)('%j', async (args, code, message) => {
    const ended = await run(...args);
    if (cannot !== undefined && ended.code === 4) return;
    expect(ended).toMatchObject({ code, stdout: '' });
    expect(ended.stderr).toMatch(message);
    expect(ended.stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test('an unknown vector, with the nearest one', async ({ skip }) => {
    if (cannot !== undefined) skip(cannot);
    const { code, stderr } = await run('run', 'wp-sync/none/touch-q');
    expect(code).toBe(2);
    expect(stderr).toMatch(/unknown vector 'wp-sync\/none\/touch-q' \(did you mean 'wp-sync\/none\/touch-[rw]'\?\)/u);
  });
});

describe('a kernel and itself', () => {
  test('have no difference, and the command says so with exit code 0', async ({ skip }) => {
    if (cannot !== undefined) skip(cannot);
    const ended = await run('diff', 'running', 'running', '--runs', '50', '--json');
    expect(ended.stderr).toBe('');
    expect(ended.code).toBe(0);
    const result = JSON.parse(ended.stdout) as { readonly ran: { readonly vectors: number } };
    expect(complaints('diff', result)).toBe('');
    expect(result).toMatchObject({ outcome: 'same', differences: [], features: [], seed: 1, ran: { random: 50 } });
    expect(result.ran.vectors).toBeGreaterThan(400);
  }, 60_000);
});

describe('what a machine lacks is a skip with the reason', () => {
  test('no compiler', ({ skip }) => {
    if (process.getuid?.() !== 0) skip('needs root, or root is what is missing');
    const empty = join(folder, 'empty');
    mkdirSync(empty, { recursive: true });
    const { code, stdout, stderr } = runWith({ PATH: empty, XDG_CACHE_HOME: empty }, 'run');
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
    expect(stderr).toMatch(/^faultline: skipped: the runner needs a C compiler, and gcc cannot be run/u);
  });

  test('no root', ({ skip }) => {
    if (process.getuid?.() !== 0) skip('needs root, so as to give it up');
    const { status, stderr } = spawnSync(
      'setpriv',
      ['--reuid', '65534', '--clear-groups', process.execPath, launcher, 'run'],
      { encoding: 'utf8' },
    );
    if (status === null) skip('no setpriv');
    expect(status).toBe(4);
    expect(stderr).toMatch(/^faultline: skipped: the running kernel needs root/u);
  });

  test('no swap that could be used', ({ skip }) => {
    if (cannot !== undefined) skip(cannot);
    const disk = join(folder, 'memory');
    mkdirSync(disk);
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=512m', 'tmpfs', disk]).status !== 0)
      skip('no permission to mount');
    try {
      // A swap file on a file system that is memory is refused by the kernel.
      const { code, stderr } = runWith({ ...process.env, XDG_CACHE_HOME: disk }, 'run', 'wp-sync/none', '--system');
      expect(code).toBe(4);
      expect(stderr).toMatch(/^faultline: skipped: no swap file of our own/u);
      expect(readdirSync(join(disk, 'faultline', 'swap'))).toEqual([]);
    } finally {
      spawnSync('umount', [disk]);
    }
  }, 30_000);

  test('a kernel that does not boot is incomplete, and says so', async ({ skip }) => {
    if (spawnSync('qemu-system-x86_64', ['--version']).status !== 0) skip('no qemu-system-x86_64');
    const { code, stdout, stderr } = await run('run', '--kernel', file('image', 'no kernel at all'));
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/^faultline: the kernel did not boot/u);
  }, 150_000);
});

describe('files', () => {
  test('a full disk leaves nothing behind', async ({ skip }) => {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]).status !== 0)
      skip('no permission to mount');
    try {
      const { code, stderr } = await run('vectors', '--out', disk);
      expect(code).toBe(2);
      expect(stderr).toMatch(/cannot write below .*: no space left on device/u);
      expect(readdirSync(disk)).toEqual([]);
    } finally {
      spawnSync('umount', [disk]);
    }
  }, 30_000);

  test('a vector that was written is run from its file', async ({ skip }) => {
    if (cannot !== undefined) skip(cannot);
    const out = join(folder, 'out');
    expect(await run('vectors', '--design', 'linux-6.18', '--out', out)).toMatchObject({ code: 0 });
    const path = join(out, 'linux-6.18', 'wp-async', 'marker', 'touch-w.json');
    expect(complaints('vector', JSON.parse(readFileSync(path, 'utf8')))).toBe('');
    const ended = await run('run', path);
    expect(ended.stdout).toContain('ok 1 wp-async/marker/touch-w\n');
    expect(ended.code).toBe(0);
  }, 60_000);

  test('all vectors of a design are one document, with the pairs that have none', async () => {
    const { stdout, code } = await run('vectors', '--design', 'linux-7.3');
    const document = JSON.parse(stdout) as { vectors: unknown[]; inside: { kind: string; forms: string[] }[] };
    expect(code).toBe(0);
    expect(complaints('vector', document)).toBe('');
    expect(document.inside.find(({ kind }) => kind === 'rwp-sync')?.forms).toContain('migration+uffd');
  }, 30_000);

  test('what was seen is recorded, and judged again', async ({ skip }) => {
    if (cannot !== undefined) skip(cannot);
    const record = join(folder, 'seen.json.gz');
    const ended = await run('fuzz', '--runs', '50', '--seed', '3', '--record', record, '--json');
    expect(complaints('fuzz', JSON.parse(ended.stdout))).toBe('');
    const judged = await run('judge', record, '--json');
    const result = JSON.parse(judged.stdout) as { outcome: string; sequences: number };
    expect(complaints('judge', result)).toBe('');
    expect(result).toMatchObject({ outcome: 'agrees', sequences: 50 });
    const wrong = await run('judge', record, '--design', 'rfc-v1', '--json');
    expect(wrong.code).not.toBe(0);
  }, 60_000);

  test('a run is described by its schema', async ({ skip }) => {
    if (cannot !== undefined) skip(cannot);
    const ended = await run('run', 'wp-sync/present+uffd', '--json');
    expect(complaints('run', JSON.parse(ended.stdout))).toBe('');
  }, 30_000);
});

test('Ctrl-C in the middle ends with 130, prints no half document and writes no file', async ({ skip }) => {
  if (cannot !== undefined) skip(cannot);
  const record = join(folder, 'interrupted.json');
  const child = spawn(process.execPath, [launcher, 'fuzz', '--seconds', '60', '--record', record, '--json']);
  let stdout = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += String(chunk)));
  // Once the runner is there, the run has begun.
  const children = `/proc/${child.pid}/task/${child.pid}/children`;
  const timer = setInterval(() => {
    if (!existsSync(children) || readFileSync(children, 'utf8') === '') return;
    clearInterval(timer);
    setTimeout(() => child.kill('SIGINT'), 500);
  }, 50);
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect({ code, stdout, written: existsSync(record) }).toEqual({ code: 130, stdout: '', written: false });
}, 30_000);
