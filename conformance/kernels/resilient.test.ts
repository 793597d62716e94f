import { describe, expect, test } from 'vitest';
import { designs } from '../../spec/index.ts';
import { madeUpKernel } from '../testing/synthesize.ts';
import type { Kernel, KernelFailure, RunOutcome } from './kernel.ts';
import { Resilient } from './resilient.ts';
import { idOf, type SequenceSeen } from './report.ts';

const panic: KernelFailure = { kind: 'panic', console: 'a\nb\nKernel panic - not syncing: oops' };

/** Kernels that answer with the id, until a line for which `dies` is true; each is closed before the next one is opened. */
function kernels(dies: (line: string, kernel: number) => boolean): {
  readonly open: () => Promise<Kernel>;
  readonly log: string[];
} {
  const log: string[] = [];
  let opened = 0;
  const open = async (): Promise<Kernel> => {
    const me = opened++;
    log.push(`open ${me}`);
    const run: Kernel['run'] = async (lines, onResult): Promise<RunOutcome> => {
      let sequences = 0;
      for await (const line of lines) {
        if (dies(line, me)) return panic;
        sequences++;
        onResult({ id: idOf(line), steps: [], end: 'ok' });
      }
      return { kind: 'finished', sequences, seconds: 0 };
    };
    const close = async (): Promise<void> => void log.push(`close ${me}`);
    return { ...madeUpKernel(designs['linux-7.3']), run, close, warnings: () => [`WARNING of ${me}`] };
  };
  return { open, log };
}

async function ran(dies: (line: string, kernel: number) => boolean, lines: readonly string[]) {
  const { open, log } = kernels(dies);
  const kernel = new Resilient(await open(), open);
  const seen: SequenceSeen[] = [];
  const outcome = await kernel.run(lines, (one) => seen.push(one));
  await kernel.close();
  return { outcome, seen, kernel, log };
}

describe('a kernel that can be opened again', () => {
  test('that is never lost answers as it always did', async () => {
    const { outcome, seen, kernel, log } = await ran(() => false, ['a 1 x', 'b 1 x']);
    expect(outcome).toMatchObject({ kind: 'finished', sequences: 2 });
    expect(seen.map(({ id, end }) => `${id} ${end}`)).toEqual(['a ok', 'b ok']);
    expect(kernel.losses()).toEqual([]);
    expect(log).toEqual(['open 0', 'close 0']);
  });

  test('that panics twice on a line names it, with its console, and goes on in a new one', async () => {
    const { outcome, seen, kernel, log } = await ran((line) => line.startsWith('b '), ['a 1 x', 'b 1 x', 'c 1 x']);
    expect(outcome).toMatchObject({ kind: 'finished', sequences: 3 });
    expect(seen.map(({ id, end }) => `${id} ${end}`)).toEqual(['a ok', 'b panic', 'c ok']);
    expect(seen[1]?.error).toBe('the kernel panicked: Kernel panic - not syncing: oops');
    expect(kernel.losses().map(({ line, again }) => [line, again])).toEqual([
      ['b 1 x', false],
      ['b 1 x', true],
    ]);
    expect(kernel.losses()[0]?.console).toContain('Kernel panic');
    expect(kernel.warnings()).toEqual(['WARNING of 0', 'WARNING of 1', 'WARNING of 2']);
    expect(log).toEqual(['open 0', 'close 0', 'open 1', 'close 1', 'open 2', 'close 2']);
  });

  test('that panics once on a line runs it again, and the loss is not forgotten', async () => {
    const dies = (line: string, kernel: number): boolean => line.startsWith('b ') && kernel === 0;
    const { seen, kernel } = await ran(dies, ['a 1 x', 'b 1 x', 'c 1 x']);
    expect(seen.map(({ id, end }) => `${id} ${end}`)).toEqual(['a ok', 'b ok', 'c ok']);
    expect(kernel.losses()).toMatchObject([{ line: 'b 1 x', again: false }]);
  });

  test('that is lost again and again is given up, with what it was lost by', async () => {
    const { outcome, seen } = await ran(() => true, ['a 1 x', 'b 1 x', 'c 1 x', 'd 1 x']);
    expect(outcome).toEqual(panic);
    expect(seen.map(({ id, end }) => `${id} ${end}`)).toEqual(['a panic', 'b panic']);
  });
});
