// SPDX-License-Identifier: GPL-2.0 OR MIT
/* One sequence, in a process of its own: set up the pages, run, report each step. */
#define _GNU_SOURCE
#include "runner.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "uffd.h"

/*
 * Fixed places, far from everything else and from each other, so that no
 * mapping is merged with a neighbour and all pages share one page table.
 */
#define BASE ((char *)0x200000000UL)
#define STAGING ((char *)0x200400000UL)
#define ALIAS ((char *)0x200800000UL)

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
	return seq->base + (size_t)op->lo * PAGE_SIZE;
}

uint64_t range_length(const struct op *op)
{
	return (uint64_t)(op->hi - op->lo + 1) * PAGE_SIZE;
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
	char *at = mmap(where, bytes, PROT_READ | PROT_WRITE, flags | MAP_FIXED_NOREPLACE, fd, 0);

	if (at != MAP_FAILED)
		madvise(at, bytes, MADV_NOHUGEPAGE);
	return at;
}

/* Name of what failed, or NULL. */
static const char *set_up(struct sequence *seq)
{
	size_t bytes = (size_t)seq->pages * PAGE_SIZE;
	const int private = MAP_PRIVATE | MAP_ANONYMOUS;

	seq->pagemap_fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
	if (seq->pagemap_fd < 0)
		return "open /proc/self/pagemap";
	if (seq->program->shared) {
		seq->memfd = memfd_create("faultline", MFD_CLOEXEC);
		if (seq->memfd < 0 || ftruncate(seq->memfd, (off_t)bytes))
			return "memfd_create";
		seq->alias = map(ALIAS, bytes, MAP_SHARED, seq->memfd);
		seq->base = map(BASE, bytes, MAP_SHARED, seq->memfd);
	} else {
		seq->base = map(BASE, bytes, private, -1);
	}
	seq->staging = map(STAGING, bytes, private, -1);
	seq->buffer = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, private, -1, 0);
	if (seq->base == MAP_FAILED || seq->alias == MAP_FAILED || seq->staging == MAP_FAILED ||
	    seq->buffer == MAP_FAILED)
		return "mmap";
	return NULL;
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

void run_sequence(const struct program *program, const struct machine *machine,
		  struct shared *shared)
{
	static struct sequence seq;
	const char *failed;
	int i;

	seq.program = program;
	seq.machine = machine;
	seq.shared = shared;
	seq.pages = program->pages;
	seq.out = (struct text){ .start = shared->report, .size = sizeof(shared->report) };
	seq.uffd = seq.memfd = -1;
	catch_signals();
	failed = set_up(&seq);
	if (failed) {
		int error = errno;

		put(&seq.out, "{\"op\":\"set-up\",\"ret\":");
		put_errno(&seq.out, error);
		put(&seq.out, ",\"failed\":");
		put_quoted(&seq.out, failed);
		put(&seq.out, ",\"pages\":[]}");
		atomic_store(&shared->reported, (uint32_t)seq.out.length);
		_exit(1);
	}
	for (i = 0; i < program->count; i++) {
		run_step(&seq, &program->ops[i]);
		if (seq.out.full)
			_exit(2);
		atomic_store(&shared->reported, (uint32_t)seq.out.length);
	}
	_exit(0);
}
