// SPDX-License-Identifier: GPL-2.0 OR MIT
/* mremap: moves pages to another address and back, one by one, so that it does not matter where VMAs begin. */
#define _GNU_SOURCE
#include <errno.h>
#include <sys/mman.h>

#include "../runner.h"

/* Far from every place of sequence.c. */
#define AWAY ((char *)0x2c0000000UL)

static int run(struct sequence *seq, const struct op *op)
{
	const int flags = MREMAP_MAYMOVE | MREMAP_FIXED;
	size_t bytes = seq->page_bytes;
	int i;

	for (i = op->lo; i <= op->hi; i++) {
		char *home = seq->base + (size_t)i * bytes;

		if (mremap(home, bytes, bytes, flags, AWAY) == MAP_FAILED ||
		    mremap(AWAY, bytes, bytes, flags, home) == MAP_FAILED)
			return errno;
	}
	return 0;
}

const struct verb verb_mremap = { "mremap", "mremap LO HI", parse_range, run };
