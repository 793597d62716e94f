import { empty } from '../../../spec/entry/targets.ts';
import { defineMutant } from '../mutant.ts';
import { at, notYet, type Defect } from './defect.ts';

const design = 'linux-7.3';
const migrate = at('mm/migrate.c', 'remove_migration_pte');

/** In kernels that were released, from 4.19 to 7.3. */
export const released: readonly Defect[] = [
  {
    id: 'must-wait-reads-swap-entry',
    says: 'The last look before sleeping took a swap or migration entry for a page that may not be written.',
    where: at('mm/userfaultfd.c', 'userfaultfd_must_wait'),
    history: 'since 5.7, mended in 7.2-rc1',
    expressed: { kind: 'mutant', mutant: defineMutant({ design, decisions: { mustWaitOnNonPresent: 'sleep' } }) },
    breaks: 'SF',
  },
  {
    id: 'pagemap-scan-gigantic-never-armed',
    says: 'A scan reported a page as written and did not protect it again.',
    where: at('fs/proc/task_mmu.c', 'pagemap_scan_hugetlb_entry'),
    history: 'since 6.7, mended in 7.2-rc1; pages of 1 GiB, here small ones',
    expressed: {
      kind: 'mutant',
      mutant: defineMutant({ design, rules: { 'make_uffd_wp_pte/arm': (rule) => ({ ...rule, target: {} }) } }),
    },
    because: 'the page is told of as written once more, which is slow and loses nothing: no property forbids it',
  },
  {
    id: 'mprotect-drops-bit-on-writable-migration',
    says: 'mprotect builds a writable migration entry anew as a readable one, and forgets the bit.',
    where: at('mm/mprotect.c', 'change_softleaf_pte'),
    history: 'still so in 7.3.4',
    expressed: {
      kind: 'shipped',
      mends: defineMutant({ design, decisions: { mprotectKeepsBitOnWritableMigration: true } }),
    },
    because:
      'a writable migration entry with the bit takes a protecting scan of a page on the move, and mprotect beside it',
  },
  {
    id: 'wp-tlb-cow-corruption',
    says: 'A page was copied while another processor still wrote to it through a translation that should have been flushed.',
    where: at('mm/memory.c', 'do_wp_page'),
    history: 'since 5.7, mended in 5.12',
    expressed: { kind: 'mutant', mutant: defineMutant({ design, decisions: { wpFaultFlushesPending: false } }) },
    because: 'it takes two calls at once, one that protects and one that unprotects: the manager is one thread',
  },
  {
    id: 'unregister-leaves-wp',
    says: 'UNREGISTER left entries protected.',
    where: at('mm/userfaultfd.c', 'userfaultfd_unregister'),
    history: 'mended in 6.0',
    expressed: { kind: 'mutant', mutant: defineMutant({ design, decisions: { unregisterResetsEntries: false } }) },
    breaks: 'AR',
  },
  {
    id: 'close-leaves-wp',
    says: 'Closing the descriptor left entries protected.',
    where: at('mm/userfaultfd.c', 'userfaultfd_release'),
    history: 'mended in 6.9',
    expressed: { kind: 'mutant', mutant: defineMutant({ design, decisions: { closeResetsEntries: false } }) },
    breaks: 'AR',
  },
  {
    id: 'shmem-read-migration-becomes-writable',
    says: 'A protected page came back from a migration with its bit, and writable.',
    where: migrate,
    history: 'since 5.19, mended in 6.1; shared memory, here anonymous',
    expressed: {
      kind: 'mutant',
      mutant: defineMutant({
        design,
        rules: {
          'remove_migration_pte/marked': (rule) => ({ ...rule, target: { ...Object(rule.target), write: 'write' } }),
        },
      }),
    },
    breaks: 'LM',
  },
  {
    id: 'shared-vma-writenotify',
    says: 'mprotect gave write permission to protected pages, and left them their bit.',
    where: at('mm/vma.c', 'vma_wants_writenotify'),
    history: 'mended in 6.2; shared memory, here anonymous',
    expressed: {
      kind: 'mutant',
      mutant: defineMutant({
        design,
        rules: {
          'mprotect_fixup/write-protected': (rule) => ({ ...rule, target: { access: 'vma', write: 'write' } }),
        },
      }),
    },
    breaks: 'LM',
  },
  {
    id: 'hugetlb-cp-skips-read-migration',
    says: 'Arming passed over a page on the move whose entry was a readable one.',
    where: at('mm/hugetlb.c', 'hugetlb_change_protection'),
    history: 'mended in 6.2; WP in hugetlb, here RWP in small pages',
    expressed: {
      kind: 'mutant',
      mutant: defineMutant({
        design,
        rules: { 'mrwprotect_range/arm-migration': (rule) => ({ ...rule, target: {} }) },
      }),
    },
    breaks: 'LM',
  },
  {
    id: 'pte-unused-dropped-under-uffd',
    says: 'Reclaim dropped a page that the guest had called unused, although somebody watched it.',
    where: at('mm/rmap.c', 'try_to_unmap_one'),
    history: 'mended in 4.19',
    expressed: {
      kind: 'mutant',
      mutant: defineMutant({ design, rules: { 'try_to_unmap_one/carry': (rule) => ({ ...rule, target: empty }) } }),
    },
    breaks: 'LW',
  },
  notYet(
    'pagemap-scan-none-clean-vs-written',
    'One way through the scan called an emptied page clean, the other written.',
    at('fs/proc/task_mmu.c', 'pagemap_page_category'),
    'since 6.7, mended in the 7.2 cycle',
    'a decision about what a scan calls written: it is one condition',
  ),
  notYet(
    'pagemap-scan-present-swap-confusion',
    'The scan asked swap entries for the bit of present ones, and the other way round.',
    at('fs/proc/task_mmu.c', 'pagemap_scan_pmd_entry'),
    'mended in 6.9',
    'a decision about what a scan calls written: it is one condition',
  ),
  notYet(
    'pagemap-scan-ad-loss',
    'Arming by a scan wrote back what it had read, and lost what the hardware had set between.',
    at('fs/proc/task_mmu.c', 'make_uffd_wp_pte'),
    'mended in 6.9',
    'a dirty bit that decides whether reclaim writes a page',
  ),
  {
    id: 'mremap-keeps-bits-cve-2025-21696',
    says: 'mremap gave the registration up and took bits and markers along.',
    where: at('mm/mremap.c', 'move_ptes'),
    history: 'since 5.7, mended in 6.13',
    expressed: { kind: 'mutant', mutant: defineMutant({ design, decisions: { mremapClearsMarks: false } }) },
    because: 'no scenario moves memory; what sequences show of kernels refutes it',
  },
  {
    id: 'fork-swap-pte-keeps-bit',
    says: 'A child that nobody watches inherited the bit in its swap entries.',
    where: at('mm/memory.c', 'copy_page_range'),
    history: 'mended in 5.14',
    expressed: { kind: 'mutant', mutant: defineMutant({ design, decisions: { forkClearsChildMarks: false } }) },
    because: 'no scenario forks; what sequences show of kernels refutes it',
  },
  {
    id: 'unuse-pte-drops-bits',
    says: 'swapoff brought pages back without their bit.',
    where: at('mm/swapfile.c', 'unuse_pte'),
    history: 'mended in 5.19',
    expressed: { kind: 'mutant', mutant: defineMutant({ design, decisions: { swapoffKeepsBit: false } }) },
    breaks: 'LM',
  },
  notYet(
    'uffdio-move-dirty-softdirty',
    'MOVE set the soft-dirty mark of present pages, and not of swapped ones.',
    at('mm/userfaultfd.c', 'move_swap_pte'),
    'mended in 6.15',
    'soft-dirty marks',
  ),
  notYet(
    'uffdio-copy-retry-wrong-vma',
    'COPY trusted what it knew of a VMA from before it had dropped its locks.',
    at('mm/userfaultfd.c', 'mfill_copy_folio_retry'),
    '7.1, mended in 7.2',
    'a VMA that is replaced under a call',
  ),
];
