import { not, range, type Local, type ProcessBuilder } from '../../checker/language/index.ts';
import { flushTlb } from '../flush.ts';
import { anchor, type Kernel } from '../kernel.ts';
import { leaves } from './reclaim.ts';

const points = [
  'idle',
  'lock',
  'entry',
  'flush',
  'store',
  'unlock',
  'restore-lock',
  'restore',
  'restore-unlock',
  'folio',
] as const;

type Migration = ProcessBuilder<(typeof points)[number]>;

/** Migration: a page leaves a migration entry behind, is copied, and is mapped where it has arrived. */
export function migration(k: Kernel): void {
  const p = k.protocol.process('migration', points);
  const page = p.local('page', k.pages, 0);
  const batch = anchor('mm/migrate.c', 'migrate_pages_batch');
  const choices = { v: k.pages };
  p.step(
    'migrate_pages_batch/lock-folio',
    { does: batch, says: 'the folio is locked', at: 'idle', to: 'lock', voluntary: true, choices },
    ({ v }) => ({
      when: [k.mapsPage(v)],
      acquire: k.folio(v),
      then: [page.becomes(v)],
    }),
  );
  leave(k, p, page);
  arrive(k, p, page);
  p.step(
    'migrate_pages_batch/unlock-folio',
    { does: batch, says: 'the folio is unlocked', at: 'folio', to: 'idle', choices },
    ({ v }) => ({ when: [page.is(v)], release: k.folio(v) }),
  );
}

/** A migration entry takes the page's place. */
function leave(k: Kernel, p: Migration, page: Local<number>): void {
  const flushed = p.local('flushed', range(0, k.cpus.values.length), 0);
  const start = anchor('mm/rmap.c', 'try_to_migrate_one');
  const choices = { v: k.pages };
  p.step(
    'try_to_migrate_one/lock',
    { does: start, says: 'the page-table lock is taken', at: 'lock', to: 'entry', choices },
    ({ v }) => ({ when: [page.is(v)], acquire: k.ptl(v) }),
  );
  p.step(
    'try_to_migrate_one/nothing',
    {
      does: start,
      says: 'the page is not mapped here any more',
      at: 'entry',
      to: 'restore-unlock',
      choices,
      off: leaves(k),
    },
    ({ v }) => ({
      when: [page.is(v), not(k.mapsPage(v))],
      requires: [k.ptl(v), k.folio(v)],
    }),
  );
  p.step(
    'try_to_migrate_one/clear',
    {
      does: start,
      says: 'the entry is emptied',
      at: 'entry',
      to: k.decisions.unmapFlushes ? 'flush' : 'store',
      choices,
    },
    ({ v }) => ({
      when: [page.is(v), k.mapsPage(v)],
      requires: [k.ptl(v), k.folio(v)],
      then: [k.cleared(v).becomes(true)],
    }),
  );
  if (k.decisions.unmapFlushes) {
    flushTlb(k, p, {
      rule: 'try_to_migrate_one',
      does: start,
      at: 'flush',
      to: 'store',
      cursor: flushed,
      covers: (v) => page.is(v),
    });
  }
  p.step(
    'try_to_migrate_one/store',
    { does: start, says: 'the migration entry is stored', at: 'store', to: 'unlock', choices },
    ({ v }) => ({
      when: [page.is(v)],
      requires: [k.ptl(v), k.folio(v)],
      then: [k.pte(v).becomes(k.entry.next(k.pte(v), 'try_to_migrate_one')), k.cleared(v).becomes(false)],
    }),
  );
  p.step(
    'try_to_migrate_one/unlock',
    {
      does: start,
      says: 'the page-table lock is given back; the page is copied',
      at: 'unlock',
      to: 'restore-lock',
      choices,
    },
    ({ v }) => ({ when: [page.is(v)], release: k.ptl(v) }),
  );
}

/** The page is mapped where it has arrived. */
function arrive(k: Kernel, p: Migration, page: Local<number>): void {
  const end = anchor('mm/migrate.c', 'remove_migration_pte');
  const choices = { v: k.pages };
  p.step(
    'remove_migration_pte/lock',
    { does: end, says: 'the page-table lock is taken', at: 'restore-lock', to: 'restore', choices },
    ({ v }) => ({ when: [page.is(v)], acquire: k.ptl(v) }),
  );
  p.step(
    'remove_migration_pte/store',
    {
      does: end,
      says: 'the page is mapped again, by what the VMA is now',
      at: 'restore',
      to: 'restore-unlock',
      choices,
    },
    ({ v }) => ({
      when: [page.is(v), k.entryIs(v, { form: 'migration' })],
      requires: [k.ptl(v), k.folio(v)],
      then: [k.pte(v).becomes(k.entry.next(k.pte(v), 'remove_migration_pte', k.vmaFacts()))],
    }),
  );
  p.step(
    'remove_migration_pte/gone',
    { does: end, says: 'the migration entry is gone', at: 'restore', to: 'restore-unlock', choices, off: leaves(k) },
    ({ v }) => ({
      when: [page.is(v), not(k.entryIs(v, { form: 'migration' }))],
      requires: [k.ptl(v), k.folio(v)],
    }),
  );
  p.step(
    'remove_migration_pte/unlock',
    { does: end, says: 'the page-table lock is given back', at: 'restore-unlock', to: 'folio', choices },
    ({ v }) => ({ when: [page.is(v)], release: k.ptl(v) }),
  );
}
