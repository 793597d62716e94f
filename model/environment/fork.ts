import { range } from '../../checker/language/index.ts';
import { flushTlb } from '../flush.ts';
import { anchor, type Kernel } from '../kernel.ts';

const points = ['idle', 'drain', 'lock', 'store', 'unlock', 'flush', 'undrain', 'return'] as const;

/**
 * fork, as far as the parent notices: a page is shared with a child. The child itself has no processor here: it has gone
 * by the time that the call is over, and what it sees is a question of the sequential model.
 */
export function fork(k: Kernel): void {
  const p = k.protocol.process('fork', points);
  const page = p.local('page', k.pages, 0);
  const flushed = p.local('flushed', range(0, k.cpus.values.length), 0);
  const mm = anchor('mm/mmap.c', 'dup_mmap');
  const does = anchor('mm/memory.c', 'copy_page_range');
  const choices = { v: k.pages };
  p.step(
    'dup_mmap/lock',
    { does: mm, says: 'the mmap lock is taken for writing', at: 'idle', to: 'drain', voluntary: true, choices },
    ({ v }) => ({ acquire: k.mmap.write(), then: [page.becomes(v)] }),
  );
  p.step(
    'vma_start_write/fork',
    {
      does: anchor('include/linux/mmap_lock.h', 'vma_start_write'),
      says: 'the faults that hold the VMA are waited for',
      at: 'drain',
      to: 'lock',
    },
    () => ({ acquire: k.vma.write() }),
  );
  p.step(
    'copy_page_range/lock',
    { does, says: 'the page-table locks are taken', at: 'lock', to: 'store', choices },
    ({ v }) => ({ when: [page.is(v)], acquire: k.ptl(v) }),
  );
  p.step(
    'copy_page_range/store',
    { does, says: 'the child gets a copy of the entry, and the page is shared', at: 'store', to: 'unlock', choices },
    ({ v }) => ({
      when: [page.is(v)],
      requires: [k.ptl(v)],
      then: [k.pte(v).becomes(k.entry.next(k.pte(v), 'copy_page_range'))],
    }),
  );
  p.step(
    'copy_page_range/unlock',
    { does, says: 'the page-table locks are given back', at: 'unlock', to: 'flush', choices },
    ({ v }) => ({ when: [page.is(v)], release: k.ptl(v) }),
  );
  flushTlb(k, p, { rule: 'dup_mmap', does: mm, at: 'flush', to: 'undrain', cursor: flushed, covers: (v) => v.is(v) });
  p.step(
    'vma_end_write_all/fork',
    {
      does: anchor('include/linux/mmap_lock.h', 'vma_end_write_all'),
      says: 'the VMA can be read again',
      at: 'undrain',
      to: 'return',
    },
    () => ({ release: k.vma.write() }),
  );
  p.step(
    'dup_mmap/unlock',
    { does: mm, says: 'the mmap lock is given back; the child has come and gone', at: 'return', to: 'idle' },
    () => ({ release: k.mmap.write() }),
  );
}
