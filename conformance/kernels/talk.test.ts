import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { KernelFailure } from './kernel.ts';
import { Talk } from './talk.ts';

/** A runner that answers each line as told; `undefined` says nothing. */
function fake(answer: (id: string) => string | undefined, hangSeconds = 5) {
  const toRunner = new PassThrough();
  const fromRunner = new PassThrough();
  let end: (failure: KernelFailure) => void = () => undefined;
  const gone = new Promise<KernelFailure>((resolve) => (end = resolve));
  let most = 0;
  let waiting = 0;
  let rest = '';
  toRunner.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      most = Math.max(most, ++waiting);
      setImmediate(() => {
        waiting--;
        const said = answer(line.split(' ')[0] ?? '');
        if (said !== undefined) fromRunner.write(said);
      });
    }
  });
  const talk = new Talk({ fromRunner, toRunner, gone, console: () => 'console', hangSeconds });
  return { talk, end, most: () => most };
}

const ok = (id: string): string => `{"id":"${id}","steps":[],"end":"ok"}\n`;
const numbers = (count: number): string[] => Array.from({ length: count }, (_, index) => `${index} 1 read`);

describe('a conversation with a runner', () => {
  test('gives every result once and in order, however many lines there are', async () => {
    const { talk, most } = fake(ok);
    const ids: string[] = [];
    const outcome = await talk.run(numbers(5000), ({ id }) => ids.push(id));
    expect(outcome).toMatchObject({ kind: 'finished', sequences: 5000 });
    expect(ids).toEqual(Array.from({ length: 5000 }, (_, index) => String(index)));
    expect(most()).toBeLessThanOrEqual(128);
  });

  test('can be used again, and takes lines as they are thought of', async () => {
    const { talk } = fake(ok);
    const seen: string[] = [];
    await talk.run(['a 1 read'], ({ id }) => seen.push(id));
    async function* lines(): AsyncGenerator<string> {
      yield 'b 1 read';
      await new Promise((resolve) => setTimeout(resolve, 20));
      yield 'c 1 read';
    }
    expect(await talk.run(lines(), ({ id }) => seen.push(id))).toMatchObject({ kind: 'finished', sequences: 2 });
    expect(seen).toEqual(['a', 'b', 'c']);
  });

  test('names a lost line', async () => {
    const { talk } = fake((id) => (id === '3' ? undefined : ok(id)));
    const outcome = await talk.run(numbers(10), () => undefined);
    expect(outcome).toEqual({ kind: 'lost-line', expected: '3', got: '4', console: 'console' });
  });

  test.for(['not JSON\n', '{"id":"3","steps":[],"en\n', '[]\n', '{"id":"3"}\n'])(
    'names a garbled line: %j',
    async (line) => {
      const { talk } = fake((id) => (id === '3' ? line : ok(id)));
      expect(await talk.run(numbers(10), () => undefined)).toMatchObject({ kind: 'garbled-line', line: line.trim() });
    },
  );

  test('names a line that nobody asked for', async () => {
    const { talk } = fake((id) => (id === '9' ? ok(id) + ok('more') : ok(id)));
    const first = await talk.run(numbers(10), () => undefined);
    const second = await talk.run(['again 1 read'], () => undefined);
    expect([first.kind, second.kind]).toContain('garbled-line');
  });

  test('calls silence a hang, and says which sequence it waited for', async () => {
    const { talk } = fake((id) => (id === '3' ? undefined : ok(id)), 0.05);
    expect(await talk.run(numbers(4), () => undefined)).toMatchObject({ kind: 'hang', waitingFor: '3', seconds: 0.05 });
  });

  test('does not call it a hang when nothing is due', async () => {
    const { talk } = fake(ok, 0.05);
    async function* slow(): AsyncGenerator<string> {
      await new Promise((resolve) => setTimeout(resolve, 200));
      yield 'a 1 read';
    }
    expect(await talk.run(slow(), () => undefined)).toMatchObject({ kind: 'finished', sequences: 1 });
  });

  test('hands on why the other side has gone, to this run and to the next', async () => {
    const { talk, end } = fake((id) => (id === '3' ? undefined : ok(id)));
    const failure: KernelFailure = { kind: 'panic', console: 'Kernel panic' };
    setTimeout(() => end(failure), 20);
    expect(await talk.run(numbers(4), () => undefined)).toEqual(failure);
    expect(await talk.run(numbers(4), () => undefined)).toEqual(failure);
  });

  test('stops at once when it is interrupted', async () => {
    const { talk } = fake((id) => (Number(id) >= 3 ? undefined : ok(id)));
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 20);
    expect(await talk.run(numbers(9), () => undefined, stop.signal)).toMatchObject({
      kind: 'interrupted',
      sequences: 3,
    });
  });

  test.for(['', '# a comment', 'a 1 read\nb 1 read'])(
    'refuses a line that has not exactly one result: %j',
    async (line) => {
      await expect(fake(ok).talk.run([line], () => undefined)).rejects.toThrow('not a sequence line');
    },
  );
});
