import { aboutRwp, onBoth, type Story } from '../story.ts';

/** Findings about anonymous memory, and about the interface. */
export const otherStories: readonly Story[] = [
  {
    ...aboutRwp,
    id: 'ksm-drops-rwp',
    title: 'KSM drops the RWP marks of the pages that it merges',
    says: 'Of eight armed pages with the same content, KSM leaves one armed. An access to the others completes, and nobody is told.',
    line: 11,
    system: true,
    control: 'the pages differ: then all stay armed',
    cause:
      'replace_page() in mm/ksm.c maps the shared page with a fresh entry from the permissions of the VMA, and does not take the uffd bit over from the old entry.',
    live: 'Do not use MADV_MERGEABLE, nor PR_SET_MEMORY_MERGE, on memory that is registered.',
  },
  {
    ...onBoth,
    id: 'ksm-drops-wp',
    title: 'KSM drops the write protection of the pages that it merges',
    says: 'Of eight write-protected pages with the same content, KSM leaves one write-protected. A write to the others copies the page and is not reported.',
    line: 11,
    source: {
      standing: 'P',
      document: 'userfaultfd.rst',
      sentence: 'This is equivalent to (but faster than) using mprotect and a SIGSEGV signal handler',
    },
    system: true,
    control: 'the pages differ: then all stay write-protected',
    cause:
      'replace_page() in mm/ksm.c maps the shared page with a fresh entry from the permissions of the VMA, and does not take the uffd bit over from the old entry.',
    live: 'Do not use MADV_MERGEABLE, nor PR_SET_MEMORY_MERGE, on memory that is registered.',
  },
  {
    ...onBoth,
    id: 'scan-marks-a-guard-for-good',
    title: 'a protecting PAGEMAP_SCAN marks a guard entry, and nothing unmarks it',
    says: 'PM_SCAN_WP_MATCHING sets the uffd bit in a guard entry. UFFDIO_WRITEPROTECT, UFFDIO_UNREGISTER and closing the descriptor all leave it there: pagemap goes on reporting the page as write-protected.',
    line: 34,
    source: { standing: 'B' },
    control: 'no scan: then the bit is never set',
    cause:
      'make_uffd_wp_pte() in fs/proc/task_mmu.c sets the bit in any entry that is not present, markers included, and change_pte_range() in mm/mprotect.c passes guard and poison markers over when it resolves.',
    live: 'Harmless to accesses, which the guard refuses. A scan of the range must not take the bit for write protection.',
  },
  {
    ...aboutRwp,
    id: 'poison-is-reported-accessed',
    title: 'a poisoned page is reported as accessed, whatever is armed',
    says: 'RWPROTECT of a range with a page that UFFDIO_POISON has poisoned returns 0, and PAGEMAP_SCAN goes on reporting that page as accessed, though nobody can access it.',
    line: 30,
    control: 'a page in the place of the poison: then it is not reported',
    cause:
      'change_pte_range() in mm/mprotect.c passes poison and guard markers over when it protects, and pagemap_page_category() in fs/proc/task_mmu.c reports every entry that is not empty and has no bit.',
    live: 'Ask for PAGE_IS_PRESENT too, and for PAGE_IS_SWAPPED pages look at the swap type in pagemap: that of a marker is no page.',
  },
  {
    ...onBoth,
    id: 'guard-is-reported-written',
    title: 'a guard is reported as written, though the range was write-protected',
    says: 'WRITEPROTECT of a range with a guard in it returns 0, and PAGEMAP_SCAN goes on reporting the guard as written, though nobody can write there.',
    line: 31,
    control: 'a page in the place of the guard: then it is not reported',
    cause:
      'change_pte_range() in mm/mprotect.c passes poison and guard markers over when it protects, and pagemap_page_category() in fs/proc/task_mmu.c reports every entry of a WP VMA that has no bit.',
    live: 'Ask for PAGE_IS_GUARD and leave those out; or protect by PM_SCAN_WP_MATCHING, which marks guards too, for good.',
  },
  {
    ...aboutRwp,
    id: 'forced-write-loses-rwp',
    title: "a debugger's write to a shared armed page drops its RWP mark",
    says: 'An armed page that fork shares is made inaccessible by mprotect, a debugger writes to it, and mprotect gives access back: the page is not armed any more. The next access completes.',
    line: 21,
    control: 'the page is not shared: then it stays armed',
    cause:
      'In a VMA that nobody may access a forced write follows the entry as if it were an ordinary one, and wp_page_copy() in mm/memory.c gives the copy a fresh entry without the uffd bit.',
    live: 'Arm again what was written by ptrace while it was inaccessible.',
  },
  {
    ...aboutRwp,
    id: 'proc-mem-fails-untold',
    title: 'reading an armed page through /proc/pid/mem fails with EIO, and no message tells of it',
    says: 'In sync mode a read of an armed page through /proc/self/mem, or by ptrace, fails with EIO. The handler gets no message that it could answer, so the reader cannot be helped.',
    line: 11,
    control: 'async mode: then the read succeeds',
    cause:
      'These callers cannot drop the lock that they hold, so handle_userfault() in mm/userfaultfd.c fails the fault before it queues a message.',
    live: 'Read through process_vm_readv(), which can wait, or in async mode.',
  },
  {
    ...onBoth,
    id: 'unread-event-gives-eagain',
    title: 'UFFDIO_COPY returns EAGAIN where userfaultfd.rst says ENOENT',
    says: 'userfaultfd.rst says that UFFDIO_COPY returns ENOENT when the process has changed its memory layout meanwhile, and ENOSPC when it has exited. While an event is unread it returns EAGAIN.',
    line: 36,
    source: {
      standing: 'P',
      document: 'userfaultfd.rst',
      sentence:
        'when the non-cooperative process has changed its virtual memory layout simultaneously with outstanding',
    },
    is: 'a bug report about the document',
    control: 'no event is unread: then UFFDIO_COPY returns 0',
    cause:
      'userfaultfd_copy() in mm/userfaultfd.c returns EAGAIN as long as mmap_changing is raised. The document was not changed with it.',
    live: 'Take EAGAIN for: read the events, then try again.',
  },
  {
    ...aboutRwp,
    id: 'unregister-leaves-rwp-sleeper',
    title: 'UFFDIO_UNREGISTER of an RWP range leaves its sleepers asleep',
    says: 'UNREGISTER of a range that is registered for RWP without MISSING returns 0, and a thread that sleeps in a fault there sleeps on. Only a signal or closing the descriptor wakes it.',
    line: 35,
    control: 'the descriptor is closed instead: then the thread goes on',
    cause:
      'userfaultfd_unregister() in mm/userfaultfd.c wakes the sleepers of a VMA only if it is registered for MISSING; the comment there gives a reason that is as good for the other modes.',
    live: 'Call UFFDIO_WAKE for the range after UNREGISTER.',
  },
  {
    ...onBoth,
    id: 'unregister-leaves-wp-sleeper',
    title: 'UFFDIO_UNREGISTER of a WP range leaves its sleepers asleep',
    says: 'UNREGISTER of a range that is registered for WP without MISSING returns 0, and a thread that sleeps in a fault there sleeps on. Only a signal or closing the descriptor wakes it.',
    line: 35,
    control: 'the descriptor is closed instead: then the thread goes on',
    cause:
      'userfaultfd_unregister() in mm/userfaultfd.c wakes the sleepers of a VMA only if it is registered for MISSING; the comment there gives a reason that is as good for the other modes.',
    live: 'Call UFFDIO_WAKE for the range after UNREGISTER.',
  },
];
