// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * fork: a child looks at its copy of every entry, reads or writes every page,
 * says what it saw and is gone. What it writes is nobody's value.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../pagemap.h"
#include "../runner.h"

#define STRANGE 0xc41d

static bool parse(struct op *op, char **words, int count, int pages)
{
	op->hi = pages - 1;
	op->write = count == 1 && !strcmp(words[0], "w");
	return op->write || (count == 1 && !strcmp(words[0], "r"));
}

static void put_page(struct sequence *seq, struct text *out, int page, bool write)
{
	volatile uint64_t *at = (uint64_t *)(void *)(seq->base + (size_t)page * seq->page_bytes);
	uint64_t word = pagemap_word(seq, page), value = STRANGE;
	int number = write ? guarded_write(at, value) : guarded_read(at, &value);

	put(out, page ? ",{" : "{");
	put_flag(out, "present", word & PM_PRESENT);
	put_char(out, ',');
	put_flag(out, "swap", word & PM_SWAP);
	put_char(out, ',');
	put_flag(out, "uffd", word & PM_UFFD);
	put_char(out, ',');
	put_flag(out, "marker", (word & PM_SWAP) && (word & PM_SWAP_TYPE) == PM_SWAP_TYPE_MARKER);
	put_char(out, ',');
	put_key(out, number ? "signal" : "value");
	if (number)
		put_quoted(out, number == SIGSEGV ? "SIGSEGV" : "SIGBUS");
	else
		put_number(out, (int64_t)value);
	put_char(out, '}');
}

static void be_child(struct sequence *seq, bool write, int tell)
{
	char bytes[2048];
	struct text out = { .start = bytes, .size = sizeof(bytes) };
	int page;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	seq->pagemap_fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
	for (page = 0; page < seq->pages; page++)
		put_page(seq, &out, page, write);
	write_all(tell, bytes, out.length);
	_exit(0);
}

static int run(struct sequence *seq, const struct op *op)
{
	char bytes[2048];
	size_t length = 0;
	ssize_t got;
	int ends[2], status = 0, error = 0;
	pid_t child;

	if (pipe(ends))
		return errno;
	child = fork();
	if (child == 0)
		be_child(seq, op->write, ends[1]);
	if (child < 0)
		error = errno;
	close(ends[1]);
	while ((got = read(ends[0], bytes + length, sizeof(bytes) - 1 - length)) > 0)
		length += (size_t)got;
	close(ends[0]);
	if (error)
		return error;
	waitpid(child, &status, 0);
	bytes[length] = '\0';
	put(&seq->out, ",\"out\":{\"children\":[");
	put(&seq->out, bytes);
	put(&seq->out, "]}");
	return status ? ECHILD : 0;
}

const struct verb verb_fork = { "fork", "fork r|w", parse, run };
