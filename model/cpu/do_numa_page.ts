import { not, or } from '../../checker/language/index.ts';
import { anchor, type Kernel } from '../kernel.ts';
import type { Cpu } from './cpu.ts';

/** A NUMA hint, or what looks like one: the access comes back. @kernel mm/memory.c do_numa_page() */
export function do_numa_page(k: Kernel, cpu: Cpu): void {
  const { process: p, page, seen } = cpu;
  const does = anchor('mm/memory.c', 'do_numa_page');
  p.step(
    'do_numa_page/lock',
    { does, says: 'the page-table lock is taken', at: 'numa', to: 'numa-store', choices: { v: k.pages } },
    ({ v }) => ({ when: [page.is(v)], acquire: k.ptl(v) }),
  );
  p.step(
    'do_numa_page/changed',
    {
      does,
      says: 'the entry is not the one that was seen: nothing is stored',
      at: 'numa-store',
      to: 'unlock-ptl',
      choices: { v: k.pages },
      off: !k.decisions.numaFaultRechecks && 'the design does not look again',
    },
    ({ v }) => ({ when: [page.is(v), not(k.same(v, seen))], requires: [k.ptl(v)] }),
  );
  p.step(
    'do_numa_page/store',
    { does, says: 'the entry gives access again', at: 'numa-store', to: 'unlock-ptl', choices: { v: k.pages } },
    ({ v }) => ({
      when: [page.is(v), or(!k.decisions.numaFaultRechecks, k.same(v, seen))],
      requires: [k.ptl(v)],
      then: [k.pte(v).becomes(k.entry.next(seen, 'do_numa_page', k.vmaFacts()))],
    }),
  );
}
