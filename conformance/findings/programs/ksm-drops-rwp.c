// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * Pages that are armed for RWP lose their mark when KSM merges them into
 * another page. Control: pages with different content, which are not merged.
 */
#include "ksm.h"

int main(int argc, char **argv)
{
	int uffd = uffd_open(UFFD_FEATURE_RWP);
	int lost = marks_that_ksm_drops(uffd, private_memory(8 * SIZE), UFFDIO_REGISTER_MODE_RWP,
					uffd_rwprotect, is_control(argc, argv));

	verdict(lost > 0, "%d of 8 armed pages are not armed any more", lost);
}
