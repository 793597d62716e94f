import { lostWakeUps, type LostWakeUp } from '../forced/schedules.ts';
import type { Story } from '../story.ts';

/** The id of a lost wake-up that a schedule forces. */
export const lostId = ({ look, mode, mover }: LostWakeUp): string => `lost-wake-up-${look}-${mode}-${mover}`;

function lostStory(lost: LostWakeUp): Story {
  const { look, mode, mover } = lost;
  const around = look === 'around';
  const moves = mover === 'reclaim' ? 'reclaim' : 'migration';
  return {
    id: lostId(lost),
    title: `${mode.toUpperCase()}: a fault sleeps past its wake-up ${around ? 'after' : 'during'} ${moves}`,
    says: around
      ? 'A thread has faulted and its message is unread. The page is unprotected and its sleepers are woken while it is being migrated; it arrives read-only, without its mark. The thread looks at the entry for the last time, takes it for protected, and sleeps, though nobody will wake it.'
      : `A thread has faulted and its message is unread. The page is unprotected and its sleepers are woken. Then ${moves} empties the entry for a moment, the thread looks at it for the last time, takes it for a page that is missing, and sleeps, though nobody will wake it.`,
    line: 15,
    of: 'kernel',
    shownBy: { kind: 'schedule' },
    control: around
      ? 'RWP instead of WP: then the thread goes on'
      : 'the thread looks when something is stored again: then it goes on',
    kernels: { '6.18': 'not tried', '7.3.4': 'shown' },
    cause: around
      ? 'userfaultfd_must_wait() in mm/userfaultfd.c takes an entry that is not writable for one that is write-protected, and remove_migration_pte() in mm/migrate.c maps a page read-only whose migration entry was made readable.'
      : 'userfaultfd_must_wait() in mm/userfaultfd.c reads the entry without its lock, and takes an empty one for a reason to sleep.',
    live: 'Answer every message that is read by a wake-up, also one about a page that is unprotected already: the message is there, and reading and answering it ends the sleep.',
  };
}

/** Findings that the checker has made: schedules, and programs of user space that the kernel’s rules do not protect. */
export const checkerStories: readonly Story[] = [
  ...lostWakeUps.map(lostStory),
  {
    id: 'scan-before-sync-loses-a-write',
    title: 'an eviction loop that scans before it switches to sync loses a write',
    says: 'A page that a scan in async mode found cold is touched before the switch to sync mode. It is not armed any more, and a write between the copy and the hole is lost.',
    line: 33,
    of: 'program',
    shownBy: { kind: 'sequence' },
    control: 'the switch comes before the scan, as userfaultfd.rst has it',
    kernels: { '6.18': 'no RWP there', '7.3.4': 'shown' },
    cause: 'In async mode do_uffd_rwp() in mm/memory.c resolves the access at once, which is what the mode is for.',
    live: 'Switch to sync mode first, then scan.',
  },
  {
    id: 'naive-copy-blocks-on-itself',
    title: 'a manager that reads an armed page through its own protection blocks on itself',
    says: 'A manager of one thread reads a page through the mapping that it has armed, in sync mode: it sleeps in the fault that it should answer.',
    line: 11,
    of: 'program',
    shownBy: { kind: 'sequence' },
    control: 'the page is not armed',
    kernels: { '6.18': 'no RWP there', '7.3.4': 'shown' },
    cause: 'Protection is of the mapping, not of a thread.',
    live: 'Read through another mapping of the file, or move the page away with UFFDIO_MOVE first.',
  },
];
