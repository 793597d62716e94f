/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/* Two pages with one content, and KSM set to work on them until they are one. */
#ifndef FAULTLINE_KSM_H
#define FAULTLINE_KSM_H

#include "finding.h"

#define KSM "/sys/kernel/mm/ksm/"

#ifndef MADV_MERGEABLE
#define MADV_MERGEABLE 12
#endif

/* Arms pages of a range; false is an error. */
typedef int (*arm_fn)(int uffd, void *at, size_t length, bool on);

/* Of eight pages that were armed: how many are not any more, once KSM has had its time. */
static inline int marks_that_ksm_drops(int uffd, char *at, uint64_t mode, arm_fn arm, bool different)
{
	const int pages = 8;
	long run = number_in(KSM "run"), merged = 0;
	long batch = number_in(KSM "pages_to_scan"), rest = number_in(KSM "sleep_millisecs");
	char text[32];
	int lost = 0;

	need(run >= 0, "there is no KSM");
	for (int i = 0; i < pages; i++)
		memset(at + i * SIZE, different ? i + 1 : 77, SIZE);
	need(!uffd_register(uffd, at, pages * SIZE, mode), "REGISTER");
	must(!arm(uffd, at, pages * SIZE, true), "the pages are not armed");
	for (int i = 0; i < pages; i++)
		must(is_marked(at + i * SIZE), "a page is not armed");
	need(!madvise(at, pages * SIZE, MADV_MERGEABLE), "MADV_MERGEABLE");
	need(write_text(KSM "pages_to_scan", "1000") && write_text(KSM "sleep_millisecs", "10"), "KSM's speed");
	need(write_text(KSM "run", "1"), "KSM's switch");
	for (int waited = 0; waited < (different ? 40 : 150) && merged < pages - 1; waited++) {
		usleep(50000);
		merged = number_in("/proc/self/ksm_merging_pages");
	}
	write_text(KSM "run", run == 1 ? "1" : "0");
	snprintf(text, sizeof(text), "%ld", batch);
	write_text(KSM "pages_to_scan", text);
	snprintf(text, sizeof(text), "%ld", rest);
	write_text(KSM "sleep_millisecs", text);
	for (int i = 0; i < pages; i++)
		lost += !is_marked(at + i * SIZE);
	if (!different)
		need(merged > 1, "KSM has merged nothing");
	return lost;
}

#endif
