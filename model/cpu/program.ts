import type { FileState } from '../file.ts';
import { anchor, type Kernel } from '../kernel.ts';
import { declareCpu, type Cpu } from './cpu.ts';
import { do_anonymous_page } from './do_anonymous_page.ts';
import { do_fault } from './do_fault.ts';
import { do_numa_page } from './do_numa_page.ts';
import { do_swap_page, migration_entry_wait } from './do_swap_page.ts';
import { do_uffd_rwp } from './do_uffd_rwp.ts';
import { do_wp_page } from './do_wp_page.ts';
import { faultLocks, handle_pte_fault, handle_pte_marker } from './fault.ts';
import { hugetlb_fault } from './hugetlb_fault.ts';
import { handle_userfault } from './handle_userfault.ts';
import { user } from './user.ts';

/** The whole program of a processor: user mode, then the fault path in the order of the kernel. */
export function cpuProgram(k: Kernel): Cpu {
  const cpu = declareCpu(k);
  user(k, cpu);
  faultLocks(k, cpu);
  if (k.file && k.backing === 'hugetlb') hugePages(k, k.file, cpu);
  else smallPages(k, cpu);
  return cpu;
}

/** The fault path of huge pages of hugetlbfs. */
function hugePages(k: Kernel, file: FileState, cpu: Cpu): void {
  hugetlb_fault(k, file, cpu);
  migration_entry_wait(k, cpu);
  handle_userfault(k, cpu);
}

/** The fault path of small pages. */
function smallPages(k: Kernel, cpu: Cpu): void {
  handle_pte_fault(k, cpu);
  handle_pte_marker(k, cpu);
  if (k.file) do_fault(k, k.file, cpu);
  else do_anonymous_page(k, cpu);
  if (k.backing !== 'shmem') do_swap_page(k, cpu);
  migration_entry_wait(k, cpu);
  do_uffd_rwp(k, cpu);
  do_numa_page(k, cpu);
  do_wp_page(k, cpu);
  handle_userfault(k, cpu);
  cpu.process.step(
    'handle_pte_fault/unlock',
    {
      does: anchor('mm/memory.c', 'handle_pte_fault'),
      says: 'the page-table lock is given back',
      at: 'unlock-ptl',
      to: 'unlock',
      choices: { v: k.pages },
    },
    ({ v }) => ({ when: [cpu.page.is(v)], release: k.ptl(v) }),
  );
}
