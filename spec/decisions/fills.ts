import { noOrYes, type Declared } from './declared.ts';

/** Fills: what a page that user space gives may take the place of. */
export interface FillsDecisions {
  /** COPY takes the place of a guard, as it does of the markers of userfaultfd. */
  readonly copyReplacesGuard: boolean;
}

/** Their values, and the kernel functions that take them. */
export const fillsDecisions: Declared<FillsDecisions> = {
  copyReplacesGuard: { values: noOrYes, path: 'mm/userfaultfd.c', name: 'mfill_atomic_install_pte' },
};
