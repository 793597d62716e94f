import { aboutRwp, onBoth, type Story } from '../story.ts';

/** Findings about shared memory. */
export const shmemStories: readonly Story[] = [
  {
    ...aboutRwp,
    id: 'reclaim-drops-rwp-of-shmem',
    title: 'reclaim drops the RWP mark of a page of shared memory',
    says: 'An armed page of a memfd that reclaim takes is not armed any more. In sync mode the next access maps it again and completes; no message tells of it.',
    line: 18,
    control: 'the page is anonymous: then the access blocks',
    cause:
      'try_to_unmap_one() in mm/rmap.c leaves a marker in the place of a write-protected page of a file, and for RWP there is none: the entry becomes empty, and an empty entry is never armed.',
    live: 'Only where no page of the range can be reclaimed: without swap, or with mlock(). Arming again does not help, because nothing says which page has lost its mark.',
  },
  {
    ...aboutRwp,
    id: 'reclaim-forgets-an-access',
    title: 'PAGE_IS_ACCESSED is lost when reclaim takes a page of shared memory',
    says: 'A page of a memfd that was accessed since it was armed is reported by PAGEMAP_SCAN as accessed. Once reclaim has taken it nothing is reported, so that a hot page passes for a cold one.',
    line: 30,
    source: {
      standing: 'P',
      document: 'userfaultfd.rst',
      sentence: 'on an accessed page whether it is still present or has since been swapped out',
    },
    control: 'the page is anonymous: then it stays reported, as swapped and accessed',
    cause:
      'pagemap_page_category() in fs/proc/task_mmu.c looks at the entry, and try_to_unmap_one() has emptied it. The swap entry of shared memory is in the page cache, without a uffd bit.',
    live: 'Take pages that are out of memory (mincore(), or a second scan for PAGE_IS_PRESENT) for neither hot nor cold.',
  },
  {
    ...aboutRwp,
    id: 'eviction-loses-a-write',
    title: 'the documented RWP eviction loses a write when reclaim takes the cold page',
    says: 'The eviction loop of userfaultfd.rst switches to sync mode, scans, copies a cold page and punches it out. If reclaim takes that page between scan and copy, its mark is gone: a write of the guest between copy and hole goes through at once, and is lost with the page.',
    line: 18,
    source: {
      standing: 'P',
      document: 'userfaultfd.rst',
      sentence: 'Sync mode makes such accesses block and be delivered, freezing the hot snapshot',
    },
    control: 'reclaim stays away: then the write waits for the page, and is there afterwards',
    cause:
      'The loop relies on accesses to cold pages to block. They do only as long as the entry has its mark, and try_to_unmap_one() in mm/rmap.c drops that of shared memory.',
    live: 'Only where no page of the range can be reclaimed: without swap, or with mlock(). Arming again after the switch makes the window smaller, and does not close it.',
  },
  {
    ...aboutRwp,
    id: 'collapse-drops-rwp-of-shmem',
    title: 'MADV_COLLAPSE of shared memory drops RWP marks in every mapping',
    says: 'MADV_COLLAPSE of an unregistered mapping of a file takes the marks of all 512 pages of another mapping that is registered for RWP and armed.',
    line: 25,
    control: 'nothing is collapsed: then all 512 pages stay armed',
    cause:
      'collapse_file() in mm/khugepaged.c unmaps each page in all mappings with try_to_unmap(), which leaves a marker for WP only. That no huge page is mapped in the protected VMA afterwards is taken care of; that its entries are empty is not.',
    live: 'Do not call MADV_COLLAPSE on the file in any process, and keep khugepaged away from it.',
  },
  {
    ...aboutRwp,
    id: 'rwprotect-of-huge-shmem-arms-nothing',
    title: 'UFFDIO_RWPROTECT of shared memory that is mapped huge returns 0 and arms nothing',
    says: 'Where two megabytes of shared memory are mapped by one entry, RWPROTECT returns 0 and none of the 512 pages is armed: the huge entry is gone, the small ones are empty, and the next access completes.',
    line: 6,
    control: 'the same memory mapped by small pages: then all 512 are armed',
    cause:
      'To protect, change_pmd_range() in mm/mprotect.c splits a huge entry, and splitting that of a file means to drop it. For WP markers are put in its place, for RWP nothing is.',
    live: 'Forbid huge pages for the file. Arming again does not help: the next access maps the range huge again.',
  },
  {
    ...onBoth,
    id: 'punched-page-is-not-written',
    title: 'MADV_REMOVE of write-protected shared memory is not reported as written',
    says: 'Async WP: a page of a memfd is write-protected and its content taken away by MADV_REMOVE. It reads as zeros, and PAGEMAP_SCAN does not report it as written; userfaultfd.rst says that it does.',
    line: 31,
    source: {
      standing: 'P',
      document: 'userfaultfd.rst',
      sentence: 'on anonymous (or ``MADV_REMOVE`` on a file mapping) will be treated as dirtying',
    },
    control: 'MADV_DONTNEED of anonymous memory: then it is reported as written',
    cause:
      'zap_install_uffd_wp_if_needed() in mm/memory.c puts a marker where the page was, and a marker counts as write-protected. The document describes anonymous memory, and adds files in brackets.',
    live: 'A program that tracks writes must count its own holes as writes; those of others with UFFD_FEATURE_EVENT_REMOVE.',
  },
  {
    ...onBoth,
    id: 'guard-over-wp-shmem-never-returns',
    title: 'MADV_GUARD_INSTALL over write-protected shared memory never returns',
    says: 'MADV_GUARD_INSTALL of a page of a memfd that is write-protected spins in the kernel until the process is killed.',
    line: 27,
    source: { standing: 'B' },
    is: 'a bug report: a system call that never returns',
    control: 'the page is not write-protected: then the call returns at once',
    cause:
      'madvise_guard_install() in mm/madvise.c zaps the range and tries again as long as it finds an entry that is not empty. The zap of a write-protected page of a file leaves a marker, so it always finds one.',
    live: 'Unprotect the range with UFFDIO_WRITEPROTECT before installing guards.',
  },
];
