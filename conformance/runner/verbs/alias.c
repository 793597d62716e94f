// SPDX-License-Identifier: GPL-2.0 OR MIT
/* alias-read, alias-write, punch: the other ways to the memory of a sequence on a file. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>

#include "../runner.h"

static volatile uint64_t *alias_of(const struct sequence *seq, const struct op *op)
{
	return (uint64_t *)(void *)(seq->alias + (size_t)op->lo * seq->page_bytes);
}

/* Between operations the other mapping maps nothing: each page has one place only. */
static void alias_drop(const struct sequence *seq)
{
	madvise(seq->alias, (size_t)seq->pages * seq->page_bytes, MADV_DONTNEED);
}

/* Keeps what it read, as save does: this is how a manager of shared memory copies a page. */
static int alias_read(struct sequence *seq, const struct op *op)
{
	uint64_t value;

	if (!seq->alias)
		return ENODEV;
	if (guarded_read(alias_of(seq, op), &value))
		return EFAULT;
	alias_drop(seq);
	seq->saved[op->lo] = value;
	put_out(seq, (int64_t)value);
	return 0;
}

/* Writes a value that was never stored before, and tells it. */
static int alias_write(struct sequence *seq, const struct op *op)
{
	if (!seq->alias)
		return ENODEV;
	*alias_of(seq, op) = ++seq->next_value;
	alias_drop(seq);
	put_out(seq, (int64_t)seq->next_value);
	return 0;
}

static int punch(struct sequence *seq, const struct op *op)
{
	off_t start = (off_t)op->lo * (off_t)seq->page_bytes;

	if (!seq->alias)
		return ENODEV;
	if (fallocate(seq->memfd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, start,
		      (off_t)range_length(seq, op)))
		return errno;
	return 0;
}

const struct verb verb_alias_read = { "alias-read", "alias-read PAGE", parse_page, alias_read };
const struct verb verb_alias_write = { "alias-write", "alias-write PAGE", parse_page, alias_write };
const struct verb verb_punch = { "punch", "punch LO HI", parse_range, punch };
