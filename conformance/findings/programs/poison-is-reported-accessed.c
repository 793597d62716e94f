// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * A page that UFFDIO_POISON has poisoned is reported as accessed after
 * RWPROTECT. Control: a page in its place.
 */
#include "finding.h"

int main(int argc, char **argv)
{
	bool control = is_control(argc, argv);
	int uffd = uffd_open(UFFD_FEATURE_RWP | UFFD_FEATURE_POISON);
	char *page = private_memory(SIZE);
	struct uffdio_poison poison = { .range = { (uintptr_t)page, SIZE } };
	uint64_t seen;

	need(!uffd_register(uffd, page, SIZE, UFFDIO_REGISTER_MODE_RWP), "REGISTER for RWP");
	if (control)
		*page = 1;
	else
		need(!ioctl(uffd, UFFDIO_POISON, &poison), "POISON");
	must(!uffd_rwprotect(uffd, page, SIZE, true), "RWPROTECT");
	seen = scan_one(page, 0);
	verdict(seen & PAGE_IS_ACCESSED, "after RWPROTECT: accessed %d", !!(seen & PAGE_IS_ACCESSED));
}
