import { emit, literal, not, or } from '../../checker/language/index.ts';
import { protectionDomain, resolvedByKernel } from '../../spec/index.ts';
import { anchor, type Kernel } from '../kernel.ts';
import type { Cpu } from './cpu.ts';

/** An access to an armed entry: reported in sync mode, resolved under the lock in async mode. @kernel mm/memory.c do_uffd_rwp() */
export function do_uffd_rwp(k: Kernel, cpu: Cpu): void {
  const { process: p, self, page, seen, reason } = cpu;
  const does = anchor('mm/memory.c', 'do_uffd_rwp');
  p.step('do_uffd_rwp/sync', { does, says: 'sync mode: user space is told', at: 'rwp', to: 'queue' }, () => ({
    when: [not(k.async)],
    then: [reason.becomes('rwp')],
  }));
  p.step('do_uffd_rwp/async', { does, says: 'async mode: the kernel resolves', at: 'rwp', to: 'rwp-lock' }, () => ({
    when: [k.async],
  }));
  p.step(
    'do_uffd_rwp/lock',
    {
      does,
      says: 'the page-table lock is taken',
      at: 'rwp-lock',
      to: 'rwp-store',
      choices: { v: k.pages },
    },
    ({ v }) => ({ when: [page.is(v)], acquire: k.ptl(v) }),
  );
  p.step(
    'do_uffd_rwp/changed',
    {
      does,
      says: 'the entry is not the one that was seen: nothing is stored',
      at: 'rwp-store',
      to: 'unlock-ptl',
      choices: { v: k.pages },
      off: !k.decisions.rwpFaultRechecks && 'the design does not look again',
    },
    ({ v }) => ({ when: [page.is(v), not(k.same(v, seen))], requires: [k.ptl(v)] }),
  );
  p.step(
    'do_uffd_rwp/store',
    {
      does,
      says: 'the entry gives access again',
      at: 'rwp-store',
      to: 'unlock-ptl',
      choices: { v: k.pages },
    },
    ({ v }) => ({
      when: [page.is(v), or(!k.decisions.rwpFaultRechecks, k.same(v, seen))],
      requires: [k.ptl(v)],
      then: [k.pte(v).becomes(k.entry.next(seen, 'do_uffd_rwp', k.vmaFacts()))],
      emits: [emit(resolvedByKernel, { cpu: self, page: v, reason: literal(protectionDomain, 'rwp') })],
    }),
  );
}
