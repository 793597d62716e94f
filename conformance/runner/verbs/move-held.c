// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * move-held: UFFDIO_MOVE of one page of a huge page, of which a pipe holds
 * another reference for as long as the call takes. Nothing of it is among the
 * pages of the sequence. In the helper thread, for it may never end.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/uio.h>
#include <unistd.h>

#include "../pagemap.h"
#include "../runner.h"
#include "../uffd.h"

#define AREA_BYTES (4 * PAGE_BYTES_MAX)

/* Write to the first byte with huge pages allowed for once; is there a huge page now? */
static bool make_huge(const struct sequence *seq, char *start)
{
	struct page_region region;
	struct pm_scan_arg arg = { .category_mask = PAGE_IS_HUGE, .return_mask = PAGE_IS_HUGE };

	prctl(PR_SET_THP_DISABLE, 0, 0, 0, 0);
	madvise(start, PAGE_BYTES_MAX, MADV_HUGEPAGE);
	*(volatile char *)start = 1;
	prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
	return scan_pages(seq->pagemap_fd, &arg, start, start + PAGE_BYTES_MAX, &region, 1) == 1;
}

static int move_held(struct sequence *seq, char *start)
{
	char *target = start + PAGE_BYTES_MAX;
	struct uffdio_register reg = {
		.range = { (uintptr_t)target, PAGE_SIZE },
		.mode = UFFDIO_REGISTER_MODE_MISSING,
	};
	struct uffdio_move move = {
		.dst = (uintptr_t)target,
		.src = (uintptr_t)start,
		.len = PAGE_SIZE,
	};
	struct iovec one = { start + PAGE_SIZE, PAGE_SIZE };
	int ends[2], error;

	if (!make_huge(seq, start))
		return ENOTSUP;
	if (pipe2(ends, O_CLOEXEC))
		return errno;
	error = vmsplice(ends[1], &one, 1, 0) < 0 ? errno : uffd_ioctl(seq, UFFDIO_REGISTER, &reg);
	if (!error)
		error = uffd_ioctl(seq, UFFDIO_MOVE, &move);
	close(ends[0]);
	close(ends[1]);
	return error;
}

static int call(struct sequence *seq, const struct op *op)
{
	char *area = mmap(NULL, AREA_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
			  0);
	uintptr_t start = ((uintptr_t)area + PAGE_BYTES_MAX - 1) & ~(PAGE_BYTES_MAX - 1);
	int error;

	(void)op;
	if (area == MAP_FAILED)
		return errno;
	error = move_held(seq, (char *)start);
	munmap(area, AREA_BYTES);
	return error;
}

static int run(struct sequence *seq, const struct op *op)
{
	return thread_call(seq, op, call);
}

const struct verb verb_move_held = { "move-held", "move-held", parse_nothing, run };
