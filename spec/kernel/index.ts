import { change_prot_numa } from './change_prot_numa.ts';
import { copy_page_range } from './copy_page_range.ts';
import { do_anonymous_page } from './do_anonymous_page.ts';
import { do_numa_page } from './do_numa_page.ts';
import { do_swap_page } from './do_swap_page.ts';
import { do_uffd_rwp } from './do_uffd_rwp.ts';
import { do_wp_page } from './do_wp_page.ts';
import { guard_install_set_pte } from './guard_install_set_pte.ts';
import { guard_remove_pte_entry } from './guard_remove_pte_entry.ts';
import { handle_userfault } from './handle_userfault.ts';
import { hardwareWalk } from './hardwareWalk.ts';
import { unmap_hugepage_range } from './unmap_hugepage_range.ts';
import { hugetlb_fault } from './hugetlb_fault.ts';
import { hugetlb_no_page } from './hugetlb_no_page.ts';
import { hugetlb_wp } from './hugetlb_wp.ts';
import { make_uffd_wp_huge_pte } from './make_uffd_wp_huge_pte.ts';
import { make_uffd_wp_pte } from './make_uffd_wp_pte.ts';
import { mfill_atomic_install_pte } from './mfill_atomic_install_pte.ts';
import { mfill_atomic_pte_poison } from './mfill_atomic_pte_poison.ts';
import { mfill_atomic_pte_zeropage } from './mfill_atomic_pte_zeropage.ts';
import { mmap_region } from './mmap_region.ts';
import { move_pages_ptes } from './move_pages_ptes.ts';
import { move_ptes } from './move_ptes.ts';
import { move_present_ptes } from './move_present_ptes.ts';
import { move_zeropage_pte } from './move_zeropage_pte.ts';
import { mprotect_fixup } from './mprotect_fixup.ts';
import { mremap_userfaultfd_prep } from './mremap_userfaultfd_prep.ts';
import { mrwprotect_range } from './mrwprotect_range.ts';
import { mwriteprotect_range } from './mwriteprotect_range.ts';
import { pte_marker_clear } from './pte_marker_clear.ts';
import { remove_migration_pte } from './remove_migration_pte.ts';
import { schedule } from './schedule.ts';
import { set_pte_range } from './set_pte_range.ts';
import { try_to_migrate_one } from './try_to_migrate_one.ts';
import { try_to_unmap_one } from './try_to_unmap_one.ts';
import { unuse_pte } from './unuse_pte.ts';
import { unmap_vmas } from './unmap_vmas.ts';
import { userfaultfd_clear_vma } from './userfaultfd_clear_vma.ts';
import { userfaultfd_ctx_read } from './userfaultfd_ctx_read.ts';
import { userfaultfd_register } from './userfaultfd_register.ts';
import { userfaultfd_release } from './userfaultfd_release.ts';
import { userfaultfd_unregister } from './userfaultfd_unregister.ts';
import { userfaultfd_wake_function } from './userfaultfd_wake_function.ts';
import { wp_page_copy } from './wp_page_copy.ts';
import { wp_page_reuse } from './wp_page_reuse.ts';
import { zap_pte_range } from './zap_pte_range.ts';
import type { RuleOf } from '../machine/kernel-function.ts';

/** All kernel functions that are events of a machine. */
export const kernelFunctions = [
  change_prot_numa,
  copy_page_range,
  do_anonymous_page,
  do_numa_page,
  do_swap_page,
  do_uffd_rwp,
  do_wp_page,
  guard_install_set_pte,
  guard_remove_pte_entry,
  handle_userfault,
  hardwareWalk,
  unmap_hugepage_range,
  hugetlb_fault,
  hugetlb_no_page,
  hugetlb_wp,
  make_uffd_wp_huge_pte,
  make_uffd_wp_pte,
  mfill_atomic_install_pte,
  mfill_atomic_pte_poison,
  mfill_atomic_pte_zeropage,
  mmap_region,
  move_pages_ptes,
  move_ptes,
  move_present_ptes,
  move_zeropage_pte,
  mprotect_fixup,
  mremap_userfaultfd_prep,
  mrwprotect_range,
  mwriteprotect_range,
  pte_marker_clear,
  remove_migration_pte,
  schedule,
  set_pte_range,
  try_to_migrate_one,
  try_to_unmap_one,
  unuse_pte,
  unmap_vmas,
  userfaultfd_clear_vma,
  userfaultfd_ctx_read,
  userfaultfd_register,
  userfaultfd_release,
  userfaultfd_unregister,
  userfaultfd_wake_function,
  wp_page_copy,
  wp_page_reuse,
  zap_pte_range,
] as const;

/** The id of a branch of a kernel function: `function/branch`. */
export type BranchRule = RuleOf<(typeof kernelFunctions)[number]>;
