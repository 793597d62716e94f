// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * Async WP: a page of shared memory whose content MADV_REMOVE takes away is
 * not reported as written. Control: MADV_DONTNEED of anonymous memory.
 */
#include "finding.h"

int main(int argc, char **argv)
{
	bool control = is_control(argc, argv);
	int uffd = uffd_open(UFFD_FEATURE_WP_ASYNC | UFFD_FEATURE_WP_UNPOPULATED);
	char *page = control ? private_memory(SIZE) : shared_memory(shared_file(SIZE), SIZE);
	uint64_t before, after;

	*page = 1;
	need(!uffd_register(uffd, page, SIZE, UFFDIO_REGISTER_MODE_WP), "REGISTER for WP");
	must(!uffd_writeprotect(uffd, page, SIZE, true), "WRITEPROTECT");
	before = scan_one(page, 0);
	must(!(before & PAGE_IS_WRITTEN), "the page is not protected");
	must(!madvise(page, SIZE, control ? MADV_DONTNEED : MADV_REMOVE), "madvise");
	after = scan_one(page, 0);
	must(*page == 0, "the content is still there");
	verdict(!(after & PAGE_IS_WRITTEN), "the content was taken away: written %d", !!(after & PAGE_IS_WRITTEN));
}
