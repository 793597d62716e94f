import { and, emit, not, or, type Term } from '../../checker/language/index.ts';
import { accessStarts, type Access } from '../../spec/index.ts';
import { anchor, type Kernel } from '../kernel.ts';
import type { Cpu, CpuPoint } from './cpu.ts';

const memory = (name: string): { path: string; name: string } => anchor('mm/memory.c', name);

/** Taking the lock that keeps the VMA, and giving it back. */
export function faultLocks(k: Kernel, cpu: Cpu): void {
  const { process: p, holds, retry, page, access, self } = cpu;
  const rcu = anchor('mm/mmap_lock.c', 'lock_vma_under_rcu');
  p.step(
    'lock_vma_under_rcu/try',
    { does: rcu, says: 'the first try takes the VMA lock, if nobody writes the VMA', at: 'fault', to: 'handle' },
    () => ({ when: [not(retry)], tryAcquire: k.vma.read(), otherwise: 'fault-mmap', then: [holds.becomes('vma')] }),
  );
  p.step(
    'lock_mm_and_find_vma/retry',
    {
      does: anchor('mm/mmap_lock.c', 'lock_mm_and_find_vma'),
      says: 'a retry takes the mmap lock',
      at: 'fault',
      to: 'handle',
    },
    () => ({ when: [retry], acquire: k.mmap.read(), then: [holds.becomes('mmap')] }),
  );
  p.step(
    'lock_mm_and_find_vma/fall-back',
    {
      does: anchor('mm/mmap_lock.c', 'lock_mm_and_find_vma'),
      says: 'the VMA is being written: the mmap lock it is',
      at: 'fault-mmap',
      to: 'handle',
    },
    () => ({ acquire: k.mmap.read(), then: [holds.becomes('mmap')] }),
  );
  const unlock = (rule: string, from: CpuPoint, to: CpuPoint, restarts: boolean): void => {
    for (const lock of ['vma', 'mmap'] as const) {
      p.step(
        `${rule}-${lock}`,
        {
          does: memory('handle_mm_fault'),
          says: `the ${lock} lock is given back`,
          at: from,
          to,
          choices: { v: k.pages },
        },
        ({ v }) => ({
          when: [holds.is(lock), page.is(v)],
          release: lock === 'vma' ? k.vma.read() : k.mmap.read(),
          then: [retry.becomes(false)],
          emits: restarts ? [emit(accessStarts, { cpu: self, page: v, access })] : [],
        }),
      );
    }
  };
  unlock('handle_mm_fault/done', 'unlock', 'access', true);
}

/** True when the VMA allows an access. */
export function permitted(k: Kernel, access: Term<Access>): Term<boolean> {
  return or(k.prot.is('rw'), and(k.prot.is('r'), access.is('read')));
}

/** An access that the VMA does not allow ends here. */
export function refuseAccess(k: Kernel, { process: p, holds, access }: Cpu): void {
  for (const lock of ['vma', 'mmap'] as const) {
    p.step(
      `handle_mm_fault/refuse-${lock}`,
      { does: memory('handle_mm_fault'), says: 'the VMA does not allow the access', at: 'handle', to: 'refused' },
      () => ({
        when: [holds.is(lock), not(permitted(k, access))],
        release: lock === 'vma' ? k.vma.read() : k.mmap.read(),
      }),
    );
  }
}

/** The lockless look at the entry, and the way that the fault takes from there: one read, the rest is arithmetic. @kernel mm/memory.c handle_pte_fault() */
export function handle_pte_fault(k: Kernel, cpu: Cpu): void {
  const { process: p, page, access, seen } = cpu;
  const does = memory('handle_pte_fault');
  refuseAccess(k, cpu);
  const go = (
    way: string,
    to: CpuPoint,
    says: string,
    when: (entry: Term<string>) => Term<boolean>,
    off: string | false = false,
  ): void =>
    p.step(`handle_pte_fault/${way}`, { does, says, at: 'handle', to, choices: { v: k.pages }, off }, ({ v }) => ({
      when: [page.is(v), permitted(k, access), when(k.view(v))],
      then: [seen.becomes(k.view(v))],
    }));
  type Parts = Readonly<Record<string, string>>;
  const is =
    (form: string, more: Parts = {}) =>
    (entry: Term<string>): Term<boolean> =>
      k.entry.is(entry, { form, ...more });
  const rwp = (entry: Term<string>): Term<boolean> => k.trapsRwp(entry);
  const hinted = (entry: Term<string>): Term<boolean> =>
    and(is('present', { access: 'no-access' })(entry), not(rwp(entry)));
  const readOnlyWrite = (entry: Term<string>): Term<boolean> =>
    and(is('present', { access: 'vma', write: 'no' })(entry), access.is('write'));
  go('empty', 'missing', 'the entry is empty, or a marker', (e) => or(is('none')(e), is('marker')(e)));
  const kept = k.backing === 'shmem' && 'a shared file keeps its swap slots, and the entry is empty';
  go('swapped', 'swap', 'the page is in swap', is('swap'), kept);
  go('migrating', 'migration', 'the page is on the move', is('migration'));
  go('rwp', 'rwp', 'an armed entry: an RWP fault', rwp);
  go('numa', 'numa', 'an entry without access that is not armed: a NUMA hint', hinted);
  go('write', 'wp', 'a write to a read-only page', readOnlyWrite);
  go('spurious', 'unlock', 'the entry allows the access by now', (e) =>
    and(is('present', { access: 'vma' })(e), not(readOnlyWrite(e))),
  );
}

/** A marker of poison or of a guard: the access is refused. @kernel mm/memory.c handle_pte_marker() */
export function handle_pte_marker(k: Kernel, cpu: Cpu): void {
  const { process: p, holds, page, seen, access } = cpu;
  const { calls } = k.options;
  const does = memory('handle_pte_marker');
  const markers = [
    ['poison', 'poisoned', 'refused-sigbus', !calls.has('poison') && 'nobody poisons'],
    ['guard', 'guarded', 'refused', !calls.has('guard') && 'nobody installs guards'],
  ] as const;
  for (const [form, at, to, off] of markers) {
    p.step(
      `handle_pte_fault/${at}`,
      {
        does: memory('handle_pte_fault'),
        says: `the entry is a marker of ${form}`,
        at: 'handle',
        to: at,
        choices: { v: k.pages },
        off,
      },
      ({ v }) => ({
        when: [page.is(v), permitted(k, access), k.entry.is(k.view(v), { form })],
        then: [seen.becomes(k.view(v))],
      }),
    );
    for (const lock of ['vma', 'mmap'] as const) {
      p.step(
        `handle_pte_marker/${at}-${lock}`,
        { does, says: 'the fault fails, and the lock is given back', at, to, off },
        () => ({ when: [holds.is(lock)], release: lock === 'vma' ? k.vma.read() : k.mmap.read() }),
      );
    }
  }
}
