/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/*
 * The userfaultfd interface up to Linux 7.3, on top of whatever headers the
 * machine has: what they lack is defined here, by number and layout.
 */
#ifndef FAULTLINE_UFFD_H
#define FAULTLINE_UFFD_H

#include <linux/userfaultfd.h>
#include <stdint.h>
#include <sys/ioctl.h>

/* The device node's way to get a descriptor, 6.1 */
#ifndef USERFAULTFD_IOC_NEW
#define USERFAULTFD_IOC_NEW _IO(0xAA, 0x00)
#endif

/* Features, each with the version that brought it */
#ifndef UFFD_FEATURE_EXACT_ADDRESS /* 5.18 */
#define UFFD_FEATURE_EXACT_ADDRESS (1 << 11)
#endif
#ifndef UFFD_FEATURE_WP_HUGETLBFS_SHMEM /* 5.19 */
#define UFFD_FEATURE_WP_HUGETLBFS_SHMEM (1 << 12)
#endif
#ifndef UFFD_FEATURE_WP_UNPOPULATED /* 6.4 */
#define UFFD_FEATURE_WP_UNPOPULATED (1 << 13)
#endif
#ifndef UFFD_FEATURE_POISON /* 6.6 */
#define UFFD_FEATURE_POISON (1 << 14)
#endif
#ifndef UFFD_FEATURE_WP_ASYNC /* 6.7 */
#define UFFD_FEATURE_WP_ASYNC (1 << 15)
#endif
#ifndef UFFD_FEATURE_MOVE /* 6.8 */
#define UFFD_FEATURE_MOVE (1 << 16)
#endif
#ifndef UFFD_FEATURE_RWP /* 7.3 */
#define UFFD_FEATURE_RWP (1 << 17)
#endif
#ifndef UFFD_FEATURE_RWP_ASYNC /* 7.3 */
#define UFFD_FEATURE_RWP_ASYNC (1 << 18)
#endif

#ifndef UFFDIO_REGISTER_MODE_RWP /* 7.3 */
#define UFFDIO_REGISTER_MODE_RWP ((__u64)1 << 3)
#endif
#ifndef UFFD_PAGEFAULT_FLAG_RWP /* 7.3 */
#define UFFD_PAGEFAULT_FLAG_RWP (1 << 3)
#endif

#ifndef UFFDIO_POISON /* 6.6 */
struct uffdio_poison {
	struct uffdio_range range;
	__u64 mode;
	__s64 updated;
};
#define UFFDIO_POISON_MODE_DONTWAKE ((__u64)1 << 0)
#define UFFDIO_POISON _IOWR(0xAA, 0x08, struct uffdio_poison)
#endif

#ifndef UFFDIO_MOVE /* 6.8 */
struct uffdio_move {
	__u64 dst;
	__u64 src;
	__u64 len;
	__u64 mode;
	__s64 move;
};
#define UFFDIO_MOVE_MODE_DONTWAKE ((__u64)1 << 0)
#define UFFDIO_MOVE _IOWR(0xAA, 0x05, struct uffdio_move)
#endif

#ifndef UFFDIO_RWPROTECT /* 7.3 */
struct uffdio_rwprotect {
	struct uffdio_range range;
	__u64 mode;
};
#define UFFDIO_RWPROTECT_MODE_RWP ((__u64)1 << 0)
#define UFFDIO_RWPROTECT_MODE_DONTWAKE ((__u64)1 << 1)
#define UFFDIO_RWPROTECT _IOWR(0xAA, 0x09, struct uffdio_rwprotect)
#endif

#ifndef UFFDIO_SET_MODE /* 7.3 */
struct uffdio_set_mode {
	__u64 enable;
	__u64 disable;
};
#define UFFDIO_SET_MODE _IOW(0xAA, 0x0A, struct uffdio_set_mode)
#endif

/* One userfaultfd feature: its bit, and its uapi name in lower case. */
struct feature {
	const char *name;
	uint64_t bit;
};

extern const struct feature features[];

#endif
