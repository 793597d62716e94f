import { noOrYes, type Declared } from './declared.ts';

/** Flushes: when what processors remember of an entry is gone. */
export interface FlushesDecisions {
  /** A protecting ioctl flushes the TLBs before it returns. */
  readonly armingFlushes: boolean;
  /** A write fault in a WP VMA flushes first when another walk still owes a flush. */
  readonly wpFaultFlushesPending: boolean;
  /** Reclaim and migration flush the TLBs before they use the content. */
  readonly unmapFlushes: boolean;
  /** MOVE flushes the source before it returns. */
  readonly moveFlushes: boolean;
  /** DONTNEED flushes before it returns. */
  readonly zapFlushes: boolean;
}

/** Their values, and the kernel functions that take them. */
export const flushesDecisions: Declared<FlushesDecisions> = {
  armingFlushes: { values: noOrYes, path: 'mm/userfaultfd.c', name: 'mrwprotect_range' },
  wpFaultFlushesPending: { values: noOrYes, path: 'mm/memory.c', name: 'do_wp_page' },
  unmapFlushes: { values: noOrYes, path: 'mm/rmap.c', name: 'try_to_unmap_one' },
  moveFlushes: { values: noOrYes, path: 'mm/userfaultfd.c', name: 'move_pages_ptes' },
  zapFlushes: { values: noOrYes, path: 'mm/memory.c', name: 'zap_pte_range' },
};
