// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * swapoff: switches our own swap area off, which brings every page in it back,
 * and on again. FAULTLINE_SWAP names it; nothing else is ever switched off.
 *
 * While a thread waits for user space in the write fault that came right after
 * its swap-in, it holds a reference to the area, and swapoff waits for it where
 * no signal reaches it. So nothing is done then, and "out" says so.
 */
#include <errno.h>
#include <sys/swap.h>

#include "../runner.h"

static bool anyone_sleeps(const struct sequence *seq)
{
	int i;

	for (i = 0; i < THREADS_MAX; i++)
		if (seq->threads[i].seen == SEEN_BLOCKED || seq->threads[i].seen == SEEN_STUCK)
			return true;
	return false;
}

static int run(struct sequence *seq, const struct op *op)
{
	const char *area = seq->machine->swap_area;
	bool sleeps = anyone_sleeps(seq);

	(void)op;
	if (!area)
		return ENODEV;
	put(&seq->out, ",\"out\":{");
	put_flag(&seq->out, "off", !sleeps);
	put_char(&seq->out, '}');
	if (sleeps)
		return 0;
	return swapoff(area) || swapon(area, 0) ? errno : 0;
}

const struct verb verb_swapoff = { "swapoff", "swapoff", parse_nothing, run };
