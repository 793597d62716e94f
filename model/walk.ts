import {
  not,
  successor,
  type Anchor,
  type Emission,
  type Local,
  type ProcessBuilder,
  type Term,
} from '../checker/language/index.ts';
import type { Kernel } from './kernel.ts';

/** A walk over the entries of a range, each under its page-table lock. */
export interface Walk<Point extends string> {
  /** The rules are `rule/lock`, `rule/clear`, `rule/store`, `rule/unlock`, `rule/unlock-last`. */
  readonly rule: string;
  readonly does: Anchor;
  /** Where the walk stands: before the lock, under it, with the entry emptied, with the new entry stored. */
  readonly points: { readonly lock: Point; readonly entry: Point; readonly cleared: Point; readonly stored: Point };
  readonly to: Point;
  readonly cursor: Local<number>;
  readonly last: Term<number>;
  /** The new entry. */
  readonly next: (page: Term<number>) => Term<string>;
  /** What user space can tell by the new entry. */
  readonly emits?: (page: Term<number>) => readonly Emission[];
  readonly off?: string | false;
}

/**
 * Adds the steps of a walk. A present entry that changes is emptied first and stored then, under one lock hold, as the
 * kernel does so as not to lose what the hardware sets in between: others see the empty entry.
 */
export function walkRange<Point extends string>(k: Kernel, p: ProcessBuilder<Point>, walk: Walk<Point>): void {
  const { rule, does, points, cursor, off = false } = walk;
  const choices = { v: k.pages };
  p.step(
    `${rule}/lock`,
    { does, says: 'the page-table lock is taken', at: points.lock, to: points.entry, choices, off },
    ({ v }) => ({
      when: [cursor.is(v)],
      acquire: k.ptl(v),
    }),
  );
  changeEntry(k, p, walk);
  p.step(
    `${rule}/unlock-last`,
    {
      does,
      says: 'the page-table lock is given back; that was the last page',
      at: points.stored,
      to: walk.to,
      choices,
      off,
    },
    ({ v }) => ({
      when: [cursor.is(v), walk.last.is(v)],
      release: k.ptl(v),
    }),
  );
  const many = k.pages.values.length > 1 ? off : 'there is one page only';
  p.step(
    `${rule}/unlock`,
    {
      does,
      says: 'the page-table lock is given back; the next page',
      at: points.stored,
      to: points.lock,
      choices,
      off: many,
    },
    ({ v }) => ({
      when: [cursor.is(v), not(walk.last.is(v))],
      release: k.ptl(v),
      then: [cursor.becomes(successor(cursor))],
    }),
  );
}

/** What happens to one entry under its lock: emptied and stored, changed in place, or kept. */
function changeEntry<Point extends string>(k: Kernel, p: ProcessBuilder<Point>, walk: Walk<Point>): void {
  const { rule, does, points, cursor, next, off = false } = walk;
  const choices = { v: k.pages };
  const empties = (v: Term<number>): Term<boolean> => k.entryIs(v, { form: 'present' });
  const changes = (v: Term<number>): Term<boolean> => not(k.pte(v).is(next(v)));
  p.step(
    `${rule}/clear`,
    { does, says: 'the entry is emptied for a moment', at: points.entry, to: points.cleared, choices, off },
    ({ v }) => ({
      when: [cursor.is(v), empties(v), changes(v)],
      requires: [k.ptl(v)],
      then: [k.cleared(v).becomes(true)],
    }),
  );
  p.step(
    `${rule}/store`,
    { does, says: 'the new entry is stored', at: points.cleared, to: points.stored, choices, off },
    ({ v }) => ({
      when: [cursor.is(v)],
      requires: [k.ptl(v)],
      then: [k.pte(v).becomes(next(v)), k.cleared(v).becomes(false)],
      emits: walk.emits?.(v) ?? [],
    }),
  );
  p.step(
    `${rule}/edit`,
    {
      does,
      says: 'an entry that is not present is changed in place, or left alone',
      at: points.entry,
      to: points.stored,
      choices,
      off,
    },
    ({ v }) => ({
      when: [cursor.is(v), not(empties(v))],
      requires: [k.ptl(v)],
      then: [k.pte(v).becomes(next(v))],
      emits: walk.emits?.(v) ?? [],
    }),
  );
  p.step(
    `${rule}/keep`,
    { does, says: 'the entry is as it should be', at: points.entry, to: points.stored, choices, off },
    ({ v }) => ({
      when: [cursor.is(v), empties(v), not(changes(v))],
      requires: [k.ptl(v)],
      emits: walk.emits?.(v) ?? [],
    }),
  );
}
