import { change_prot_numa } from '../kernel/change_prot_numa.ts';
import { copy_page_range } from '../kernel/copy_page_range.ts';
import { do_anonymous_page } from '../kernel/do_anonymous_page.ts';
import { do_numa_page } from '../kernel/do_numa_page.ts';
import { do_swap_page } from '../kernel/do_swap_page.ts';
import { do_uffd_rwp } from '../kernel/do_uffd_rwp.ts';
import { do_wp_page } from '../kernel/do_wp_page.ts';
import { guard_install_set_pte } from '../kernel/guard_install_set_pte.ts';
import { guard_remove_pte_entry } from '../kernel/guard_remove_pte_entry.ts';
import { hardwareWalk } from '../kernel/hardwareWalk.ts';
import { make_uffd_wp_huge_pte } from '../kernel/make_uffd_wp_huge_pte.ts';
import { make_uffd_wp_pte } from '../kernel/make_uffd_wp_pte.ts';
import { mfill_atomic_install_pte } from '../kernel/mfill_atomic_install_pte.ts';
import { mfill_atomic_pte_poison } from '../kernel/mfill_atomic_pte_poison.ts';
import { mfill_atomic_pte_zeropage } from '../kernel/mfill_atomic_pte_zeropage.ts';
import { move_pages_ptes } from '../kernel/move_pages_ptes.ts';
import { move_ptes } from '../kernel/move_ptes.ts';
import { move_present_ptes } from '../kernel/move_present_ptes.ts';
import { move_zeropage_pte } from '../kernel/move_zeropage_pte.ts';
import { mprotect_fixup } from '../kernel/mprotect_fixup.ts';
import { mrwprotect_range } from '../kernel/mrwprotect_range.ts';
import { mwriteprotect_range } from '../kernel/mwriteprotect_range.ts';
import { pte_marker_clear } from '../kernel/pte_marker_clear.ts';
import { remove_migration_pte } from '../kernel/remove_migration_pte.ts';
import { set_pte_range } from '../kernel/set_pte_range.ts';
import { try_to_migrate_one } from '../kernel/try_to_migrate_one.ts';
import { try_to_unmap_one } from '../kernel/try_to_unmap_one.ts';
import { unuse_pte } from '../kernel/unuse_pte.ts';
import { unmap_vmas } from '../kernel/unmap_vmas.ts';
import { userfaultfd_clear_vma } from '../kernel/userfaultfd_clear_vma.ts';
import { wp_page_copy } from '../kernel/wp_page_copy.ts';
import { wp_page_reuse } from '../kernel/wp_page_reuse.ts';
import { unmap_hugepage_range } from '../kernel/unmap_hugepage_range.ts';
import { hugetlb_fault } from '../kernel/hugetlb_fault.ts';
import { hugetlb_no_page } from '../kernel/hugetlb_no_page.ts';
import { hugetlb_wp } from '../kernel/hugetlb_wp.ts';
import { zap_pte_range } from '../kernel/zap_pte_range.ts';
import type { MachineDescription } from '../machine/machine.ts';
import { access, dirty, exclusive, form, maps, migration, swap, uffd, write, young } from './regions/index.ts';

/** The page-table entry: ten regions that all read the state before the event. */
export const entryMachine: MachineDescription = {
  name: 'entry',
  regions: [form, maps, uffd, access, write, exclusive, dirty, young, swap, migration],
  starts: [{ form: 'present', maps: 'anon', write: 'write', exclusive: 'exclusive', dirty: 'dirty' }],
  functions: [
    hardwareWalk,
    do_anonymous_page,
    set_pte_range,
    pte_marker_clear,
    do_swap_page,
    do_wp_page,
    wp_page_reuse,
    wp_page_copy,
    do_uffd_rwp,
    do_numa_page,
    mrwprotect_range,
    mwriteprotect_range,
    make_uffd_wp_huge_pte,
    make_uffd_wp_pte,
    userfaultfd_clear_vma,
    change_prot_numa,
    mprotect_fixup,
    unmap_hugepage_range,
    hugetlb_fault,
    hugetlb_no_page,
    hugetlb_wp,
    zap_pte_range,
    try_to_unmap_one,
    unuse_pte,
    try_to_migrate_one,
    remove_migration_pte,
    mfill_atomic_install_pte,
    mfill_atomic_pte_zeropage,
    mfill_atomic_pte_poison,
    guard_install_set_pte,
    guard_remove_pte_entry,
    move_pages_ptes,
    move_ptes,
    copy_page_range,
    move_present_ptes,
    move_zeropage_pte,
    unmap_vmas,
  ],
};
