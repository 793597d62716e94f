// SPDX-License-Identifier: GPL-2.0 OR MIT
/* pageout, cold, dontneed: advice on a range. Reclaim may decline without saying so. */
#define _GNU_SOURCE
#include <errno.h>
#include <sys/mman.h>

#include "../runner.h"

#ifndef MADV_COLD
#define MADV_COLD 20
#endif
#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT 21
#endif

static int advise(const struct sequence *seq, const struct op *op, int advice)
{
	return madvise(range_start(seq, op), range_length(op), advice) ? errno : 0;
}

static int pageout(struct sequence *seq, const struct op *op)
{
	return advise(seq, op, MADV_PAGEOUT);
}

static int cold(struct sequence *seq, const struct op *op)
{
	return advise(seq, op, MADV_COLD);
}

static int dontneed(struct sequence *seq, const struct op *op)
{
	return advise(seq, op, MADV_DONTNEED);
}

const struct verb verb_pageout = { "pageout", "pageout LO HI", parse_range, pageout };
const struct verb verb_cold = { "cold", "cold LO HI", parse_range, cold };
const struct verb verb_dontneed = { "dontneed", "dontneed LO HI", parse_range, dontneed };
