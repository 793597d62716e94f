import { functionsOf, judged, notJudged, type ContractLine } from './line.ts';

const memory = 'mm/memory.c';

/** Where a mark survives. */
export const survivalLines: readonly ContractLine[] = [
  {
    number: 18,
    id: 'reclaim-keeps-the-mark',
    says: 'Reclaim keeps the mark of a page: the first access after it has come back is still stopped.',
    source: {
      standing: 'P',
      document: 'userfaultfd.rst',
      sentence: 'Protection is preserved across page reclaim: a page swapped out while RWP-protected',
    },
    by: [...functionsOf(memory, 'do_swap_page'), ...functionsOf('mm/swapfile.c', 'unuse_pte')],
    judging: judged(['reclaim-keeps-the-mark'], [{ property: 'LM', scenarios: ['reclaim-vs-fault'] }]),
  },
  {
    number: 19,
    id: 'migration-keeps-the-mark',
    says: 'Moving a page to another frame keeps its mark, whether the move succeeds or fails.',
    source: {
      standing: 'P',
      document: 'userfaultfd.rst',
      sentence: 'The same applies to pages temporarily replaced by migration entries',
    },
    by: [...functionsOf('mm/rmap.c', 'try_to_migrate_one'), ...functionsOf('mm/migrate.c', 'remove_migration_pte')],
    judging: judged(['migration-keeps-the-mark'], [{ property: 'LM', scenarios: ['migrate-vs-fault'] }]),
  },
  {
    number: 20,
    id: 'huge-split-keeps-the-mark',
    says: 'When a huge mapping of anonymous memory is split, every small page of it has the mark.',
    source: {
      standing: 'C',
      comment: { path: 'mm/huge_memory.c', name: '__split_huge_pmd_locked' },
      says: 'the small entries get no access, so that a mark of RWP goes on trapping',
    },
    by: functionsOf('mm/huge_memory.c', '__split_huge_pmd_locked'),
    judging: notJudged('the model has no huge pages'),
  },
  {
    number: 21,
    id: 'mprotect-keeps-the-mark',
    says: 'mprotect neither loses nor weakens an RWP mark, also through PROT_NONE and back.',
    source: {
      standing: 'C',
      comment: { path: 'mm/mprotect.c', name: 'change_present_ptes' },
      says: 'in an RWP VMA an entry with the bit stays without access under any new protection',
    },
    by: functionsOf('mm/mprotect.c', 'change_present_ptes'),
    judging: judged(['mprotect-keeps-the-mark'], [{ property: 'LM', scenarios: ['mprotect-vs-rwp'] }]),
  },
  {
    number: 22,
    id: 'numa-is-not-rwp',
    says: 'NUMA hints neither set nor clear a mark, and are never reported as RWP.',
    source: {
      standing: 'C',
      comment: { path: memory, name: 'handle_pte_fault' },
      says: 'an entry without access and without the bit is a NUMA hint, in an RWP VMA too',
    },
    by: functionsOf(memory, 'handle_pte_fault', 'numa_rebuild_large_mapping'),
    judging: judged(
      [],
      [
        { property: 'FP', scenarios: ['numa-vs-rwp'] },
        { property: 'LM', scenarios: ['numa-vs-rwp'] },
      ],
    ),
  },
  {
    number: 23,
    id: 'fork',
    says: 'fork leaves the marks of the parent; the child has modes and marks with EVENT_FORK, and none without.',
    source: {
      standing: 'P',
      document: 'userfaultfd.rst',
      sentence: 'context of the parent process is duplicated into the newly created process',
      beyond: 'what becomes of marks',
    },
    by: [...functionsOf('mm/userfaultfd.c', 'dup_userfaultfd'), ...functionsOf(memory, 'copy_nonpresent_pte')],
    judging: notJudged('no claim is made of a child yet'),
  },
  {
    number: 24,
    id: 'mremap',
    says: 'With EVENT_REMAP marks move along with a mapping; without it the destination is unregistered and accessible.',
    source: {
      standing: 'C',
      comment: { path: 'mm/mremap.c', name: 'move_ptes' },
      says: 'where the new VMA is not registered, the state of the entries is cleared on the way',
    },
    by: functionsOf('mm/mremap.c', 'move_ptes'),
    judging: notJudged('no claim is made of mremap yet'),
  },
  {
    number: 25,
    id: 'no-collapse-over-marks',
    says: 'No huge page is made out of anonymous pages one of which has a mark, and none is mapped in a protected VMA of a file.',
    source: {
      standing: 'C',
      comment: { path: 'mm/khugepaged.c', name: 'file_backed_vma_is_retractable' },
      says: 'page tables of a VMA with WP or RWP are kept, because the state is in their entries',
    },
    by: functionsOf('mm/khugepaged.c', '__collapse_huge_page_isolate', 'file_backed_vma_is_retractable'),
    judging: notJudged('the model has no huge pages'),
  },
];
