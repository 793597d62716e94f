import { emit, not, range, type Local, type ProcessBuilder } from '../../checker/language/index.ts';
import { emptied } from '../../spec/index.ts';
import type { FileState } from '../file.ts';
import { flushTlb } from '../flush.ts';
import { anchor, type Kernel } from '../kernel.ts';

const points = ['idle', 'lock', 'entry', 'flush', 'store', 'unlock', 'write-out', 'folio'] as const;

type Reclaim = ProcessBuilder<(typeof points)[number]>;

/** Reclaim: a page goes to swap, under its folio lock and the page-table lock. */
export function reclaim(k: Kernel): void {
  const p = k.protocol.process('reclaim', points);
  const page = p.local('page', k.pages, 0);
  const choices = { v: k.pages };
  p.step(
    'shrink_folio_list/try-folio',
    {
      does: anchor('mm/vmscan.c', 'shrink_folio_list'),
      says: 'a folio is tried for',
      at: 'idle',
      to: 'lock',
      voluntary: true,
      choices,
    },
    ({ v }) => ({
      when: [k.mapsPage(v)],
      acquire: k.folio(v),
      then: [page.becomes(v)],
    }),
  );
  swapOut(k, p, page);
  if (k.file) writeOut(k, k.file, p, page);
  p.step(
    'shrink_folio_list/unlock-folio',
    {
      does: anchor('mm/vmscan.c', 'shrink_folio_list'),
      says: 'the folio is unlocked',
      at: 'folio',
      to: 'idle',
      choices,
    },
    ({ v }) => ({ when: [page.is(v)], release: k.folio(v) }),
  );
}

/** A page of a file leaves the file: for swap if it has content, for good if it was never written; or it stays. */
function writeOut(k: Kernel, { cache }: FileState, p: Reclaim, page: Local<number>): void {
  const does = anchor('mm/vmscan.c', 'shrink_folio_list');
  const choices = { v: k.pages };
  p.step(
    'shmem_writeout/swap',
    {
      does: anchor('mm/shmem.c', 'shmem_writeout'),
      says: 'the file has a swap slot in place of the page',
      at: 'write-out',
      to: 'folio',
      choices,
    },
    ({ v }) => ({
      when: [page.is(v), cache(v).is('dirty')],
      requires: [k.folio(v)],
      then: [cache(v).becomes('swap')],
    }),
  );
  p.step(
    'shrink_folio_list/drop',
    { does, says: 'a page that was never written is dropped', at: 'write-out', to: 'folio', choices },
    ({ v }) => ({
      when: [page.is(v), cache(v).is('clean')],
      requires: [k.folio(v)],
      then: [cache(v).becomes('none')],
      emits: [emit(emptied, { page: v })],
    }),
  );
  p.step(
    'shrink_folio_list/keep',
    { does, says: 'the page stays in the file, mapped by nobody', at: 'write-out', to: 'folio', choices },
    ({ v }) => ({ when: [page.is(v)], requires: [k.folio(v)] }),
  );
}

/** Why a page that reclaim has chosen cannot go away meanwhile, or false where it can. */
export function leaves(k: Kernel): string | false {
  return !k.options.calls.has('discard') && !k.options.calls.has('evict') && 'nobody takes the page away meanwhile';
}

/** A swap entry takes the page's place. */
function swapOut(k: Kernel, p: Reclaim, page: Local<number>): void {
  const flushed = p.local('flushed', range(0, k.cpus.values.length), 0);
  const does = anchor('mm/rmap.c', 'try_to_unmap_one');
  const choices = { v: k.pages };
  p.step(
    'try_to_unmap_one/lock',
    { does, says: 'the page-table lock is taken', at: 'lock', to: 'entry', choices },
    ({ v }) => ({ when: [page.is(v)], acquire: k.ptl(v) }),
  );
  p.step(
    'try_to_unmap_one/nothing',
    { does, says: 'the page is not mapped here any more', at: 'entry', to: 'unlock', choices, off: leaves(k) },
    ({ v }) => ({
      when: [page.is(v), not(k.mapsPage(v))],
      requires: [k.ptl(v), k.folio(v)],
    }),
  );
  p.step(
    'try_to_unmap_one/clear',
    { does, says: 'the entry is emptied', at: 'entry', to: k.decisions.unmapFlushes ? 'flush' : 'store', choices },
    ({ v }) => ({
      when: [page.is(v), k.mapsPage(v)],
      requires: [k.ptl(v), k.folio(v)],
      then: [k.cleared(v).becomes(true)],
    }),
  );
  if (k.decisions.unmapFlushes) {
    flushTlb(k, p, {
      rule: 'try_to_unmap_one',
      does,
      at: 'flush',
      to: 'store',
      cursor: flushed,
      covers: (v) => page.is(v),
    });
  }
  p.step(
    'try_to_unmap_one/store',
    {
      does,
      says: k.file ? 'what takes its place is stored' : 'the swap entry is stored',
      at: 'store',
      to: 'unlock',
      choices,
    },
    ({ v }) => ({
      when: [page.is(v)],
      requires: [k.ptl(v), k.folio(v)],
      then: [k.pte(v).becomes(k.entry.next(k.pte(v), 'try_to_unmap_one', k.vmaFacts())), k.cleared(v).becomes(false)],
    }),
  );
  p.step(
    'try_to_unmap_one/unlock',
    { does, says: 'the page-table lock is given back', at: 'unlock', to: k.file ? 'write-out' : 'folio', choices },
    ({ v }) => ({ when: [page.is(v)], release: k.ptl(v) }),
  );
}
