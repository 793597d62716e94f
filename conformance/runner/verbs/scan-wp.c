// SPDX-License-Identifier: GPL-2.0 OR MIT
/* scan-wp: PAGEMAP_SCAN that reports written pages and write-protects them at once. */
#include <string.h>

#include "../pagemap.h"
#include "../runner.h"

static bool parse(struct op *op, char **words, int count, int pages)
{
	if (count < 2 || count > 3 || !parse_range(op, words, 2, pages))
		return false;
	op->check = count == 3;
	return count == 2 || !strcmp(words[2], "check");
}

static int run(struct sequence *seq, const struct op *op)
{
	struct page_region regions[PAGES_MAX];
	struct pm_scan_arg arg = {
		.flags = PM_SCAN_WP_MATCHING | (op->check ? PM_SCAN_CHECK_WPASYNC : 0),
		.category_mask = PAGE_IS_WRITTEN,
		.return_mask = seq->machine->scan_known,
	};
	char *start = range_start(seq, op);
	int count = scan_pages(seq->pagemap_fd, &arg, start, start + range_length(seq, op), regions,
			       PAGES_MAX);
	struct text *out = &seq->out;
	int i;

	if (count < 0)
		return -count;
	put(out, ",\"out\":[");
	for (i = 0; i < count; i++) {
		uint64_t base = (uintptr_t)seq->base;

		put(out, i ? ",{\"lo\":" : "{\"lo\":");
		put_number(out, (int64_t)((regions[i].start - base) / seq->page_bytes));
		put(out, ",\"hi\":");
		put_number(out, (int64_t)((regions[i].end - base) / seq->page_bytes) - 1);
		put(out, ",\"categories\":");
		put_categories(out, regions[i].categories);
		put_char(out, '}');
	}
	put_char(out, ']');
	return 0;
}

const struct verb verb_scan_wp = { "scan-wp", "scan-wp LO HI [check]", parse, run };
