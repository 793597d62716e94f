import { and, not, or, type Term } from '../../checker/language/index.ts';
import { anchor, type Kernel } from '../kernel.ts';
import type { Cpu } from './cpu.ts';

/** An access to a swapped page: it is mapped again under the folio lock and the page-table lock. @kernel mm/memory.c do_swap_page() */
export function do_swap_page(k: Kernel, cpu: Cpu): void {
  const { process: p, page, seen, access } = cpu;
  const does = anchor('mm/memory.c', 'do_swap_page');
  const choices = { v: k.pages };
  p.step(
    'do_swap_page/folio-lock',
    { does, says: 'the page is found, and its folio locked', at: 'swap', to: 'swap-lock', choices },
    ({ v }) => ({ when: [page.is(v)], acquire: k.folio(v) }),
  );
  p.step(
    'do_swap_page/lock',
    { does, says: 'the page-table lock is taken', at: 'swap-lock', to: 'swap-store', choices },
    ({ v }) => ({ when: [page.is(v)], acquire: k.ptl(v) }),
  );
  const rechecks = k.decisions.swapInRechecks;
  p.step(
    'do_swap_page/changed',
    {
      does,
      says: 'the swap entry is not the one that was seen',
      at: 'swap-store',
      to: 'swap-drop',
      choices,
      off: !rechecks && 'the design does not look again',
    },
    ({ v }) => ({ when: [page.is(v), not(k.same(v, seen))], requires: [k.ptl(v), k.folio(v)] }),
  );
  p.step(
    'do_swap_page/store',
    { does, says: 'the page is mapped', at: 'swap-store', to: 'swap-folio', choices },
    ({ v }) => {
      const mapped = k.entry.next(seen, 'do_swap_page', { mode: k.mode(), fault: access, prot: k.prot, sole: 'no' });
      return {
        when: [page.is(v), or(!rechecks, k.same(v, seen))],
        requires: [k.ptl(v), k.folio(v)],
        then: [k.pte(v).becomes(mapped), seen.becomes(mapped)],
      };
    },
  );
  takeSole(k, cpu);
  p.step(
    'do_swap_page/then-write',
    {
      does,
      says: 'a write to a page that came back read-only goes on under the same lock',
      at: 'swap-folio',
      to: 'wp-check',
      choices,
    },
    ({ v }) => ({ when: [page.is(v), copies(k, cpu)], requires: [k.ptl(v)], release: k.folio(v) }),
  );
  p.step(
    'do_swap_page/done',
    { does, says: 'the folio is unlocked', at: 'swap-folio', to: 'unlock-ptl', choices },
    ({ v }) => ({ when: [page.is(v), not(copies(k, cpu))], requires: [k.ptl(v)], release: k.folio(v) }),
  );
  p.step(
    'do_swap_page/back-out',
    {
      does,
      says: 'the folio is unlocked',
      at: 'swap-drop',
      to: 'unlock-ptl',
      choices,
      off: !rechecks && 'the design does not look again',
    },
    ({ v }) => ({ when: [page.is(v)], requires: [k.ptl(v)], release: k.folio(v) }),
  );
}

/** True for a write to a page that has come back read-only. */
function copies(k: Kernel, { access, seen }: Cpu): Term<boolean> {
  return and(access.is('write'), k.entry.is(seen, { form: 'present', access: 'vma', write: 'no' }));
}

/** A page that was shared and is so no more: the swap-in may find that nobody else uses it. */
function takeSole(k: Kernel, cpu: Cpu): void {
  const { process: p, page, seen, access } = cpu;
  const rechecks = k.decisions.swapInRechecks;
  const does = anchor('mm/memory.c', 'do_swap_page');
  const choices = { v: k.pages };
  const takesSole = k.decisions.swapInTakesSole && k.options.environment.has('fork');
  p.step(
    'do_swap_page/store-sole',
    {
      does,
      says: 'nobody else uses the page any more: it is mapped as our own',
      at: 'swap-store',
      to: 'swap-folio',
      choices,
      off: !takesSole && 'no page is shared, or the design does not ask whether it still is',
    },
    ({ v }) => {
      const mapped = k.entry.next(seen, 'do_swap_page', { mode: k.mode(), fault: access, prot: k.prot, sole: 'yes' });
      return {
        when: [page.is(v), or(!rechecks, k.same(v, seen)), k.shared(v)],
        requires: [k.ptl(v), k.folio(v)],
        then: [k.pte(v).becomes(mapped), seen.becomes(mapped)],
      };
    },
  );
}

/** An access to a page on the move: the thread waits, holding its VMA, until the entry is a present one again. @kernel mm/migrate.c migration_entry_wait() */
export function migration_entry_wait(k: Kernel, cpu: Cpu): void {
  const { process: p, page } = cpu;
  p.step(
    'migration_entry_wait/gone',
    {
      does: anchor('mm/migrate.c', 'migration_entry_wait'),
      says: 'the page has arrived',
      at: 'migration',
      to: 'unlock',
      choices: { v: k.pages },
    },
    ({ v }) => ({ when: [page.is(v), not(k.entry.is(k.view(v), { form: 'migration' }))] }),
  );
}
