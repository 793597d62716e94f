// SPDX-License-Identifier: GPL-2.0 OR MIT
/* touch: read or write the first word of a page, in the page's own thread. */
#include <string.h>

#include "../runner.h"

static bool parse(struct op *op, char **words, int count, int pages)
{
	if (count != 2 || !parse_page(op, words, 1, pages))
		return false;
	op->write = !strcmp(words[1], "w");
	return op->write || !strcmp(words[1], "r");
}

static int run(struct sequence *seq, const struct op *op)
{
	uint64_t value = seq->next_value + 1;
	int error = thread_access(seq, op->lo, (uint64_t *)range_start(seq, op), op->write, value);

	/* Every write stores a value that was never stored before. */
	if (!error && op->write)
		seq->next_value = value;
	return error;
}

const struct verb verb_touch = { "touch", "touch PAGE r|w", parse, run };
