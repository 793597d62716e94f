// SPDX-License-Identifier: GPL-2.0 OR MIT
/* guard: MADV_GUARD_INSTALL and MADV_GUARD_REMOVE, markers that answer accesses with SIGSEGV. */
#define _GNU_SOURCE
#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "../runner.h"

#ifndef MADV_GUARD_INSTALL /* 6.13 */
#define MADV_GUARD_INSTALL 102
#define MADV_GUARD_REMOVE 103
#endif

static bool parse(struct op *op, char **words, int count, int pages)
{
	if (count != 3 || !parse_range(op, words, 2, pages))
		return false;
	op->on = !strcmp(words[2], "on");
	return op->on || !strcmp(words[2], "off");
}

static int run(struct sequence *seq, const struct op *op)
{
	int advice = op->on ? MADV_GUARD_INSTALL : MADV_GUARD_REMOVE;

	return madvise(range_start(seq, op), range_length(seq, op), advice) ? errno : 0;
}

const struct verb verb_guard = { "guard", "guard LO HI on|off", parse, run };
