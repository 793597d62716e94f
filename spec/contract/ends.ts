import { functionsOf, judged, type ContractLine } from './line.ts';

const memory = 'mm/memory.c';

/** Where a mark ends. */
export const endLines: readonly ContractLine[] = [
  {
    number: 26,
    id: 'rwp-ends-when-empty',
    says: 'An RWP mark ends when its entry becomes empty: the next access makes a page that is not protected.',
    source: {
      standing: 'P',
      document: 'userfaultfd.rst',
      sentence: 'the next access re-populates the range without protection',
    },
    by: functionsOf(memory, 'zap_present_ptes'),
    judging: judged(['zap-ends-rwp']),
  },
  {
    number: 27,
    id: 'wp-of-files-survives',
    says: 'WP of shared memory survives reclaim, zap and hole punch as a marker.',
    source: {
      standing: 'P',
      document: 'userfaultfd.rst',
      sentence: 'Dirty information will not get lost if the pte was zapped due to various reasons',
    },
    by: functionsOf(memory, 'cond_install_uffd_wp_ptes', 'zap_nonpresent_ptes'),
    judging: judged(['zap-of-shmem-keeps-wp', 'reclaim-of-shmem-keeps-wp']),
  },
  {
    number: 28,
    id: 'wp-of-anon-ends',
    says: 'WP of anonymous memory ends with its entry; an empty entry can be protected only with WP_UNPOPULATED.',
    source: {
      standing: 'P',
      document: 'userfaultfd.rst',
      sentence: 'will ignore none ptes (e.g. when pages are missing and not populated)',
    },
    by: functionsOf('include/linux/userfaultfd_k.h', 'userfaultfd_wp_use_markers'),
    judging: judged(['zap-of-anon-ends-wp', 'wp-of-empty-anon']),
  },
  {
    number: 29,
    id: 'new-entries-are-unprotected',
    says: 'A new entry is not protected, unless it replaces a marker or protection was asked for; MOVE into RWP protects.',
    source: {
      standing: 'P',
      document: 'userfaultfd.rst',
      sentence: 'and the resulting PTE is not RWP-protected',
      beyond: 'MOVE into an RWP VMA',
    },
    by: functionsOf('mm/userfaultfd.c', 'mfill_atomic_install_pte', 'move_present_ptes'),
    judging: judged(['new-entries-are-unprotected', 'fill-protects-when-asked'], [], 'MOVE into an RWP VMA'),
  },
];
