// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * RWPROTECT of shared memory that is mapped by a huge page returns 0 and arms
 * nothing: the next access completes. Control: the same memory in small pages.
 */
#include "finding.h"

int main(int argc, char **argv)
{
	bool control = is_control(argc, argv);
	int uffd = uffd_open(UFFD_FEATURE_RWP), fd = shared_file(HUGE), armed = 0, ret;
	char *at = huge_range(fd);
	struct access reading = { .page = at };

	memset(at, 1, HUGE);
	if (!control) {
		need(!madvise(at, HUGE, MADV_COLLAPSE), "MADV_COLLAPSE");
		at[0] = 2;
		need(scan_one(at, 0) & (1 << 6), "the page is not mapped huge");
	}
	need(!uffd_register(uffd, at, HUGE, UFFDIO_REGISTER_MODE_RWP), "REGISTER for RWP");
	ret = uffd_rwprotect(uffd, at, HUGE, true);
	must(!ret, "RWPROTECT");
	for (size_t i = 0; i < HUGE; i += SIZE)
		armed += is_marked(at + i);
	verdict(!armed && completes_soon(&reading), "RWPROTECT returns %d, armed are %d of %lu pages", ret, armed,
		HUGE / SIZE);
}
