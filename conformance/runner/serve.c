// SPDX-License-Identifier: GPL-2.0 OR MIT
/* Lines in, lines out: each sequence runs in a child with a time limit. */
#define _GNU_SOURCE
#include "runner.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* How long a killed child may take to go before it is left behind. */
#define REAP_MS 5000

struct reader {
	int fd;
	bool port;
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
		} else if (r->port && (got == 0 || errno == EAGAIN || errno == EINTR)) {
			/* Nobody is connected to the other side yet. */
			poll(NULL, 0, 10);
		} else if (got == 0 && r->end) {
			r->bytes[r->end++] = '\n';
		} else if (got == 0 || errno != EINTR) {
			return NULL;
		}
	}
}

/* Wait for the child to end; false when the time is up. */
static bool wait_child(pid_t child, long limit_ms, int *status)
{
	struct timespec limit = { limit_ms / 1000, limit_ms % 1000 * 1000000 };
	sigset_t wanted;

	sigemptyset(&wanted);
	sigaddset(&wanted, SIGCHLD);
	for (;;) {
		if (waitpid(child, status, WNOHANG) == child)
			return true;
		if (sigtimedwait(&wanted, NULL, &limit) < 0 && errno == EAGAIN)
			return waitpid(child, status, WNOHANG) == child;
	}
}

static void put_end(struct text *tail, int status)
{
	if (WIFSIGNALED(status)) {
		put(tail, "\"signal ");
		put_number(tail, WTERMSIG(status));
		put_char(tail, '"');
	} else if (WEXITSTATUS(status) == 1) {
		put(tail, "\"set-up\"");
	} else if (WEXITSTATUS(status) == 2) {
		put(tail, "\"overflow\"");
	} else {
		put(tail, "\"ok\"");
	}
}

static void be_child(const struct program *program, const struct machine *machine,
		     struct shared *shared, pid_t parent)
{
	sigset_t none;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(0);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	run_sequence(program, machine, shared);
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

static bool run_one(const struct serve_options *options, const struct machine *machine,
		    struct shared *shared, const struct program *program)
{
	char head_bytes[6 * 256 + 64], tail_bytes[sizeof(program->error) * 6 + 64];
	struct text head = { .start = head_bytes, .size = sizeof(head_bytes) };
	struct text tail = { .start = tail_bytes, .size = sizeof(tail_bytes) };
	pid_t parent = getpid(), child;
	int status = 0;

	atomic_store(&shared->reported, 0);
	put(&head, "{\"id\":");
	put_quoted(&head, strlen(program->id) <= 256 ? program->id : "(too long)");
	put(&head, ",\"steps\":[");
	put(&tail, "],\"end\":");
	child = program->error[0] ? 0 : fork();
	if (program->error[0]) {
		put(&tail, "\"bad\",\"error\":");
		put_quoted(&tail, program->error);
	} else if (child < 0) {
		put(&tail, "\"fork\",\"error\":");
		put_quoted(&tail, errno_name(errno));
	} else if (child == 0) {
		be_child(program, machine, shared, parent);
	} else if (wait_child(child, options->time_limit_ms, &status)) {
		put_end(&tail, status);
	} else {
		kill(child, SIGKILL);
		put(&tail, "\"timeout\"");
		if (!wait_child(child, REAP_MS, &status))
			put(&tail, ",\"left\":true");
	}
	put(&tail, "}\n");
	return answer(options->out, &head, shared, &tail);
}

static bool put_line(int fd, const char *line)
{
	return write_all(fd, line, strlen(line));
}

/* A line that is not a sequence: 1 done, 0 not one of these, -1 stop. */
static int control(char *line, struct serve_options *options, const struct machine *machine)
{
	static const char limit[] = "time-limit ";
	char bytes[4096];
	struct text text = { .start = bytes, .size = sizeof(bytes) };

	if (!*line || *line == '#')
		return 1;
	if (!strcmp(line, "probe")) {
		put_probe(&text, machine);
		return write_all(options->out, bytes, text.length) ? 1 : -1;
	}
	if (!strncmp(line, limit, sizeof(limit) - 1)) {
		options->time_limit_ms = atol(line + sizeof(limit) - 1);
		return put_line(options->out, "{\"control\":\"time-limit\"}\n") ? 1 : -1;
	}
	if (!strcmp(line, "quit")) {
		put_line(options->out, "{\"control\":\"quit\"}\n");
		return -1;
	}
	return 0;
}

int serve(const struct serve_options *given)
{
	static struct reader reader;
	static struct program program;
	struct serve_options options = *given;
	struct machine machine;
	struct shared *shared;
	sigset_t child;
	bool too_long;
	char *line;

	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child, NULL);
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		      0);
	if (shared == MAP_FAILED)
		return 1;
	learn_machine(&machine, options.cpu);
	pin(machine.cpu);
	reader.fd = options.in;
	reader.port = options.port;
	while ((line = read_line(&reader, &too_long))) {
		int done = too_long ? 0 : control(line, &options, &machine);

		if (done < 0)
			break;
		if (done)
			continue;
		if (too_long)
			line[32] = '\0';
		parse_line(line, &program);
		if (too_long)
			strcpy(program.error, "a line of more than 65535 bytes");
		if (!run_one(&options, &machine, shared, &program))
			return 1;
	}
	return 0;
}
