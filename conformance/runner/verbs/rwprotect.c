// SPDX-License-Identifier: GPL-2.0 OR MIT
/* rwprotect: UFFDIO_RWPROTECT on or off. */
#include "../runner.h"
#include "../uffd.h"

static int run(struct sequence *seq, const struct op *op)
{
	struct uffdio_rwprotect arg = {
		.range = { (uintptr_t)range_start(seq, op), range_length(seq, op) },
		.mode = (op->on ? UFFDIO_RWPROTECT_MODE_RWP : 0) |
			(op->dontwake ? UFFDIO_RWPROTECT_MODE_DONTWAKE : 0),
	};

	return uffd_ioctl(seq, UFFDIO_RWPROTECT, &arg);
}

const struct verb verb_rwprotect = { "rwprotect", "rwprotect LO HI on|off [dontwake]",
				     parse_protect, run };
