// SPDX-License-Identifier: GPL-2.0 OR MIT
/* api: open a userfaultfd when none is open, and ask for features. */
#include <errno.h>
#include <string.h>

#include "../runner.h"
#include "../uffd.h"

const struct feature features[] = {
	{ "pagefault-flag-wp", UFFD_FEATURE_PAGEFAULT_FLAG_WP },
	{ "event-fork", UFFD_FEATURE_EVENT_FORK },
	{ "event-remap", UFFD_FEATURE_EVENT_REMAP },
	{ "event-remove", UFFD_FEATURE_EVENT_REMOVE },
	{ "event-unmap", UFFD_FEATURE_EVENT_UNMAP },
	{ "missing-hugetlbfs", UFFD_FEATURE_MISSING_HUGETLBFS },
	{ "missing-shmem", UFFD_FEATURE_MISSING_SHMEM },
	{ "sigbus", UFFD_FEATURE_SIGBUS },
	{ "thread-id", UFFD_FEATURE_THREAD_ID },
	{ "minor-hugetlbfs", UFFD_FEATURE_MINOR_HUGETLBFS },
	{ "minor-shmem", UFFD_FEATURE_MINOR_SHMEM },
	{ "exact-address", UFFD_FEATURE_EXACT_ADDRESS },
	{ "wp-hugetlbfs-shmem", UFFD_FEATURE_WP_HUGETLBFS_SHMEM },
	{ "wp-unpopulated", UFFD_FEATURE_WP_UNPOPULATED },
	{ "poison", UFFD_FEATURE_POISON },
	{ "wp-async", UFFD_FEATURE_WP_ASYNC },
	{ "move", UFFD_FEATURE_MOVE },
	{ "rwp", UFFD_FEATURE_RWP },
	{ "rwp-async", UFFD_FEATURE_RWP_ASYNC },
	{ NULL, 0 },
};

static bool parse(struct op *op, char **words, int count, int pages)
{
	char *rest, *word;

	(void)pages;
	if (count != 1)
		return false;
	if (!strcmp(words[0], "-"))
		return true;
	for (word = strtok_r(words[0], ",", &rest); word; word = strtok_r(NULL, ",", &rest)) {
		const struct feature *f = features;

		while (f->name && strcmp(f->name, word))
			f++;
		if (!f->name)
			return false;
		op->bits |= f->bit;
	}
	return true;
}

static int run(struct sequence *seq, const struct op *op)
{
	struct uffdio_api api = { .api = UFFD_API, .features = op->bits };
	int error;

	if (seq->uffd < 0)
		seq->uffd = open_uffd();
	if (seq->uffd < 0)
		return errno;
	error = uffd_ioctl(seq, UFFDIO_API, &api);
	if (!error)
		put_out(seq, (int64_t)api.features);
	return error;
}

const struct verb verb_api = { "api", "api -|FEATURE,FEATURE...", parse, run };
