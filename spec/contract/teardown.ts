import { functionsOf, judged, notJudged, type ContractLine } from './line.ts';

const uffd = 'mm/userfaultfd.c';

/** The switch of the mode, the end of a registration, and what concerns several at once. */
export const teardownLines: readonly ContractLine[] = [
  {
    number: 33,
    id: 'mode-switch-is-sharp',
    says: 'After SET_MODE returns every fault goes by the new mode; switching to async lets all sleepers go.',
    source: {
      standing: 'P',
      document: 'userfaultfd.rst',
      sentence: 'draining in-flight per-VMA-locked faults before the new mode takes effect',
    },
    by: functionsOf(uffd, 'userfaultfd_set_mode'),
    judging: judged(['async-lets-sleepers-go'], [{ property: 'MS', scenarios: ['set-mode-vs-fault'] }]),
  },
  {
    number: 34,
    id: 'nothing-left-behind',
    says: 'After UNREGISTER or close no entry of the range is marked, or inaccessible because of userfaultfd.',
    source: {
      standing: 'P',
      document: 'userfaultfd.rst',
      sentence: 'PTEs are automatically restored to their normal VMA permissions',
    },
    by: functionsOf(uffd, 'userfaultfd_clear_vma'),
    judging: judged(
      ['unregister-leaves-no-mark', 'close-leaves-no-mark'],
      [{ property: 'AR', scenarios: ['unregister-vs-fault'] }],
    ),
  },
  {
    number: 35,
    id: 'nobody-left-asleep',
    says: 'After UNREGISTER or close no thread sleeps on in a fault of the range.',
    source: {
      standing: 'C',
      comment: { path: uffd, name: 'userfaultfd_unregister' },
      says: 'faults that are pending are woken, so that they do not hang for good and user space need not wake them',
    },
    by: functionsOf(uffd, 'userfaultfd_release', 'userfaultfd_unregister'),
    judging: judged(
      ['unregister-leaves-nobody-asleep', 'close-leaves-nobody-asleep'],
      [{ property: 'SF', scenarios: ['unregister-vs-fault'] }],
    ),
  },
  {
    number: 36,
    id: 'events-stop-changes',
    says: 'While an event of fork, mremap, madvise or munmap is unread, fills, protections and moves return EAGAIN and change nothing.',
    source: { standing: 'B' },
    by: functionsOf(uffd, 'userfaultfd_writeprotect', 'userfaultfd_rwprotect'),
    judging: notJudged('the model has no events but faults'),
  },
  {
    number: 37,
    id: 'neighbours-stay-empty',
    says: 'In a registered VMA a fault populates no neighbour, but for whole huge pages.',
    source: {
      standing: 'C',
      comment: { path: 'include/linux/userfaultfd_k.h', name: 'uffd_disable_fault_around' },
      says: 'neighbours that a fault brings along could not be told from pages that were accessed',
    },
    by: functionsOf('include/linux/userfaultfd_k.h', 'uffd_disable_fault_around'),
    judging: notJudged('the pages of a session share nothing but their registration'),
  },
  {
    number: 38,
    id: 'any-descriptor-of-the-process',
    says: 'Fills and protections act on any VMA of the address space with the right mode, whichever descriptor registered it.',
    source: { standing: 'B' },
    by: functionsOf(uffd, 'mwriteprotect_range', 'mrwprotect_range'),
    judging: notJudged('a session has one descriptor'),
  },
];
