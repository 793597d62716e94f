import { functionsOf, judged, type ContractLine } from './line.ts';

const uffd = 'mm/userfaultfd.c';
const memory = 'mm/memory.c';
const races = ['reclaim-vs-fault', 'migrate-vs-fault', 'discard-vs-fault'];

/** What an access to a protected page promises. */
export const faultLines: readonly ContractLine[] = [
  {
    number: 11,
    id: 'sync-stops-accesses',
    says: 'In sync mode no access of user mode to an armed page proceeds until something resolves or removes the entry.',
    source: {
      standing: 'P',
      document: 'userfaultfd.rst',
      sentence: 'The faulting thread blocks and a ``UFFD_PAGEFAULT_FLAG_RWP`` message is delivered',
    },
    by: functionsOf(memory, 'do_uffd_rwp'),
    judging: judged(
      ['sync-stops-accesses', 'no-access-is-read-only'],
      [{ property: 'LM', scenarios: [...races, 'mprotect-vs-rwp', 'numa-vs-rwp'] }],
      'accesses by the kernel for a user, other than faults',
    ),
  },
  {
    number: 12,
    id: 'flags-tell-the-fault',
    says: 'RWP stops reads and writes, WP only writes; the flags of a message tell which of them, MINOR or MISSING it is.',
    source: {
      standing: 'P',
      document: 'userfaultfd.rst',
      sentence: 'You can tell which kind of fault occurred by examining ``pagefault.flags``',
    },
    by: functionsOf(uffd, 'userfault_msg'),
    judging: judged(['wp-lets-reads-through', 'flags-tell-the-fault', 'marked-is-read-only']),
  },
  {
    number: 13,
    id: 'async-resolves-silently',
    says: 'In async mode an access to an armed page completes without a message, and the page is not armed any more.',
    source: {
      standing: 'P',
      document: 'userfaultfd.rst',
      sentence: 'automatically restores PTE permissions and the thread continues without blocking',
    },
    by: functionsOf(memory, 'do_uffd_rwp', 'do_wp_page'),
    judging: judged(['async-completes', 'async-makes-nothing-clean-writable'], [{ property: 'LM', scenarios: races }]),
  },
  {
    number: 14,
    id: 'woken-thread-faults-again',
    says: 'A thread that is woken makes its access again from the start; waking resolves nothing.',
    source: {
      standing: 'P',
      document: 'userfaultfd.rst',
      sentence: 'fires, the vCPU retries the access, faults as ``MISSING``',
    },
    by: functionsOf(uffd, 'handle_userfault'),
    judging: judged(['waking-resolves-nothing']),
  },
  {
    number: 15,
    id: 'no-lost-wake-up',
    says: 'After a page was resolved and its sleepers woken, no thread sleeps on that it faulted before.',
    source: {
      standing: 'C',
      comment: { path: uffd, name: 'handle_userfault' },
      says: 'the fault is queued before the entry is looked at, so that a wake-up in between is not lost',
    },
    by: functionsOf(uffd, 'handle_userfault', 'userfaultfd_must_wait', 'wake_userfault'),
    judging: judged(
      [],
      [
        {
          property: 'SF',
          scenarios: ['reclaim-vs-fault', 'migrate-vs-fault', 'set-mode-vs-fault', 'discard-vs-fault'],
        },
      ],
    ),
  },
  {
    number: 16,
    id: 'read-once',
    says: 'A fault that is queued is read at most once, the oldest first.',
    source: {
      standing: 'C',
      comment: { path: uffd, name: 'userfaultfd_ctx_read' },
      says: 'a fault that was read is not pending any more and waits on another queue',
    },
    by: functionsOf(uffd, 'userfaultfd_ctx_read'),
    judging: judged(['read-once'], [], 'the order of several messages'),
  },
  {
    number: 17,
    id: 'rwp-ignores-empty',
    says: 'RWP never stops or reports an access to an address where nothing is; MISSING and MINOR do that by themselves.',
    source: {
      standing: 'P',
      document: 'userfaultfd.rst',
      sentence: 'accesses to unpopulated addresses in a protected range fall through to the normal missing-page path',
    },
    by: functionsOf(memory, 'do_pte_missing'),
    judging: judged(['rwp-ignores-empty'], [{ property: 'FP', scenarios: ['discard-vs-fault'] }]),
  },
];
