import { and, emit, literal, not, type Term } from '../../checker/language/index.ts';
import { armCalled, armReturned, protectionDomain, scanned } from '../../spec/index.ts';
import { anchor, type Kernel } from '../kernel.ts';
import { flushTlb } from '../flush.ts';
import type { Manager } from './manager.ts';

const does = anchor('fs/proc/task_mmu.c', 'pagemap_scan_pmd_entry');
const wp = literal(protectionDomain, 'wp');

/** PAGEMAP_SCAN of one page, without and with write protection of what it finds written. */
export function scan(k: Kernel, m: Manager): void {
  const { process: p, cursor, wakes: protects } = m;
  const { calls } = k.options;
  const off = !calls.has('scan') && !calls.has('protecting-scan') && 'nobody scans';
  const plain = off || (!calls.has('scan') && 'every scan protects');
  const protecting = off || (!calls.has('protecting-scan') && 'no scan protects');
  const choices = { v: k.pages };
  const { order = 'sync-then-scan' } = k.options;
  const here = order === 'sync-then-scan' ? 'second' : 'first';
  p.step(
    'manager/scan',
    { says: 'user space scans a page', at: 'idle', to: 'scan-lock', voluntary: true, choices, off: plain },
    ({ v }) => ({
      when: k.scripted(m.phase, here),
      then: [
        cursor.becomes(v),
        protects.becomes(false),
        ...(k.options.manager === 'script' ? [m.phase.becomes(here === 'second' ? 'evict' : 'second')] : []),
      ],
    }),
  );
  p.step(
    'manager/protecting-scan',
    {
      says: 'user space scans a page and protects it if it was written',
      at: 'idle',
      to: 'scan-lock',
      voluntary: true,
      choices,
      off: protecting,
    },
    ({ v }) => ({
      then: [cursor.becomes(v), protects.becomes(true)],
      emits: [emit(armCalled, { page: v, protection: wp })],
    }),
  );
  walk(k, m, off, protecting);
  p.step(
    'manager/scan-returns',
    { says: 'the scan returns to user space', at: 'scan-return', to: 'idle', choices, off },
    ({ v }) => ({
      when: [cursor.is(v)],
      then: [m.result.becomes('0')],
      emits: [
        emit(armReturned, { page: v, protection: wp }, and(protects, literal(k.async.domain, k.options.asyncAtStart))),
      ],
    }),
  );
}

/** One entry under its lock: looked at, and protected where the scan protects and it was written. */
function walk(k: Kernel, m: Manager, off: string | false, protecting: string | false): void {
  const { process: p, cursor } = m;
  const choices = { v: k.pages };
  p.step(
    'pagemap_scan/mmap-lock',
    { does, says: 'the mmap lock is taken for reading', at: 'scan-lock', to: 'scan-page', off },
    () => ({ acquire: k.mmap.read() }),
  );
  p.step(
    'pagemap_scan/lock',
    { does, says: 'the page-table lock is taken', at: 'scan-page', to: 'scan-entry', choices, off },
    ({ v }) => ({
      when: [cursor.is(v)],
      acquire: k.ptl(v),
    }),
  );
  look(k, m, off, protecting);
  p.step(
    'pagemap_scan/unlock',
    { does, says: 'the page-table lock is given back', at: 'scan-unlock-page', to: 'scan-unlock', choices, off },
    ({ v }) => ({
      when: [cursor.is(v)],
      release: k.ptl(v),
    }),
  );
  p.step(
    'pagemap_scan/mmap-unlock',
    { does, says: 'the mmap lock is given back', at: 'scan-unlock', to: 'scan-return', off },
    () => ({ release: k.mmap.read() }),
  );
}

/** What the scan sees of an entry, and what it makes of one that was written. */
function look(k: Kernel, m: Manager, off: string | false, protecting: string | false): void {
  const { process: p, cursor, wakes: protects } = m;
  const choices = { v: k.pages };
  const protection = k.options.uses.includes('rwp') ? 'rwp' : 'wp';
  const arms = (v: Term<number>): Term<boolean> =>
    and(protects, k.protects('wp'), literal(k.async.domain, k.options.asyncAtStart), k.touched(k.pte(v), 'wp'));
  const sees = (
    v: Term<number>,
  ): { emits: ReturnType<typeof emit>[]; then: ReturnType<ReturnType<Kernel['pte']>['becomes']>[] } => {
    const touched = k.touched(k.pte(v), protection);
    return {
      emits: [emit(scanned, { page: v, touched })],
      then: [m.cold(v).becomes(and(not(touched), not(k.entryIs(v, { form: 'none' }))))],
    };
  };
  p.step(
    'pagemap_scan/read',
    { does, says: 'the entry is looked at', at: 'scan-entry', to: 'scan-unlock-page', choices, off },
    ({ v }) => ({
      when: [cursor.is(v), not(arms(v))],
      requires: [k.ptl(v)],
      ...sees(v),
    }),
  );
  const make = anchor('fs/proc/task_mmu.c', 'make_uffd_wp_pte');
  p.step(
    'make_uffd_wp_pte/clear',
    {
      does: make,
      says: 'a written entry is emptied for a moment',
      at: 'scan-entry',
      to: 'scan-cleared',
      choices,
      off: protecting,
    },
    ({ v }) => ({
      when: [cursor.is(v), arms(v)],
      requires: [k.ptl(v)],
      then: [k.cleared(v).becomes(true), ...sees(v).then],
      emits: sees(v).emits,
    }),
  );
  p.step(
    'make_uffd_wp_pte/store',
    {
      does: make,
      says: 'the entry is stored with the bit',
      at: 'scan-cleared',
      to: 'scan-flush',
      choices,
      off: protecting,
    },
    ({ v }) => ({
      when: [cursor.is(v)],
      requires: [k.ptl(v)],
      then: [k.pte(v).becomes(k.scanned(v)), k.cleared(v).becomes(false)],
    }),
  );
  if (!protecting) {
    flushTlb(k, p, {
      rule: 'pagemap_scan',
      does,
      at: 'scan-flush',
      to: 'scan-unlock-page',
      cursor: m.flushed,
      covers: (v) => cursor.is(v),
    });
  }
}
