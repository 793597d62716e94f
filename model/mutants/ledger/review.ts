import { empty } from '../../../spec/entry/targets.ts';
import { defineMutant } from '../mutant.ts';
import { at, notYet, type Defect } from './defect.ts';

const design = 'linux-7.3';

/** Found in the review of RWP, April to July 2026; none of these was released. */
export const foundInReview: readonly Defect[] = [
  {
    id: 'rwp-rfc-deactivate-by-zap',
    says: 'Arming emptied the entry, so that nothing told an armed page from one that somebody else had taken away.',
    where: at('mm/userfaultfd.c', 'mrwprotect_range'),
    history: 'RFC v1, shared memory and hugetlb; here with anonymous pages',
    expressed: {
      kind: 'mutant',
      mutant: defineMutant({ design, rules: { 'mrwprotect_range/arm': (rule) => ({ ...rule, target: empty }) } }),
    },
    breaks: 'LM',
  },
  {
    id: 'rwp-rfc2-protnone-without-bit',
    says: 'Whatever had no access in an RWP VMA passed for armed: NUMA hints, and pages that mprotect had closed.',
    where: at('mm/memory.c', 'handle_pte_fault'),
    history: 'RFC v2; the bit came with RFC v3',
    expressed: { kind: 'mutant', mutant: defineMutant({ design, decisions: { rwpFaultAsks: 'no-access' } }) },
    breaks: 'FP',
  },
  notYet(
    'rwp-rfc3-gup-follows-protnone',
    'The kernel took pages for itself (GUP) past their missing access.',
    at('include/linux/mm.h', 'gup_can_follow_protnone'),
    'RFC v3, mended in v1',
    'accesses by the kernel',
  ),
  {
    id: 'rwp-v1-fork-parent-stays-writable',
    says: 'fork looked at the write bit after it had put the entry in order for the child, and left the parent able to write a shared page.',
    where: at('mm/memory.c', '__copy_present_ptes'),
    history: 'v1, mended in v2',
    expressed: { kind: 'mutant', mutant: defineMutant({ design, decisions: { forkProtectsParent: false } }) },
    because: 'no scenario forks; what sequences show of kernels refutes it',
  },
  {
    id: 'rwp-v1-vma-flag-survives-unregister',
    says: 'UNREGISTER did not take the RWP flag from the VMA.',
    where: at('mm/userfaultfd.c', 'userfaultfd_clear_vma'),
    history: 'v1, mended in v2',
    expressed: {
      kind: 'mutant',
      mutant: defineMutant({
        design,
        rules: { 'userfaultfd_unregister/clear': (rule) => ({ ...rule, target: { missing: 'no' } }) },
      }),
    },
    breaks: 'AR',
  },
  {
    id: 'rwp-v1-resolve-upgrades-readonly-vma',
    says: 'Unprotecting tried to make pages writable in a VMA that may not be written.',
    where: at('mm/userfaultfd.c', 'mrwprotect_range'),
    history: 'v1, mended in v2; here in a VMA that nobody may access',
    expressed: {
      kind: 'mutant',
      mutant: defineMutant({
        design,
        rules: {
          'mrwprotect_range/resolve-nobody': (rule) => ({
            ...rule,
            target: { uffd: 'clear', access: 'vma', write: 'write' },
          }),
        },
      }),
    },
    because: 'no property says what the permissions of the VMA allow: that is not a promise of userfaultfd',
  },
  notYet(
    'rwp-v2-scan-einval-destroys-results',
    'A scan that failed at the first RWP VMA had protected what it had found before, and told nobody.',
    at('fs/proc/task_mmu.c', 'pagemap_scan_test_walk'),
    'v2 to v4, mended in v5',
    'two VMAs in one call',
  ),
  notYet(
    'rwp-v1-features-lockless-rmw',
    'SET_MODE wrote the feature word in a way that a reader without the lock could see half done.',
    at('mm/userfaultfd.c', 'userfaultfd_is_initialized'),
    'v1, mended in v2, v5 and v9',
    'a feature word of more than one bit',
  ),
  {
    id: 'rwp-v1-doc-punch-without-wake',
    says: 'The documented eviction took the page away and woke nobody.',
    where: at('mm/userfaultfd.c', 'userfaultfd_wake'),
    history: 'the document of v1, mended in v2',
    expressed: {
      kind: 'mutant',
      mutant: defineMutant({ design, rules: { 'manager/evicted': (step) => ({ ...step, to: 'idle' }) } }),
    },
    because:
      'the handler here answers every message, and so wakes the thread later: it takes one that drops what is about a page that is gone',
  },
  {
    id: 'rwp-v4-doc-scan-before-sync',
    says: 'The documented eviction looked for cold pages first and switched to sync afterwards.',
    where: at('mm/userfaultfd.c', 'userfaultfd_set_mode'),
    history: 'the document of v1 to v4, mended in v5',
    expressed: { kind: 'variant', scenario: 'evict-loop', variant: 'alias, scan before sync' },
    breaks: 'LW',
  },
  notYet(
    'rwp-v6-doc-cold-scan-blind',
    'Asking for what is still armed does not find file pages that are cached and not mapped.',
    at('fs/proc/task_mmu.c', 'pagemap_scan_pmd_entry'),
    'the document of v1 to v6, reworked in v7',
    'shared memory with a page cache',
  ),
  notYet(
    'rwp-v4-fork-normalises-numa-hints',
    'fork and mremap gave the access back to NUMA hints that nobody had armed.',
    at('mm/memory.c', '__copy_present_ptes'),
    'v1 to v4, mended in v5',
    'fork and mremap',
  ),
  notYet(
    'rwp-v4-numa-rebuild-large-folio',
    'A NUMA fault gave the access back to armed neighbours in a large folio, and left them their bit.',
    at('mm/memory.c', 'numa_rebuild_large_mapping'),
    'v1 to v4, mended in v5',
    'large folios',
  ),
  notYet(
    'rwp-v5-unregister-einval',
    'UNREGISTER failed in a VMA that nobody may access.',
    at('mm/userfaultfd.c', 'vma_can_userfault'),
    'v5 to v8, mended in v9',
    'a rule by which UNREGISTER refuses: it has none, and the vectors hold kernels to that',
  ),
];
