import { and, emit, not, type Term } from '../../checker/language/index.ts';
import { populated } from '../../spec/index.ts';
import { anchor, type Kernel } from '../kernel.ts';
import type { Cpu } from './cpu.ts';

/** An access to an empty entry: reported if the VMA asks for it, else filled; decided under the lock. @kernel mm/memory.c do_anonymous_page() */
export function do_anonymous_page(k: Kernel, cpu: Cpu): void {
  const { process: p, page, seen, access, reason } = cpu;
  const does = anchor('mm/memory.c', 'do_anonymous_page');
  p.step(
    'do_anonymous_page/lock',
    { does, says: 'the page-table lock is taken', at: 'missing', to: 'missing-check', choices: { v: k.pages } },
    ({ v }) => ({ when: [page.is(v)], acquire: k.ptl(v) }),
  );
  p.step(
    'do_anonymous_page/changed',
    {
      does,
      says: 'the entry is not the one that was seen',
      at: 'missing-check',
      to: 'unlock-ptl',
      choices: { v: k.pages },
    },
    ({ v }) => ({ when: [page.is(v), not(k.same(v, seen))], requires: [k.ptl(v)] }),
  );
  p.step(
    'pte_marker_clear/stale',
    {
      does: anchor('mm/memory.c', 'pte_marker_clear'),
      says: 'a marker that the VMA has no use for is cleared',
      at: 'missing-check',
      to: 'unlock-ptl',
      choices: { v: k.pages },
    },
    ({ v }) => ({
      when: [page.is(v), k.same(v, seen), staleMarker(k, v)],
      requires: [k.ptl(v)],
      then: [k.pte(v).becomes(k.entry.next(k.pte(v), 'pte_marker_clear'))],
    }),
  );
  p.step(
    'do_anonymous_page/report',
    {
      does,
      says: 'the VMA asks for it: user space is told',
      at: 'missing-check',
      to: 'queue-ptl',
      choices: { v: k.pages },
    },
    ({ v }) => ({
      when: [page.is(v), k.same(v, seen), k.missing(), not(staleMarker(k, v))],
      requires: [k.ptl(v)],
      then: [reason.becomes('missing')],
    }),
  );
  p.step(
    'do_anonymous_page/fill',
    { does, says: 'a page is mapped', at: 'missing-check', to: 'unlock-ptl', choices: { v: k.pages } },
    ({ v }) => ({
      when: [page.is(v), k.same(v, seen), not(k.missing()), not(staleMarker(k, v))],
      requires: [k.ptl(v)],
      then: [k.pte(v).becomes(k.entry.next(k.pte(v), 'do_anonymous_page', { fault: access }))],
      emits: [emit(populated, { page: v })],
    }),
  );
}

/** A marker in a VMA that is not write-protected. */
function staleMarker(k: Kernel, v: Term<number>): Term<boolean> {
  return and(k.entryIs(v, { form: 'marker' }), not(k.protects('wp')));
}
