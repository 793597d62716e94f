// SPDX-License-Identifier: GPL-2.0 OR MIT
/* migrate: move_pages() of one page to the other node; tells whether its frame changed. */
#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../pagemap.h"
#include "../runner.h"

/* From the uapi of mempolicy: move the pages that only this process maps. */
#define MOVE_OWN (1 << 1)

static int run(struct sequence *seq, const struct op *op)
{
	void *page = range_start(seq, op);
	struct text *out = &seq->out;
	uint64_t before, after;
	int from = -ENOENT, status = -EBUSY, node, error = 0;

	if (seq->machine->nodes < 2)
		return ENODEV;
	if (syscall(SYS_move_pages, 0, 1UL, &page, NULL, &from, 0))
		return errno;
	node = from == 0 ? 1 : 0;
	before = pagemap_word(seq, op->lo);
	if (syscall(SYS_move_pages, 0, 1UL, &page, &node, &status, MOVE_OWN) < 0)
		error = errno;
	after = pagemap_word(seq, op->lo);
	put(out, ",\"out\":{\"from\":");
	put_number(out, from);
	put(out, ",\"status\":");
	if (status < 0)
		put_errno(out, -status);
	else
		put_number(out, status);
	put_char(out, ',');
	put_flag(out, "moved", (before & after & PM_PRESENT) && ((before ^ after) & PM_FRAME));
	put_char(out, '}');
	return error;
}

const struct verb verb_migrate = { "migrate", "migrate PAGE", parse_page, run };
