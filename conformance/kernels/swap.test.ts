import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, type TestContext } from 'vitest';
import { buildRunner, type RunnerBinary } from '../runner/build.ts';
import { cacheFolder } from './cache.ts';
import { journals, type JournalRecord } from './journal.ts';
import { cleanup, isSwapOn } from './effects.ts';
import { openSwapFile } from './swap.ts';
import { noRunningKernel, printed, startBuilt, temporaryFolder } from './testing/needs.ts';

/** The runner; skips the test where swap cannot be had. */
async function needRunner(context: TestContext): Promise<RunnerBinary> {
  const reason = noRunningKernel();
  if (reason !== undefined) context.skip(reason);
  const runner = await buildRunner(cacheFolder());
  return runner.kind === 'runner' ? runner : context.skip(runner.reason);
}

/** A cache folder that leaves nothing behind, not even swap that a failed test forgot. */
function cacheOf(runner?: RunnerBinary): string {
  const cacheDir = temporaryFolder(onTestFinished);
  onTestFinished(() => void cleanup(cacheDir, runner));
  return cacheDir;
}

/** Another process makes swap in `cacheDir` and then waits: what it swaps to, and how to end it. */
async function startSwapper(context: TestContext, cacheDir: string, runner: RunnerBinary) {
  const code = [
    `const swap = it.openSwapFile(${JSON.stringify(cacheDir)}, ${JSON.stringify(runner)}, 16);`,
    'console.log(swap.kind === "swap" ? "on " + swap.path : "skipped " + swap.reason);',
    'setInterval(() => {}, 1000);',
  ].join('\n');
  const started = startBuilt('swap.js', code);
  if (started.kind === 'skipped') return context.skip(started.reason);
  onTestFinished(() => void started.child.kill('SIGKILL'));
  const said = await printed(started.child, /^(.*)\n/);
  if (!said.startsWith('on ')) return context.skip(said);
  return { path: said.slice('on '.length), child: started.child };
}

describe('a swap file of our own', () => {
  test('is on while it is open, and gone afterwards', async (context) => {
    const runner = await needRunner(context);
    const cacheDir = cacheOf(runner);
    const swap = openSwapFile(cacheDir, runner, 16);
    if (swap.kind === 'skipped') return context.skip(swap.reason);
    expect(isSwapOn(swap.path)).toBe(true);
    expect(journals(cacheDir)[0]?.record?.effects.map(({ kind }) => kind)).toEqual(['file', 'swap']);
    swap.close();
    swap.close();
    expect(isSwapOn(swap.path)).toBe(false);
    expect(existsSync(swap.path)).toBe(false);
    expect(journals(cacheDir)).toEqual([]);
  });

  test('that cannot be made is a skip, and leaves nothing', async (context) => {
    const runner = await needRunner(context);
    const cacheDir = cacheOf(runner);
    const swap = openSwapFile(cacheDir, { ...runner, path: '/bin/false' }, 16);
    expect(swap.kind).toBe('skipped');
    expect(readdirSync(join(cacheDir, 'swap'))).toEqual([]);
    expect(journals(cacheDir)).toEqual([]);
  });

  test.for(['SIGINT', 'SIGTERM'] as const)('is gone after %s', async (signal, context) => {
    const runner = await needRunner(context);
    const cacheDir = cacheOf(runner);
    const { path, child } = await startSwapper(context, cacheDir, runner);
    expect(isSwapOn(path)).toBe(true);
    child.kill(signal);
    const [code, by] = (await once(child, 'close')) as [number | null, string | null];
    expect([code, by]).toEqual([null, signal]);
    expect(isSwapOn(path)).toBe(false);
    expect(existsSync(path)).toBe(false);
    expect(journals(cacheDir)).toEqual([]);
  });

  test('stays after kill -9, until cleanup', async (context) => {
    const runner = await needRunner(context);
    const cacheDir = cacheOf(runner);
    const { path, child } = await startSwapper(context, cacheDir, runner);
    expect(cleanup(cacheDir, runner)).toMatchObject({
      undone: [],
      failed: [],
      inUse: [expect.stringContaining('.json')],
    });
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(isSwapOn(path)).toBe(true);
    expect(readFileSync('/proc/swaps', 'utf8')).toContain(path);
    expect(cleanup(cacheDir, runner)).toEqual({
      undone: [`swap off ${path}`, `remove ${path}`],
      failed: [],
      inUse: [],
    });
    expect(isSwapOn(path)).toBe(false);
    expect(existsSync(path)).toBe(false);
    expect(cleanup(cacheDir, runner)).toEqual({ undone: [], failed: [], inUse: [] });
  });
});

describe('cleanup', () => {
  /** A journal as a killed process left it before this machine was started again. */
  function leftBehind(cacheDir: string, change: Partial<JournalRecord> = {}): string {
    const path = join(cacheDir, 'left.swap');
    mkdirSync(join(cacheDir, 'journal'), { recursive: true });
    writeFileSync(path, 'content');
    const record: JournalRecord = {
      schemaVersion: 1,
      bootId: 'another boot',
      pid: process.pid,
      startTime: '1',
      effects: [
        { kind: 'file', path },
        { kind: 'swap', path },
      ],
      ...change,
    };
    writeFileSync(join(cacheDir, 'journal', '1-1-1.json'), JSON.stringify(record));
    return path;
  }

  test('after a reboot removes the file, though it is no swap any more', () => {
    const cacheDir = cacheOf();
    const path = leftBehind(cacheDir);
    expect(cleanup(cacheDir)).toMatchObject({ undone: [`swap off ${path}`, `remove ${path}`], failed: [] });
    expect(existsSync(path)).toBe(false);
    expect(journals(cacheDir)).toEqual([]);
  });

  test('is not confused when the file is gone already', () => {
    const cacheDir = cacheOf();
    leftBehind(cacheDir, { effects: [{ kind: 'file', path: join(cacheDir, 'never') }] });
    expect(cleanup(cacheDir).failed).toEqual([]);
    expect(journals(cacheDir)).toEqual([]);
  });

  test.for(['', '{"schemaVersion":1,"eff', '{"schemaVersion":2,"effects":[]}'])(
    'leaves a journal alone that it cannot read, and says so: %j',
    (text) => {
      const cacheDir = cacheOf();
      leftBehind(cacheDir);
      writeFileSync(join(cacheDir, 'journal', '1-1-1.json'), text);
      expect(cleanup(cacheDir).failed).toEqual([expect.stringContaining('not a journal')]);
      expect(journals(cacheDir).length).toBe(1);
    },
  );

  test('has nothing to do where nothing was done', () => {
    expect(cleanup(cacheOf())).toEqual({ undone: [], failed: [], inUse: [] });
  });
});
