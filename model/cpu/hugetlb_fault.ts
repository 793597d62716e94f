import { and, emit, literal, not, or, type LockHandle, type Term } from '../../checker/language/index.ts';
import { populated, protectionDomain, resolvedByKernel } from '../../spec/index.ts';
import type { FileState } from '../file.ts';
import { anchor, type Kernel } from '../kernel.ts';
import type { Cpu, CpuPoint } from './cpu.ts';
import { permitted, refuseAccess } from './fault.ts';

const does = anchor('mm/hugetlb.c', 'hugetlb_fault');
const noPage = anchor('mm/hugetlb.c', 'hugetlb_no_page');

/** A fault on a huge page: serialised with those of the same page by a mutex of its own. @kernel mm/hugetlb.c hugetlb_fault() */
export function hugetlb_fault(k: Kernel, file: FileState, cpu: Cpu): void {
  const mutex = k.protocol.lock('hugetlb_fault_mutex', k.pages);
  dispatch(k, cpu, mutex);
  hugetlb_no_page(k, file, cpu);
  giveAccess(k, cpu);
  write(k, cpu);
  const { process: p, page } = cpu;
  const choices = { v: k.pages };
  const unlock = (way: string, from: CpuPoint, to: CpuPoint): void =>
    p.step(`hugetlb_fault/${way}`, { does, says: 'the mutex is given back', at: from, to, choices }, ({ v }) => ({
      when: [page.is(v)],
      release: mutex(v),
    }));
  unlock('mutex-unlock', 'huge-done', 'unlock');
  unlock('mutex-unlock-to-report', 'huge-report', 'queue');
  unlock('mutex-unlock-to-wait', 'huge-wait', 'migration');
  unlock('mutex-unlock-poisoned', 'huge-poisoned', 'poisoned');
  for (const lock of ['vma', 'mmap'] as const) {
    p.step(
      `hugetlb_fault/poisoned-${lock}`,
      { does, says: 'the fault fails, and the lock is given back', at: 'poisoned', to: 'refused-sigbus' },
      () => ({ when: [cpu.holds.is(lock)], release: lock === 'vma' ? k.vma.read() : k.mmap.read() }),
    );
  }
}

/** The entry is read without its lock, under the mutex, and says the way. */
function dispatch(k: Kernel, cpu: Cpu, mutex: LockHandle): void {
  const { process: p, page, seen, reason } = cpu;
  const choices = { v: k.pages };
  refuseAccess(k, cpu);
  p.step(
    'hugetlb_fault/mutex',
    { does, says: 'the mutex of the page is taken', at: 'handle', to: 'huge', choices },
    ({ v }) => ({ when: [page.is(v), permitted(k, cpu.access)], acquire: mutex(v) }),
  );
  const go = (way: string, to: CpuPoint, says: string, when: (entry: Term<string>) => Term<boolean>): void =>
    p.step(`hugetlb_fault/${way}`, { does, says, at: 'huge', to, choices }, ({ v }) => ({
      when: [page.is(v), when(k.view(v))],
      then: [seen.becomes(k.view(v)), ...(to === 'huge-report' ? [reason.becomes('rwp')] : [])],
    }));
  type Parts = Readonly<Record<string, string>>;
  const present =
    (more: Parts = {}) =>
    (entry: Term<string>): Term<boolean> =>
      k.entry.is(entry, { form: 'present', ...more });
  const armed = present({ access: 'no-access', uffd: 'uffd' });
  const told = and(k.protects('rwp'), not(k.resolvesAlone('rwp')));
  go('empty', 'missing', 'the entry is empty, or a marker', (e) => k.entry.is(e, { form: ['none', 'marker'] }));
  go('migrating', 'huge-wait', 'the page is on the move', (e) => k.entry.is(e, { form: 'migration' }));
  go('poisoned', 'huge-poisoned', 'the entry is a marker of poison', (e) => k.entry.is(e, { form: 'poison' }));
  go('rwp', 'huge-report', 'an armed entry: user space is told', (e) => and(armed(e), told));
  go('armed', 'huge-access', 'an armed entry that the kernel resolves', (e) => and(armed(e), not(told)));
  go('mapped', 'huge-write', 'a page is mapped, and perhaps read-only', (e) => and(present()(e), not(armed(e))));
}

/** An armed entry gets its access back, under its lock, if it is still armed. */
function giveAccess(k: Kernel, cpu: Cpu): void {
  const { process: p, self, page } = cpu;
  const choices = { v: k.pages };
  const armed = (v: Term<number>): Term<boolean> =>
    k.entryIs(v, { form: 'present', access: 'no-access', uffd: 'uffd' });
  p.step(
    'hugetlb_fault/access-lock',
    { does, says: 'the page-table lock is taken', at: 'huge-access', to: 'huge-give', choices },
    ({ v }) => ({ when: [page.is(v)], acquire: k.ptl(v) }),
  );
  p.step(
    'hugetlb_fault/give-access',
    { does, says: 'the page is accessible again', at: 'huge-give', to: 'huge-unlock', choices },
    ({ v }) => ({
      when: [page.is(v), armed(v)],
      requires: [k.ptl(v)],
      then: [k.pte(v).becomes(k.entry.next(k.pte(v), 'hugetlb_fault', k.vmaFacts()))],
      emits: [emit(resolvedByKernel, { cpu: self, page: v, reason: literal(protectionDomain, 'rwp') })],
    }),
  );
  p.step(
    'hugetlb_fault/not-armed',
    { does, says: 'the entry is not armed any more', at: 'huge-give', to: 'huge-unlock', choices },
    ({ v }) => ({ when: [page.is(v), not(armed(v))], requires: [k.ptl(v)] }),
  );
  p.step(
    'hugetlb_fault/unlock',
    { does, says: 'the page-table lock is given back', at: 'huge-unlock', to: 'huge-done', choices },
    ({ v }) => ({ when: [page.is(v)], release: k.ptl(v) }),
  );
}

/** A write to a read-only page is reported, or the page is made writable. */
function write(k: Kernel, cpu: Cpu): void {
  const { process: p, self, page, seen, access, reason } = cpu;
  const choices = { v: k.pages };
  const readOnly = and(access.is('write'), k.entry.is(seen, { write: 'no' }));
  const marked = (v: Term<number>): Term<boolean> => and(readOnly, k.entryIs(v, { uffd: 'uffd' }));
  const told = and(k.protects('wp'), not(k.resolvesAlone('wp')));
  const clears = or(k.protects('wp'), k.decisions.hugetlbFaultClearsStale);
  p.step(
    'hugetlb_fault/lock',
    { does, says: 'the page-table lock is taken', at: 'huge-write', to: 'huge-check', choices },
    ({ v }) => ({ when: [page.is(v)], acquire: k.ptl(v) }),
  );
  const under = (
    way: string,
    to: CpuPoint,
    says: string,
    when: (v: Term<number>) => Term<boolean>,
    more: (v: Term<number>) => object = () => ({}),
  ): void =>
    p.step(`hugetlb_fault/${way}`, { does, says, at: 'huge-check', to, choices }, ({ v }) => ({
      when: [page.is(v), k.same(v, seen), when(v)],
      requires: [k.ptl(v)],
      ...more(v),
    }));
  p.step(
    'hugetlb_fault/changed',
    { does, says: 'the entry is not the one that was seen', at: 'huge-check', to: 'huge-unlock', choices },
    ({ v }) => ({ when: [page.is(v), not(k.same(v, seen))], requires: [k.ptl(v)] }),
  );
  under('spurious', 'huge-unlock', 'the entry allows the access by now', () => not(readOnly));
  under('plain', 'huge-wp', 'the page is not protected: it is made writable', (v) => and(readOnly, not(marked(v))));
  under('loop', 'huge-wp', 'a stale bit that nobody clears', (v) => and(marked(v), not(told), not(clears)));
  under(
    'sync',
    'huge-tell',
    'a write-protected page: user space is told',
    (v) => and(marked(v), told),
    () => ({
      then: [reason.becomes('wp')],
    }),
  );
  under(
    'async',
    'huge-wp',
    'the kernel clears the bit, and the write goes on',
    (v) => and(marked(v), not(told), clears),
    (v) => ({
      then: [k.pte(v).becomes(k.entry.next(k.pte(v), 'hugetlb_fault', k.vmaFacts()))],
      emits: [emit(resolvedByKernel, { cpu: self, page: v, reason: literal(protectionDomain, 'wp') })],
    }),
  );
  endWrite(k, cpu);
}

/** The end of a write to a read-only page: a message, or write permission. */
function endWrite(k: Kernel, cpu: Cpu): void {
  const { process: p, page } = cpu;
  const choices = { v: k.pages };
  p.step(
    'hugetlb_fault/unlock-to-report',
    { does, says: 'the page-table lock is given back', at: 'huge-tell', to: 'huge-report', choices },
    ({ v }) => ({ when: [page.is(v)], release: k.ptl(v) }),
  );
  p.step(
    'hugetlb_wp/store',
    {
      does: anchor('mm/hugetlb.c', 'hugetlb_wp'),
      says: 'the page of a shared file becomes writable, unless it is still protected',
      at: 'huge-wp',
      to: 'huge-unlock',
      choices,
    },
    ({ v }) => ({
      when: [page.is(v)],
      requires: [k.ptl(v)],
      then: [k.pte(v).becomes(k.entry.next(k.pte(v), 'hugetlb_wp')), ...k.dirties(v, page.is(v))],
    }),
  );
}

/** An empty entry, or a marker: what happens is decided by what the file has. @kernel mm/hugetlb.c hugetlb_no_page() */
function hugetlb_no_page(k: Kernel, { cache, minor }: FileState, cpu: Cpu): void {
  const { process: p, page } = cpu;
  const choices = { v: k.pages };
  const has = (v: Term<number>): Term<boolean> => not(cache(v).is('none'));
  const reports = (v: Term<number>): Term<boolean> => or(and(has(v), minor), and(not(has(v)), k.missing()));
  p.step(
    'hugetlb_no_page/folio',
    { does: noPage, says: 'the file has the page: its folio is locked', at: 'missing', to: 'huge-map', choices },
    ({ v }) => ({ when: [page.is(v), has(v), not(minor)], acquire: k.folio(v) }),
  );
  p.step(
    'hugetlb_no_page/new',
    { does: noPage, says: 'the file has no page: a new one is locked', at: 'missing', to: 'huge-add', choices },
    ({ v }) => ({ when: [page.is(v), not(has(v)), not(k.missing())], acquire: k.folio(v) }),
  );
  p.step(
    'hugetlb_no_page/add',
    { does: noPage, says: 'the file has the new page', at: 'huge-add', to: 'huge-map', choices },
    ({ v }) => ({
      when: [page.is(v)],
      requires: [k.folio(v)],
      then: [cache(v).becomes(k.orElse(cache(v).is('none'), 'clean', cache(v)))],
      emits: [emit(populated, { page: v }, cache(v).is('none'))],
    }),
  );
  reportEmpty(k, cpu, has, reports);
  mapPage(k, cpu);
}

/** User space is told of an empty entry, if it is still empty under its lock. */
function reportEmpty(
  k: Kernel,
  cpu: Cpu,
  has: (v: Term<number>) => Term<boolean>,
  reports: (v: Term<number>) => Term<boolean>,
): void {
  const { process: p, page, seen, reason } = cpu;
  const choices = { v: k.pages };
  p.step(
    'hugetlb_no_page/look',
    {
      does: noPage,
      says: 'user space asks to be told: the entry is looked at again',
      at: 'missing',
      to: 'huge-stable',
      choices,
    },
    ({ v }) => ({
      when: [page.is(v), reports(v)],
      acquire: k.ptl(v),
      then: [reason.becomes(k.pick(has(v), 'minor', 'missing', reason))],
    }),
  );
  for (const [way, stable] of [
    ['report', true],
    ['unstable', false],
  ] as const) {
    p.step(
      `hugetlb_no_page/${way}`,
      {
        does: noPage,
        says: stable ? 'it is still empty: user space is told' : 'it has changed: the access is tried again',
        at: 'huge-stable',
        to: stable ? 'huge-report' : 'huge-done',
        choices,
      },
      ({ v }) => ({ when: [page.is(v), stable ? k.same(v, seen) : not(k.same(v, seen))], release: k.ptl(v) }),
    );
  }
}

/** The page is mapped under the page-table lock, if the entry is still the one that was seen. */
function mapPage(k: Kernel, cpu: Cpu): void {
  const { process: p, page, seen } = cpu;
  const choices = { v: k.pages };
  p.step(
    'hugetlb_no_page/lock',
    { does: noPage, says: 'the page-table lock is taken', at: 'huge-map', to: 'huge-store', choices },
    ({ v }) => ({ when: [page.is(v)], acquire: k.ptl(v) }),
  );
  p.step(
    'hugetlb_no_page/store',
    { does: noPage, says: 'the page is mapped', at: 'huge-store', to: 'huge-stored', choices },
    ({ v }) => ({
      when: [page.is(v), k.same(v, seen)],
      requires: [k.ptl(v), k.folio(v)],
      then: [k.pte(v).becomes(k.entry.next(k.pte(v), 'hugetlb_no_page', k.vmaFacts())), ...k.dirties(v, page.is(v))],
    }),
  );
  p.step(
    'hugetlb_no_page/changed',
    { does: noPage, says: 'the entry is not the one that was seen', at: 'huge-store', to: 'huge-stored', choices },
    ({ v }) => ({ when: [page.is(v), not(k.same(v, seen))], requires: [k.ptl(v), k.folio(v)] }),
  );
  p.step(
    'hugetlb_no_page/folio-unlock',
    { does: noPage, says: 'the folio is unlocked', at: 'huge-stored', to: 'huge-unlock', choices },
    ({ v }) => ({ when: [page.is(v)], requires: [k.ptl(v)], release: k.folio(v) }),
  );
}
