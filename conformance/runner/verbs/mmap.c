// SPDX-License-Identifier: GPL-2.0 OR MIT
/* mmap: fresh anonymous memory over a range, which is a VMA of its own from then on. */
#define _GNU_SOURCE
#include <errno.h>
#include <sys/mman.h>

#include "../runner.h"

static int run(struct sequence *seq, const struct op *op)
{
	char *start = range_start(seq, op);
	int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED;

	if (seq->program->memory != MEMORY_ANON)
		return ENODEV;
	return mmap(start, range_length(seq, op), PROT_READ | PROT_WRITE, flags, -1, 0) == start ?
		       0 :
		       errno;
}

const struct verb verb_mmap = { "mmap", "mmap LO HI", parse_range, run };
