// SPDX-License-Identifier: GPL-2.0 OR MIT
/* writeprotect: UFFDIO_WRITEPROTECT on or off. */
#include "../runner.h"
#include "../uffd.h"

static int run(struct sequence *seq, const struct op *op)
{
	struct uffdio_writeprotect arg = {
		.range = { (uintptr_t)range_start(seq, op), range_length(seq, op) },
		.mode = (op->on ? UFFDIO_WRITEPROTECT_MODE_WP : 0) |
			(op->dontwake ? UFFDIO_WRITEPROTECT_MODE_DONTWAKE : 0),
	};

	return uffd_ioctl(seq, UFFDIO_WRITEPROTECT, &arg);
}

const struct verb verb_writeprotect = { "writeprotect", "writeprotect LO HI on|off [dontwake]",
					parse_protect, run };
