// SPDX-License-Identifier: GPL-2.0 OR MIT
/* copy: UFFDIO_COPY of what evict or save kept of the page, else of zeros. */
#include "../runner.h"
#include "../uffd.h"

static int run(struct sequence *seq, const struct op *op)
{
	struct uffdio_copy arg = {
		.dst = (uintptr_t)range_start(seq, op),
		.src = (uintptr_t)seq->buffer,
		.len = seq->page_bytes,
		.mode = (op->wp ? UFFDIO_COPY_MODE_WP : 0) |
			(op->dontwake ? UFFDIO_COPY_MODE_DONTWAKE : 0),
	};
	int error;

	*(uint64_t *)(void *)seq->buffer = seq->saved[op->lo];
	error = uffd_ioctl(seq, UFFDIO_COPY, &arg);
	put_out(seq, arg.copy);
	return error;
}

const struct verb verb_copy = { "copy", "copy PAGE [wp] [dontwake]", parse_page_flags, run };
