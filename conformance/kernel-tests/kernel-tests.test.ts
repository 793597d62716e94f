import { describe, expect, test } from 'vitest';
import { Sequential } from '../../model/sequential/sequential.ts';
import { sessionKinds } from '../../model/sequential/session.ts';
import { designs } from '../../spec/index.ts';
import { Judge } from '../judge/judge.ts';
import type { SequenceSeen, StepSeen } from '../kernels/report.ts';
import { simulate } from '../testing/synthesize.ts';
import { expected } from './expect.ts';
import { kernelTestCases, kernelTests, notExpressed } from './index.ts';
import { pagemapIoctl, pagemapNotExpressed } from './pagemap-ioctl.ts';
import { judgeCase } from './run.ts';

const cases = kernelTestCases();
const linux73 = designs['linux-7.3'];
const judge = new Judge(linux73);
const models = new Map(sessionKinds.map((kind) => [kind, new Sequential(linux73, kind)]));
const shown = new Map(
  cases.map((one) => [one.id, simulate(models.get(one.sequence.kind) as Sequential, one.sequence)]),
);

describe("the kernel's own tests", () => {
  test('have an id of their own on each memory, and each says what it asks', () => {
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
    for (const { asks } of kernelTests) expect(asks).toMatch(/^[A-Z].{20,}[^.]$/u);
  });

  test('are counted with those that are not expressed, each of which has a reason', () => {
    for (const { because, memories } of notExpressed) {
      expect(because).toMatch(/^(it|its|the|threads) /u);
      expect(memories.length).toBeGreaterThan(0);
    }
    // pagemap_ioctl.c announces 119 results.
    const own = pagemapIoctl.reduce((sum, { memories }) => sum + memories.length, 0);
    const others = pagemapNotExpressed.reduce((sum, { memories }) => sum + memories.length, 0);
    expect(own + others).toBe(119);
  });

  test.each(cases.map((one) => [one.id, one] as const))('%s: the model does what it asks for', (id, one) => {
    const seen = shown.get(id) as SequenceSeen;
    expect(expected(one, seen)).toEqual({ kind: 'met' });
    expect(judgeCase(one, seen, judge)).toEqual({ verdict: 'agrees' });
  });
});

/** The same report with something of every step turned round. */
function falsified({ steps, ...rest }: SequenceSeen, change: (step: StepSeen) => StepSeen): SequenceSeen {
  return { ...rest, steps: steps.map(change) };
}

describe('a kernel that fails one of its own tests', () => {
  test('is found out where a mark is not as it must be', () => {
    const one = cases.find(({ id }) => id === 'kernel-tests/uffd-unit-tests/rwp-mprotect/anon');
    if (one === undefined) throw new Error('no such case');
    const seen = shown.get(one.id) as SequenceSeen;
    const wrong = falsified(seen, (step) =>
      step.op === 'mprotect rw' ? { ...step, pages: step.pages.map((page) => ({ ...page, uffd: false })) } : step,
    );
    expect(judgeCase(one, wrong, judge)).toMatchObject({
      verdict: 'disagrees',
      operation: 'mprotect rw',
      seen: expect.stringContaining("the kernel's own test expects uffd") as string,
    });
  });

  test('is found out where no access waits, or a refusal is none', () => {
    for (const [name, change] of [
      ['rwp-sync', { pages: [] as StepSeen['pages'] }],
      ['rwp-wp-exclusive', { ret: 0 }],
    ] as const) {
      const one = cases.find(({ id }) => id === `kernel-tests/uffd-unit-tests/${name}/anon`);
      if (one === undefined) throw new Error('no such case');
      const wrong = falsified(shown.get(one.id) as SequenceSeen, (step) => ({ ...step, ...change }));
      expect(judgeCase(one, wrong, judge).verdict).toBe('disagrees');
    }
  });

  test('is found out by the model too, where the test itself asks for less', () => {
    const one = cases.find(({ id }) => id === 'kernel-tests/pagemap_ioctl/zeropfn/anon');
    if (one === undefined) throw new Error('no such case');
    const wrong = falsified(shown.get(one.id) as SequenceSeen, (step) => ({
      ...step,
      pages: step.pages.map((page) => ({ ...page, uffd: page.present })),
    }));
    expect(expected(one, wrong)).toEqual({ kind: 'met' });
    expect(judgeCase(one, wrong, judge).verdict).toBe('disagrees');
  });
});
