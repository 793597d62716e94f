// SPDX-License-Identifier: GPL-2.0 OR MIT
/* set-mode: switch RWP between asynchronous and synchronous with UFFDIO_SET_MODE. */
#include <string.h>

#include "../runner.h"
#include "../uffd.h"

static bool parse(struct op *op, char **words, int count, int pages)
{
	(void)pages;
	if (count != 1)
		return false;
	op->on = !strcmp(words[0], "async");
	return op->on || !strcmp(words[0], "sync");
}

static int run(struct sequence *seq, const struct op *op)
{
	struct uffdio_set_mode arg = {
		.enable = op->on ? UFFD_FEATURE_RWP_ASYNC : 0,
		.disable = op->on ? 0 : UFFD_FEATURE_RWP_ASYNC,
	};

	return uffd_ioctl(seq, UFFDIO_SET_MODE, &arg);
}

const struct verb verb_set_mode = { "set-mode", "set-mode async|sync", parse, run };
