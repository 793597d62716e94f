import { describe, expect, test } from 'vitest';
import { designs, withDecisions, type Decisions } from '../../spec/index.ts';
import { entryForm } from './forms.ts';
import type { Alternative } from './outcome.ts';
import { Sequential } from './sequential.ts';
import type { OperationName } from './operations/index.ts';

const design = designs['linux-7.3'];

/** The ways that the last of several operations may go, when the others go their first way. */
function after(decisions: Partial<Decisions>, ...operations: readonly OperationName[]): readonly Alternative[] {
  const model = new Sequential(withDecisions(design, decisions), 'rwp-sync');
  const state = operations.slice(0, -1).reduce((id, name) => model.outcomes(id, name)[0]?.next ?? -1, model.initial);
  return model.outcomes(state, operations.at(-1) ?? '');
}

const armed = ['api', 'register rwp', 'touch w', 'rwprotect on'] as const;

describe('fork', () => {
  test('leaves the parent armed, and gives the child a page that it may touch, with what was written before', () => {
    const [way, ...others] = after({}, ...armed, 'fork r');
    expect(others).toEqual([]);
    expect(way?.observation).toMatchObject({
      entry: { present: true, uffd: true },
      child: { present: true, uffd: false, access: { kind: 'read', content: 'newest' } },
    });
    expect(after({}, ...armed, 'fork r', 'touch r')[0]?.observation.thread).toBe('blocked');
  });

  test('keeps what the child writes from the parent', () => {
    const [way] = after({}, 'api', 'register rwp', 'touch w', 'fork w', 'touch r');
    expect(way?.observation.access).toEqual({ kind: 'read', content: 'newest' });
  });

  test('shares the page: it is not moved until it is written again', () => {
    const before = ['api', 'register-staging', 'register rwp', 'touch w', 'fork r'] as const;
    expect(after({}, ...before, 'evict')[0]?.observation.ret).toBe('EBUSY');
    expect(after({}, ...before, 'touch w', 'evict')[0]?.observation.ret).toBe('0');
  });

  test('that leaves the parent able to write is told by a page that stays shared for ever', () => {
    const before = ['api', 'register-staging', 'register rwp', 'touch w', 'fork r', 'touch w'] as const;
    expect(after({ forkProtectsParent: false }, ...before, 'evict')[0]?.observation.ret).toBe('EBUSY');
  });

  test('that copies the mark is told by the child', () => {
    const [way] = after({ forkClearsChildMarks: false }, ...armed, 'pageout', 'fork r');
    expect(way?.observation.child).toMatchObject({ swap: true, uffd: true });
  });

  test('may copy nothing where no page is our own', () => {
    const ways = after({}, 'api', 'register rwp', 'touch r', 'fork r');
    expect(ways.map(({ observation }) => observation.child?.present)).toEqual([true, false]);
  });
});

test('a swap-in of Linux 6.18 may take a page for its own that was shared; one of 7.3 leaves that to the write', () => {
  const formsIn = (name: 'linux-6.18' | 'linux-7.3'): readonly string[] => {
    const model = new Sequential(designs[name], 'wp-sync');
    const path = ['api', 'register wp', 'touch w', 'pageout', 'fork r'] as const;
    const state = path.reduce<number>((id, op) => model.outcomes(id, op)[0]?.next ?? -1, model.initial);
    return model.outcomes(state, 'touch r').map(({ next }) => entryForm(model.page(next)));
  };
  expect(formsIn('linux-7.3')).toEqual(['present+read-only+shared']);
  expect(formsIn('linux-6.18').toSorted()).toEqual(['present', 'present+read-only+shared']);
});
