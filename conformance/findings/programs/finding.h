/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/*
 * What the programs beside this share. Each shows one thing that a kernel
 * does, and exits 0 when it was shown, 1 when it was not, 4 when this kernel
 * cannot be asked. With the argument `control` one thing is changed, so that
 * it must not be shown.
 */
#ifndef FAULTLINE_FINDING_H
#define FAULTLINE_FINDING_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "../../runner/pagemap.h"
#include "../../runner/uffd.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef PAGE_IS_ACCESSED /* 7.3 */
#define PAGE_IS_ACCESSED (1 << 9)
#endif
#ifndef MADV_PAGEOUT /* 5.4 */
#define MADV_PAGEOUT 21
#endif
#ifndef MADV_COLLAPSE /* 6.1 */
#define MADV_COLLAPSE 25
#endif
#ifndef MADV_GUARD_INSTALL /* 6.13 */
#define MADV_GUARD_INSTALL 102
#endif

#define SIZE 4096UL
#define HUGE (2UL << 20)

enum { SHOWN = 0, NOT_SHOWN = 1, CANNOT = 4 };

static inline void ended(int code, const char *why, ...)
{
	va_list words;

	va_start(words, why);
	vprintf(why, words);
	va_end(words);
	printf("\n");
	fflush(stdout);
	_exit(code);
}

/* What the kernel cannot do, or is not set up for: nothing can be shown. */
#define need(condition, what) \
	do { \
		if (!(condition)) \
			ended(CANNOT, "skip: %s: %s", what, strerror(errno)); \
	} while (0)

/* A step that must succeed on the way: else nothing is shown. */
#define must(condition, what) \
	do { \
		if (!(condition)) \
			ended(NOT_SHOWN, "%s: %s", what, strerror(errno)); \
	} while (0)

#define verdict(condition, ...) ended((condition) ? SHOWN : NOT_SHOWN, __VA_ARGS__)

static inline bool is_control(int argc, char **argv)
{
	return argc > 1 && !strcmp(argv[1], "control");
}

/* All on one processor: MADV_PAGEOUT empties the page lists of one only. */
static inline void one_cpu(void)
{
	cpu_set_t one;

	CPU_ZERO(&one);
	CPU_SET(0, &one);
	sched_setaffinity(0, sizeof(one), &one);
}

/* A descriptor with the features, or the program ends. */
static inline int uffd_open(uint64_t features)
{
	struct uffdio_api api = { .api = UFFD_API, .features = features };
	int uffd = (int)syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK);

	need(uffd >= 0, "userfaultfd");
	need(!ioctl(uffd, UFFDIO_API, &api), "the features");
	return uffd;
}

static inline int uffd_register(int uffd, void *at, size_t length, uint64_t mode)
{
	struct uffdio_register reg = { .range = { (uintptr_t)at, length }, .mode = mode };

	return ioctl(uffd, UFFDIO_REGISTER, &reg);
}

static inline int uffd_unregister(int uffd, void *at, size_t length)
{
	struct uffdio_range range = { (uintptr_t)at, length };

	return ioctl(uffd, UFFDIO_UNREGISTER, &range);
}

static inline int uffd_rwprotect(int uffd, void *at, size_t length, bool on)
{
	struct uffdio_rwprotect arg = { .range = { (uintptr_t)at, length },
					.mode = on ? UFFDIO_RWPROTECT_MODE_RWP : 0 };

	return ioctl(uffd, UFFDIO_RWPROTECT, &arg);
}

static inline int uffd_writeprotect(int uffd, void *at, size_t length, bool on)
{
	struct uffdio_writeprotect arg = { .range = { (uintptr_t)at, length },
					   .mode = on ? UFFDIO_WRITEPROTECT_MODE_WP : 0 };

	return ioctl(uffd, UFFDIO_WRITEPROTECT, &arg);
}

static inline void *private_memory(size_t length)
{
	void *at = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	need(at != MAP_FAILED, "mmap");
	return at;
}

static inline int shared_file(size_t length)
{
	int fd = memfd_create("finding", MFD_CLOEXEC);

	need(fd >= 0 && !ftruncate(fd, (off_t)length), "memfd");
	return fd;
}

static inline void *shared_memory(int fd, size_t length)
{
	void *at = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	need(at != MAP_FAILED, "mmap of the file");
	return at;
}

/* Memory of two megabytes that begins at a multiple of them. */
static inline char *huge_range(int fd)
{
	char *room = mmap(NULL, 2 * HUGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	char *at = (char *)(((uintptr_t)room + HUGE - 1) & ~(HUGE - 1));
	int flags = MAP_FIXED | (fd < 0 ? MAP_PRIVATE | MAP_ANONYMOUS : MAP_SHARED);

	need(room != MAP_FAILED, "mmap");
	need(mmap(at, HUGE, PROT_READ | PROT_WRITE, flags, fd, 0) == at, "mmap of the range");
	return at;
}

/* The pagemap word of a page. */
static inline uint64_t word_of(const void *page)
{
	static int fd = -1;
	uint64_t word = 0;

	if (fd < 0)
		fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
	need(fd >= 0, "/proc/self/pagemap");
	must(pread(fd, &word, sizeof(word), (off_t)((uintptr_t)page / SIZE * sizeof(word))) == sizeof(word), "pagemap");
	return word;
}

static inline bool is_marked(const void *page)
{
	return word_of(page) & PM_UFFD;
}

static inline bool is_present(const void *page)
{
	return word_of(page) & PM_PRESENT;
}

/* What PAGEMAP_SCAN says of one page; it is protected if `flags` say so. */
static inline uint64_t scan_one(void *page, uint64_t flags)
{
	struct page_region region = { 0 };
	uint64_t asked = PAGE_IS_WRITTEN | PAGE_IS_PRESENT | (1 << 4) | (1 << 6) | PAGE_IS_ACCESSED;
	struct pm_scan_arg arg = { .size = sizeof(arg), .flags = flags, .start = (uintptr_t)page,
				   .end = (uintptr_t)page + SIZE, .vec = (uintptr_t)&region, .vec_len = 1,
				   .category_anyof_mask = asked, .return_mask = asked };
	int fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC), got;

	need(fd >= 0, "/proc/self/pagemap");
	got = ioctl(fd, PAGEMAP_SCAN, &arg);
	if (got < 0 && errno == EINVAL) {
		/* Before 7.3 there is no PAGE_IS_ACCESSED. */
		arg.category_anyof_mask = arg.return_mask = asked & ~(uint64_t)PAGE_IS_ACCESSED;
		got = ioctl(fd, PAGEMAP_SCAN, &arg);
	}
	need(got >= 0, "PAGEMAP_SCAN");
	close(fd);
	return got > 0 ? region.categories : 0;
}

/* Reclaim the page; false when it stays. */
static inline bool page_out(void *page)
{
	for (int tries = 0; tries < 100; tries++) {
		if (madvise(page, SIZE, MADV_PAGEOUT))
			return false;
		if (!is_present(page))
			return true;
		usleep(20000);
	}
	return false;
}

struct access {
	volatile char *page;
	bool writes;
	char value;
	volatile bool done;
};

static void *make_access(void *arg)
{
	struct access *a = arg;

	if (a->writes)
		*a->page = a->value;
	else
		a->value = *a->page;
	a->done = true;
	return NULL;
}

/* A thread makes the access; whether it has completed after a moment. */
static inline bool completes_soon(struct access *a)
{
	pthread_t thread;

	a->done = false;
	must(!pthread_create(&thread, NULL, make_access, a), "a thread");
	for (int waited = 0; waited < 50 && !a->done; waited++)
		usleep(10000);
	return a->done;
}

/* Wait for the access to complete; false when it does not. */
static inline bool completes_late(const struct access *a)
{
	for (int waited = 0; waited < 200 && !a->done; waited++)
		usleep(10000);
	return a->done;
}

static inline bool write_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	bool done = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);

	if (fd >= 0)
		close(fd);
	return done;
}

static inline long number_in(const char *path)
{
	char text[32] = { 0 };
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || read(fd, text, sizeof(text) - 1) <= 0)
		text[0] = '\0';
	if (fd >= 0)
		close(fd);
	return text[0] ? atol(text) : -1;
}

#endif
