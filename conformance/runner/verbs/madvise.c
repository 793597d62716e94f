// SPDX-License-Identifier: GPL-2.0 OR MIT
/* pageout, cold, dontneed, remove: advice on a range. */
#define _GNU_SOURCE
#include <errno.h>
#include <sys/mman.h>
#include <time.h>

#include "../pagemap.h"
#include "../runner.h"

#ifndef MADV_COLD
#define MADV_COLD 20
#endif
#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT 21
#endif

static int advise(const struct sequence *seq, const struct op *op, int advice)
{
	return madvise(range_start(seq, op), range_length(seq, op), advice) ? errno : 0;
}

/* Is there a page in the range that could go to swap, and is still there? */
static bool any_left(const struct sequence *seq, const struct op *op)
{
	struct page_region regions[PAGES_MAX];
	struct pm_scan_arg arg = {
		.category_inverted = PAGE_IS_PFNZERO,
		.category_mask = PAGE_IS_PRESENT | PAGE_IS_PFNZERO,
		.return_mask = PAGE_IS_PRESENT,
	};
	char *start = range_start(seq, op);

	return scan_pages(seq->pagemap_fd, &arg, start, start + range_length(seq, op), regions,
			  PAGES_MAX) > 0;
}

/*
 * Reclaim declines without saying so, for one when the page is still being
 * written from the last time: give it a moment, and ask again a few times.
 */
static int pageout(struct sequence *seq, const struct op *op)
{
	const struct timespec moment = { 0, 300000 };
	int error = advise(seq, op, MADV_PAGEOUT), tries;

	for (tries = 0; !error && seq->machine->swap && tries < 5 && any_left(seq, op); tries++) {
		nanosleep(&moment, NULL);
		error = advise(seq, op, MADV_PAGEOUT);
	}
	return error;
}

static int cold(struct sequence *seq, const struct op *op)
{
	return advise(seq, op, MADV_COLD);
}

static int dontneed(struct sequence *seq, const struct op *op)
{
	return advise(seq, op, MADV_DONTNEED);
}

static int drop(struct sequence *seq, const struct op *op)
{
	return advise(seq, op, MADV_REMOVE);
}

const struct verb verb_pageout = { "pageout", "pageout LO HI", parse_range, pageout };
const struct verb verb_cold = { "cold", "cold LO HI", parse_range, cold };
const struct verb verb_dontneed = { "dontneed", "dontneed LO HI", parse_range, dontneed };
const struct verb verb_remove = { "remove", "remove LO HI", parse_range, drop };
