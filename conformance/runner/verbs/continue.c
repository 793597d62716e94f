// SPDX-License-Identifier: GPL-2.0 OR MIT
/* continue: UFFDIO_CONTINUE, map the page that the file already has. */
#include "../runner.h"
#include "../uffd.h"

#ifndef UFFDIO_CONTINUE_MODE_WP /* 6.4 */
#define UFFDIO_CONTINUE_MODE_WP ((__u64)1 << 1)
#endif

static int run(struct sequence *seq, const struct op *op)
{
	struct uffdio_continue arg = {
		.range = { (uintptr_t)range_start(seq, op), seq->page_bytes },
		.mode = (op->wp ? UFFDIO_CONTINUE_MODE_WP : 0) |
			(op->dontwake ? UFFDIO_CONTINUE_MODE_DONTWAKE : 0),
	};
	int error = uffd_ioctl(seq, UFFDIO_CONTINUE, &arg);

	put_out(seq, arg.mapped);
	return error;
}

const struct verb verb_continue = { "continue", "continue PAGE [wp] [dontwake]", parse_page_flags,
				    run };
