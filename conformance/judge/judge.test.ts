import { describe, expect, test } from 'vitest';
import { designs, type Decisions, type Design } from '../../spec/index.ts';
import { recordings, rejectsByRecordings } from '../rejects.ts';
import { Sequential } from '../../model/sequential/sequential.ts';
import { simulate } from '../testing/synthesize.ts';
import type { Sequence } from '../sequence.ts';
import { Judge } from './judge.ts';

const linux = designs['linux-7.3'];
const flipped = (change: Partial<Decisions>): Design => ({ ...linux, decisions: { ...linux.decisions, ...change } });

const sequence = (...names: readonly string[]): Sequence => ({
  id: 's',
  kind: 'rwp-sync',
  pages: 1,
  operations: names.map((name) => ({ name, lo: 0, hi: 0 })),
});

const armed = sequence('api', 'register rwp', 'touch w', 'rwprotect on', 'pageout', 'touch r', 'read');

describe('what real kernels showed', () => {
  test('was written down with the command that does it again', () => {
    for (const { made, all } of recordings()) {
      expect(made).toMatch(/^faultline (fuzz|run) /u);
      expect(all.length).toBeGreaterThan(100);
    }
  });

  test.each(recordings().map(({ name, design }) => [name, design] as const))('%s agrees with %s', (_, design) => {
    expect(rejectsByRecordings(designs[design as 'linux-7.3'])).toMatchObject({ rejected: false });
  });

  test.each([
    [{ rwpSetsBit: false }],
    [{ rwpArmsSwap: false }],
    [{ swapOutCarriesBit: false }],
    [{ swapInRestoresNoAccess: false }],
    [{ migrationRestoresNoAccess: false }],
    [{ mprotectKeepsNoAccess: 'never' as const }],
    [{ registerRefusesDrop: false }],
    [{ unregisterWakes: 'all' as const }],
    [{ setModeWakes: false }],
    [{ armingFlushes: false }],
  ])('rejects linux-7.3 with %o', (change) => {
    expect(rejectsByRecordings(flipped(change))).toMatchObject({ rejected: true });
  });
});

describe('the judge', () => {
  const seen = simulate(new Sequential(linux, 'rwp-sync'), armed);

  test('agrees with what the model does', () => {
    expect(new Judge(linux).judge(armed, seen)).toEqual({ verdict: 'agrees' });
  });

  test('names the longest prefix that is explained, and what was allowed instead', () => {
    const wrong = simulate(new Sequential(flipped({ swapInRestoresNoAccess: false }), 'rwp-sync'), armed);
    const verdict = new Judge(linux).judge(armed, wrong);
    expect(verdict).toMatchObject({
      verdict: 'disagrees',
      step: 5,
      operation: 'touch 0 r',
      allowed: [{ observation: { thread: 'blocked' } }],
    });
  });

  test('refutes "must block" by an access that completes, and "must complete" by a thread that is stuck', () => {
    const done = {
      ...seen,
      steps: seen.steps.map((s, i) =>
        i === 5 ? { ...s, pages: s.pages.map((p) => ({ ...p, thread: 'done' as const, value: 1 })) } : s,
      ),
    };
    expect(new Judge(linux).judge(armed, done)).toMatchObject({ verdict: 'disagrees', step: 5 });
    const stuck = {
      ...seen,
      steps: seen.steps.map((s, i) =>
        i === 2 ? { ...s, pages: s.pages.map((p) => ({ ...p, thread: 'stuck' as const })) } : s,
      ),
    };
    expect(new Judge(linux).judge(armed, stuck)).toMatchObject({ verdict: 'disagrees', step: 2 });
  });

  test('counts a page that went to swap unasked as explained, and by what', () => {
    const quiet = sequence('api', 'register rwp', 'touch w', 'rwprotect on', 'read');
    const shown = simulate(
      new Sequential(linux, 'rwp-sync'),
      sequence('api', 'register rwp', 'touch w', 'rwprotect on', 'pageout'),
    );
    const steps = shown.steps.map((s, i) => (i === 4 ? { ...s, op: 'read', msgs: [] } : s));
    expect(new Judge(linux).judge(quiet, { ...shown, steps })).toEqual({
      verdict: 'explained',
      by: ['shrink_folio_list/try-folio'],
    });
  });

  test('says incomplete, not agrees, when the runner could not run it', () => {
    expect(new Judge(linux).judge(armed, { id: 's', steps: [], end: 'fork', error: 'EAGAIN' })).toEqual({
      verdict: 'incomplete',
      because: 'the runner could not run it: fork EAGAIN',
    });
  });

  test('says incomplete, not agrees, when more states than it may keep explain a page', () => {
    expect(new Judge(linux, { beliefMax: 0 }).judge(armed, seen)).toEqual({
      verdict: 'incomplete',
      because: 'more than 0 states explain page 0',
    });
  });

  test('takes a sequence that ends in a timeout for a disagreement at the step that did not end', () => {
    const cut = { ...seen, steps: seen.steps.slice(0, 3), end: 'timeout' };
    expect(new Judge(linux).judge(armed, cut)).toMatchObject({
      verdict: 'disagrees',
      step: 3,
      seen: 'the sequence ended with timeout',
    });
  });
});
