// SPDX-License-Identifier: GPL-2.0 OR MIT
/* register: all pages or a range, in the modes named. register-staging: where evict moves pages to. */
#include <errno.h>
#include <string.h>

#include "../runner.h"
#include "../uffd.h"

static const struct feature modes[] = {
	{ "missing", UFFDIO_REGISTER_MODE_MISSING },
	{ "wp", UFFDIO_REGISTER_MODE_WP },
	{ "minor", UFFDIO_REGISTER_MODE_MINOR },
	{ "rwp", UFFDIO_REGISTER_MODE_RWP },
	{ NULL, 0 },
};

bool parse_modes(struct op *op, char **words, int count, int pages)
{
	char *rest, *word;

	if (count < 1 || !parse_all_or_range(op, words, count - 1, pages))
		return false;
	words += count - 1;
	for (word = strtok_r(words[0], ",", &rest); word; word = strtok_r(NULL, ",", &rest)) {
		const struct feature *m = modes;

		while (m->name && strcmp(m->name, word))
			m++;
		if (!m->name)
			return false;
		op->bits |= m->bit;
	}
	return true;
}

static int do_register(struct sequence *seq, char *start, uint64_t bytes, uint64_t mode)
{
	struct uffdio_register arg = {
		.range = { (uintptr_t)start, bytes },
		.mode = mode,
	};
	int error = uffd_ioctl(seq, UFFDIO_REGISTER, &arg);

	if (!error)
		put_out(seq, (int64_t)arg.ioctls);
	return error;
}

static int run(struct sequence *seq, const struct op *op)
{
	return do_register(seq, range_start(seq, op), range_length(seq, op), op->bits);
}

static int run_staging(struct sequence *seq, const struct op *op)
{
	char *staging = staging_page(seq, 0);

	(void)op;
	if (!staging)
		return ENOMEM;
	return do_register(seq, staging, (uint64_t)seq->pages * seq->page_bytes,
			   UFFDIO_REGISTER_MODE_MISSING);
}

const struct verb verb_register = { "register", "register [LO HI] MODE,MODE... (missing wp minor rwp)",
				    parse_modes, run };
const struct verb verb_register_staging = { "register-staging", "register-staging", parse_nothing,
					    run_staging };
