// SPDX-License-Identifier: GPL-2.0 OR MIT
/* close: the userfaultfd; a later "api" opens another. */
#include <errno.h>
#include <unistd.h>

#include "../runner.h"

static int run(struct sequence *seq, const struct op *op)
{
	int error = close(seq->uffd) ? errno : 0;

	(void)op;
	seq->uffd = -1;
	return error;
}

const struct verb verb_close = { "close", "close", parse_nothing, run };
