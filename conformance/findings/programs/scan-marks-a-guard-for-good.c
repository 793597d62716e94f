// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * A protecting scan marks a guard entry as write-protected, and nothing takes
 * the mark away: not WRITEPROTECT, not UNREGISTER, not close. Control: no scan.
 */
#include "finding.h"

int main(int argc, char **argv)
{
	bool control = is_control(argc, argv);
	int uffd = uffd_open(UFFD_FEATURE_WP_ASYNC | UFFD_FEATURE_WP_UNPOPULATED);
	char *page = private_memory(SIZE);
	bool scanned, resolved, unregistered, closed;

	need(!madvise(page, SIZE, MADV_GUARD_INSTALL), "MADV_GUARD_INSTALL");
	need(!uffd_register(uffd, page, SIZE, UFFDIO_REGISTER_MODE_WP), "REGISTER for WP");
	must(!is_marked(page), "the guard is marked before the scan");
	if (!control)
		must(scan_one(page, PM_SCAN_WP_MATCHING) & PAGE_IS_WRITTEN, "the guard is not reported");
	scanned = is_marked(page);
	must(!uffd_writeprotect(uffd, page, SIZE, false), "WRITEPROTECT");
	resolved = is_marked(page);
	must(!uffd_unregister(uffd, page, SIZE), "UNREGISTER");
	unregistered = is_marked(page);
	close(uffd);
	closed = is_marked(page);
	verdict(scanned && resolved && unregistered && closed,
		"marked: after the scan %d, WRITEPROTECT %d, UNREGISTER %d, close %d", scanned, resolved,
		unregistered, closed);
}
