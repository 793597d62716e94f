/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* What /proc/self/pagemap says about a page: its words and its scan ioctl. */
#ifndef FAULTLINE_PAGEMAP_H
#define FAULTLINE_PAGEMAP_H

#include <linux/fs.h>
#include <stdint.h>
#include <sys/ioctl.h>

#define PM_PRESENT (1ULL << 63)
#define PM_SWAP (1ULL << 62)
#define PM_FILE (1ULL << 61)
#define PM_GUARD (1ULL << 58)
#define PM_UFFD (1ULL << 57)
#define PM_EXCLUSIVE (1ULL << 56)
#define PM_FRAME ((1ULL << 55) - 1)
/* Bits 0-4 of a swap word are the swap type; the last type is "PTE marker". */
#define PM_SWAP_TYPE 31ULL
#define PM_SWAP_TYPE_MARKER 31ULL

#ifndef PAGEMAP_SCAN /* 6.7 */
struct page_region {
	__u64 start;
	__u64 end;
	__u64 categories;
};
struct pm_scan_arg {
	__u64 size;
	__u64 flags;
	__u64 start;
	__u64 end;
	__u64 walk_end;
	__u64 vec;
	__u64 vec_len;
	__u64 max_pages;
	__u64 category_inverted;
	__u64 category_mask;
	__u64 category_anyof_mask;
	__u64 return_mask;
};
#define PAGEMAP_SCAN _IOWR('f', 16, struct pm_scan_arg)
#endif

#ifndef PM_SCAN_WP_MATCHING
#define PM_SCAN_WP_MATCHING (1 << 0)
#endif
#ifndef PM_SCAN_CHECK_WPASYNC
#define PM_SCAN_CHECK_WPASYNC (1 << 1)
#endif
#ifndef PAGE_IS_WRITTEN
#define PAGE_IS_WRITTEN (1 << 1)
#endif
#ifndef PAGE_IS_PRESENT
#define PAGE_IS_PRESENT (1 << 3)
#endif
#ifndef PAGE_IS_PFNZERO
#define PAGE_IS_PFNZERO (1 << 5)
#endif

#ifndef PAGE_IS_HUGE
#define PAGE_IS_HUGE (1 << 6)
#endif

/* Names of the categories, by bit number; NULL ends the list. */
extern const char *const scan_categories[];

/* The categories that this kernel knows; 0 when it has no PAGEMAP_SCAN. */
uint64_t scan_probe(void);

/* Read [start, end) with PAGEMAP_SCAN; the number of regions, or -errno. */
int scan_pages(int pagemap_fd, struct pm_scan_arg *arg, void *start, void *end,
	       struct page_region *regions, unsigned int regions_max);

#endif
