import { noOrYes, type Declared } from './declared.ts';

/** mprotect and the NUMA scan: what other walks leave of a mark. */
export interface MprotectDecisions {
  /** Which entries of an RWP VMA stay without access when mprotect gives access back: those with the bit, all, or none. */
  readonly mprotectKeepsNoAccess: 'marked' | 'always' | 'never';
  /** mprotect leaves the bit of a present entry alone. */
  readonly mprotectKeepsBit: boolean;
  /** mprotect keeps the bit of a writable migration entry when it makes it a readable one. */
  readonly mprotectKeepsBitOnWritableMigration: boolean;
  /** The NUMA scan leaves RWP VMAs alone. */
  readonly numaScanSkipsRwp: boolean;
}

/** Their values, and the kernel functions that take them. */
export const mprotectDecisions: Declared<MprotectDecisions> = {
  mprotectKeepsNoAccess: { values: ['marked', 'always', 'never'], path: 'mm/mprotect.c', name: 'change_present_ptes' },
  mprotectKeepsBit: { values: noOrYes, path: 'mm/mprotect.c', name: 'change_present_ptes' },
  mprotectKeepsBitOnWritableMigration: { values: noOrYes, path: 'mm/mprotect.c', name: 'change_softleaf_pte' },
  numaScanSkipsRwp: { values: noOrYes, path: 'kernel/sched/fair.c', name: 'task_numa_work' },
};
