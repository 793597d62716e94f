import { describe, expect, test } from 'vitest';
import { designs, type Decisions, type Design } from '../../spec/index.ts';
import type { Kernel, RunOutcome } from '../kernels/kernel.ts';
import type { SequenceSeen, StepSeen } from '../kernels/report.ts';
import { complaints } from '../testing/schemas.ts';
import { madeUpKernel } from '../testing/synthesize.ts';
import { Asker } from './ask.ts';
import { compareProbes } from './compare-probes.ts';
import { diffKernels, type DiffOptions, type DiffResult } from './diff.ts';
import type { Probe } from './probes.ts';
import { diffText } from './report.ts';

const design = designs['linux-7.3'];
const changed = (change: Partial<Decisions>): Design => ({ ...design, decisions: { ...design.decisions, ...change } });
const options: DiffOptions = { seed: 1, runs: 40, system: true, kinds: ['rwp-sync'], probes: [] };

async function diff(left: Kernel, right: Kernel, more: Partial<DiffOptions> = {}): Promise<DiffResult> {
  const result = await diffKernels({ kernel: left, design }, { kernel: right, design }, { ...options, ...more });
  if (result === undefined) throw new Error('nobody interrupted it');
  expect(complaints('diff', result)).toBe('');
  return result;
}

/** A kernel whose reports are changed on the way. */
function through(kernel: Kernel, change: (seen: SequenceSeen, line: string) => SequenceSeen): Kernel {
  return {
    ...kernel,
    run: async (lines, onResult, signal): Promise<RunOutcome> => {
      const asked: string[] = [];
      const told = (async function* (): AsyncGenerator<string> {
        for await (const line of lines) {
          asked.push(line);
          yield line;
        }
      })();
      return kernel.run(told, (seen) => onResult(change(seen, asked.shift() ?? '')), signal);
    },
  };
}

const lastRet = ({ steps, ...rest }: SequenceSeen, ret: StepSeen['ret']): SequenceSeen => ({
  ...rest,
  steps: steps.map((step, i) => (i === steps.length - 1 ? { ...step, ret } : step)),
});

describe('two kernels', () => {
  test('that do the same have no difference', async () => {
    const result = await diff(madeUpKernel(design), madeUpKernel(design));
    expect(result).toMatchObject({ outcome: 'same', features: [], differences: [], allowedByBoth: 0, byChance: 0 });
    expect(result.ran.vectors).toBeGreaterThan(300);
    expect(diffText(result)).toContain('no difference was found');
  });

  test('of which one loses a mark on the way back from swap: one sentence, with the shortest sequence', async () => {
    const wrong = changed({ swapInRestoresNoAccess: false });
    const { outcome, differences } = await diff(madeUpKernel(design), madeUpKernel(wrong));
    expect(outcome).toBe('differs');
    const blocked = differences.filter(({ left }) => left === 'the access waits for user space');
    expect(blocked.map(({ operation }) => operation).toSorted()).toEqual(['touch r', 'touch w']);
    const read = blocked.find(({ operation }) => operation === 'touch r');
    expect(read?.sentence).toMatch(
      /^After UFFDIO_REGISTER \(rwp\), .*MADV_PAGEOUT.*, a read \(the entry before it: swap\+uffd\): on Linux 7\.3\.0 the access waits for user space; on Linux 7\.3\.0 the read gives/u,
    );
    expect(read?.sequence.split(' | ')).toHaveLength(6);
    expect(differences.length).toBeLessThan(12);
  });

  test('of which one never swaps: that is no difference, for reclaim may skip a page', async () => {
    const lazy = madeUpKernel(design, (ways) => ways - 1);
    const result = await diff(madeUpKernel(design), lazy);
    expect(result).toMatchObject({ outcome: 'same', differences: [] });
    expect(result.allowedByBoth).toBeGreaterThan(20);
  });

  test('that part where no vector goes are told apart by the random sequences', async () => {
    const odd = through(madeUpKernel(design), (seen, line) =>
      / [23] api .*\| unregister \|.*\| wake /u.test(line)
        ? { ...seen, steps: seen.steps.map((s) => (s.op.startsWith('wake') ? { ...s, ret: 'ENOMEM' as const } : s)) }
        : seen,
    );
    expect(await diff(madeUpKernel(design), odd, { runs: 0 })).toMatchObject({ outcome: 'same' });
    const { differences } = await diff(madeUpKernel(design), odd, { runs: 400 });
    expect(differences.length).toBeGreaterThan(0);
    expect(differences[0]).toMatchObject({ operation: 'wake', right: 'the call fails with ENOMEM' });
  });

  test('of which one errs once and not again: that is chance', async () => {
    let erred = false;
    const flaky = through(madeUpKernel(design), (seen) => {
      if (erred || seen.id !== 'rwp-sync/none/wake') return seen;
      erred = true;
      return lastRet(seen, 'ENOMEM');
    });
    expect(await diff(madeUpKernel(design), flaky)).toMatchObject({ outcome: 'same', differences: [], byChance: 1 });
  });

  test('of which one has less to offer: a sentence for each feature, and none for what follows from it', async () => {
    const made = madeUpKernel(design);
    const older: Kernel = {
      ...made,
      probe: { ...made.probe, features: 0x1ffff, scan: ['WRITTEN', 'FILE', 'PRESENT', 'SWAPPED', 'PFNZERO', 'HUGE'] },
    };
    const { outcome, features, differences } = await diff(made, older, { kinds: [] });
    expect(outcome).toBe('differs');
    expect(differences).toEqual([]);
    expect(features.map(({ feature, in: side }) => `${side} ${feature}`)).toEqual([
      'left rwp',
      'left rwp-async',
      'left scan WPALLOWED',
      'left scan GUARD',
      'left scan ACCESSED',
    ]);
  });

  test('of which one panics: what was found stays, and the line that did it is named', async () => {
    const made = madeUpKernel(design);
    const dies: Kernel = { ...made, run: async () => ({ kind: 'panic', console: 'Kernel panic - not syncing: oops' }) };
    const { outcome, failure } = await diff(made, dies);
    expect(outcome).toBe('incomplete');
    expect(failure).toMatch(/^7\.3\.0-made-up: the kernel panicked: Kernel panic - not syncing: oops, on: rwp-sync\//u);
  });

  test('that the user interrupts have no result', async () => {
    const side = { kernel: madeUpKernel(design), design };
    expect(await diffKernels(side, side, { ...options, signal: AbortSignal.abort() })).toBeUndefined();
  });
});

/** A kernel that gives each line the next of some answers, again and again. */
function answering(...answers: readonly Partial<StepSeen>[]): Asker {
  let next = 0;
  const made = madeUpKernel(design);
  const run: Kernel['run'] = async (lines, onResult) => {
    for await (const line of lines) {
      const step = { op: 'x', ret: 0, pages: [], ...answers[next++ % answers.length] } as StepSeen;
      onResult({ id: line.split(' ')[0] ?? '', steps: [step], end: 'ok' });
    }
    return { kind: 'finished', sequences: 1, seconds: 0 };
  };
  return new Asker({ ...made, run }, new Set());
}

describe('a probe', () => {
  const probe: Probe = { id: 'p', asks: 'A thing', features: ['move'], line: '1 api move', about: 0 };

  test('that is answered differently each time is a difference', async () => {
    const stuck = { helper: { op: 'x', thread: 'stuck' as const } };
    const busy = { helper: { op: 'x', thread: 'done' as const, ret: 'EBUSY' } };
    const { differences } = await compareProbes(answering(stuck), answering(busy), [probe]);
    expect(differences).toMatchObject([{ left: 'never ends', right: 'fails with EBUSY' }]);
  });

  test('that is answered the same, or not the same each time, is none', async () => {
    expect(await compareProbes(answering({}), answering({}), [probe])).toMatchObject({ differences: [], unsteady: [] });
    const mixed = answering({}, { ret: 'EBUSY' });
    expect(await compareProbes(answering({}), mixed, [probe])).toMatchObject({ differences: [], unsteady: ['p'] });
  });

  test('that cannot be asked is skipped with the reason', async () => {
    const none = answering({ ret: 'EOPNOTSUPP' });
    expect(await compareProbes(answering({}), none, [probe])).toMatchObject({
      asked: 0,
      skipped: [{ because: 'Linux 7.3.0: no huge page was to be had' }],
    });
    const unknown = { ...probe, features: ['flying'] };
    expect(await compareProbes(answering({}), none, [unknown])).toMatchObject({
      skipped: [{ because: 'Linux 7.3.0 has no flying' }],
    });
  });
});
