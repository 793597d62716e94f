// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * move: UFFDIO_MOVE of a page with what evict or save kept, or of the zero page,
 * from a place that nobody watches into the page of the sequence.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "../runner.h"
#include "../uffd.h"

static bool parse(struct op *op, char **words, int count, int pages)
{
	int i = 1;

	if (count < 1 || !parse_page(op, words, 1, pages))
		return false;
	if (i < count && !strcmp(words[i], "zero")) {
		op->check = true;
		i++;
	}
	if (i < count && !strcmp(words[i], "dontwake")) {
		op->dontwake = true;
		i++;
	}
	return i == count;
}

static int run(struct sequence *seq, const struct op *op)
{
	char *source = source_page(seq, op->lo);
	struct uffdio_move arg = {
		.dst = (uintptr_t)range_start(seq, op),
		.src = (uintptr_t)source,
		.len = seq->page_bytes,
		.mode = op->dontwake ? UFFDIO_MOVE_MODE_DONTWAKE : 0,
	};
	volatile uint64_t *word = (uint64_t *)(void *)source;
	int error;

	if (!source)
		return ENOMEM;
	if (op->check)
		(void)*word;
	else
		*word = seq->saved[op->lo];
	error = uffd_ioctl(seq, UFFDIO_MOVE, &arg);
	put_out(seq, arg.move);
	madvise(source, seq->page_bytes, MADV_DONTNEED);
	return error;
}

const struct verb verb_move = { "move", "move PAGE [zero] [dontwake]", parse, run };
