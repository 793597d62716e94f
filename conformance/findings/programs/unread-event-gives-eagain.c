// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * While an event is unread, COPY returns EAGAIN, where userfaultfd.rst says
 * ENOENT. Control: no event.
 */
#include "finding.h"

static void *discard(void *page)
{
	madvise(page, SIZE, MADV_DONTNEED);
	return NULL;
}

int main(int argc, char **argv)
{
	bool control = is_control(argc, argv);
	int uffd = uffd_open(UFFD_FEATURE_EVENT_REMOVE), ret, error;
	char *page = private_memory(SIZE), *stored = private_memory(SIZE);
	struct uffdio_copy copy = { .dst = (uintptr_t)page, .src = (uintptr_t)stored, .len = SIZE };
	pthread_t thread;

	*stored = 1;
	need(!uffd_register(uffd, page, SIZE, UFFDIO_REGISTER_MODE_MISSING), "REGISTER for MISSING");
	if (!control) {
		must(!pthread_create(&thread, NULL, discard, page), "a thread");
		usleep(300000);
	}
	ret = ioctl(uffd, UFFDIO_COPY, &copy);
	error = ret ? errno : 0;
	verdict(error == EAGAIN, "COPY returns %d (%s)", ret, error ? strerror(error) : "no error");
}
