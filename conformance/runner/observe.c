// SPDX-License-Identifier: GPL-2.0 OR MIT
/* What can be seen of the pages and the threads without disturbing them. */
#define _GNU_SOURCE
#include "runner.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "pagemap.h"

const char *const scan_categories[] = {
	"WPALLOWED", "WRITTEN", "FILE",	      "PRESENT", "SWAPPED",
	"PFNZERO",   "HUGE",	"SOFT_DIRTY", "GUARD",	 "ACCESSED",
	NULL,
};

int scan_pages(int pagemap_fd, struct pm_scan_arg *arg, void *start, void *end,
	       struct page_region *regions, unsigned int regions_max)
{
	int count;

	arg->size = sizeof(*arg);
	arg->start = (uintptr_t)start;
	arg->end = (uintptr_t)end;
	arg->vec = (uintptr_t)regions;
	arg->vec_len = regions_max;
	count = ioctl(pagemap_fd, PAGEMAP_SCAN, arg);
	return count < 0 ? -errno : count;
}

uint64_t scan_probe(void)
{
	static char page[2 * PAGE_SIZE];
	char *aligned = (char *)(((uintptr_t)page + PAGE_SIZE - 1) & ~(PAGE_SIZE - 1));
	int fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
	uint64_t known = 0;
	int bit;

	if (fd < 0)
		return 0;
	for (bit = 0; scan_categories[bit]; bit++) {
		struct page_region regions[4];
		struct pm_scan_arg arg = { .return_mask = 1ULL << bit };

		if (scan_pages(fd, &arg, aligned, aligned + PAGE_SIZE, regions, 4) >= 0)
			known |= 1ULL << bit;
	}
	close(fd);
	return known;
}

bool frames_visible(void)
{
	static volatile char here = 1;
	int fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
	uint64_t word = 0;

	if (fd < 0)
		return false;
	if (pread(fd, &word, 8, (off_t)((uintptr_t)&here / PAGE_SIZE * 8)) != 8)
		word = 0;
	close(fd);
	return here && (word & PM_FRAME);
}

uint64_t pagemap_word(const struct sequence *seq, int page)
{
	uint64_t word = 0;
	off_t at = (off_t)((uintptr_t)(seq->base + (size_t)page * seq->page_bytes) / PAGE_SIZE * 8);

	return pread(seq->pagemap_fd, &word, 8, at) == 8 ? word : 0;
}

void put_categories(struct text *out, uint64_t categories)
{
	bool first = true;
	int bit;

	put_char(out, '[');
	for (bit = 0; scan_categories[bit]; bit++) {
		if (!(categories >> bit & 1))
			continue;
		put(out, first ? "\"" : ",\"");
		put(out, scan_categories[bit]);
		put_char(out, '"');
		first = false;
	}
	put_char(out, ']');
}

static const char *signal_name(int number)
{
	return number == SIGSEGV ? "SIGSEGV" : "SIGBUS";
}

static void put_thread(struct text *out, struct thread *t)
{
	static const char *const names[] = { "idle", "done", "blocked", "stuck" };

	put(out, "\"thread\":\"");
	put(out, names[t->seen]);
	put_char(out, '"');
	if (t->seen == SEEN_STUCK) {
		put(out, ",\"wchan\":");
		put_quoted(out, t->wchan);
	}
	if (t->seen != SEEN_DONE)
		return;
	if (t->signal) {
		put(out, ",\"signal\":\"");
		put(out, signal_name(t->signal));
		put_char(out, '"');
	} else if (t->has_value) {
		put(out, ",\"value\":");
		put_number(out, (int64_t)t->value);
	}
	if (t->call) {
		put(out, ",\"ret\":");
		put_errno(out, t->error);
	}
	/* Told once; from now on it is idle. */
	t->seen = SEEN_IDLE;
	atomic_store(&t->state, THREAD_IDLE);
}

/* Categories of each page; false when the kernel has no PAGEMAP_SCAN. */
static bool scan_all(const struct sequence *seq, uint64_t *categories)
{
	struct page_region regions[PAGES_MAX];
	struct pm_scan_arg arg = { .return_mask = seq->machine->scan_known };
	char *end = seq->base + (size_t)seq->pages * seq->page_bytes;
	int count, i;

	if (!seq->machine->scan_known)
		return false;
	count = scan_pages(seq->pagemap_fd, &arg, seq->base, end, regions, PAGES_MAX);
	for (i = 0; i < count; i++) {
		uint64_t at = regions[i].start;

		for (; at < regions[i].end; at += seq->page_bytes)
			categories[(at - (uintptr_t)seq->base) / seq->page_bytes] =
				regions[i].categories;
	}
	return count >= 0;
}

void observe(struct sequence *seq)
{
	uint64_t categories[PAGES_MAX] = { 0 };
	bool scanned = scan_all(seq, categories);
	struct text *out = &seq->out;
	int i;

	put(out, ",\"pages\":[");
	for (i = 0; i < seq->pages; i++) {
		uint64_t word = pagemap_word(seq, i);

		put(out, i ? ",{" : "{");
		put_flag(out, "present", word & PM_PRESENT);
		put_char(out, ',');
		put_flag(out, "swap", word & PM_SWAP);
		put_char(out, ',');
		put_flag(out, "uffd", word & PM_UFFD);
		put_char(out, ',');
		put_flag(out, "file", word & PM_FILE);
		put_char(out, ',');
		put_flag(out, "exclusive", word & PM_EXCLUSIVE);
		put_char(out, ',');
		if (seq->machine->frames_visible)
			put_flag(out, "marker",
				 (word & PM_SWAP) && (word & PM_SWAP_TYPE) == PM_SWAP_TYPE_MARKER);
		else
			put(out, "\"marker\":null");
		put_char(out, ',');
		put_flag(out, "guard", word & PM_GUARD);
		put(out, ",\"scan\":");
		if (scanned)
			put_categories(out, categories[i]);
		else
			put(out, "null");
		put_char(out, ',');
		put_thread(out, &seq->threads[i]);
		put_char(out, '}');
	}
	put_char(out, ']');
	if (seq->threads[HELPER].seen != SEEN_IDLE) {
		put(out, ",\"helper\":{\"op\":");
		put_quoted(out, seq->threads[HELPER].op->text);
		put_char(out, ',');
		put_thread(out, &seq->threads[HELPER]);
		put_char(out, '}');
	}
}
