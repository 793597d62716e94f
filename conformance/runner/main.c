// SPDX-License-Identifier: GPL-2.0 OR MIT
/* The verbs of the program; as process 1 it is the init of a guest. */
#include "runner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char usage[] =
	"usage: runner [run] [--time-limit MS] [--per-worker N] [--cpu N]\n"
	"                                                  sequences from stdin, JSON lines to stdout\n"
	"       runner probe                               what this machine can do\n"
	"       runner verbs                               the operations of a sequence\n"
	"       runner mkswap FILE MEGABYTES [sparse] | swapon FILE | swapoff FILE\n";

static int report(const char *what, const char *path, int error)
{
	if (!error)
		return 0;
	fprintf(stderr, "%s %s: %s\n", what, path, strerror(error));
	return 1;
}

static int list_verbs(void)
{
	int i;

	for (i = 0; verbs[i]; i++)
		puts(verbs[i]->usage);
	return 0;
}

static int probe(void)
{
	char bytes[4096];
	struct text text = { .start = bytes, .size = sizeof(bytes) };
	struct machine machine;

	learn_machine(&machine, -1);
	put_probe(&text, &machine);
	return write_all(STDOUT_FILENO, bytes, text.length) ? 0 : 1;
}

static int run(int count, char **words)
{
	struct serve_options options = { .in = STDIN_FILENO, .out = STDOUT_FILENO,
					 .time_limit_ms = 5000, .per_worker = 1, .cpu = -1 };
	int i;

	for (i = 0; i + 1 < count; i += 2) {
		if (!strcmp(words[i], "--time-limit"))
			options.time_limit_ms = atol(words[i + 1]);
		else if (!strcmp(words[i], "--per-worker"))
			options.per_worker = atol(words[i + 1]);
		else if (!strcmp(words[i], "--cpu"))
			options.cpu = atoi(words[i + 1]);
		else
			break;
	}
	if (i < count || options.time_limit_ms < 1 || options.per_worker < 1) {
		fputs(usage, stderr);
		return 2;
	}
	return serve(&options);
}

int main(int argc, char **argv)
{
	const char *verb = argc > 1 ? argv[1] : "run";

	if (getpid() == 1 && !strcmp(argv[0], "/init"))
		return run_as_init();
	if (!strcmp(verb, "run"))
		return run(argc > 2 ? argc - 2 : 0, argv + 2);
	if (verb[0] == '-' && strcmp(verb, "--help"))
		return run(argc - 1, argv + 1);
	if (!strcmp(verb, "probe") && argc == 2)
		return probe();
	if (!strcmp(verb, "verbs") && argc == 2)
		return list_verbs();
	if (!strcmp(verb, "mkswap") && (argc == 4 || (argc == 5 && !strcmp(argv[4], "sparse"))))
		return report(verb, argv[2], make_swap(argv[2], atol(argv[3]), argc == 5));
	if (!strcmp(verb, "swapon") && argc == 3)
		return report(verb, argv[2], swap_on(argv[2]));
	if (!strcmp(verb, "swapoff") && argc == 3)
		return report(verb, argv[2], swap_off(argv[2]));
	fputs(usage, stderr);
	return 2;
}
