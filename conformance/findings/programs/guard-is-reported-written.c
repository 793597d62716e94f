// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * A guard is reported as written after WRITEPROTECT. Control: a page in its
 * place.
 */
#include "finding.h"

int main(int argc, char **argv)
{
	bool control = is_control(argc, argv);
	int uffd = uffd_open(UFFD_FEATURE_WP_ASYNC | UFFD_FEATURE_WP_UNPOPULATED);
	char *page = private_memory(SIZE);
	uint64_t seen;

	need(!uffd_register(uffd, page, SIZE, UFFDIO_REGISTER_MODE_WP), "REGISTER for WP");
	if (control)
		*page = 1;
	else
		need(!madvise(page, SIZE, MADV_GUARD_INSTALL), "MADV_GUARD_INSTALL");
	must(!uffd_writeprotect(uffd, page, SIZE, true), "WRITEPROTECT");
	seen = scan_one(page, 0);
	verdict(seen & PAGE_IS_WRITTEN, "after WRITEPROTECT: written %d", !!(seen & PAGE_IS_WRITTEN));
}
