// SPDX-License-Identifier: GPL-2.0 OR MIT
/* Swap files: our own header writer, so that a guest needs no other program. */
#define _GNU_SOURCE
#include "runner.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/swap.h>
#include <unistd.h>

/* Layout of the first page of a swap area, version 1. */
#define HEADER_AT 1024
#define MAGIC "SWAPSPACE2"
#define MAGIC_AT (PAGE_SIZE - 10)
#define PAGES_MIN 10

struct swap_header {
	uint32_t version;
	uint32_t last_page;
	uint32_t bad_pages;
	unsigned char uuid[16];
	char label[16];
};

/* A swap file on a file system must not have holes. */
static bool fill(int fd, uint64_t bytes)
{
	static const char zeros[1 << 20];
	uint64_t done;

	for (done = 0; done < bytes; done += sizeof(zeros))
		if (!write_all(fd, zeros, sizeof(zeros)))
			return false;
	return true;
}

int make_swap(const char *path, long megabytes, bool sparse)
{
	uint64_t bytes = (uint64_t)megabytes << 20;
	struct swap_header header = { .version = 1, .label = "faultline" };
	char page[PAGE_SIZE] = { 0 };
	int fd, error = 0;

	header.last_page = (uint32_t)(bytes / PAGE_SIZE - 1);
	if (megabytes < 1 || bytes / PAGE_SIZE < PAGES_MIN || bytes / PAGE_SIZE > UINT32_MAX)
		return EINVAL;
	memcpy(page + HEADER_AT, &header, sizeof(header));
	memcpy(page + MAGIC_AT, MAGIC, 10);
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return errno;
	if (sparse ? ftruncate(fd, (off_t)bytes) : !fill(fd, bytes))
		error = errno;
	if (!error && pwrite(fd, page, sizeof(page), 0) != (ssize_t)sizeof(page))
		error = errno;
	if (!error && fsync(fd))
		error = errno;
	close(fd);
	return error;
}

int swap_on(const char *path)
{
	return swapon(path, 0) ? errno : 0;
}

int swap_off(const char *path)
{
	return swapoff(path) ? errno : 0;
}
