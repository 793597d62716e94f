import { noOrYes, type Declared } from './declared.ts';

/** A second address space: what fork does to the marks of both, and who may take a shared page for its own. */
export interface ForkingDecisions {
  /** fork leaves the marks of the parent alone. */
  readonly forkKeepsMarks: boolean;
  /** fork takes the write permission of the pages that are shared from then on. */
  readonly forkProtectsParent: boolean;
  /** A child whose manager does not hear of it has no marks. */
  readonly forkClearsChildMarks: boolean;
  /** A swap-in may take a page that was shared for its own when nobody else uses it any more. */
  readonly swapInTakesSole: boolean;
}

/** Their values, and the kernel functions that take them. */
export const forkingDecisions: Declared<ForkingDecisions> = {
  forkKeepsMarks: { values: noOrYes, path: 'mm/memory.c', name: 'copy_page_range' },
  forkProtectsParent: { values: noOrYes, path: 'mm/memory.c', name: 'copy_page_range' },
  forkClearsChildMarks: { values: noOrYes, path: 'mm/memory.c', name: 'copy_page_range' },
  swapInTakesSole: { values: noOrYes, path: 'mm/memory.c', name: 'do_swap_page' },
};
