import { describe, expect, test } from 'vitest';
import { Sequential } from '../../model/sequential/sequential.ts';
import { designs, type Design } from '../../spec/index.ts';
import type { Operation, Sequence } from '../sequence.ts';
import { simulate } from '../testing/synthesize.ts';
import { Judge } from './judge.ts';
import { rolesInFailure } from './roles.ts';

const linux = designs['linux-7.3'];

const at = (lo: number, hi: number, name: string): Operation => ({ name, lo, hi });

/** Three pages with content, protected, of which the second is not registered any more; then a call on all three. */
const halfRegistered = (protect: 'rwprotect' | 'writeprotect', last: 'on' | 'off'): Sequence => {
  const protection = protect === 'rwprotect' ? 'rwp' : 'wp';
  const all = (name: string): Operation => at(0, 2, name);
  return {
    id: 's',
    kind: `${protection}-sync`,
    pages: 3,
    operations: [
      all('api'),
      all(`register ${protection}`),
      ...[0, 1, 2].map((page) => at(page, page, 'touch w')),
      ...(last === 'off' ? [all(`${protect} on`), at(0, 0, 'touch w')] : []),
      at(1, 1, 'unregister'),
      all(`${protect} ${last}`),
    ],
  };
};

const withDecisions = (decisions: Partial<Design['decisions']>): Design => ({
  ...linux,
  decisions: { ...linux.decisions, ...decisions },
});

/** What a design judges of what another one shows. */
const judged = (shows: Design, judges: Design, sequence: Sequence): string =>
  new Judge(judges).judge(sequence, simulate(new Sequential(shows, sequence.kind), sequence)).verdict;

describe('a call on several pages that fails at one of them', () => {
  test('leaves the ones before it unprotected and asleep, where it changes as it goes', () => {
    const sequence = halfRegistered('writeprotect', 'off');
    const seen = simulate(new Sequential(linux, 'wp-sync'), sequence);
    const [first, second, third] = seen.steps.at(-1)?.pages ?? [];
    expect(seen.steps.at(-1)?.ret).toBe('ENOENT');
    expect([first, second, third].map((page) => page?.uffd)).toEqual([false, false, true]);
    expect(first?.thread).toBe('blocked');
    expect(new Judge(linux).judge(sequence, seen)).toEqual({ verdict: 'agrees' });
  });

  test.each([
    ['writeprotect', 'on', 'writeprotectChecksFirst', true],
    ['writeprotect', 'off', 'writeprotectChecksFirst', true],
    ['rwprotect', 'on', 'rwprotectChecksFirst', false],
    ['rwprotect', 'off', 'rwprotectChecksFirst', false],
  ] as const)('%s %s: a kernel that decides otherwise is found out', (protect, last, decision, value) => {
    const sequence = halfRegistered(protect, last);
    const other = withDecisions({ [decision]: value });
    expect(judged(linux, linux, sequence)).toBe('agrees');
    expect(judged(other, other, sequence)).toBe('agrees');
    expect(judged(other, linux, sequence)).toBe('disagrees');
    expect(judged(linux, other, sequence)).toBe('disagrees');
  });

  test('is not excused by a page that would not have failed', () => {
    const registered: Sequence = {
      ...halfRegistered('rwprotect', 'on'),
      operations: halfRegistered('rwprotect', 'on').operations.filter(({ name }) => name !== 'unregister'),
    };
    const seen = simulate(new Sequential(linux, 'rwp-sync'), registered);
    const steps = seen.steps.map((step, i) => (i === seen.steps.length - 1 ? { ...step, ret: 'ENOENT' } : step));
    expect(new Judge(linux).judge(registered, { ...seen, steps })).toMatchObject({ verdict: 'disagrees' });
  });
});

test('where each of several pages may have let a call fail, those after it were spared, those before it not', () => {
  const roles = rolesInFailure({
    lo: 1,
    hi: 4,
    checksFirst: false,
    couldFail: (page) => page === 2 || page === 3,
    couldPass: (page) => page !== 3,
  });
  expect([1, 2, 3, 4].map(roles)).toEqual([['quiet'], ['own', 'quiet'], ['spared', 'own'], ['spared']]);
});
