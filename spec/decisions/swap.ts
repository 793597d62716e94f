import { noOrYes, type Declared } from './declared.ts';

/** Swap: whether a page keeps its mark on its way out and back. */
export interface SwapDecisions {
  /** A swap entry takes the uffd bit along. */
  readonly swapOutCarriesBit: boolean;
  /** A page mapped back from swap has the bit of its swap entry. */
  readonly swapInKeepsBit: boolean;
  /** In an RWP VMA a page that comes back from swap with the bit is mapped without access. */
  readonly swapInRestoresNoAccess: boolean;
  /** A page that swapoff maps again has the bit of its swap entry. */
  readonly swapoffKeepsBit: boolean;
  /** In an RWP VMA a page that swapoff maps again with the bit is mapped without access. */
  readonly swapoffRestoresNoAccess: boolean;
}

/** Their values, and the kernel functions that take them. */
export const swapDecisions: Declared<SwapDecisions> = {
  swapOutCarriesBit: { values: noOrYes, path: 'mm/rmap.c', name: 'try_to_unmap_one' },
  swapInKeepsBit: { values: noOrYes, path: 'mm/memory.c', name: 'do_swap_page' },
  swapInRestoresNoAccess: { values: noOrYes, path: 'mm/memory.c', name: 'do_swap_page' },
  swapoffKeepsBit: { values: noOrYes, path: 'mm/swapfile.c', name: 'unuse_pte' },
  swapoffRestoresNoAccess: { values: noOrYes, path: 'mm/swapfile.c', name: 'unuse_pte' },
};
