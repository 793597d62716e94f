// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * MADV_GUARD_INSTALL over a write-protected page of shared memory never
 * returns. Control: the page is not write-protected.
 */
#include "finding.h"

#include <signal.h>
#include <sys/wait.h>

int main(int argc, char **argv)
{
	bool control = is_control(argc, argv);
	int uffd = uffd_open(UFFD_FEATURE_WP_HUGETLBFS_SHMEM), waited;
	char *page = shared_memory(shared_file(SIZE), SIZE), *other = shared_memory(shared_file(SIZE), SIZE);
	pid_t child;

	need(!madvise(other, SIZE, MADV_GUARD_INSTALL), "MADV_GUARD_INSTALL of shared memory");
	child = fork();
	must(child >= 0, "fork");
	if (!child) {
		/* A child of its own descriptor: it can be killed in the middle of the call. */
		uffd = uffd_open(UFFD_FEATURE_WP_HUGETLBFS_SHMEM);
		if (uffd_register(uffd, page, SIZE, UFFDIO_REGISTER_MODE_WP))
			_exit(2);
		*page = 1;
		if (!control && uffd_writeprotect(uffd, page, SIZE, true))
			_exit(2);
		_exit(madvise(page, SIZE, MADV_GUARD_INSTALL) ? 2 : 0);
	}
	for (waited = 0; waited < 300; waited++) {
		int status;

		if (waitpid(child, &status, WNOHANG) == child) {
			need(WIFEXITED(status) && !WEXITSTATUS(status), "the child");
			ended(NOT_SHOWN, "it returned");
		}
		usleep(10000);
	}
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	close(uffd);
	ended(SHOWN, "it did not return within 3 seconds, and had to be killed");
}
