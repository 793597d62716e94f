import { functionsOf, judged, notJudged, type ContractLine } from './line.ts';

const uffd = 'mm/userfaultfd.c';

/** What UFFDIO_RWPROTECT promises. */
export const rwprotectLines: readonly ContractLine[] = [
  {
    number: 5,
    id: 'all-or-nothing',
    says: 'An RWPROTECT that fails has changed no entry and woken nobody; a hole in the range is no failure.',
    source: {
      standing: 'C',
      comment: { path: uffd, name: 'mrwprotect_range' },
      says: 'all VMAs of the range are looked at first, so that a failure leaves no part of it changed',
    },
    by: functionsOf(uffd, 'mrwprotect_range'),
    judging: notJudged('a session has one VMA: a failure half-way takes two'),
  },
  {
    number: 6,
    id: 'arming-is-complete',
    says: 'When RWPROTECT returns, every page that was there throughout is armed, and no processor can still use an older translation.',
    source: {
      standing: 'P',
      document: 'userfaultfd.rst',
      sentence: 'sets PROT_NONE on present PTEs in the range',
      beyond: 'that swap and migration entries are armed too, and that the flush is over at return',
    },
    by: [...functionsOf(uffd, 'mrwprotect_range'), ...functionsOf('mm/mprotect.c', 'change_pte_range')],
    judging: judged(
      ['arming-arms'],
      [{ property: 'LM', scenarios: ['reclaim-vs-fault', 'migrate-vs-fault', 'numa-vs-rwp', 'discard-vs-fault'] }],
    ),
  },
  {
    number: 7,
    id: 'arming-keeps-the-page',
    says: 'Arming changes permissions only: no content, frame, dirty or young bit.',
    source: {
      standing: 'P',
      document: 'userfaultfd.rst',
      sentence: 'Pages stay resident and their physical frames are preserved',
    },
    by: functionsOf('mm/mprotect.c', 'change_present_ptes'),
    judging: judged(['arming-keeps-the-page'], [], 'the soft-dirty bit, which nothing models'),
  },
  {
    number: 8,
    id: 'arming-populates-nothing',
    says: 'RWPROTECT populates no address and leaves no marker at an empty one.',
    source: {
      standing: 'P',
      document: 'userfaultfd.rst',
      sentence: 'Unpopulated addresses within the range remain unpopulated',
    },
    by: functionsOf('mm/mprotect.c', 'change_pte_range'),
    judging: judged(['arming-populates-nothing']),
  },
  {
    number: 9,
    id: 'resolving-restores-and-wakes',
    says: 'Unprotecting gives back what the VMA allows, and wakes whoever sleeps in the range unless told not to.',
    source: {
      standing: 'P',
      document: 'userfaultfd.rst',
      sentence: 'restores normal VMA permissions and wakes any faulting threads',
    },
    by: functionsOf(uffd, 'userfaultfd_rwprotect'),
    judging: judged(['resolving-restores', 'resolving-wakes'], [{ property: 'SF', scenarios: ['numa-vs-rwp'] }]),
  },
  {
    number: 10,
    id: 'idempotent',
    says: 'Arming what is armed, and resolving what is not, changes nothing and returns 0.',
    source: { standing: 'B' },
    by: functionsOf('mm/mprotect.c', 'change_pte_range'),
    judging: judged(['protecting-twice-is-once']),
  },
];
