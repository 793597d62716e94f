// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * evict: UFFDIO_MOVE of a page to the staging range, where its content is read
 * and kept and its memory given back. The page's own protection is not in the
 * way there, and nobody is woken at the source.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <sys/mman.h>

#include "../runner.h"
#include "../uffd.h"

static int run(struct sequence *seq, const struct op *op)
{
	char *staged = staging_page(seq, op->lo);
	struct uffdio_move arg = {
		.dst = (uintptr_t)staged,
		.src = (uintptr_t)range_start(seq, op),
		.len = seq->page_bytes,
	};
	struct text *out = &seq->out;
	int error = staged ? uffd_ioctl(seq, UFFDIO_MOVE, &arg) : ENOMEM;
	uint64_t value;

	put(out, ",\"out\":{\"moved\":");
	if (arg.move < 0)
		put_errno(out, (int)-arg.move);
	else
		put_number(out, arg.move);
	if (!error) {
		if (!guarded_read((uint64_t *)(void *)staged, &value)) {
			seq->saved[op->lo] = value;
			put(out, ",\"value\":");
			put_number(out, (int64_t)value);
		}
		madvise(staged, seq->page_bytes, MADV_DONTNEED);
	}
	put_char(out, '}');
	return error;
}

const struct verb verb_evict = { "evict", "evict PAGE", parse_page, run };
