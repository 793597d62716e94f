// SPDX-License-Identifier: GPL-2.0 OR MIT
/* populate: MADV_POPULATE_READ or _WRITE, in the helper thread, for it may block. */
#define _GNU_SOURCE
#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "../runner.h"

#ifndef MADV_POPULATE_READ
#define MADV_POPULATE_READ 22
#define MADV_POPULATE_WRITE 23
#endif

static bool parse(struct op *op, char **words, int count, int pages)
{
	if (count != 3 || !parse_range(op, words, 2, pages))
		return false;
	op->write = !strcmp(words[2], "w");
	return op->write || !strcmp(words[2], "r");
}

static int call(struct sequence *seq, const struct op *op)
{
	int advice = op->write ? MADV_POPULATE_WRITE : MADV_POPULATE_READ;

	return madvise(range_start(seq, op), range_length(seq, op), advice) ? errno : 0;
}

static int run(struct sequence *seq, const struct op *op)
{
	return thread_call(seq, op, call);
}

const struct verb verb_populate = { "populate", "populate LO HI r|w", parse, run };
