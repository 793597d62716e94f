import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, type TestContext } from 'vitest';
import { packageRoot } from '../runner/build.ts';
import { cacheFolder } from './cache.ts';
import { openGuest, withGuest } from './guest.ts';
import type { KernelImage } from './image.ts';
import { describeFailure, type RunOutcome } from './kernel.ts';
import type { SequenceSeen, StepSeen } from './report.ts';
import { guestImage, printed, startBuilt, temporaryFolder } from './testing/needs.ts';

/** Booting under emulation takes its time, more so on a busy machine. */
const timeout = 240_000;

function needImage(context: TestContext): KernelImage {
  const image = guestImage();
  return typeof image === 'string' ? context.skip(image) : image;
}

/** What a test wants to know of a step, in a few words. */
function words({ op, ret, msgs, pages: [page], helper, out }: StepSeen): string {
  const flags = msgs?.flatMap((message) => `[${message.flags?.join(' ')}]`) ?? [];
  const entry = page?.present ? 'present' : page?.swap ? 'swap' : 'none';
  const moved = op.startsWith('migrate') && (out as { moved: boolean }).moved ? ['moved'] : [];
  const failed = ret === 0 ? [] : [ret];
  const state = [entry, ...(page?.uffd ? ['uffd'] : []), page?.thread, ...(helper ? [helper.thread] : [])];
  return [`${op}:`, ...failed, ...flags, ...moved, ...state].join(' ');
}

describe('Linux 7.3 in a guest', () => {
  test('blocks, tells, swaps, moves and lets go under RWP', { timeout }, async (context) => {
    const image = needImage(context);
    const sequences = [
      'sync 1 api rwp | register rwp | touch 0 w | rwprotect 0 0 on | touch 0 r | read | rwprotect 0 0 off',
      'async 1 api rwp,rwp-async | register rwp | touch 0 w | rwprotect 0 0 on | touch 0 r | rwprotect 0 0 on | pageout 0 0 | touch 0 w',
      'swap 1 api rwp | register rwp | touch 0 w | rwprotect 0 0 on | pageout 0 0 | touch 0 w | read | close',
      'migrate 1 api rwp | register rwp | touch 0 w | rwprotect 0 0 on | migrate 0 | touch 0 w | read | set-mode async',
      'naive 1 api rwp | register rwp | touch 0 w | rwprotect 0 0 on | save 0 | read | mprotect none',
    ];
    const seen: SequenceSeen[] = [];
    const done = await withGuest(image, {}, (guest) => guest.run(sequences, (result) => seen.push(result)));
    expect(done).toMatchObject({ kind: 'done', value: { kind: 'finished', sequences: 5 }, warnings: [] });
    const from = (id: string, first: number): readonly string[] | undefined =>
      seen
        .find((result) => result.id === id)
        ?.steps.slice(first)
        .map(words);
    expect(from('sync', 3)).toEqual([
      'rwprotect 0 0 on: present uffd idle',
      'touch 0 r: present uffd blocked',
      'read: [rwp] present uffd blocked',
      'rwprotect 0 0 off: present done',
    ]);
    expect(from('async', 3)).toEqual([
      'rwprotect 0 0 on: present uffd idle',
      'touch 0 r: present done',
      'rwprotect 0 0 on: present uffd idle',
      'pageout 0 0: swap uffd idle',
      'touch 0 w: present done',
    ]);
    expect(from('swap', 4)).toEqual([
      'pageout 0 0: swap uffd idle',
      'touch 0 w: present uffd blocked',
      'read: [write rwp] present uffd blocked',
      'close: present done',
    ]);
    expect(from('migrate', 4)).toEqual([
      'migrate 0: moved present uffd idle',
      'touch 0 w: present uffd blocked',
      'read: [write rwp] present uffd blocked',
      'set-mode async: present done',
    ]);
    expect(from('naive', 4)?.slice(0, 2)).toEqual([
      'save 0: present uffd idle blocked',
      'read: [rwp] present uffd idle blocked',
    ]);
  });
});

describe('a guest that misbehaves', () => {
  /** Boot the misbehaving init and ask it for these ids. */
  async function misbehave(context: TestContext, ids: readonly string[]) {
    const image = needImage(context);
    const folder = temporaryFolder(onTestFinished);
    const init = join(folder, 'init');
    const source = join(packageRoot(), 'conformance', 'kernels', 'testing', 'misbehave.c');
    const built = spawnSync('gcc', ['-static', '-O2', '-o', init, source], { encoding: 'utf8' });
    if (built.status !== 0) context.skip(built.stderr);
    const seen: string[] = [];
    const lines = ids.map((id) => `${id} 1 read`);
    const done = await withGuest(image, { cacheDir: folder, init, hangSeconds: 8, accelerator: 'tcg' }, (guest) =>
      guest.run(lines, ({ id }) => seen.push(id)),
    );
    if (done.kind !== 'done') throw new Error(JSON.stringify(done));
    const value: RunOutcome = done.value;
    return { seen, outcome: value, folder };
  }

  test('panic: named, with the console', { timeout }, async (context) => {
    const { outcome, seen, folder } = await misbehave(context, ['a', 'panic', 'b']);
    expect(outcome).toMatchObject({ kind: 'panic', console: expect.stringContaining('Kernel panic') });
    expect(outcome.kind === 'panic' && describeFailure(outcome)).toMatch(/^the kernel panicked: Kernel panic[^\n]*$/);
    expect(seen).toEqual(['a']);
    expect(readdirSync(join(folder, 'consoles'))).toEqual([`${needImage(context).name}.log`]);
  });

  test('silence: a hang, with the sequence that it waited for', { timeout }, async (context) => {
    const { outcome, seen } = await misbehave(context, ['a', 'hang', 'b']);
    expect(outcome).toMatchObject({ kind: 'hang', waitingFor: 'hang', seconds: 8 });
    expect(seen).toEqual(['a']);
  });

  test('power off in the middle', { timeout }, async (context) => {
    const { outcome } = await misbehave(context, ['a', 'off', 'b']);
    expect(outcome).toMatchObject({ kind: 'power-off' });
  });

  test('no kernel: a clear error within its time', { timeout }, async (context) => {
    needImage(context);
    const folder = temporaryFolder(onTestFinished);
    const path = join(folder, 'nonsense');
    writeFileSync(path, Buffer.alloc(65536, 'nonsense'));
    const image: KernelImage = { kind: 'image', name: 'nonsense', path, config: undefined };
    const guest = await openGuest(image, { cacheDir: folder, bootSecondsMax: 10, accelerator: 'tcg' });
    expect(guest).toMatchObject({ kind: 'no-boot' });
    expect(guest.kind === 'no-boot' && describeFailure(guest)).toMatch(/^the kernel did not boot within \d+ s: /);
  });

  test('no file at all', async (context) => {
    needImage(context);
    const image: KernelImage = { kind: 'image', name: 'none', path: '/no/such/image', config: undefined };
    expect(await openGuest(image)).toEqual({ kind: 'skipped', reason: 'no kernel image at /no/such/image' });
  });
});

/** Is there such a process, and not only its entry that nobody asked for yet? */
function runs(pid: string): boolean {
  const path = `/proc/${pid}/stat`;
  return existsSync(path) && !/\) [ZX] /.test(readFileSync(path, 'utf8'));
}

describe('Ctrl-C', () => {
  test('takes QEMU and its files with it', { timeout }, async (context) => {
    const image = needImage(context);
    const folder = temporaryFolder(onTestFinished);
    const guests = (): string[] => readdirSync(folder).filter((name) => name.startsWith('faultline-guest-'));
    const code = [
      // Other guests may be up at the same time: this one's files go to a place of their own.
      `process.env.TMPDIR = ${JSON.stringify(folder)};`,
      `const guest = await it.openGuest(${JSON.stringify(image)}, { cacheDir: ${JSON.stringify(cacheFolder())}, accelerator: 'tcg' });`,
      'console.log("up " + guest.kind);',
      'await guest.run((async function* () { for (;;) yield "a 1 touch 0 w"; })(), () => {});',
    ].join('\n');
    const started = startBuilt('guest.js', code);
    if (started.kind === 'skipped') return context.skip(started.reason);
    const { child } = started;
    expect(await printed(child, /up (\w+)/)).toBe('kernel');
    expect(guests()).toHaveLength(1);
    const qemu = spawnSync('pgrep', ['-P', String(child.pid)], { encoding: 'utf8' }).stdout.trim();
    expect(runs(qemu)).toBe(true);
    child.kill('SIGINT');
    await once(child, 'close');
    expect(guests()).toEqual([]);
    await expect.poll(() => runs(qemu)).toBe(false);
  });
});
