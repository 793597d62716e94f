import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, type TestContext } from 'vitest';
import { buildRunner } from '../runner/build.ts';
import { cacheFolder } from './cache.ts';
import type { Kernel } from './kernel.ts';
import type { SequenceSeen } from './report.ts';
import { openRunning, type RunningOptions } from './running.ts';
import { noRunningKernel, temporaryFolder } from './testing/needs.ts';

async function open(context: TestContext, options?: RunningOptions): Promise<Kernel> {
  const reason = noRunningKernel();
  if (reason !== undefined) context.skip(reason);
  const kernel = await openRunning(options);
  if (kernel.kind === 'skipped') return context.skip(kernel.reason);
  if (kernel.kind !== 'kernel') throw new Error(JSON.stringify(kernel));
  onTestFinished(() => kernel.close());
  return kernel;
}

/** A program that answers the probe with this and then does what the shell is told. */
function shell(probe: string, rest = ''): string {
  const path = join(temporaryFolder(onTestFinished), 'program');
  writeFileSync(path, `#!/bin/sh\nread line\necho '${probe}'\n${rest}\n`);
  chmodSync(path, 0o755);
  return path;
}

describe('the running kernel', () => {
  test('says what it is', async (context) => {
    const kernel = await open(context);
    const release = readFileSync('/proc/sys/kernel/osrelease', 'utf8').trim();
    expect(kernel).toMatchObject({ name: 'running', release, probe: { release, uid: 0, pageBytes: 4096 } });
  });

  test('runs sequences in order and counts them', async (context) => {
    const kernel = await open(context);
    const lines = Array.from({ length: 500 }, (_, index) => `s${index} 2 touch 0 w | touch 1 r | dontneed 0 1`);
    const seen: SequenceSeen[] = [];
    expect(await kernel.run(lines, (result) => seen.push(result))).toMatchObject({ kind: 'finished', sequences: 500 });
    expect(seen.map(({ id, end }) => `${id} ${end}`)).toEqual(lines.map((_, index) => `s${index} ok`));
    expect(kernel.times()).toMatchObject({ sequences: 500 });
    expect(kernel.times().sequencesPerSecond).toBeGreaterThan(0);
  });

  test('has swap with --system, and none of ours afterwards', async (context) => {
    const cacheDir = temporaryFolder(onTestFinished);
    const kernel = await open(context, { cacheDir, system: true });
    expect(kernel.probe.swapBytes).toBeGreaterThanOrEqual(255 * 2 ** 20);
    expect(kernel.probe.hugePages).toBeGreaterThanOrEqual(32);
    const seen: SequenceSeen[] = [];
    await kernel.run(['a 1 touch 0 w | pageout 0 0 | touch 0 r'], (result) => seen.push(result));
    expect(seen[0]?.steps.map(({ pages }) => pages[0]?.swap)).toEqual([false, true, false]);
    await kernel.close();
    expect(readFileSync('/proc/swaps', 'utf8')).not.toContain(cacheDir);
    expect(readdirSync(join(cacheDir, 'journal'))).toEqual([]);
  });

  test('leaves no process behind', async (context) => {
    const kernel = await open(context, { cacheDir: temporaryFolder(onTestFinished) });
    const running = (): boolean => spawnSync('pgrep', ['-P', String(process.pid), '-x', 'runner']).status === 0;
    await kernel.run(['a 1 api - | register missing | touch 0 w'], () => undefined);
    expect(running()).toBe(true);
    await kernel.close();
    expect(running()).toBe(false);
  });
});

describe('a kernel that cannot be used', () => {
  test('forbids userfaultfd: skipped with the sysctl', async (context) => {
    if (noRunningKernel() !== undefined) context.skip(noRunningKernel());
    const program = shell('{"probe":{"features":null,"userfaultfd":"EPERM","unprivilegedUserfaultfd":0,"uid":1000}}');
    expect(await openRunning({ program })).toEqual({
      kind: 'skipped',
      reason: 'this kernel gives us no userfaultfd: EPERM (vm.unprivileged_userfaultfd is 0, uid 1000)',
    });
  });

  test('forbids it to a user who is not root, really', async (context) => {
    if (noRunningKernel() !== undefined) context.skip(noRunningKernel());
    const sysctl = readFileSync('/proc/sys/vm/unprivileged_userfaultfd', 'utf8').trim();
    if (sysctl !== '0') context.skip(`vm.unprivileged_userfaultfd is ${sysctl}`);
    const folder = temporaryFolder(onTestFinished);
    const built = await buildRunner(cacheFolder());
    if (built.kind !== 'runner') return context.skip(built.reason);
    copyFileSync(built.path, join(folder, 'runner'));
    const program = join(folder, 'as-nobody');
    const words = 'setpriv --reuid=65534 --regid=65534 --clear-groups';
    writeFileSync(program, `#!/bin/sh\nexec ${words} ${join(folder, 'runner')} "$@"\n`);
    for (const path of [folder, program, join(folder, 'runner')]) chmodSync(path, 0o755);
    expect(await openRunning({ program })).toEqual({
      kind: 'skipped',
      reason: 'this kernel gives us no userfaultfd: EPERM (vm.unprivileged_userfaultfd is 0, uid 65534)',
    });
  });

  test.for([
    ['exit 3', 'exit code 3'],
    ['kill -9 $$', 'SIGKILL'],
  ] as const)('a runner that ends with %s is a failure', async ([rest, how], context) => {
    if (noRunningKernel() !== undefined) context.skip(noRunningKernel());
    const kernel = await openRunning({ program: shell('{"probe":{"features":0}}', `read line; ${rest}`) });
    if (kernel.kind !== 'kernel') throw new Error(kernel.kind);
    expect(await kernel.run(['a 1 read'], () => undefined)).toMatchObject({ kind: 'exited', how });
    await kernel.close();
  });
});
