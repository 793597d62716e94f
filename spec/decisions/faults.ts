import { noOrYes, type Declared } from './declared.ts';

/** Faults: who looks again, who sleeps, who is woken, and how the mode is switched. */
export interface FaultsDecisions {
  /** SET_MODE waits for the faults that hold a VMA lock before it changes the mode. */
  readonly setModeDrains: boolean;
  /** SET_MODE wakes all sleepers when it enables the async mode. */
  readonly setModeWakes: boolean;
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
}

/** Their values, and the kernel functions that take them. */
export const faultsDecisions: Declared<FaultsDecisions> = {
  setModeDrains: { values: noOrYes, path: 'mm/userfaultfd.c', name: 'userfaultfd_set_mode' },
  setModeWakes: { values: noOrYes, path: 'mm/userfaultfd.c', name: 'userfaultfd_set_mode' },
  unprotectWakes: { values: noOrYes, path: 'mm/userfaultfd.c', name: 'userfaultfd_rwprotect' },
  rwpFaultRechecks: { values: noOrYes, path: 'mm/memory.c', name: 'do_uffd_rwp' },
  swapInRechecks: { values: noOrYes, path: 'mm/memory.c', name: 'do_swap_page' },
  numaFaultRechecks: { values: noOrYes, path: 'mm/memory.c', name: 'do_numa_page' },
  mustWaitLooks: { values: noOrYes, path: 'mm/userfaultfd.c', name: 'userfaultfd_must_wait' },
  mustWaitOnEmpty: { values: ['go-on', 'sleep'], path: 'mm/userfaultfd.c', name: 'userfaultfd_must_wait' },
  mustWaitOnNonPresent: { values: ['go-on', 'sleep'], path: 'mm/userfaultfd.c', name: 'userfaultfd_must_wait' },
};
