import { describe, expect, test } from 'vitest';
import { designs, type Design } from '../../spec/index.ts';
import type { Observation } from './outcome.ts';
import type { OperationName } from './operations/index.ts';
import { Sequential } from './sequential.ts';
import type { SessionKind } from './session.ts';

/** What the last of several operations shows, when the others go their first way. */
function shown(design: Design, kind: SessionKind, ...operations: readonly OperationName[]): readonly Observation[] {
  const model = new Sequential(design, kind);
  const last = operations.at(-1) ?? '';
  const state = operations.slice(0, -1).reduce((id, name) => model.outcomes(id, name)[0]?.next ?? -1, model.initial);
  return model.outcomes(state, last).map(({ observation }) => observation);
}

const linux73 = designs['linux-7.3'];
const linux618 = designs['linux-6.18'];

describe('a huge page of hugetlbfs', () => {
  test('that a read maps is writable at once, also in a WP VMA', () => {
    const writes = ['api', 'register wp', 'touch r', 'touch w'] as const;
    expect(shown(linux73, 'hugetlb-wp-sync', ...writes)).toMatchObject([{ thread: 'done', access: { kind: 'write' } }]);
  });

  test('keeps its write protection when it is thrown away, and loses RWP', () => {
    const wp = ['api', 'register wp', 'touch w', 'writeprotect on', 'dontneed', 'touch w'] as const;
    expect(shown(linux73, 'hugetlb-wp-sync', ...wp)).toMatchObject([{ thread: 'blocked', entry: { uffd: true } }]);
    const rwp = ['api', 'register rwp', 'touch w', 'rwprotect on', 'dontneed', 'touch r'] as const;
    expect(shown(linux73, 'hugetlb-rwp-sync', ...rwp)).toMatchObject([{ thread: 'done', entry: { uffd: false } }]);
  });

  test('is not written while it is empty, and is not filled with zeros', () => {
    const [empty] = shown(linux73, 'hugetlb-wp-sync', 'api', 'register wp');
    expect(empty?.entry.scan).toEqual(['HUGE']);
    expect(shown(linux73, 'hugetlb-wp-sync', 'api', 'register wp', 'zeropage')).toMatchObject([{ ret: 'EINVAL' }]);
    expect(shown(linux73, 'hugetlb-wp-sync', 'api', 'zeropage')).toMatchObject([{ ret: 'ENOENT' }]);
  });

  const leftover = ['api', 'register wp', 'touch w', 'writeprotect on', 'register missing', 'touch w'] as const;

  test('whose bit no mode of its VMA has a use for: 6.18 tries the write for ever', () => {
    expect(shown(linux618, 'hugetlb-wp-sync', ...leftover)).toMatchObject([
      { thread: 'blocked', entry: { uffd: true } },
    ]);
    expect(
      shown(linux618, 'hugetlb-wp-sync', ...leftover, 'unregister', 'register wp', 'writeprotect off'),
    ).toMatchObject([{ thread: 'done' }]);
    const mended = { ...linux618, decisions: { ...linux618.decisions, hugetlbFaultClearsStale: true } };
    expect(shown(mended, 'hugetlb-wp-sync', ...leftover)).toMatchObject([{ thread: 'done', entry: { uffd: false } }]);
  });
});
