// SPDX-License-Identifier: GPL-2.0 OR MIT
/* unregister: all pages, or a range. */
#include "../runner.h"
#include "../uffd.h"

static int run(struct sequence *seq, const struct op *op)
{
	struct uffdio_range range = { (uintptr_t)range_start(seq, op), range_length(seq, op) };

	return uffd_ioctl(seq, UFFDIO_UNREGISTER, &range);
}

const struct verb verb_unregister = { "unregister", "unregister [LO HI]", parse_all_or_range, run };
