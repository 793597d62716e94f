import { defineMutant } from '../mutant.ts';
import { at, notYet, type Defect } from './defect.ts';

const hugetlb = 'hugetlb';
const huge = 'transparent huge pages';
const device = 'device-private pages';
const fork = 'fork';
const mremap = 'mremap';
const large = 'large folios';
const mm = 'mm/userfaultfd.c';

/** In parts of the kernel that the model does not have yet. */
export const elsewhere: readonly Defect[] = [
  {
    id: 'hugetlb-leftover-uffd-bit-write-loop',
    says: 'A write to an entry with the bit, in a VMA without WP, faulted for ever.',
    where: at('mm/hugetlb.c', 'hugetlb_wp'),
    history: '7.3, mended in 7.3.4',
    expressed: {
      kind: 'mutant',
      mutant: defineMutant({
        design: 'linux-7.3',
        decisions: { hugetlbFaultClearsStale: false, hugetlbMapAsksMode: false, hugetlbUnmapAsksMode: false },
      }),
    },
    because: 'no race is about huge pages: sequences show it, and the recordings of 7.3.4 refute it',
  },
  notYet(
    'hugetlb-orphan-protnone-uffd-loop',
    'An armed entry whose VMA had lost its mode kept faulting.',
    at('mm/hugetlb.c', 'hugetlb_fault'),
    '7.3, mended in 7.3.4',
    hugetlb,
  ),
  notYet(
    'mremap-merge-resets-neighbour',
    'A VMA that moved next to a registered one and merged with it took its registration away.',
    at(mm, 'mremap_userfaultfd_prep'),
    'in 7.2 and 7.3-rc7, mended in 7.3.4',
    mremap,
  ),
  notYet(
    'uffdio-move-large-folio-livelock',
    'MOVE tried for ever to split a folio that somebody else held.',
    at(mm, 'move_pages_ptes'),
    '7.3, mended in 7.3.4',
    large,
  ),
  notYet(
    'devpriv-pmd-mprotect-drops-bit',
    'mprotect built a writable device entry anew, without its bit.',
    at('mm/huge_memory.c', 'change_non_present_huge_pmd'),
    'mended in 7.2-rc1',
    device,
  ),
  notYet(
    'pagemap-scan-hugetlb-ad-race',
    'Arming by a scan wrote back an old copy of a huge entry over what the hardware had set.',
    at('fs/proc/task_mmu.c', 'make_uffd_wp_huge_pte'),
    'since 6.7, mended in 7.2-rc1',
    hugetlb,
  ),
  notYet(
    'hugetlb-fork-corrupts-swap-offset',
    'fork cleared the wrong bit of a migration entry, and so changed which page it named.',
    at('mm/hugetlb.c', 'copy_hugetlb_page_range'),
    'since 5.19, mended in the 7.2 cycle',
    `${hugetlb} and ${fork}`,
  ),
  notYet(
    'mremap-fail-leaks-mmap-changing',
    'An mremap that failed left the mark that mappings are changing, and every later call was told to try again.',
    at(mm, 'mremap_userfaultfd_fail'),
    'mended in 7.2',
    mremap,
  ),
  notYet(
    'rmap-devpriv-swp-bits',
    'A device entry was asked for its bit as if it were a present one.',
    at('mm/rmap.c', 'try_to_unmap_one'),
    'mended in 5.9',
    device,
  ),
  notYet(
    'migrate-devpriv-restore-bit',
    'A device entry was given its bit as if it were a present one.',
    at('mm/migrate.c', 'remove_migration_pte'),
    'mended in 5.9',
    device,
  ),
  notYet(
    'fork-pinned-copy-drops-bit',
    'The copy of a pinned page for a watched child had no bit.',
    at('mm/memory.c', 'copy_page_range'),
    'mended in 5.14',
    `${fork} and pinned pages`,
  ),
  notYet(
    'hugetlb-cp-marker-as-present',
    'A change of protection took a marker for a present entry.',
    at('mm/hugetlb.c', 'hugetlb_change_protection'),
    'mended in 6.2',
    hugetlb,
  ),
  notYet(
    'hugetlb-cow-optimisation-ignores-wp',
    'A write to a marker mapped the page and made it writable in one go.',
    at('mm/hugetlb.c', 'hugetlb_no_page'),
    'mended in 6.3',
    hugetlb,
  ),
  notYet(
    'huge-zero-split-drops-bit',
    'The huge zero page lost its bit when it was split.',
    at('mm/huge_memory.c', '__split_huge_zero_page_pmd'),
    'mended in 6.2',
    huge,
  ),
  notYet(
    'khugepaged-second-scan',
    'khugepaged did not ask for the bit again after it had dropped its locks.',
    at('mm/khugepaged.c', '__collapse_huge_page_isolate'),
    'mended in 6.3',
    huge,
  ),
  notYet(
    'thp-arm-skips-read-migration',
    'Arming passed over a huge page on the move whose entry was a readable one.',
    at('mm/huge_memory.c', 'change_huge_pmd'),
    'mended in 6.3',
    huge,
  ),
  notYet(
    'hugetlb-fork-swap-accessor',
    'fork asked entries in swap format for the bit of present ones.',
    at('mm/hugetlb.c', 'copy_hugetlb_page_range'),
    'mended in 6.4',
    `${hugetlb} and ${fork}`,
  ),
  notYet(
    'uffdio-move-large-lock-deadlock',
    'MOVE slept on the lock of a large folio while its reference kept the holder from splitting it.',
    at(mm, 'move_pages_ptes'),
    'mended in 6.14',
    large,
  ),
  notYet(
    'mthp-zeropage-split-drops-bits',
    'A page of zeros became the zero page in a split, and lost its bit.',
    at('mm/migrate.c', 'try_to_map_unused_to_zeropage'),
    'since 6.13, mended in 6.18',
    large,
  ),
  notYet(
    'ksm-unmerge-fake-write',
    'Unmerging wrote by way of a fault that WP refused, and took that for success.',
    at('mm/ksm.c', 'break_ksm'),
    'mended in 6.2',
    'KSM',
  ),
  notYet(
    'fork-failure-delivers-uffd-event',
    'A fork that failed told the manager of a child that was not to be.',
    at(mm, 'dup_userfaultfd_complete'),
    'mended in 6.12',
    `${fork} and its events`,
  ),
  notYet(
    'hugetlb-shared-pmd-arming',
    'Arming a shared page table armed it for another process.',
    at('mm/hugetlb.c', 'hugetlb_unshare_all_pmds'),
    'mended in 5.13',
    `${hugetlb} and a second process`,
  ),
  notYet(
    'mmap-changing-unchecked-hugetlb',
    'Filling a page did not ask again whether mappings were changing once it had its locks.',
    at(mm, 'mfill_atomic_hugetlb'),
    'mended in 6.8',
    `${hugetlb} and events`,
  ),
];
