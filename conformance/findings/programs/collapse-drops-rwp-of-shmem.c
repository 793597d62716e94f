// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * MADV_COLLAPSE of another, unregistered mapping of a file takes the RWP marks
 * of its pages here. Control: nothing is collapsed.
 */
#include "finding.h"

int main(int argc, char **argv)
{
	bool control = is_control(argc, argv);
	int uffd = uffd_open(UFFD_FEATURE_RWP), fd = shared_file(HUGE), armed = 0, kept = 0;
	char *here = huge_range(fd), *there = huge_range(fd);

	memset(here, 1, HUGE);
	need(!uffd_register(uffd, here, HUGE, UFFDIO_REGISTER_MODE_RWP), "REGISTER for RWP");
	must(!uffd_rwprotect(uffd, here, HUGE, true), "RWPROTECT");
	for (size_t at = 0; at < HUGE; at += SIZE)
		armed += is_marked(here + at);
	must(armed == HUGE / SIZE, "not all pages are armed");
	if (!control)
		need(!madvise(there, HUGE, MADV_COLLAPSE), "MADV_COLLAPSE");
	for (size_t at = 0; at < HUGE; at += SIZE)
		kept += is_marked(here + at);
	verdict(kept < armed, "of %d armed pages %d are armed afterwards", armed, kept);
}
