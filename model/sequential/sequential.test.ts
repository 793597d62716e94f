import { describe, expect, test } from 'vitest';
import { designs } from '../../spec/index.ts';
import { entryForm } from './forms.ts';
import type { Alternative } from './outcome.ts';
import { Sequential } from './sequential.ts';
import type { OperationName } from './operations/index.ts';

const design = designs['linux-7.3'];

/** The ways that the last of several operations may go, when the others go their first way. */
function after(model: Sequential, ...operations: readonly OperationName[]): readonly Alternative[] {
  const last = operations.at(-1) ?? '';
  const state = operations.slice(0, -1).reduce((id, name) => model.outcomes(id, name)[0]?.next ?? -1, model.initial);
  return model.outcomes(state, last);
}

const shown = (ways: readonly Alternative[]): unknown[] =>
  ways.map(({ observation: { ret, thread, access } }) => ({ ret, thread, ...(access && { access: access.kind }) }));

describe('in rwp-sync', () => {
  const model = new Sequential(design, 'rwp-sync');
  const armed = ['api', 'register rwp', 'touch w', 'rwprotect on'] as const;

  test('an access to an armed page blocks, also when the page has been to swap and back', () => {
    expect(shown(after(model, ...armed, 'touch r'))).toEqual([{ ret: '0', thread: 'blocked' }]);
    expect(shown(after(model, ...armed, 'pageout', 'touch r'))).toEqual([{ ret: '0', thread: 'blocked' }]);
  });

  test('the message tells of the protection, once', () => {
    const [first] = after(model, ...armed, 'touch w', 'read');
    expect(first?.observation.message).toEqual(['pagefault', 'write', 'rwp']);
    const [second] = after(model, ...armed, 'touch w', 'read', 'read');
    expect(second?.observation.message).toEqual([]);
  });

  test('resolving lets the access complete with what was written before', () => {
    const [way] = after(model, ...armed, 'touch r', 'rwprotect off');
    expect(way?.observation).toMatchObject({ thread: 'done', access: { kind: 'read', content: 'newest' } });
  });

  test('resolving without a wake-up leaves the thread asleep, until somebody wakes it', () => {
    expect(shown(after(model, ...armed, 'touch r', 'rwprotect off dontwake'))).toEqual([
      { ret: '0', thread: 'blocked' },
    ]);
    expect(shown(after(model, ...armed, 'touch r', 'rwprotect off dontwake', 'wake'))).toEqual([
      { ret: '0', thread: 'done', access: 'read' },
    ]);
  });

  test('waking without resolving makes the access block again, with another message', () => {
    const [way] = after(model, ...armed, 'touch r', 'read', 'wake');
    expect(way?.observation.thread).toBe('blocked');
    expect(after(model, ...armed, 'touch r', 'read', 'wake', 'read')[0]?.observation.message).toEqual([
      'pagefault',
      'rwp',
    ]);
  });

  test('unregistering wakes nobody, and closing wakes everybody', () => {
    expect(shown(after(model, ...armed, 'touch r', 'unregister'))).toEqual([{ ret: '0', thread: 'blocked' }]);
    expect(shown(after(model, ...armed, 'touch r', 'close'))).toEqual([{ ret: '0', thread: 'done', access: 'read' }]);
  });

  test('reclaim may skip the page, and says so', () => {
    const ways = after(model, ...armed, 'pageout');
    expect(ways.map(({ observation: { entry } }) => entry.swap)).toEqual([true, false]);
    expect(ways[1]?.because).toEqual(['reclaim may skip the page']);
  });

  test('a page that goes away and comes back is read as what was saved of it', () => {
    const [way] = after(model, 'api', 'register-staging', 'register rwp', 'touch w', 'evict', 'copy', 'touch r');
    expect(way?.observation).toMatchObject({ access: { kind: 'read', content: 'saved' } });
  });

  test('calls on a descriptor that is not open are refused', () => {
    for (const name of ['rwprotect on', 'read', 'wake', 'register rwp', 'copy', 'evict', 'set-mode async']) {
      expect(shown(model.outcomes(model.initial, name)), name).toEqual([{ ret: 'EBADF', thread: 'idle' }]);
    }
  });

  test.each([
    ['register wp,rwp', 'EINVAL'],
    ['register missing', 'EBUSY'],
    ['writeprotect on', 'ENOENT'],
    ['evict', 'EINVAL'],
    ['copy wp', 'EINVAL'],
    ['copy', 'EEXIST'],
    ['api', 'EINVAL'],
  ])('%s returns %s', (name, ret) => {
    expect(after(model, ...armed, name).map(({ observation }) => observation.ret)).toEqual([ret]);
  });

  test('an environment step that nobody asked for is taken only where it is allowed, and named', () => {
    const state = armed.reduce((id, name) => model.outcomes(id, name)[0]?.next ?? -1, model.initial);
    expect(model.idle(state)).toHaveLength(1);
    const swapped = model.idle(state, 1).filter(({ observation }) => observation.entry.swap);
    expect(swapped.map(({ spontaneous }) => spontaneous)).toEqual([['shrink_folio_list/try-folio']]);
  });
});

test('wp-sync: a protected page lets reads through and stops writes', () => {
  const model = new Sequential(design, 'wp-sync');
  const armed = ['api', 'register wp', 'touch w', 'writeprotect on'] as const;
  expect(shown(after(model, ...armed, 'touch r'))).toEqual([{ ret: '0', thread: 'done', access: 'read' }]);
  expect(shown(after(model, ...armed, 'touch w'))).toEqual([{ ret: '0', thread: 'blocked' }]);
});

test('wp-async: a protecting scan reports what was written, and protects it', () => {
  const model = new Sequential(design, 'wp-async');
  const [way] = after(model, 'api', 'register wp', 'touch w', 'scan-wp');
  expect(way?.observation).toMatchObject({ scanned: ['WPALLOWED', 'WRITTEN', 'PRESENT'], entry: { uffd: true } });
  expect(after(model, 'api', 'register wp', 'touch w', 'scan-wp', 'scan-wp')[0]?.observation.scanned).toBeNull();
});

test('reaches, with eight operations, exactly these states and forms of the entry', () => {
  const model = new Sequential(design, 'wp-async');
  const seen = new Set([model.initial]);
  const names = [
    'touch r',
    'touch w',
    'api',
    'register wp',
    'writeprotect on',
    'writeprotect off',
    'dontneed',
    'pageout',
  ];
  for (const id of seen) for (const name of names) for (const { next } of model.outcomes(id, name)) seen.add(next);
  expect(seen.size).toMatchInlineSnapshot(`28`);
  expect([...new Set([...seen].map((id) => entryForm(model.page(id))))].toSorted()).toMatchInlineSnapshot(`
    [
      "marker",
      "none",
      "present",
      "present+uffd",
      "swap",
      "swap+uffd",
      "zero",
      "zero+uffd",
    ]
  `);
});
