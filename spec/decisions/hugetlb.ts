import { noOrYes, type Declared } from './declared.ts';

/** Huge pages of hugetlbfs: what becomes of bits that no mode of the VMA has a use for. */
export interface HugetlbDecisions {
  /** A write to a huge page whose bit is a stale one clears it; else the write faults for ever. */
  readonly hugetlbFaultClearsStale: boolean;
  /** A huge page that is mapped where a marker stands has its bit only in a WP VMA; else in any. */
  readonly hugetlbMapAsksMode: boolean;
  /** Unmapping a huge page leaves a marker for its bit only in a WP VMA; else in any. */
  readonly hugetlbUnmapAsksMode: boolean;
}

/** Their values, and the kernel functions that take them. */
export const hugetlbDecisions: Declared<HugetlbDecisions> = {
  hugetlbFaultClearsStale: { values: noOrYes, path: 'mm/hugetlb.c', name: 'hugetlb_fault' },
  hugetlbMapAsksMode: { values: noOrYes, path: 'mm/hugetlb.c', name: 'hugetlb_no_page' },
  hugetlbUnmapAsksMode: { values: noOrYes, path: 'mm/hugetlb.c', name: 'unmap_hugepage_range' },
};
