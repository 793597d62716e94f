// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * The end of a vector as one file: run it, and follow its automaton along what
 * was seen. `vector` and `edges` come before this. Exit codes are kselftest's.
 */
#include "../../runner/runner.h"

#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#include "../../runner/uffd.h"

#define KSFT_PASS 0
#define KSFT_FAIL 1
#define KSFT_SKIP 4
#define HUGE_PAGES_MIN 4
#define ATTEMPTS_MAX 5
#define SECONDS_MAX 60

static struct shared shared_memory;

static int verdict(int code, const char *how, const char *reason)
{
	printf("%s 1 %s%s%s\n", code == KSFT_FAIL ? "not ok" : "ok", vector.id, how, reason);
	fflush(stdout);
	return code;
}

static void too_long(int number)
{
	(void)number;
	_exit(verdict(KSFT_FAIL, "", " # no end in sight"));
}

/* Why this kernel cannot run the vector, or NULL. */
static const char *closed_gate(struct machine *machine)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct sysinfo info;
	int fd = open_uffd();

	if (fd < 0)
		return "this kernel gives us no userfaultfd";
	if (ioctl(fd, UFFDIO_API, &api))
		api.features = 0;
	close(fd);
	learn_machine(machine, -1);
	if ((api.features & vector.features) != vector.features)
		return "this kernel lacks a feature";
	if (!machine->scan_known)
		return "this kernel has no PAGEMAP_SCAN";
	if (!machine->frames_visible)
		return "page frames are hidden: run it as root";
	if (machine->nodes < 2 && vector.numa)
		return "needs two NUMA nodes";
	sysinfo(&info);
	if (vector.huge_pages && machine->huge_pages < HUGE_PAGES_MIN)
		return "needs huge pages: set vm.nr_hugepages";
	if (strstr(vector.line, "swapoff") && !machine->swap_area)
		return "needs a swap area that it may switch off and on: set FAULTLINE_SWAP to its path";
	return vector.swap && !info.totalswap ? "needs swap" : NULL;
}

/* Nobody promises anything about soft-dirty pages. */
static void forget_soft_dirty(char *text)
{
	static const char *const forms[] = { "\"SOFT_DIRTY\",", ",\"SOFT_DIRTY\"", "\"SOFT_DIRTY\"" };
	size_t i;

	for (i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		char *at;

		while ((at = strstr(text, forms[i])))
			memmove(at, at + strlen(forms[i]), strlen(at + strlen(forms[i])) + 1);
	}
}

/* Cut the report of the next step off; NULL when there is none. */
static char *next_step(char **report)
{
	char *start = *report, *at;
	int depth = 0;

	if (!*start)
		return NULL;
	for (at = start; *at; at++) {
		depth += (*at == '{') - (*at == '}');
		if (depth == 0)
			break;
	}
	*report = *at && at[1] ? at + 2 : at + !!*at;
	if (*at)
		at[1] = '\0';
	return start;
}

/* Does the text contain every line of `wanted`? */
static bool contains_all(const char *text, const char *wanted)
{
	char line[512];

	while (*wanted) {
		size_t length = strcspn(wanted, "\n");

		if (length >= sizeof(line))
			return false;
		memcpy(line, wanted, length);
		line[length] = '\0';
		if (!strstr(text, line))
			return false;
		wanted += length + (wanted[length] == '\n');
	}
	return true;
}

static void explain(int step, unsigned int states, const char *seen)
{
	const struct edge *edge;

	printf("# the first %d operations are as they should be\n# seen:    %s\n", step, seen);
	for (edge = edges; edge->wanted; edge++)
		if (edge->step == step && states >> edge->from & 1)
			printf("# allowed: %s\n", edge->because);
}

enum walked { AGREES, DISAGREES, UNOBSERVED };

/* All states that explain what was seen, at once: nothing is guessed. */
static enum walked walk(char *report)
{
	unsigned int states = 1;
	bool observed = true;
	int step;

	for (step = 0; step < vector.steps; step++) {
		char *seen = next_step(&report);
		const struct edge *edge;
		unsigned int next = 0;
		bool needed = false, happened = false;

		if (!seen) {
			printf("# the report ends before operation %d\n", step);
			return DISAGREES;
		}
		for (edge = edges; edge->wanted; edge++) {
			if (edge->step != step || !(states >> edge->from & 1))
				continue;
			needed |= edge->needed;
			if (!contains_all(seen, edge->wanted))
				continue;
			next |= 1U << edge->to;
			happened |= edge->event;
		}
		if (!next) {
			explain(step, states, seen);
			return DISAGREES;
		}
		observed &= !needed || happened;
		states = next;
	}
	return observed ? AGREES : UNOBSERVED;
}

int main(void)
{
	struct machine machine;
	const char *reason;
	cpu_set_t one;
	int attempt;

	printf("KTAP version 1\n1..1\n");
	reason = closed_gate(&machine);
	if (reason)
		return verdict(KSFT_SKIP, " # SKIP ", reason);
	signal(SIGALRM, too_long);
	alarm(SECONDS_MAX);
	catch_signals();
	CPU_ZERO(&one);
	CPU_SET((unsigned int)machine.cpu, &one);
	sched_setaffinity(0, sizeof(one), &one);
	for (attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
		enum walked walked;

		strcpy(shared_memory.line, vector.line);
		parse_line(shared_memory.line, &shared_memory.program);
		memset(shared_memory.report, 0, sizeof(shared_memory.report));
		if (run_sequence(&machine, &shared_memory) == WORKER_SET_UP_FAILED)
			return verdict(KSFT_SKIP, " # SKIP ", "the pages could not be set up");
		forget_soft_dirty(shared_memory.report);
		walked = walk(shared_memory.report);
		if (walked == AGREES)
			return verdict(KSFT_PASS, "", "");
		if (walked == DISAGREES)
			return verdict(KSFT_FAIL, "", "");
	}
	return verdict(KSFT_SKIP, " # SKIP ", "what it forces did not happen in 5 attempts");
}
