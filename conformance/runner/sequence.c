// SPDX-License-Identifier: GPL-2.0 OR MIT
/* One sequence, in a process of its own: set up the pages, run, report each step. */
#define _GNU_SOURCE
#include "runner.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "uffd.h"

/*
 * Fixed places, far from everything else and from each other, so that no
 * mapping is merged with a neighbour and all pages share one page table.
 */
#define BASE ((char *)0x200000000UL)
#define STAGING ((char *)0x240000000UL)
#define ALIAS ((char *)0x280000000UL)
#define SOURCE ((char *)0x380000000UL)

int open_uffd(void)
{
	int fd = (int)syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK);
	int device, error;

	if (fd >= 0 || (errno != EPERM && errno != ENOSYS))
		return fd;
	error = errno;
	device = open("/dev/userfaultfd", O_RDWR | O_CLOEXEC);
	if (device >= 0) {
		fd = ioctl(device, USERFAULTFD_IOC_NEW, O_CLOEXEC | O_NONBLOCK);
		close(device);
	} else {
		errno = error;
	}
	return fd;
}

char *range_start(const struct sequence *seq, const struct op *op)
{
	return seq->base + (size_t)op->lo * seq->page_bytes;
}

uint64_t range_length(const struct sequence *seq, const struct op *op)
{
	return (uint64_t)(op->hi - op->lo + 1) * seq->page_bytes;
}

int uffd_ioctl(const struct sequence *seq, unsigned long request, void *arg)
{
	return ioctl(seq->uffd, request, arg) ? errno : 0;
}

void put_out(struct sequence *seq, int64_t number)
{
	put(&seq->out, ",\"out\":");
	if (number < 0)
		put_errno(&seq->out, (int)-number);
	else
		put_number(&seq->out, number);
}

static char *map(char *where, size_t bytes, int flags, int fd)
{
	return mmap(where, bytes, PROT_READ | PROT_WRITE, flags | MAP_FIXED_NOREPLACE, fd, 0);
}

/* What a worker keeps from one sequence to the next. Huge pages are off for all of it. */
static const char *set_up_worker(struct sequence *seq)
{
	prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
	seq->buffer = mmap(NULL, PAGE_BYTES_MAX, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
			   0);
	if (seq->buffer == MAP_FAILED) {
		seq->buffer = NULL;
		return "mmap";
	}
	seq->pagemap_fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
	return seq->pagemap_fd < 0 ? "open /proc/self/pagemap" : NULL;
}

/* One page of a second mapping, which is made when it is first asked for. */
static char *page_of(struct sequence *seq, char **mapping, char *where, int page)
{
	if (!*mapping)
		*mapping = map(where, (size_t)seq->pages * seq->page_bytes,
			       MAP_PRIVATE | MAP_ANONYMOUS, -1);
	return *mapping == MAP_FAILED ? NULL : *mapping + (size_t)page * seq->page_bytes;
}

char *staging_page(struct sequence *seq, int page)
{
	return page_of(seq, &seq->staging, STAGING, page);
}

char *source_page(struct sequence *seq, int page)
{
	return page_of(seq, &seq->source, SOURCE, page);
}

/* Base, and for a file the other mapping of it. Name of what failed, or NULL. */
static const char *map_memory(struct sequence *seq, size_t bytes)
{
	enum memory memory = seq->program->memory;
	bool huge = is_huge(memory);

	if (memory == MEMORY_ANON) {
		seq->base = map(BASE, bytes, MAP_PRIVATE | MAP_ANONYMOUS, -1);
		return seq->base == MAP_FAILED ? "mmap" : NULL;
	}
	seq->memfd = memfd_create("faultline", MFD_CLOEXEC | (huge ? MFD_HUGETLB : 0));
	if (seq->memfd < 0 || ftruncate(seq->memfd, (off_t)bytes))
		return "memfd_create";
	seq->alias = map(ALIAS, bytes, MAP_SHARED, seq->memfd);
	seq->base = map(BASE, bytes, is_private(memory) ? MAP_PRIVATE : MAP_SHARED, seq->memfd);
	return seq->base == MAP_FAILED || seq->alias == MAP_FAILED ? "mmap" : NULL;
}

/* Name of what failed, or NULL. */
static const char *set_up(struct sequence *seq)
{
	size_t bytes = (size_t)seq->pages * seq->page_bytes;

	if (!seq->buffer) {
		const char *failed = set_up_worker(seq);

		if (failed)
			return failed;
	}
	return map_memory(seq, bytes);
}

static void run_step(struct sequence *seq, const struct op *op)
{
	struct text *out = &seq->out;
	int error;

	if (out->length)
		put_char(out, ',');
	put(out, "{\"op\":");
	put_quoted(out, op->text);
	error = op->verb->run(seq, op);
	put(out, ",\"ret\":");
	put_errno(out, error);
	settle(seq);
	observe(seq);
	put_char(out, '}');
}

/* Give everything back; false when a thread does not come back. */
static bool tear_down(struct sequence *seq)
{
	size_t bytes = (size_t)seq->pages * seq->page_bytes;
	bool clean;

	/* Closing the userfaultfd lets every blocked access go on. */
	if (seq->uffd >= 0)
		close(seq->uffd);
	settle(seq);
	clean = reset_threads(seq);
	if (seq->memfd >= 0)
		close(seq->memfd);
	/* The pages lie alone in their page tables, so those go as well. */
	munmap(seq->base, bytes + seq->behind);
	if (seq->staging)
		munmap(seq->staging, bytes);
	if (seq->source)
		munmap(seq->source, bytes);
	if (seq->alias)
		munmap(seq->alias, bytes);
	seq->staging = seq->source = seq->alias = NULL;
	return clean;
}

static void report_set_up(struct sequence *seq, const char *failed, int error)
{
	put(&seq->out, "{\"op\":\"set-up\",\"failed\":");
	put_quoted(&seq->out, failed);
	put(&seq->out, ",\"ret\":");
	put_errno(&seq->out, error);
	put(&seq->out, ",\"pages\":[]}");
	atomic_store(&seq->shared->reported, (uint32_t)seq->out.length);
}

enum worker_says run_sequence(const struct machine *machine, struct shared *shared)
{
	static struct sequence seq;
	const char *failed;
	int i;

	seq.program = &shared->program;
	seq.machine = machine;
	seq.shared = shared;
	seq.pages = shared->program.pages;
	seq.page_bytes = is_huge(seq.program->memory) ? PAGE_BYTES_MAX : PAGE_SIZE;
	seq.out = (struct text){ .start = shared->report, .size = sizeof(shared->report) };
	seq.uffd = seq.memfd = -1;
	seq.next_value = 0;
	seq.behind = 0;
	memset(seq.saved, 0, sizeof(seq.saved));
	failed = set_up(&seq);
	if (failed) {
		report_set_up(&seq, failed, errno);
		return WORKER_SET_UP_FAILED;
	}
	for (i = 0; i < shared->program.count; i++) {
		run_step(&seq, &shared->program.ops[i]);
		if (seq.out.full)
			return WORKER_OVERFLOW;
		atomic_store(&shared->reported, (uint32_t)seq.out.length);
	}
	return tear_down(&seq) ? WORKER_CLEAN : WORKER_SPENT;
}
