// SPDX-License-Identifier: GPL-2.0 OR MIT
/* mprotect: the protection of all pages, or of a range. */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "../runner.h"

static bool parse(struct op *op, char **words, int count, int pages)
{
	if (count < 1 || !parse_all_or_range(op, words, count - 1, pages))
		return false;
	words += count - 1;
	if (!strcmp(words[0], "rw"))
		op->protection = PROT_READ | PROT_WRITE;
	else if (!strcmp(words[0], "r"))
		op->protection = PROT_READ;
	else if (!strcmp(words[0], "none"))
		op->protection = PROT_NONE;
	else
		return false;
	return true;
}

static int run(struct sequence *seq, const struct op *op)
{
	return mprotect(range_start(seq, op), range_length(seq, op), op->protection) ? errno : 0;
}

const struct verb verb_mprotect = { "mprotect", "mprotect [LO HI] none|r|rw", parse, run };
