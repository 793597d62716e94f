/**
 * Every point at which designs, kernel versions or bugs differ. A design is one record of these; a mutant changes one.
 *
 * Each has the anchor of the kernel function that takes it in `decisionAnchors`.
 */
export interface Decisions {
  /** Arming for RWP sets the uffd bit beside taking the access away; without it the missing access is the only mark. */
  readonly rwpSetsBit: boolean;
  /** What makes a fault on an entry without access an RWP fault in an RWP VMA: the missing access, or also the bit. */
  readonly rwpFaultAsks: 'no-access' | 'no-access-and-bit';
  /** Arming for RWP marks swap entries too. */
  readonly rwpArmsSwap: boolean;
  /** Arming for RWP marks migration entries too. */
  readonly rwpArmsMigration: boolean;
  /** A swap entry takes the uffd bit along. */
  readonly swapOutCarriesBit: boolean;
  /** A page mapped back from swap has the bit of its swap entry. */
  readonly swapInKeepsBit: boolean;
  /** In an RWP VMA a page that comes back from swap with the bit is mapped without access. */
  readonly swapInRestoresNoAccess: boolean;
  /** A migration entry takes the uffd bit along. */
  readonly migrationCarriesBit: boolean;
  /** The end of a migration gives a readable entry's bit back. */
  readonly migrationRestoresBit: boolean;
  /** The end of a migration gives a writable entry's bit back, and then no write permission. */
  readonly writableMigrationRestoresBit: boolean;
  /** In an RWP VMA a page whose migration ends with the bit is mapped without access. */
  readonly migrationRestoresNoAccess: boolean;
  /** Arming by an ioctl makes a writable migration entry a readable one. */
  readonly armingDowngradesMigration: boolean;
  /** A protecting scan makes a writable migration entry a readable one. */
  readonly scanDowngradesMigration: boolean;
  /** Which entries of an RWP VMA stay without access when mprotect gives access back: those with the bit, all, or none. */
  readonly mprotectKeepsNoAccess: 'marked' | 'always' | 'never';
  /** mprotect leaves the bit of a present entry alone. */
  readonly mprotectKeepsBit: boolean;
  /** mprotect keeps the bit of a writable migration entry when it makes it a readable one. */
  readonly mprotectKeepsBitOnWritableMigration: boolean;
  /** The NUMA scan leaves RWP VMAs alone. */
  readonly numaScanSkipsRwp: boolean;
  /** Write-protecting an empty anonymous entry leaves a marker: `async` when the context resolves writes itself. */
  readonly wpMarksEmpty: 'never' | 'async';
  /** PAGEMAP_SCAN calls a page written only in a VMA that is registered for WP; else wherever the bit is missing. */
  readonly scanAsksVma: boolean;
  /** MOVE arms the page where it puts it, if that VMA is an RWP one. */
  readonly moveArms: boolean;
  /** REGISTER accepts WP together with RWP. */
  readonly wpWithRwp: 'allowed' | 'refused';
  /** REGISTER refuses RWP for a VMA that nobody may access. */
  readonly rwpRefusesInaccessible: boolean;
  /** REGISTER refuses to drop a protection that the VMA has. */
  readonly registerRefusesDrop: boolean;
  /** UNREGISTER gives access back and takes marks away. */
  readonly unregisterResetsEntries: boolean;
  /** Whom UNREGISTER wakes: sleepers of ranges with MISSING, or all. */
  readonly unregisterWakes: 'missing-only' | 'all';
  /** Closing the descriptor gives access back and takes marks away. */
  readonly closeResetsEntries: boolean;
  /** Closing the descriptor wakes everybody. */
  readonly closeWakes: boolean;
  /** SET_MODE waits for the faults that hold a VMA lock before it changes the mode. */
  readonly setModeDrains: boolean;
  /** SET_MODE wakes all sleepers when it enables the async mode. */
  readonly setModeWakes: boolean;
  /** A protecting ioctl flushes the TLBs before it returns. */
  readonly armingFlushes: boolean;
  /** A successful unprotect wakes the sleepers of the range. */
  readonly unprotectWakes: boolean;
  /** An RWP fault looks again under the page-table lock before it stores. */
  readonly rwpFaultRechecks: boolean;
  /** A swap-in looks again under the page-table lock before it stores. */
  readonly swapInRechecks: boolean;
  /** A NUMA fault looks again under the page-table lock before it stores. */
  readonly numaFaultRechecks: boolean;
  /** A queued fault looks at the entry once more before it sleeps; without it the fault always sleeps. */
  readonly mustWaitLooks: boolean;
  /** What the last look before sleeping, after a protection fault, makes of an entry that is empty, if only for a moment. */
  readonly mustWaitOnEmpty: 'go-on' | 'sleep';
  /** What the last look before sleeping makes of a swap or migration entry. */
  readonly mustWaitOnNonPresent: 'go-on' | 'sleep';
  /** A write fault in a WP VMA flushes first when another walk still owes a flush. */
  readonly wpFaultFlushesPending: boolean;
  /** Reclaim and migration flush the TLBs before they use the content. */
  readonly unmapFlushes: boolean;
  /** MOVE flushes the source before it returns. */
  readonly moveFlushes: boolean;
  /** DONTNEED flushes before it returns. */
  readonly zapFlushes: boolean;
}

/** The values that each decision can take, for flipping and for checking mutant files. */
export const decisionValues: { readonly [D in keyof Decisions]: readonly Decisions[D][] } = {
  rwpSetsBit: [false, true],
  rwpFaultAsks: ['no-access', 'no-access-and-bit'],
  rwpArmsSwap: [false, true],
  rwpArmsMigration: [false, true],
  swapOutCarriesBit: [false, true],
  swapInKeepsBit: [false, true],
  swapInRestoresNoAccess: [false, true],
  migrationCarriesBit: [false, true],
  migrationRestoresBit: [false, true],
  writableMigrationRestoresBit: [false, true],
  migrationRestoresNoAccess: [false, true],
  armingDowngradesMigration: [false, true],
  scanDowngradesMigration: [false, true],
  mprotectKeepsNoAccess: ['marked', 'always', 'never'],
  mprotectKeepsBit: [false, true],
  mprotectKeepsBitOnWritableMigration: [false, true],
  numaScanSkipsRwp: [false, true],
  wpMarksEmpty: ['never', 'async'],
  scanAsksVma: [false, true],
  moveArms: [false, true],
  wpWithRwp: ['allowed', 'refused'],
  rwpRefusesInaccessible: [false, true],
  registerRefusesDrop: [false, true],
  unregisterResetsEntries: [false, true],
  unregisterWakes: ['missing-only', 'all'],
  closeResetsEntries: [false, true],
  closeWakes: [false, true],
  setModeDrains: [false, true],
  setModeWakes: [false, true],
  armingFlushes: [false, true],
  unprotectWakes: [false, true],
  rwpFaultRechecks: [false, true],
  swapInRechecks: [false, true],
  numaFaultRechecks: [false, true],
  mustWaitLooks: [false, true],
  mustWaitOnEmpty: ['go-on', 'sleep'],
  mustWaitOnNonPresent: ['go-on', 'sleep'],
  wpFaultFlushesPending: [false, true],
  unmapFlushes: [false, true],
  moveFlushes: [false, true],
  zapFlushes: [false, true],
};

const at = (path: string, name: string): { readonly path: string; readonly name: string } => ({ path, name });

/** The kernel function that takes each decision. */
export const decisionAnchors: { readonly [D in keyof Decisions]: { readonly path: string; readonly name: string } } = {
  rwpSetsBit: at('mm/mprotect.c', 'change_present_ptes'),
  rwpFaultAsks: at('mm/memory.c', 'handle_pte_fault'),
  rwpArmsSwap: at('mm/mprotect.c', 'change_softleaf_pte'),
  rwpArmsMigration: at('mm/mprotect.c', 'change_softleaf_pte'),
  swapOutCarriesBit: at('mm/rmap.c', 'try_to_unmap_one'),
  swapInKeepsBit: at('mm/memory.c', 'do_swap_page'),
  swapInRestoresNoAccess: at('mm/memory.c', 'do_swap_page'),
  migrationCarriesBit: at('mm/rmap.c', 'try_to_migrate_one'),
  migrationRestoresBit: at('mm/migrate.c', 'remove_migration_pte'),
  writableMigrationRestoresBit: at('mm/migrate.c', 'remove_migration_pte'),
  migrationRestoresNoAccess: at('mm/migrate.c', 'remove_migration_pte'),
  armingDowngradesMigration: at('mm/mprotect.c', 'change_softleaf_pte'),
  scanDowngradesMigration: at('fs/proc/task_mmu.c', 'make_uffd_wp_pte'),
  mprotectKeepsNoAccess: at('mm/mprotect.c', 'change_present_ptes'),
  mprotectKeepsBit: at('mm/mprotect.c', 'change_present_ptes'),
  mprotectKeepsBitOnWritableMigration: at('mm/mprotect.c', 'change_softleaf_pte'),
  numaScanSkipsRwp: at('kernel/sched/fair.c', 'task_numa_work'),
  wpMarksEmpty: at('mm/mprotect.c', 'change_pte_range'),
  scanAsksVma: at('fs/proc/task_mmu.c', 'pagemap_page_category'),
  moveArms: at('mm/userfaultfd.c', 'move_present_ptes'),
  wpWithRwp: at('mm/userfaultfd.c', 'userfaultfd_register'),
  rwpRefusesInaccessible: at('mm/userfaultfd.c', 'userfaultfd_register'),
  registerRefusesDrop: at('mm/userfaultfd.c', 'userfaultfd_register'),
  unregisterResetsEntries: at('mm/userfaultfd.c', 'userfaultfd_clear_vma'),
  unregisterWakes: at('mm/userfaultfd.c', 'userfaultfd_unregister'),
  closeResetsEntries: at('mm/userfaultfd.c', 'userfaultfd_clear_vma'),
  closeWakes: at('mm/userfaultfd.c', 'userfaultfd_release'),
  setModeDrains: at('mm/userfaultfd.c', 'userfaultfd_set_mode'),
  setModeWakes: at('mm/userfaultfd.c', 'userfaultfd_set_mode'),
  armingFlushes: at('mm/userfaultfd.c', 'mrwprotect_range'),
  unprotectWakes: at('mm/userfaultfd.c', 'userfaultfd_rwprotect'),
  rwpFaultRechecks: at('mm/memory.c', 'do_uffd_rwp'),
  swapInRechecks: at('mm/memory.c', 'do_swap_page'),
  numaFaultRechecks: at('mm/memory.c', 'do_numa_page'),
  mustWaitLooks: at('mm/userfaultfd.c', 'userfaultfd_must_wait'),
  mustWaitOnEmpty: at('mm/userfaultfd.c', 'userfaultfd_must_wait'),
  mustWaitOnNonPresent: at('mm/userfaultfd.c', 'userfaultfd_must_wait'),
  wpFaultFlushesPending: at('mm/memory.c', 'do_wp_page'),
  unmapFlushes: at('mm/rmap.c', 'try_to_unmap_one'),
  moveFlushes: at('mm/userfaultfd.c', 'move_pages_ptes'),
  zapFlushes: at('mm/memory.c', 'zap_pte_range'),
};
