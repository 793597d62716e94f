// SPDX-License-Identifier: GPL-2.0 OR MIT
/* poison: UFFDIO_POISON, a marker that answers accesses with SIGBUS. */
#include "../runner.h"
#include "../uffd.h"

static bool parse(struct op *op, char **words, int count, int pages)
{
	return parse_page_flags(op, words, count, pages) && !op->wp;
}

static int run(struct sequence *seq, const struct op *op)
{
	struct uffdio_poison arg = {
		.range = { (uintptr_t)range_start(seq, op), seq->page_bytes },
		.mode = op->dontwake ? UFFDIO_POISON_MODE_DONTWAKE : 0,
	};
	int error = uffd_ioctl(seq, UFFDIO_POISON, &arg);

	put_out(seq, arg.updated);
	return error;
}

const struct verb verb_poison = { "poison", "poison PAGE [dontwake]", parse, run };
