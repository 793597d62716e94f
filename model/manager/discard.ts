import { emit, literal, not, type Term } from '../../checker/language/index.ts';
import { discarded, emptied, endCalled, endReturned, protectionDomain } from '../../spec/index.ts';
import { flushTlb } from '../flush.ts';
import { anchor, type Kernel } from '../kernel.ts';
import type { Manager } from './manager.ts';

/** One event for each protection of a page. */
export function endsBoth(event: typeof endCalled, page: Term<number>): ReturnType<typeof emit>[] {
  return protectionDomain.values.map((name) => emit(event, { page, protection: literal(protectionDomain, name) }));
}

const does = anchor('mm/memory.c', 'zap_pte_range');

/** MADV_DONTNEED of one page; as the end of an eviction, the hole that is punched. */
export function discard(k: Kernel, m: Manager): void {
  const { process: p, cursor } = m;
  const evicts = k.options.calls.has('evict') && k.options.eviction !== 'move';
  const called = k.options.calls.has('discard');
  const off = !evicts && !called && 'nobody discards';
  const choices = { v: k.pages };
  p.step(
    'manager/discard',
    {
      says: 'user space calls MADV_DONTNEED',
      at: 'idle',
      to: 'discard-lock',
      voluntary: true,
      choices,
      off: !called && 'user space does not discard',
    },
    ({ v }) => ({
      then: [m.first.becomes(v), m.last.becomes(v), cursor.becomes(v), m.wakes.becomes(false), m.result.becomes('-')],
      emits: endsBoth(endCalled, v),
    }),
  );
  zap(k, m, off);
  p.step(
    'manager/discard-returns',
    {
      says: 'the call returns to user space',
      at: 'discard-return',
      to: 'idle',
      choices,
      off: !called && 'user space does not discard',
    },
    ({ v }) => ({
      when: [cursor.is(v), not(m.wakes)],
      then: [m.result.becomes('0')],
      emits: endsBoth(endReturned, v),
    }),
  );
  p.step(
    'manager/evicted',
    {
      says: 'the page is gone: the eviction wakes those that wait for it',
      at: 'discard-return',
      to: 'wake',
      choices,
      off: !evicts && 'no eviction discards',
    },
    ({ v }) => ({
      when: [cursor.is(v), m.wakes],
      then: [m.arm.becomes('protect'), m.result.becomes('-')],
      emits: endsBoth(endReturned, v),
    }),
  );
}

/** The entry is emptied under its lock, and what processors remember of it flushed. */
function zap(k: Kernel, m: Manager, off: string | false): void {
  const { process: p, cursor } = m;
  const choices = { v: k.pages };
  p.step(
    'zap_pte_range/mmap-lock',
    { does, says: 'the mmap lock is taken for reading', at: 'discard-lock', to: 'discard-page', off },
    () => ({ acquire: k.mmap.read() }),
  );
  p.step(
    'zap_pte_range/lock',
    { does, says: 'the page-table lock is taken', at: 'discard-page', to: 'discard-entry', choices, off },
    ({ v }) => ({
      when: [cursor.is(v)],
      acquire: k.ptl(v),
    }),
  );
  p.step(
    'zap_pte_range/store',
    { does, says: 'the entry is emptied', at: 'discard-entry', to: 'discard-unlock-page', choices, off },
    ({ v }) => ({
      when: [cursor.is(v)],
      requires: [k.ptl(v)],
      then: [k.pte(v).becomes(k.unmapped(v, 'yes'))],
      // What a file has, it keeps.
      emits: k.file ? [] : [emit(emptied, { page: v }), emit(discarded, { page: v }, not(m.wakes))],
    }),
  );
  const flushes = k.decisions.zapFlushes;
  p.step(
    'zap_pte_range/unlock',
    {
      does,
      says: 'the page-table lock is given back',
      at: 'discard-unlock-page',
      to: flushes ? 'discard-flush' : 'discard-unlock',
      choices,
      off,
    },
    ({ v }) => ({
      when: [cursor.is(v)],
      release: k.ptl(v),
    }),
  );
  if (!off && flushes) {
    flushTlb(k, p, {
      rule: 'zap_pte_range',
      does,
      at: 'discard-flush',
      to: 'discard-unlock',
      cursor: m.flushed,
      covers: m.inRange,
    });
  }
  p.step(
    'zap_pte_range/mmap-unlock',
    { does, says: 'the mmap lock is given back', at: 'discard-unlock', to: 'discard-return', off },
    () => ({ release: k.mmap.read() }),
  );
}
