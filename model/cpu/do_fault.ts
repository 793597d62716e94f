import { and, emit, not, type Term } from '../../checker/language/index.ts';
import { populated } from '../../spec/index.ts';
import type { FileState } from '../file.ts';
import { anchor, type Kernel } from '../kernel.ts';
import type { Cpu } from './cpu.ts';

const shmem = (name: string): { path: string; name: string } => anchor('mm/shmem.c', name);

/** A marker in a VMA that is not write-protected. */
function stale(k: Kernel, cpu: Cpu): Term<boolean> {
  return and(k.entry.is(cpu.seen, { form: 'marker' }), not(k.protects('wp')));
}

/** An access to an entry of a file that maps nothing: what happens is decided by what the file keeps, not by the entry. @kernel mm/memory.c do_fault() */
export function do_fault(k: Kernel, file: FileState, cpu: Cpu): void {
  staleMarker(k, cpu);
  decide(k, file, cpu);
  find(k, file, cpu);
  map(k, cpu);
}

/** A marker that the VMA has no use for is cleared, and the access tried again. */
function staleMarker(k: Kernel, cpu: Cpu): void {
  const { process: p, page, seen } = cpu;
  const does = anchor('mm/memory.c', 'pte_marker_clear');
  const choices = { v: k.pages };
  p.step(
    'pte_marker_clear/lock',
    { does, says: 'the page-table lock is taken', at: 'missing', to: 'missing-check', choices },
    ({ v }) => ({ when: [page.is(v), stale(k, cpu)], acquire: k.ptl(v) }),
  );
  p.step(
    'pte_marker_clear/changed',
    { does, says: 'the entry is not the one that was seen', at: 'missing-check', to: 'unlock-ptl', choices },
    ({ v }) => ({ when: [page.is(v), not(k.same(v, seen))], requires: [k.ptl(v)] }),
  );
  p.step(
    'pte_marker_clear/stale',
    {
      does,
      says: 'a marker that the VMA has no use for is cleared',
      at: 'missing-check',
      to: 'unlock-ptl',
      choices,
    },
    ({ v }) => ({
      when: [page.is(v), k.same(v, seen)],
      requires: [k.ptl(v)],
      then: [k.pte(v).becomes(k.entry.next(k.pte(v), 'pte_marker_clear'))],
    }),
  );
}

/** The look at the file, without a lock, and what follows from it: a message, a page to be made, a page to be mapped. */
function decide(k: Kernel, { cache, minor }: FileState, cpu: Cpu): void {
  const { process: p, page, reason } = cpu;
  const does = shmem('shmem_get_folio_gfp');
  const choices = { v: k.pages };
  const here = (v: Term<number>): Term<boolean>[] => [page.is(v), not(stale(k, cpu))];
  p.step(
    'shmem_get_folio_gfp/minor',
    { does, says: 'the file has the page, and user space asks to be told', at: 'missing', to: 'queue', choices },
    ({ v }) => ({ when: [...here(v), not(cache(v).is('none')), minor], then: [reason.becomes('minor')] }),
  );
  p.step(
    'shmem_get_folio_gfp/missing',
    { does, says: 'the file has no page, and user space asks to be told', at: 'missing', to: 'queue', choices },
    ({ v }) => ({ when: [...here(v), cache(v).is('none'), k.missing()], then: [reason.becomes('missing')] }),
  );
  p.step(
    'shmem_get_folio_gfp/found',
    { does, says: 'the file has the page, or a swap slot in its place', at: 'missing', to: 'file', choices },
    ({ v }) => ({ when: [...here(v), not(cache(v).is('none')), not(minor)] }),
  );
  p.step(
    'shmem_get_folio_gfp/hole',
    { does, says: 'the file has no page: one is to be made', at: 'missing', to: 'file-new', choices },
    ({ v }) => ({ when: [...here(v), cache(v).is('none'), not(k.missing())] }),
  );
}

/** The page is found again under its folio lock, or a new one is added to the file under it. */
function find(k: Kernel, { cache }: FileState, cpu: Cpu): void {
  const { process: p, page } = cpu;
  const does = shmem('shmem_get_folio_gfp');
  const choices = { v: k.pages };
  p.step(
    'shmem_get_folio_gfp/lock',
    { does, says: 'the folio is locked', at: 'file', to: 'file-folio', choices },
    ({ v }) => ({ when: [page.is(v)], acquire: k.folio(v) }),
  );
  p.step(
    'shmem_get_folio_gfp/gone',
    { does, says: 'the file has lost the page: once more', at: 'file-folio', to: 'missing', choices },
    ({ v }) => ({ when: [page.is(v), cache(v).is('none')], release: k.folio(v) }),
  );
  p.step(
    'shmem_get_folio_gfp/page',
    { does, says: 'the file has the page', at: 'file-folio', to: 'file-ptl', choices },
    ({ v }) => ({ when: [page.is(v), cache(v).isOneOf('clean', 'dirty')], requires: [k.folio(v)] }),
  );
  p.step(
    'shmem_swapin_folio/read',
    {
      does: shmem('shmem_swapin_folio'),
      says: 'the page is read from swap',
      at: 'file-folio',
      to: 'file-ptl',
      choices,
    },
    ({ v }) => ({
      when: [page.is(v), cache(v).is('swap')],
      requires: [k.folio(v)],
      then: [cache(v).becomes('dirty')],
    }),
  );
  const adds = shmem('shmem_alloc_and_add_folio');
  p.step(
    'shmem_alloc_and_add_folio/lock',
    { does: adds, says: 'a new folio is locked', at: 'file-new', to: 'file-add', choices },
    ({ v }) => ({ when: [page.is(v)], acquire: k.folio(v) }),
  );
  p.step(
    'shmem_alloc_and_add_folio/add',
    { does: adds, says: 'the file has a new page', at: 'file-add', to: 'file-ptl', choices },
    ({ v }) => ({
      when: [page.is(v), cache(v).is('none')],
      requires: [k.folio(v)],
      then: [cache(v).becomes('clean')],
      emits: [emit(populated, { page: v })],
    }),
  );
  p.step(
    'shmem_alloc_and_add_folio/exists',
    { does: adds, says: 'somebody else was first: once more', at: 'file-add', to: 'missing', choices },
    ({ v }) => ({ when: [page.is(v), not(cache(v).is('none'))], release: k.folio(v) }),
  );
}

/** The page is mapped under the page-table lock, if the entry is still the one that was seen. */
function map(k: Kernel, cpu: Cpu): void {
  const { process: p, page, seen, access } = cpu;
  const does = anchor('mm/memory.c', 'finish_fault');
  const choices = { v: k.pages };
  p.step(
    'finish_fault/lock',
    { does, says: 'the page-table lock is taken', at: 'file-ptl', to: 'file-store', choices },
    ({ v }) => ({ when: [page.is(v)], acquire: k.ptl(v) }),
  );
  p.step(
    'finish_fault/changed',
    { does, says: 'the entry is not the one that was seen', at: 'file-store', to: 'file-unlock', choices },
    ({ v }) => ({ when: [page.is(v), not(k.same(v, seen))], requires: [k.ptl(v), k.folio(v)] }),
  );
  p.step(
    'finish_fault/store',
    { does, says: 'the page is mapped', at: 'file-store', to: 'file-unlock', choices },
    ({ v }) => ({
      when: [page.is(v), k.same(v, seen)],
      requires: [k.ptl(v), k.folio(v)],
      then: [
        k.pte(v).becomes(k.entry.next(k.pte(v), 'set_pte_range', { ...k.vmaFacts(), fault: access })),
        ...k.dirties(v, access.is('write')),
      ],
    }),
  );
  p.step(
    'finish_fault/unlock',
    { does, says: 'the page-table lock is given back', at: 'file-unlock', to: 'file-done', choices },
    ({ v }) => ({ when: [page.is(v)], requires: [k.folio(v)], release: k.ptl(v) }),
  );
  p.step(
    'finish_fault/folio-unlock',
    { does, says: 'the folio is unlocked', at: 'file-done', to: 'unlock', choices },
    ({ v }) => ({ when: [page.is(v)], release: k.folio(v) }),
  );
}
