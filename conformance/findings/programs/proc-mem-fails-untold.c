// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * A read of an armed page through /proc/self/mem fails with EIO in sync mode,
 * and no message tells of it. Control: async mode.
 */
#include "finding.h"

#include <poll.h>

int main(int argc, char **argv)
{
	bool control = is_control(argc, argv);
	int uffd = uffd_open(UFFD_FEATURE_RWP | (control ? UFFD_FEATURE_RWP_ASYNC : 0));
	int memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC), error;
	char *page = private_memory(SIZE), value = 0;
	struct pollfd told = { .fd = uffd, .events = POLLIN };
	ssize_t got;

	need(memory >= 0, "/proc/self/mem");
	*page = 1;
	need(!uffd_register(uffd, page, SIZE, UFFDIO_REGISTER_MODE_RWP), "REGISTER for RWP");
	must(!uffd_rwprotect(uffd, page, SIZE, true), "RWPROTECT");
	got = pread(memory, &value, 1, (off_t)(uintptr_t)page);
	error = got < 0 ? errno : 0;
	verdict(error == EIO && !poll(&told, 1, 0), "read returns %zd (%s)", got, error ? strerror(error) : "no error");
}
