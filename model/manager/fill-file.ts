import { and, not, type Assignment, type Local, type Term } from '../../checker/language/index.ts';
import type { FileState } from '../file.ts';
import { anchor, type Kernel } from '../kernel.ts';
import { fillable } from './fillable.ts';
import { isFill, type Fill } from './fills.ts';
import type { Manager } from './manager.ts';

/** A fill of the entry of a file: COPY adds a page to the file first, CONTINUE finds the one that is there. */
export function fillFile(
  k: Kernel,
  file: FileState,
  m: Manager,
  off: string | false,
  fills: Local<Fill> | undefined,
): void {
  const { process: p, cursor } = m;
  const choices = { v: k.pages };
  const asked = k.options.manager === 'conformance';
  findPage(k, file, m, off, asked ? [fillable(k, m, fills), not(isFill(fills, 'poison'))] : [], fills);
  poisons(k, m, off, fills);
  p.step(
    'mfill_atomic/folio-unlock',
    {
      does: anchor('mm/userfaultfd.c', 'mfill_atomic'),
      says: 'the folio is unlocked',
      at: 'fill-folio',
      to: 'fill-unlock',
      choices,
      off,
    },
    ({ v }) => ({ when: [cursor.is(v)], release: k.folio(v) }),
  );
}

/** The page of the file, under its folio lock. */
function findPage(
  k: Kernel,
  { cache }: FileState,
  m: Manager,
  off: string | false,
  when: readonly Term<boolean>[],
  fills: Local<Fill> | undefined,
): void {
  const continues = isFill(fills, 'continue');
  const { process: p, cursor } = m;
  const choices = { v: k.pages };
  const add = anchor('mm/shmem.c', 'shmem_mfill_filemap_add');
  const find = anchor('mm/userfaultfd.c', 'mfill_atomic_pte_continue');
  const has = (v: Term<number>): Term<boolean> => not(cache(v).is('none'));
  p.step(
    'mfill_atomic/folio-lock',
    {
      does: anchor('mm/userfaultfd.c', 'mfill_atomic'),
      says: 'the folio is locked',
      at: 'fill-page',
      to: 'fill-file',
      choices,
      off,
    },
    ({ v }) => ({ when: [cursor.is(v), ...when], acquire: k.folio(v) }),
  );
  p.step(
    'shmem_mfill_filemap_add/exists',
    { does: add, says: 'the file has a page: EEXIST', at: 'fill-file', to: 'fill-unlock', choices, off },
    ({ v }) => ({
      when: [cursor.is(v), not(continues), has(v)],
      release: k.folio(v),
      then: [m.result.becomes('EEXIST')],
    }),
  );
  p.step(
    'shmem_mfill_filemap_add/add',
    { does: add, says: 'the file has the copy', at: 'fill-file', to: 'fill-ptl', choices, off },
    ({ v }) => ({
      when: [cursor.is(v), not(continues), cache(v).is('none')],
      requires: [k.folio(v)],
      then: [cache(v).becomes('clean')],
    }),
  );
  p.step(
    'mfill_atomic_pte_continue/nothing',
    { does: find, says: 'the file has no page: EFAULT', at: 'fill-file', to: 'fill-unlock', choices, off },
    ({ v }) => ({
      when: [cursor.is(v), continues, cache(v).is('none')],
      release: k.folio(v),
      then: [m.result.becomes('EFAULT')],
    }),
  );
  p.step(
    'mfill_atomic_pte_continue/found',
    { does: find, says: 'the file has the page, or reads it from swap', at: 'fill-file', to: 'fill-ptl', choices, off },
    ({ v }) => ({
      when: [cursor.is(v), and(continues, has(v))],
      requires: [k.folio(v)],
      then: [cache(v).becomes(k.orElse(cache(v).is('swap'), 'dirty', cache(v)))],
    }),
  );
}

/** Poison goes into the entry alone: the file is not asked. */
function poisons(k: Kernel, m: Manager, off: string | false, fills: Local<Fill> | undefined): void {
  const { process: p, cursor } = m;
  const does = anchor('mm/userfaultfd.c', 'mfill_atomic_pte_poison');
  const never = off || (!k.options.calls.has('poison') && 'no poison');
  const choices = { v: k.pages };
  const poison = isFill(fills, 'poison');
  p.step(
    'mfill_atomic_pte_poison/lock',
    { does, says: 'the page-table lock is taken', at: 'fill-page', to: 'fill-check', choices, off: never },
    ({ v }) => ({ when: [cursor.is(v), poison, fillable(k, m, fills)], acquire: k.ptl(v) }),
  );
  p.step(
    'mfill_atomic_pte_poison/unlock',
    { does, says: 'the page-table lock is given back', at: 'fill-unlock-page', to: 'fill-unlock', choices, off: never },
    ({ v }) => ({ when: [cursor.is(v), poison], release: k.ptl(v) }),
  );
}

/** The page that COPY has added is taken from the file again where the entry has no place for it. */
export function takenBack(k: Kernel, page: Term<number>, fills: Local<Fill> | undefined): readonly Assignment[] {
  const { file } = k;
  if (!file) return [];
  const cached = file.cache(page);
  return [cached.becomes(k.orElse(isFill(fills, 'copy', 'zeropage'), 'none', cached))];
}
