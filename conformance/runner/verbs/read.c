// SPDX-License-Identifier: GPL-2.0 OR MIT
/* read: every message that is readable now; never waits. */
#include <errno.h>
#include <unistd.h>

#include "../runner.h"
#include "../uffd.h"

static const struct feature flags[] = {
	{ "write", UFFD_PAGEFAULT_FLAG_WRITE },
	{ "wp", UFFD_PAGEFAULT_FLAG_WP },
	{ "minor", UFFD_PAGEFAULT_FLAG_MINOR },
	{ "rwp", UFFD_PAGEFAULT_FLAG_RWP },
	{ NULL, 0 },
};

/* `"page":N`, or `"staging":N`, and the offset in the page when there is one. */
static void put_place(const struct sequence *seq, struct text *out, uint64_t address)
{
	uint64_t bytes = (uint64_t)seq->pages * seq->page_bytes;
	uint64_t from = address - (uintptr_t)seq->base;

	if (from < bytes) {
		put_key(out, "page");
	} else if (address - (uintptr_t)seq->staging < bytes) {
		from = address - (uintptr_t)seq->staging;
		put_key(out, "staging");
	} else {
		from = address;
		put_key(out, "elsewhere");
	}
	put_number(out, (int64_t)(from / seq->page_bytes));
	if (address % seq->page_bytes) {
		put(out, ",\"offset\":");
		put_number(out, (int64_t)(address % seq->page_bytes));
	}
}

static void put_pagefault(const struct sequence *seq, struct text *out, const struct uffd_msg *msg)
{
	uint64_t rest = msg->arg.pagefault.flags;
	const struct feature *f;
	bool first = true;
	int i;

	put_place(seq, out, msg->arg.pagefault.address);
	put(out, ",\"event\":\"pagefault\",\"flags\":[");
	for (f = flags; f->name; f++) {
		if (!(rest & f->bit))
			continue;
		put(out, first ? "" : ",");
		put_quoted(out, f->name);
		rest &= ~f->bit;
		first = false;
	}
	put_char(out, ']');
	if (rest) {
		put(out, ",\"unknownFlags\":");
		put_number(out, (int64_t)rest);
	}
	for (i = 0; msg->arg.pagefault.feat.ptid && i < THREADS_MAX; i++) {
		if (seq->threads[i].tid != (pid_t)msg->arg.pagefault.feat.ptid)
			continue;
		put(out, ",\"thread\":");
		put_number(out, i);
	}
}

static void put_message(const struct sequence *seq, struct text *out, const struct uffd_msg *msg)
{
	put_char(out, '{');
	if (msg->event == UFFD_EVENT_PAGEFAULT) {
		put_pagefault(seq, out, msg);
	} else if (msg->event == UFFD_EVENT_REMOVE || msg->event == UFFD_EVENT_UNMAP) {
		put_place(seq, out, msg->arg.remove.start);
		put(out, ",\"event\":");
		put_quoted(out, msg->event == UFFD_EVENT_REMOVE ? "remove" : "unmap");
	} else {
		put(out, "\"event\":");
		put_number(out, msg->event);
	}
	put_char(out, '}');
}

static int run(struct sequence *seq, const struct op *op)
{
	struct text *out = &seq->out;
	bool first = true;

	(void)op;
	put(out, ",\"msgs\":[");
	for (;;) {
		struct uffd_msg msgs[16];
		ssize_t got = read(seq->uffd, msgs, sizeof(msgs));
		int error = got < 0 ? errno : 0;
		size_t i;

		if (got <= 0) {
			put_char(out, ']');
			return error == EAGAIN ? 0 : error;
		}
		for (i = 0; i < (size_t)got / sizeof(msgs[0]); i++) {
			if (!first)
				put_char(out, ',');
			first = false;
			put_message(seq, out, &msgs[i]);
		}
	}
}

const struct verb verb_read = { "read", "read", parse_nothing, run };
