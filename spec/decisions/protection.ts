import { noOrYes, type Declared } from './declared.ts';

/** Protecting and resolving: what the ioctls and the scan do to entries. */
export interface ProtectionDecisions {
  /** Arming for RWP sets the uffd bit beside taking the access away; without it the missing access is the only mark. */
  readonly rwpSetsBit: boolean;
  /** What makes a fault on an entry without access an RWP fault in an RWP VMA: the missing access, or also the bit. */
  readonly rwpFaultAsks: 'no-access' | 'no-access-and-bit';
  /** Arming for RWP marks swap entries too. */
  readonly rwpArmsSwap: boolean;
  /** Arming for RWP marks migration entries too. */
  readonly rwpArmsMigration: boolean;
  /** Arming by an ioctl makes a writable migration entry a readable one. */
  readonly armingDowngradesMigration: boolean;
  /** A protecting scan makes a writable migration entry a readable one. */
  readonly scanDowngradesMigration: boolean;
  /** WRITEPROTECT looks at every VMA of its range before it changes one; else one without WP ends it half-way. */
  readonly writeprotectChecksFirst: boolean;
  /** RWPROTECT looks at every VMA of its range before it changes one; else one without RWP ends it half-way. */
  readonly rwprotectChecksFirst: boolean;
  /** Write-protecting an empty anonymous entry leaves a marker: `async` when the context resolves writes itself. */
  readonly wpMarksEmpty: 'never' | 'async';
  /** PAGEMAP_SCAN calls a page written only in a VMA that is registered for WP; else wherever the bit is missing. */
  readonly scanAsksVma: boolean;
  /** MOVE arms the page where it puts it, if that VMA is an RWP one. */
  readonly moveArms: boolean;
}

/** Their values, and the kernel functions that take them. */
export const protectionDecisions: Declared<ProtectionDecisions> = {
  rwpSetsBit: { values: noOrYes, path: 'mm/mprotect.c', name: 'change_present_ptes' },
  rwpFaultAsks: { values: ['no-access', 'no-access-and-bit'], path: 'mm/memory.c', name: 'handle_pte_fault' },
  rwpArmsSwap: { values: noOrYes, path: 'mm/mprotect.c', name: 'change_softleaf_pte' },
  rwpArmsMigration: { values: noOrYes, path: 'mm/mprotect.c', name: 'change_softleaf_pte' },
  armingDowngradesMigration: { values: noOrYes, path: 'mm/mprotect.c', name: 'change_softleaf_pte' },
  scanDowngradesMigration: { values: noOrYes, path: 'fs/proc/task_mmu.c', name: 'make_uffd_wp_pte' },
  writeprotectChecksFirst: { values: noOrYes, path: 'mm/userfaultfd.c', name: 'mwriteprotect_range' },
  rwprotectChecksFirst: { values: noOrYes, path: 'mm/userfaultfd.c', name: 'mrwprotect_range' },
  wpMarksEmpty: { values: ['never', 'async'], path: 'mm/mprotect.c', name: 'change_pte_range' },
  scanAsksVma: { values: noOrYes, path: 'fs/proc/task_mmu.c', name: 'pagemap_page_category' },
  moveArms: { values: noOrYes, path: 'mm/userfaultfd.c', name: 'move_present_ptes' },
};
