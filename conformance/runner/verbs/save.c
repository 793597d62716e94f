// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * save: keep the content of a page by reading it where it is, as a naive
 * manager does: its own protection blocks it. Runs in the helper thread.
 */
#include <errno.h>

#include "../runner.h"

static int call(struct sequence *seq, const struct op *op)
{
	struct thread *helper = &seq->threads[HELPER];

	helper->signal = guarded_read((uint64_t *)(void *)range_start(seq, op), &helper->value);
	if (helper->signal)
		return EFAULT;
	helper->has_value = true;
	seq->saved[op->lo] = helper->value;
	return 0;
}

static int run(struct sequence *seq, const struct op *op)
{
	return thread_call(seq, op, call);
}

const struct verb verb_save = { "save", "save PAGE", parse_page, run };
