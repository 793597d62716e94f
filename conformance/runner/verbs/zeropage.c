// SPDX-License-Identifier: GPL-2.0 OR MIT
/* zeropage: UFFDIO_ZEROPAGE. */
#include "../runner.h"
#include "../uffd.h"

static bool parse(struct op *op, char **words, int count, int pages)
{
	return parse_page_flags(op, words, count, pages) && !op->wp;
}

static int run(struct sequence *seq, const struct op *op)
{
	struct uffdio_zeropage arg = {
		.range = { (uintptr_t)range_start(seq, op), seq->page_bytes },
		.mode = op->dontwake ? UFFDIO_ZEROPAGE_MODE_DONTWAKE : 0,
	};
	int error = uffd_ioctl(seq, UFFDIO_ZEROPAGE, &arg);

	put_out(seq, arg.zeropage);
	return error;
}

const struct verb verb_zeropage = { "zeropage", "zeropage PAGE [dontwake]", parse, run };
