import { emit, not } from '../../checker/language/index.ts';
import { discarded, emptied, endCalled, endReturned } from '../../spec/index.ts';
import type { FileState } from '../file.ts';
import { flushTlb } from '../flush.ts';
import { anchor, type Kernel } from '../kernel.ts';
import { endsBoth } from './discard.ts';
import type { Manager } from './manager.ts';

/** A hole that is punched into the file: the page is unmapped, and taken from the file. No lock of the address space is held. */
export function punch(k: Kernel, file: FileState, m: Manager): void {
  const { process: p, cursor } = m;
  const off = !k.options.calls.has('punch') && 'nobody punches holes';
  const choices = { v: k.pages };
  p.step(
    'manager/punch',
    {
      says: 'user space punches a hole into the file',
      at: 'idle',
      to: 'punch-page',
      voluntary: true,
      choices,
      off,
    },
    ({ v }) => ({
      then: [m.first.becomes(v), m.last.becomes(v), cursor.becomes(v), m.result.becomes('-')],
      emits: endsBoth(endCalled, v),
    }),
  );
  unmap(k, m, off);
  cut(k, file, m, off);
  p.step(
    'manager/punch-returns',
    { says: 'the call returns to user space', at: 'punch-return', to: 'idle', choices, off },
    ({ v }) => ({ when: [cursor.is(v)], then: [m.result.becomes('0')], emits: endsBoth(endReturned, v) }),
  );
}

/** Every entry that maps the page is emptied. */
function unmap(k: Kernel, m: Manager, off: string | false): void {
  const { process: p, cursor } = m;
  const does = anchor('mm/memory.c', 'unmap_mapping_range');
  const choices = { v: k.pages };
  p.step(
    'unmap_mapping_range/lock',
    { does, says: 'the page-table lock is taken', at: 'punch-page', to: 'punch-entry', choices, off },
    ({ v }) => ({ when: [cursor.is(v)], acquire: k.ptl(v) }),
  );
  p.step(
    'unmap_mapping_range/store',
    { does, says: 'the entry is emptied', at: 'punch-entry', to: 'punch-unlock-page', choices, off },
    ({ v }) => ({
      when: [cursor.is(v)],
      requires: [k.ptl(v)],
      then: [k.pte(v).becomes(k.unmapped(v, 'no'))],
    }),
  );
  const flushes = k.decisions.zapFlushes;
  p.step(
    'unmap_mapping_range/unlock',
    {
      does,
      says: 'the page-table lock is given back',
      at: 'punch-unlock-page',
      to: flushes ? 'punch-flush' : 'punch-folio',
      choices,
      off,
    },
    ({ v }) => ({ when: [cursor.is(v)], release: k.ptl(v) }),
  );
  if (off || !flushes) return;
  flushTlb(k, p, {
    rule: 'unmap_mapping_range',
    does,
    at: 'punch-flush',
    to: 'punch-folio',
    cursor: m.flushed,
    covers: m.inRange,
  });
}

/** The page leaves the file. */
function cut(k: Kernel, { cache }: FileState, m: Manager, off: string | false): void {
  const { process: p, cursor } = m;
  const does = anchor('mm/shmem.c', 'shmem_undo_range');
  const choices = { v: k.pages };
  p.step(
    'shmem_undo_range/lock',
    { does, says: 'the folio is locked', at: 'punch-folio', to: 'punch-cut', choices, off },
    ({ v }) => ({ when: [cursor.is(v)], acquire: k.folio(v) }),
  );
  p.step(
    'shmem_undo_range/cut',
    { does, says: 'the page, or its swap slot, leaves the file', at: 'punch-cut', to: 'punch-return', choices, off },
    ({ v }) => ({
      when: [cursor.is(v)],
      release: k.folio(v),
      then: [cache(v).becomes('none')],
      emits: [
        emit(emptied, { page: v }, not(cache(v).is('none'))),
        emit(discarded, { page: v }, not(cache(v).is('none'))),
      ],
    }),
  );
}
