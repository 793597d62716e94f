import { emit } from '../../checker/language/index.ts';
import { emptied, endCalled, endReturned } from '../../spec/index.ts';
import { flushTlb } from '../flush.ts';
import { anchor, type Kernel } from '../kernel.ts';
import { endsBoth } from './discard.ts';
import type { Manager } from './manager.ts';

const does = anchor('mm/vma.c', 'mmap_region');

/** mmap of fresh memory over one page: nothing is left of the page, of its registration or of its permissions. */
export function mmap(k: Kernel, m: Manager): void {
  const { process: p, cursor } = m;
  const off = !k.options.calls.has('mmap') && 'nobody maps anything anew';
  const choices = { v: k.pages };
  const start = anchor('include/linux/mmap_lock.h', 'vma_start_write');
  p.step(
    'manager/mmap',
    { says: 'user space maps fresh memory there', at: 'idle', to: 'mmap-lock', voluntary: true, choices, off },
    ({ v }) => ({
      then: [m.first.becomes(v), m.last.becomes(v), cursor.becomes(v), m.result.becomes('-')],
      emits: endsBoth(endCalled, v),
    }),
  );
  p.step(
    'mmap_region/lock',
    { does, says: 'the mmap lock is taken for writing', at: 'mmap-lock', to: 'mmap-drain', off },
    () => ({ acquire: k.mmap.write() }),
  );
  p.step(
    'vma_start_write/mmap',
    { does: start, says: 'the faults that hold the VMA are waited for', at: 'mmap-drain', to: 'mmap-page', off },
    () => ({ acquire: k.vma.write() }),
  );
  unmap(k, m, off);
  p.step(
    'mmap_region/store',
    { does, says: 'a new VMA takes the place of the old one', at: 'mmap-store', to: 'mmap-undrain', off },
    () => ({
      then: [
        k.registered.becomes(k.registration.next(k.registered, 'mmap_region')),
        k.prot.becomes('rw'),
        m.result.becomes('0'),
      ],
    }),
  );
  p.step(
    'vma_end_write_all/mmap',
    {
      does: anchor('include/linux/mmap_lock.h', 'vma_end_write_all'),
      says: 'the VMA can be read',
      at: 'mmap-undrain',
      to: 'mmap-unlock',
      off,
    },
    () => ({ release: k.vma.write() }),
  );
  p.step(
    'mmap_region/unlock',
    { does, says: 'the mmap lock is given back', at: 'mmap-unlock', to: 'mmap-return', off },
    () => ({ release: k.mmap.write() }),
  );
  p.step(
    'manager/mmap-returns',
    { says: 'the call returns to user space', at: 'mmap-return', to: 'idle', choices, off },
    ({ v }) => ({ when: [cursor.is(v)], emits: endsBoth(endReturned, v) }),
  );
}

/** The old entry is emptied, and what processors remember of it flushed. */
function unmap(k: Kernel, m: Manager, off: string | false): void {
  const { process: p, cursor } = m;
  const choices = { v: k.pages };
  const zaps = anchor('mm/memory.c', 'unmap_vmas');
  p.step(
    'unmap_vmas/lock',
    { does: zaps, says: 'the page-table lock is taken', at: 'mmap-page', to: 'mmap-entry', choices, off },
    ({ v }) => ({ when: [cursor.is(v)], acquire: k.ptl(v) }),
  );
  p.step(
    'unmap_vmas/store',
    { does: zaps, says: 'the entry is emptied', at: 'mmap-entry', to: 'mmap-unlock-page', choices, off },
    ({ v }) => ({
      when: [cursor.is(v)],
      requires: [k.ptl(v)],
      then: [k.pte(v).becomes(k.entry.next(k.pte(v), 'unmap_vmas'))],
      emits: [emit(emptied, { page: v })],
    }),
  );
  p.step(
    'unmap_vmas/unlock',
    { does: zaps, says: 'the page-table lock is given back', at: 'mmap-unlock-page', to: 'mmap-flush', choices, off },
    ({ v }) => ({ when: [cursor.is(v)], release: k.ptl(v) }),
  );
  if (off) return;
  flushTlb(k, p, {
    rule: 'unmap_vmas',
    does: zaps,
    at: 'mmap-flush',
    to: 'mmap-store',
    cursor: m.flushed,
    covers: m.inRange,
  });
}
