import { and, choose, emit, literal, not, type Term } from '../../checker/language/index.ts';
import { endCalled, endReturned, protectionDomain, unregisterReturned } from '../../spec/index.ts';
import { flushTlb } from '../flush.ts';
import { anchor, type Kernel } from '../kernel.ts';
import { walkRange } from '../walk.ts';
import type { Manager } from './manager.ts';
import { wakeSleepers } from './wake.ts';

const start = anchor('include/linux/mmap_lock.h', 'vma_start_write');
const end = anchor('include/linux/mmap_lock.h', 'vma_end_write_all');
const unregisters = anchor('mm/userfaultfd.c', 'userfaultfd_unregister');

/** UNREGISTER and close: MISSING sleepers, the walk, the VMA's write lock, the end of the modes, the wake-up. */
export function endRegistration(k: Kernel, m: Manager): void {
  const { process: p, closing, cursor } = m;
  const { calls } = k.options;
  const { decisions } = k;
  const stays = !calls.has('unregister') && 'nobody unregisters';
  const closes = !calls.has('close') && 'nobody closes';
  const off = stays && closes;
  const all = [k.pageTerm(0), k.pageTerm(k.pages.values.length - 1)] as const;
  const both = (
    of: (page: Term<number>, protection: Term<'wp' | 'rwp'>) => ReturnType<typeof emit>,
  ): ReturnType<typeof emit>[] =>
    m.each(all[0], all[1], (page) => protectionDomain.values.map((name) => of(page, literal(protectionDomain, name))));
  const called = both((page, protection) => emit(endCalled, { page, protection }));
  const begin = [m.first.becomes(all[0]), cursor.becomes(all[0]), m.last.becomes(all[1]), m.result.becomes('-')];
  p.step(
    'manager/unregister',
    { says: 'user space calls UNREGISTER', at: 'idle', to: 'end-lock', voluntary: true, off: stays },
    () => ({
      when: [not(k.released)],
      then: [...begin, closing.becomes(false)],
      emits: called,
    }),
  );
  p.step(
    'userfaultfd_release/released',
    {
      does: anchor('mm/userfaultfd.c', 'userfaultfd_release'),
      says: 'user space closes the descriptor: faults see it at once',
      at: 'idle',
      to: 'end-lock',
      voluntary: true,
      off: closes,
    },
    () => ({
      when: [not(k.released)],
      then: [...begin, closing.becomes(true), k.released.becomes(true)],
      emits: called,
    }),
  );
  const wakesMissing = and(not(closing), k.missing());
  p.step(
    'userfaultfd_unregister/lock',
    { does: unregisters, says: 'the mmap lock is taken for writing', at: 'end-lock', to: 'end-wake-missing', off },
    () => ({ acquire: k.mmap.write() }),
  );
  wakeSleepers(k, m, {
    rule: 'userfaultfd_unregister',
    at: 'end-wake-missing',
    to: 'end-page',
    when: wakesMissing,
    off,
  });
  endModes(k, m, off);
  p.step(
    'userfaultfd_unregister/unlock',
    { does: unregisters, says: 'the mmap lock is given back', at: 'end-unlock', to: 'end-wake', off },
    () => ({ release: k.mmap.write() }),
  );
  const wakes = choose(closing, literal(k.async.domain, decisions.closeWakes), decisions.unregisterWakes === 'all');
  wakeSleepers(k, m, { rule: 'userfaultfd_release', at: 'end-wake', to: 'end-return', when: wakes, off });
  p.step('manager/end-returns', { says: 'the call returns to user space', at: 'end-return', to: 'idle', off }, () => ({
    emits: [...both((page, protection) => emit(endReturned, { page, protection })), emit(unregisterReturned, {})],
  }));
}

/** The walk that takes the marks away, and the end of the modes under the VMA's write lock. */
function endModes(k: Kernel, m: Manager, off: string | false): void {
  const { process: p, closing, cursor } = m;
  const { decisions } = k;
  const resets = choose(
    closing,
    literal(k.async.domain, decisions.closeResetsEntries),
    decisions.unregisterResetsEntries,
  );
  walkRange(k, p, {
    rule: 'userfaultfd_clear_vma',
    does: anchor('mm/userfaultfd.c', 'userfaultfd_clear_vma'),
    points: { lock: 'end-page', entry: 'end-entry', cleared: 'end-cleared', stored: 'end-stored' },
    to: 'end-flush',
    cursor,
    last: m.last,
    next: (v) =>
      choose(
        and(resets, not(k.registration.is(k.registered, { protection: 'none' }))),
        k.entry.next(k.pte(v), 'userfaultfd_clear_vma', k.vmaFacts()),
        k.pte(v),
      ),
    off,
  });
  if (!off) {
    flushTlb(k, p, {
      rule: 'userfaultfd_clear_vma',
      does: anchor('mm/mmu_gather.c', 'tlb_finish_mmu'),
      at: 'end-flush',
      to: 'end-drain',
      cursor: m.flushed,
      covers: m.inRange,
    });
  }
  p.step(
    'vma_start_write/end',
    { does: start, says: 'the faults that hold the VMA are waited for', at: 'end-drain', to: 'end-store', off },
    () => ({ acquire: k.vma.write() }),
  );
  const release = (name: 'userfaultfd_unregister' | 'userfaultfd_release'): Term<string> =>
    k.registration.next(k.registered, name);
  p.step(
    'userfaultfd_unregister/store',
    { does: unregisters, says: 'the VMA has no modes any more', at: 'end-store', to: 'end-undrain', off },
    () => ({
      then: [
        k.registered.becomes(choose(closing, release('userfaultfd_release'), release('userfaultfd_unregister'))),
        ...(k.file ? [k.file.minor.becomes(false)] : []),
        m.result.becomes('0'),
      ],
    }),
  );
  p.step(
    'vma_end_write_all/end',
    { does: end, says: 'the VMA can be read again', at: 'end-undrain', to: 'end-unlock', off },
    () => ({ release: k.vma.write() }),
  );
}
