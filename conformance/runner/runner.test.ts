import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test, type TestContext } from 'vitest';
import { cacheFolder } from '../kernels/cache.ts';
import type { SequenceSeen } from '../kernels/report.ts';
import { noCompiler, noRunningKernel, temporaryFolder } from '../kernels/testing/needs.ts';
import { buildRunner } from './build.ts';

async function runnerPath(context: TestContext): Promise<string> {
  const reason = noRunningKernel();
  if (reason !== undefined) context.skip(reason);
  const runner = await buildRunner(cacheFolder());
  return runner.kind === 'runner' ? runner.path : context.skip(runner.reason);
}

/** What the runner answers to these lines. */
async function run(
  context: TestContext,
  lines: readonly string[],
  ...options: readonly string[]
): Promise<SequenceSeen[]> {
  const path = await runnerPath(context);
  const ended = spawnSync(path, ['run', ...options], {
    input: `${lines.join('\n')}\n`,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  expect([ended.status, ended.stderr]).toEqual([0, '']);
  return ended.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as SequenceSeen);
}

/** Each step as `op: ret thread value`, of page 0. */
function story(seen: SequenceSeen | undefined): readonly string[] {
  return (seen?.steps ?? []).map(({ op, ret, pages: [page] }) =>
    [`${op}:`, ret, page?.thread, page?.value ?? page?.signal].filter((word) => word !== undefined).join(' '),
  );
}

describe('building the runner', () => {
  test('is done once for the same sources', async (context) => {
    if (noCompiler() !== undefined) context.skip(noCompiler());
    const cacheDir = temporaryFolder(onTestFinished);
    const [first, second] = [await buildRunner(cacheDir), await buildRunner(cacheDir)];
    if (first.kind !== 'runner') throw new Error(first.reason);
    expect(first.seconds).toBeGreaterThan(0);
    expect(second).toEqual({ ...first, seconds: 0 });
  });

  test('without a compiler is skipped, and says what to install', async () => {
    const built = await buildRunner(temporaryFolder(onTestFinished), 'no-such-compiler');
    expect(built).toEqual({
      kind: 'skipped',
      reason: 'the runner needs a C compiler, and no-such-compiler cannot be run (install gcc)',
    });
  });

  test('with a compiler that fails is skipped with its complaint', async () => {
    const built = await buildRunner(temporaryFolder(onTestFinished), 'false');
    expect(built).toMatchObject({
      kind: 'skipped',
      reason: expect.stringMatching(/^false could not build the runner/),
    });
  });
});

describe('the runner', () => {
  test('shows a write that blocks, its message, and its end', async (context) => {
    const [seen] = await run(context, [
      'a 2 api - | register wp | touch 0 w | writeprotect 0 1 on | touch 0 r | touch 0 w | touch 0 r | read | writeprotect 0 0 off | read',
    ]);
    expect(story(seen).slice(2)).toEqual([
      'touch 0 w: 0 done 1',
      'writeprotect 0 1 on: 0 idle',
      'touch 0 r: 0 done 1',
      'touch 0 w: 0 blocked',
      'touch 0 r: EBUSY blocked',
      'read: 0 blocked',
      'writeprotect 0 0 off: 0 done 2',
      'read: 0 idle',
    ]);
    expect(seen?.steps.map(({ msgs }) => msgs).filter((msgs) => msgs !== undefined)).toEqual([
      [{ page: 0, event: 'pagefault', flags: ['write', 'wp'] }],
      [],
    ]);
    expect(seen?.steps[3]?.pages.map(({ present, uffd }) => [present, uffd])).toEqual([
      [true, true],
      [false, false],
    ]);
  });

  test('reports a signal and goes on', async (context) => {
    const [seen] = await run(context, ['a 1 mprotect none | touch 0 w | mprotect rw | touch 0 w']);
    expect(story(seen)).toEqual([
      'mprotect none: 0 idle',
      'touch 0 w: 0 done SIGSEGV',
      'mprotect rw: 0 idle',
      'touch 0 w: 0 done 2',
    ]);
  });

  test('tells the signal of a guard from that of a poisoned page', async (context) => {
    const [seen] = await run(context, [
      'a 1 api poison | register missing | guard 0 0 on | touch 0 r | guard 0 0 off | poison 0 | touch 0 r',
    ]);
    if (seen?.steps[2]?.ret !== 0) return context.skip('no guards: they came with 6.13');
    expect(story(seen).slice(2)).toEqual([
      'guard 0 0 on: 0 idle',
      'touch 0 r: 0 done SIGSEGV',
      'guard 0 0 off: 0 idle',
      'poison 0: 0 idle',
      'touch 0 r: 0 done SIGBUS',
    ]);
    expect(seen.steps.map(({ pages }) => pages[0]?.guard)).toEqual([false, false, true, true, false, false, false]);
  });

  test('moves a page away, keeps its value, and copies it back', async (context) => {
    const [seen] = await run(context, [
      'a 1 api move | register missing | register-staging | touch 0 w | zeropage 0 | evict 0 | touch 0 r | copy 0',
    ]);
    if (seen?.steps[0]?.ret !== 0) return context.skip('no UFFDIO_MOVE');
    expect(seen.steps[5]).toMatchObject({ ret: 0, out: { moved: 4096, value: 1 } });
    expect(story(seen).slice(5)).toEqual(['evict 0: 0 idle', 'touch 0 r: 0 blocked', 'copy 0: 0 done 1']);
  });

  test('shows that reading through its own protection blocks the one who saves', async (context) => {
    const [seen] = await run(context, ['a 1 api - | register missing | save 0 | read | zeropage 0']);
    expect(seen?.steps.slice(2).map(({ helper }) => helper)).toEqual([
      { op: 'save 0', thread: 'blocked' },
      { op: 'save 0', thread: 'blocked' },
      { op: 'save 0', thread: 'done', value: 0, ret: 0 },
    ]);
  });

  test('forks a child that sees the page of before, and keeps what it writes to itself', async (context) => {
    const [seen] = await run(context, [
      'a 2 api - | register wp | touch 0 w | writeprotect 0 1 on | fork w | touch 0 r | fork r',
    ]);
    const copy = { present: true, swap: false, uffd: false, marker: false };
    const empty = { ...copy, present: false };
    const [wrote, read] = [seen?.steps[4], seen?.steps[6]];
    expect(wrote).toMatchObject({ ret: 0, out: { children: [copy, empty] }, pages: [{ uffd: true }, { uffd: false }] });
    expect(story(seen).slice(5)).toEqual(['touch 0 r: 0 done 1', 'fork r: 0 idle']);
    expect(read?.out).toMatchObject({ children: [{ value: 1 }, { value: 0 }] });
  });

  test('sees shared memory from its other side', async (context) => {
    const [seen] = await run(context, ['a 2 shmem touch 1 w | alias-read 1 | punch 1 1 | alias-read 1']);
    expect(seen?.steps.map(({ out }) => out)).toEqual([undefined, 1, undefined, 0]);
  });

  test('keeps what is written to private memory from the other side', async (context) => {
    const [seen] = await run(context, ['a 1 shmem-private touch 0 w | alias-read 0']);
    expect(seen?.steps.map(({ out }) => out)).toEqual([undefined, 0]);
    expect(seen?.steps[0]?.pages[0]).toMatchObject({ present: true, file: false });
  });

  test('runs on huge pages, or says that it has none', async (context) => {
    const free = Number(/HugePages_Free:\s+(\d+)/u.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1] ?? 0);
    const [seen] = await run(context, ['a 1 hugetlb touch 0 w | alias-read 0']);
    const none = { end: 'set-up', steps: [{ op: 'set-up', failed: 'mmap', ret: 'ENOMEM' }] };
    const huge = { pages: [{ scan: expect.arrayContaining(['HUGE']) as unknown }] };
    expect(seen).toMatchObject(free === 0 ? none : { end: 'ok', steps: [huge, { out: 1 }] });
  });

  test.for([
    ['a 2 shmem-alias read', /^unknown operation: shmem-alias/],
    ['a', /^expected: ID PAGES/],
    ['a 9 read', /^expected: ID PAGES/],
    ['a 2', /^an empty operation/],
    ['a 2 read |', /^an empty operation/],
    ['a 2 nonsense', /^unknown operation: nonsense$/],
    ['a 2 touch 2 r', /^touch PAGE r\|w: touch 2 r$/],
    ['a 2 wake 1 0', /^wake LO HI: wake 1 0$/],
    ['a 2 api bogus', /^api .*: api bogus$/],
    [`a 2 ${'read |'.repeat(256)} read`, /^more than 256/],
    [`a 2 ${'r'.repeat(70_000)}`, /^a line of more than/],
  ] as const)('refuses %.40s, and runs nothing of it', async ([line, error], context) => {
    const [bad, good] = await run(context, [line, 'good 1 touch 0 w']);
    expect(bad).toMatchObject({ id: 'a', steps: [], end: 'bad', error: expect.stringMatching(error) });
    expect(good).toMatchObject({ id: 'good', end: 'ok' });
  });

  test('ends a sequence that hangs, keeps what it saw, and runs the rest', async (context) => {
    // Dropping a page waits until somebody reads the event; nobody does.
    const hangs = 'a 1 api event-remove | register wp | touch 0 w | dontneed 0 0 | read';
    const seen = await run(context, [hangs, 'b 1 touch 0 w'], '--time-limit', '300');
    expect(seen.map(({ end }) => end)).toEqual(['timeout', 'ok']);
    expect(seen[0]?.steps.map(({ op }) => op)).toEqual(['api event-remove', 'register wp', 'touch 0 w']);
  });

  test('names the signal that a sequence died of, and runs the rest', async (context) => {
    const child = spawn(await runnerPath(context), [], { stdio: ['pipe', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    child.stdin.write('a 1 api event-remove | register wp | touch 0 w | dontneed 0 0\nb 1 touch 0 w\n');
    const workers = (): string => readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim();
    await expect.poll(workers).not.toBe('');
    await new Promise((resolve) => setTimeout(resolve, 200));
    process.kill(Number(workers()), 'SIGKILL');
    child.stdin.end();
    await once(child, 'close');
    const ends = text
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as SequenceSeen).end);
    expect(ends).toEqual(['signal 9', 'ok']);
  });

  test('says the same whether or not a process serves more than one sequence', async (context) => {
    const ops = [
      'touch 0 w',
      'touch 1 w',
      'touch 0 r',
      'touch 1 r',
      'writeprotect 0 1 on',
      'writeprotect 0 0 off',
      'read',
    ];
    const more = ['wake 0 1', 'dontneed 1 1', 'cold 0 1', 'mprotect none', 'mprotect rw', 'unregister', 'close'];
    let seed = 1;
    const pick = (words: readonly string[]): string => {
      seed = (seed * 48271) % 2147483647;
      return words[seed % words.length] ?? '';
    };
    const lines = Array.from({ length: 1000 }, (_, index) => {
      const shape = pick(['1', '2', '2 shmem']).replace(/^1/, '2');
      const start = [`api ${pick(['-', 'wp-async', 'wp-unpopulated'])}`, `register ${pick(['wp', 'wp,missing'])}`];
      return `${index} ${shape} ${[...start, ...Array.from({ length: 10 }, () => pick([...ops, ...more]))].join(' | ')}`;
    });
    const each = await run(context, lines, '--per-worker', '1');
    const many = await run(context, lines, '--per-worker', '64');
    // Two threads woken at once may queue again in either order.
    const unordered = (seen: readonly SequenceSeen[]): readonly string[] =>
      seen.map((one) =>
        JSON.stringify(one, (key, value: unknown) =>
          key === 'msgs' ? (value as object[]).map((message) => JSON.stringify(message)).toSorted() : value,
        ),
      );
    const [left, right] = [unordered(each), unordered(many)];
    expect(each.every(({ end }) => end === 'ok')).toBe(true);
    expect(lines.filter((_, index) => left[index] !== right[index])).toEqual([]);
  });

  test('answers the probe, settings and quit between sequences', async (context) => {
    const path = await runnerPath(context);
    const input = 'probe\ntime-limit 100\n# a remark\n\nper-worker 2\na 1 read\nquit\nb 1 read\n';
    const lines = spawnSync(path, ['run'], { input, encoding: 'utf8' }).stdout.trim().split('\n');
    expect(lines.map((line) => Object.keys(JSON.parse(line) as object)[0])).toEqual([
      'probe',
      'control',
      'control',
      'id',
      'control',
    ]);
  });

  test.for([['nonsense'], ['run', '--time-limit'], ['run', '--time-limit', '0'], ['mkswap', 'file']])(
    'says how it is used when told %j',
    async (words, context) => {
      const ended = spawnSync(await runnerPath(context), words, { encoding: 'utf8', input: '' });
      expect([ended.status, ended.stderr.split('\n')[0]]).toEqual([2, expect.stringMatching(/^usage: runner/)]);
    },
  );
});
