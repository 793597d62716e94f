// SPDX-License-Identifier: GPL-2.0 OR MIT
/* Lines in, lines out. */
#define _GNU_SOURCE
#include "runner.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

struct server {
	struct serve_options options;
	struct machine machine;
	struct shared *shared;
	struct worker worker;
};

struct reader {
	int fd;
	/* A port; has anything come through it? After that its end is the end. */
	bool port, heard;
	size_t start, end;
	char bytes[2 * LINE_BYTES_MAX];
};

/* The next line without its newline; NULL at the end of the input. */
static char *read_line(struct reader *r, bool *too_long)
{
	size_t searched = r->start;
	bool skipping = false;

	*too_long = false;
	for (;;) {
		char *newline = memchr(r->bytes + searched, '\n', r->end - searched);
		ssize_t got;

		if (newline) {
			char *line = r->bytes + r->start;

			*newline = '\0';
			r->start = (size_t)(newline - r->bytes) + 1;
			*too_long = skipping || newline - line >= LINE_BYTES_MAX;
			return line;
		}
		memmove(r->bytes, r->bytes + r->start, r->end - r->start);
		r->end -= r->start;
		r->start = 0;
		if (r->end >= LINE_BYTES_MAX) {
			skipping = true;
			r->end = 0;
		}
		searched = r->end;
		got = read(r->fd, r->bytes + r->end, sizeof(r->bytes) - r->end - 1);
		if (got > 0) {
			r->end += (size_t)got;
			r->heard = true;
		} else if (got == 0 && r->port && !r->heard) {
			/* Nobody is connected to the other side yet. */
			poll(NULL, 0, 10);
		} else if (got == 0 && r->end) {
			r->bytes[r->end++] = '\n';
		} else if (got == 0 || errno != EINTR) {
			return NULL;
		}
	}
}

/*
 * All of it on one CPU: pages wait for reclaim in per-CPU lists, and MADV_PAGEOUT
 * empties only the list of the CPU that it runs on. It is also the quickest.
 */
static void pin(int cpu)
{
	cpu_set_t one;

	CPU_ZERO(&one);
	CPU_SET((unsigned int)cpu, &one);
	sched_setaffinity(0, sizeof(one), &one);
}

static bool answer(int out, struct text *head, struct shared *shared, struct text *tail)
{
	size_t body = atomic_load(&shared->reported);
	struct iovec parts[] = {
		{ head->start, head->length },
		{ shared->report, body },
		{ tail->start, tail->length },
	};
	size_t total = head->length + body + tail->length;
	ssize_t done = writev(out, parts, 3);
	int i;

	if (done == (ssize_t)total)
		return true;
	if (done < 0 && errno != EAGAIN && errno != EINTR)
		return false;
	if (done < 0)
		done = 0;
	for (i = 0; i < 3; i++) {
		size_t skip = (size_t)done < parts[i].iov_len ? (size_t)done : parts[i].iov_len;

		done -= (ssize_t)skip;
		if (!write_all(out, (char *)parts[i].iov_base + skip, parts[i].iov_len - skip))
			return false;
	}
	return true;
}

static bool run_one(struct server *server)
{
	struct shared *shared = server->shared;
	const struct program *program = &shared->program;
	char head_bytes[6 * 256 + 64], tail_bytes[sizeof(program->error) * 6 + 64];
	struct text head = { .start = head_bytes, .size = sizeof(head_bytes) };
	struct text tail = { .start = tail_bytes, .size = sizeof(tail_bytes) };

	atomic_store(&shared->reported, 0);
	put(&head, "{\"id\":");
	put_quoted(&head, strlen(program->id) <= 256 ? program->id : "(too long)");
	put(&head, ",\"steps\":[");
	put(&tail, "],\"end\":");
	if (program->error[0]) {
		put(&tail, "\"bad\",\"error\":");
		put_quoted(&tail, program->error);
	} else {
		run_in_worker(&server->worker, &server->options, &server->machine, shared, &tail);
	}
	put(&tail, "}\n");
	return answer(server->options.out, &head, shared, &tail);
}

static bool put_line(int fd, const char *line)
{
	return write_all(fd, line, strlen(line));
}

/* `WORD NUMBER` sets a number. */
static bool setting(const char *line, const char *word, long *number)
{
	size_t length = strlen(word);

	if (strncmp(line, word, length) || line[length] != ' ' || atol(line + length) < 1)
		return false;
	*number = atol(line + length);
	return true;
}

/* A line that is not a sequence: 1 done, 0 not one of these, -1 stop. */
static int control(const char *line, struct server *server)
{
	struct serve_options *options = &server->options;
	char bytes[4096];
	struct text text = { .start = bytes, .size = sizeof(bytes) };

	if (!*line || *line == '#')
		return 1;
	if (!strcmp(line, "probe")) {
		put_probe(&text, &server->machine);
		return write_all(options->out, bytes, text.length) ? 1 : -1;
	}
	if (setting(line, "time-limit", &options->time_limit_ms) ||
	    setting(line, "per-worker", &options->per_worker))
		return put_line(options->out, "{\"control\":\"set\"}\n") ? 1 : -1;
	if (!strcmp(line, "quit")) {
		put_line(options->out, "{\"control\":\"quit\"}\n");
		return -1;
	}
	return 0;
}

int serve(const struct serve_options *options)
{
	static struct reader reader;
	static struct server server;
	bool too_long, alive = true;
	sigset_t child;
	char *line;

	server.options = *options;
	server.shared = mmap(NULL, sizeof(*server.shared), PROT_READ | PROT_WRITE,
			     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (server.shared == MAP_FAILED)
		return 1;
	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child, NULL);
	learn_machine(&server.machine, options->cpu);
	pin(server.machine.cpu);
	reader.fd = options->in;
	reader.port = options->port;
	while (alive && (line = read_line(&reader, &too_long))) {
		int done = too_long ? 0 : control(line, &server);

		if (done < 0)
			break;
		if (done)
			continue;
		line[too_long ? 32 : strlen(line)] = '\0';
		strcpy(server.shared->line, line);
		parse_line(server.shared->line, &server.shared->program);
		if (too_long)
			strcpy(server.shared->program.error, "a line of more than 65535 bytes");
		alive = run_one(&server);
	}
	stop_worker(&server.worker);
	return alive ? 0 : 1;
}
