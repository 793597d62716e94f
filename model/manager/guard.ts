import { and, emit, not, type Term } from '../../checker/language/index.ts';
import { emptied, endCalled, endReturned } from '../../spec/index.ts';
import { flushTlb } from '../flush.ts';
import { anchor, type Kernel } from '../kernel.ts';
import { endsBoth } from './discard.ts';
import type { Manager } from './manager.ts';

/** MADV_GUARD_INSTALL and MADV_GUARD_REMOVE of one page. What stands in the way of a guard is zapped first. */
export function guard(k: Kernel, m: Manager): void {
  const { process: p, cursor } = m;
  const off = !k.options.calls.has('guard') && 'nobody installs guards';
  const choices = { v: k.pages };
  const does = anchor('mm/madvise.c', 'madvise_guard_install');
  const calls = [
    ['guard-on', 'protect', 'MADV_GUARD_INSTALL'],
    ['guard-off', 'resolve', 'MADV_GUARD_REMOVE'],
  ] as const;
  for (const [rule, arm, name] of calls) {
    p.step(
      `manager/${rule}`,
      { says: `user space calls ${name}`, at: 'idle', to: 'guard-lock', voluntary: true, choices, off },
      ({ v }) => ({
        then: [m.first.becomes(v), m.last.becomes(v), cursor.becomes(v), m.arm.becomes(arm), m.result.becomes('-')],
        emits: arm === 'protect' ? endsBoth(endCalled, v) : [],
      }),
    );
  }
  p.step(
    'madvise_guard/mmap-lock',
    { does, says: 'the mmap lock is taken for reading', at: 'guard-lock', to: 'guard-page', off },
    () => ({ acquire: k.mmap.read() }),
  );
  p.step(
    'madvise_guard/lock',
    { does, says: 'the page-table lock is taken', at: 'guard-page', to: 'guard-entry', choices, off },
    ({ v }) => ({ when: [cursor.is(v)], acquire: k.ptl(v) }),
  );
  clearTheWay(k, m, off);
  change(k, m, off);
  p.step(
    'madvise_guard/unlock',
    { does, says: 'the page-table lock is given back', at: 'guard-unlock-page', to: 'guard-unlock', choices, off },
    ({ v }) => ({ when: [cursor.is(v)], release: k.ptl(v) }),
  );
  p.step(
    'madvise_guard/mmap-unlock',
    { does, says: 'the mmap lock is given back', at: 'guard-unlock', to: 'guard-return', off },
    () => ({ release: k.mmap.read() }),
  );
  p.step(
    'manager/guard-returns',
    { says: 'the call returns to user space', at: 'guard-return', to: 'idle', choices, off },
    ({ v }) => ({ when: [cursor.is(v)], then: [m.result.becomes('0')], emits: endsBoth(endReturned, v) }),
  );
}

/** True where a guard can be put, or stands already. */
function free(k: Kernel, v: Term<number>): Term<boolean> {
  return k.entryIs(v, { form: ['none', 'guard'] });
}

/** What is there is zapped, and the call starts again. */
function clearTheWay(k: Kernel, m: Manager, off: string | false): void {
  const { process: p, cursor } = m;
  const choices = { v: k.pages };
  const does = anchor('mm/memory.c', 'zap_pte_range');
  p.step(
    'guard_install_pte_entry/populated',
    {
      does: anchor('mm/madvise.c', 'guard_install_pte_entry'),
      says: 'something stands in the way: it is zapped',
      at: 'guard-entry',
      to: 'guard-zapped',
      choices,
      off,
    },
    ({ v }) => ({
      when: [cursor.is(v), m.arm.is('protect'), not(free(k, v))],
      requires: [k.ptl(v)],
      then: [k.pte(v).becomes(k.entry.next(k.pte(v), 'zap_pte_range', { ...k.vmaFacts(), copies: 'yes' }))],
      emits: [emit(emptied, { page: v })],
    }),
  );
  p.step(
    'guard_install_pte_entry/unlock',
    { does, says: 'the page-table lock is given back', at: 'guard-zapped', to: 'guard-flush', choices, off },
    ({ v }) => ({ when: [cursor.is(v)], release: k.ptl(v) }),
  );
  if (off) return;
  flushTlb(k, p, {
    rule: 'guard_install_pte_entry',
    does,
    at: 'guard-flush',
    to: 'guard-page',
    cursor: m.flushed,
    covers: m.inRange,
  });
}

/** The entry becomes a guard, or is none any more. */
function change(k: Kernel, m: Manager, off: string | false): void {
  const { process: p, cursor } = m;
  const choices = { v: k.pages };
  p.step(
    'guard_install_set_pte/store',
    {
      does: anchor('mm/madvise.c', 'guard_install_set_pte'),
      says: 'the guard is stored',
      at: 'guard-entry',
      to: 'guard-unlock-page',
      choices,
      off,
    },
    ({ v }) => ({
      when: [and(cursor.is(v), m.arm.is('protect')), free(k, v)],
      requires: [k.ptl(v)],
      then: [k.pte(v).becomes(k.entry.next(k.pte(v), 'guard_install_set_pte'))],
    }),
  );
  p.step(
    'guard_remove_pte_entry/store',
    {
      does: anchor('mm/madvise.c', 'guard_remove_pte_entry'),
      says: 'a guard goes, anything else stays',
      at: 'guard-entry',
      to: 'guard-unlock-page',
      choices,
      off,
    },
    ({ v }) => ({
      when: [cursor.is(v), m.arm.is('resolve')],
      requires: [k.ptl(v)],
      then: [k.pte(v).becomes(k.entry.next(k.pte(v), 'guard_remove_pte_entry'))],
    }),
  );
}
