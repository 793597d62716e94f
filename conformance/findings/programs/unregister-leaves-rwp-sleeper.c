// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * UNREGISTER of a range that is registered for RWP alone returns 0, and leaves
 * a thread asleep in a fault of that range. Control: closing the descriptor.
 */
#include "finding.h"

int main(int argc, char **argv)
{
	bool control = is_control(argc, argv), woken;
	int uffd = uffd_open(UFFD_FEATURE_RWP), ret;
	char *page = private_memory(SIZE);
	struct access touching = { .page = page, .writes = false, .value = 2 };

	*page = 1;
	need(!uffd_register(uffd, page, SIZE, UFFDIO_REGISTER_MODE_RWP), "REGISTER for RWP");
	must(!uffd_rwprotect(uffd, page, SIZE, true), "the page is not armed");
	must(!completes_soon(&touching), "the access is not stopped");
	ret = control ? close(uffd) : uffd_unregister(uffd, page, SIZE);
	must(!ret, "the end of the registration");
	woken = completes_late(&touching);
	verdict(!woken, "the thread %s", woken ? "goes on" : "sleeps on after two seconds");
}
