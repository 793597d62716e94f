import { not } from '../../checker/language/index.ts';
import { anchor, type Kernel } from '../kernel.ts';

const points = ['idle', 'folio', 'lock', 'entry', 'unlock', 'folio-unlock', 'return'] as const;

/** swapoff: every swapped page comes back, under its folio lock and the page-table lock. */
export function swapoff(k: Kernel): void {
  const p = k.protocol.process('swapoff', points);
  const does = anchor('mm/swapfile.c', 'unuse_pte');
  const mm = anchor('mm/swapfile.c', 'unuse_mm');
  const choices = { v: k.pages };
  const page = p.local('page', k.pages, 0);
  p.step(
    'unuse_mm/lock',
    { does: mm, says: 'the mmap lock is taken for reading', at: 'idle', to: 'folio', voluntary: true, choices },
    ({ v }) => ({ acquire: k.mmap.read(), then: [page.becomes(v)] }),
  );
  p.step('unuse_pte/folio-lock', { does, says: 'the folio is locked', at: 'folio', to: 'lock', choices }, ({ v }) => ({
    when: [page.is(v)],
    acquire: k.folio(v),
  }));
  p.step(
    'unuse_pte/lock',
    { does, says: 'the page-table lock is taken', at: 'lock', to: 'entry', choices },
    ({ v }) => ({ when: [page.is(v)], acquire: k.ptl(v) }),
  );
  p.step(
    'unuse_pte/changed',
    { does, says: 'the page is not in swap (any more)', at: 'entry', to: 'unlock', choices },
    ({ v }) => ({ when: [page.is(v), not(k.entryIs(v, { form: 'swap' }))], requires: [k.ptl(v), k.folio(v)] }),
  );
  p.step('unuse_pte/store', { does, says: 'the page is mapped', at: 'entry', to: 'unlock', choices }, ({ v }) => ({
    when: [page.is(v), k.entryIs(v, { form: 'swap' })],
    requires: [k.ptl(v), k.folio(v)],
    then: [k.pte(v).becomes(k.entry.next(k.pte(v), 'unuse_pte', k.vmaFacts()))],
  }));
  p.step(
    'unuse_pte/unlock',
    { does, says: 'the page-table lock is given back', at: 'unlock', to: 'folio-unlock', choices },
    ({ v }) => ({ when: [page.is(v)], release: k.ptl(v) }),
  );
  p.step(
    'unuse_pte/folio-unlock',
    { does, says: 'the folio is unlocked', at: 'folio-unlock', to: 'return', choices },
    ({ v }) => ({ when: [page.is(v)], release: k.folio(v) }),
  );
  p.step('unuse_mm/unlock', { does: mm, says: 'the mmap lock is given back', at: 'return', to: 'idle' }, () => ({
    release: k.mmap.read(),
  }));
}
