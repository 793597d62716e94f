import { noOrYes, type Declared } from './declared.ts';

/** Registration: what may be combined, and what its end leaves behind. */
export interface RegistrationDecisions {
  /** REGISTER accepts WP together with RWP. */
  readonly wpWithRwp: 'allowed' | 'refused';
  /** REGISTER refuses RWP for a VMA that nobody may access. */
  readonly rwpRefusesInaccessible: boolean;
  /** REGISTER refuses to drop a protection that the VMA has. */
  readonly registerRefusesDrop: boolean;
  /** REGISTER looks at every VMA of its range before it changes one; else one that it refuses ends it half-way. */
  readonly registerChecksFirst: boolean;
  /** UNREGISTER gives access back and takes marks away. */
  readonly unregisterResetsEntries: boolean;
  /** Whom UNREGISTER wakes: sleepers of ranges with MISSING, or all. */
  readonly unregisterWakes: 'missing-only' | 'all';
  /** Closing the descriptor gives access back and takes marks away. */
  readonly closeResetsEntries: boolean;
  /** Closing the descriptor wakes everybody. */
  readonly closeWakes: boolean;
}

/** Their values, and the kernel functions that take them. */
export const registrationDecisions: Declared<RegistrationDecisions> = {
  wpWithRwp: { values: ['allowed', 'refused'], path: 'mm/userfaultfd.c', name: 'userfaultfd_register' },
  rwpRefusesInaccessible: { values: noOrYes, path: 'mm/userfaultfd.c', name: 'userfaultfd_register' },
  registerRefusesDrop: { values: noOrYes, path: 'mm/userfaultfd.c', name: 'userfaultfd_register' },
  registerChecksFirst: { values: noOrYes, path: 'mm/userfaultfd.c', name: 'userfaultfd_register' },
  unregisterResetsEntries: { values: noOrYes, path: 'mm/userfaultfd.c', name: 'userfaultfd_clear_vma' },
  unregisterWakes: { values: ['missing-only', 'all'], path: 'mm/userfaultfd.c', name: 'userfaultfd_unregister' },
  closeResetsEntries: { values: noOrYes, path: 'mm/userfaultfd.c', name: 'userfaultfd_clear_vma' },
  closeWakes: { values: noOrYes, path: 'mm/userfaultfd.c', name: 'userfaultfd_release' },
};
