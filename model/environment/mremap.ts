import { choose, not, range } from '../../checker/language/index.ts';
import { flushTlb } from '../flush.ts';
import { anchor, type Kernel } from '../kernel.ts';
import { walkRange } from '../walk.ts';

const points = ['idle', 'drain', 'page', 'entry', 'cleared', 'stored', 'flush', 'prep', 'undrain', 'unlock'] as const;

/**
 * mremap of the whole range to another place, and back: two calls of which the second finds nobody registered and
 * changes nothing. Under both write locks, so that no fault runs beside it. It wakes nobody.
 */
export function mremap(k: Kernel): void {
  const p = k.protocol.process('mremap', points);
  const cursor = p.local('cursor', k.pages, 0);
  const flushed = p.local('flushed', range(0, k.cpus.values.length), 0);
  const does = anchor('mm/mremap.c', 'move_ptes');
  const call = anchor('mm/mremap.c', 'do_mremap');
  p.step(
    'do_mremap/lock',
    { does: call, says: 'the mmap lock is taken for writing', at: 'idle', to: 'drain', voluntary: true },
    () => ({ acquire: k.mmap.write(), then: [cursor.becomes(0)] }),
  );
  p.step(
    'vma_start_write/mremap',
    {
      does: anchor('include/linux/mmap_lock.h', 'vma_start_write'),
      says: 'the faults that hold the VMA are waited for',
      at: 'drain',
      to: 'page',
    },
    () => ({ acquire: k.vma.write() }),
  );
  const registered = not(k.registration.is(k.registered, { protection: 'none', missing: 'no' }));
  walkRange(k, p, {
    rule: 'move_ptes',
    does,
    points: { lock: 'page', entry: 'entry', cleared: 'cleared', stored: 'stored' },
    to: 'flush',
    cursor,
    last: k.pageTerm(k.pages.values.length - 1),
    next: (v) => choose(registered, k.entry.next(k.pte(v), 'move_ptes', { mode: k.mode(), prot: k.prot }), k.pte(v)),
  });
  flushTlb(k, p, { rule: 'move_ptes', does, at: 'flush', to: 'prep', cursor: flushed, covers: (v) => v.is(v) });
  p.step(
    'mremap_userfaultfd_prep/store',
    {
      does: anchor('mm/userfaultfd.c', 'mremap_userfaultfd_prep'),
      says: 'the VMA has no modes where it is now',
      at: 'prep',
      to: 'undrain',
    },
    () => ({ then: [k.registered.becomes(k.registration.next(k.registered, 'mremap_userfaultfd_prep'))] }),
  );
  p.step(
    'vma_end_write_all/mremap',
    {
      does: anchor('include/linux/mmap_lock.h', 'vma_end_write_all'),
      says: 'the VMA can be read again',
      at: 'undrain',
      to: 'unlock',
    },
    () => ({ release: k.vma.write() }),
  );
  p.step(
    'do_mremap/unlock',
    { does: call, says: 'the mmap lock is given back, and the call returns', at: 'unlock', to: 'idle' },
    () => ({ release: k.mmap.write() }),
  );
}
