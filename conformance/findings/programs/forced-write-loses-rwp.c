// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * A debugger's write to an armed page that fork shares, in a VMA that mprotect
 * has made inaccessible, drops the mark: once the VMA is accessible again, the
 * access completes. Control: the page is not shared.
 */
#include "finding.h"

#include <signal.h>
#include <sys/ptrace.h>
#include <sys/wait.h>

/* The debugger: one write into the stopped child, which then goes on; its exit code is ours. */
static void debug(pid_t child, void *page)
{
	int status;

	must(waitpid(child, &status, 0) == child && WIFSTOPPED(status), "the child does not stop");
	must(!ptrace(PTRACE_POKEDATA, child, page, (void *)3L), "the debugger's write");
	must(!ptrace(PTRACE_CONT, child, NULL, NULL), "the child does not go on");
	must(waitpid(child, &status, 0) == child && WIFEXITED(status), "the child");
	_exit(WEXITSTATUS(status));
}

int main(int argc, char **argv)
{
	bool control = is_control(argc, argv), completed;
	char *page = private_memory(SIZE);
	struct access reading = { .page = page };
	pid_t child;
	int uffd;

	*page = 1;
	/* Shared with the debugger, unless each has written a page of its own. */
	child = fork();
	must(child >= 0, "fork");
	if (child)
		debug(child, page);
	if (control)
		*page = 2;
	uffd = uffd_open(UFFD_FEATURE_RWP);
	need(!uffd_register(uffd, page, SIZE, UFFDIO_REGISTER_MODE_RWP), "REGISTER for RWP");
	must(!uffd_rwprotect(uffd, page, SIZE, true), "RWPROTECT");
	must(is_marked(page), "the page is not armed");
	must(!mprotect(page, SIZE, PROT_NONE), "mprotect");
	must(!ptrace(PTRACE_TRACEME, 0, NULL, NULL), "PTRACE_TRACEME");
	raise(SIGSTOP);
	must(!mprotect(page, SIZE, PROT_READ | PROT_WRITE), "mprotect");
	completed = completes_soon(&reading);
	verdict(completed && !is_marked(page), "afterwards a read %s", completed ? "completes" : "blocks");
}
