// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * A page of shared memory that was accessed since it was armed is not
 * reported as accessed once reclaim has taken it. Control: anonymous memory.
 */
#include "finding.h"

int main(int argc, char **argv)
{
	bool control = is_control(argc, argv);
	int uffd = uffd_open(UFFD_FEATURE_RWP | UFFD_FEATURE_RWP_ASYNC);
	char *page = control ? private_memory(SIZE) : shared_memory(shared_file(SIZE), SIZE);
	uint64_t before, after;

	one_cpu();
	need(!uffd_register(uffd, page, SIZE, UFFDIO_REGISTER_MODE_RWP), "REGISTER for RWP");
	*page = 1;
	must(!uffd_rwprotect(uffd, page, SIZE, true), "RWPROTECT");
	must(!(scan_one(page, 0) & PAGE_IS_ACCESSED), "the page is not armed");
	*page = 2;
	before = scan_one(page, 0);
	must(before & PAGE_IS_ACCESSED, "the access is not reported");
	need(page_out(page), "the page is not reclaimed (is there swap?)");
	after = scan_one(page, 0);
	verdict(!(after & PAGE_IS_ACCESSED), "accessed: before reclaim %d, after it %d",
		!!(before & PAGE_IS_ACCESSED), !!(after & PAGE_IS_ACCESSED));
}
