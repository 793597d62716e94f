// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * adjoin: a page from elsewhere, registered in these modes and never touched,
 * is moved by mremap to right after the last page. Only its own registration
 * may be lost by that, not that of the pages.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <sys/mman.h>

#include "../runner.h"
#include "../uffd.h"

static int run(struct sequence *seq, const struct op *op)
{
	char *place = seq->base + (size_t)seq->pages * seq->page_bytes;
	struct uffdio_register arg = { .mode = op->bits };
	char *other;
	int error;

	if (seq->program->memory != MEMORY_ANON || seq->behind)
		return EINVAL;
	other = mmap(NULL, PAGE_SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (other == MAP_FAILED)
		return errno;
	arg.range.start = (uintptr_t)other;
	arg.range.len = PAGE_SIZE;
	error = uffd_ioctl(seq, UFFDIO_REGISTER, &arg);
	if (!error && mremap(other, PAGE_SIZE, PAGE_SIZE, MREMAP_MAYMOVE | MREMAP_FIXED, place) ==
			      MAP_FAILED)
		error = errno;
	if (error)
		munmap(other, PAGE_SIZE);
	else
		seq->behind = PAGE_SIZE;
	return error;
}

const struct verb verb_adjoin = { "adjoin", "adjoin MODE,MODE...", parse_modes, run };
