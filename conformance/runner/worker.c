// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * The process that sequences run in. One that dies, hangs or leaves a thread
 * behind is replaced, so a sequence never meets the remains of another.
 */
#define _GNU_SOURCE
#include "runner.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* How long a killed worker may take to go before it is left behind. */
#define REAP_MS 5000

static void be_worker(const struct machine *machine, struct shared *shared, int ask, int tell,
		      pid_t parent)
{
	char byte;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(0);
	catch_signals();
	while (read(ask, &byte, 1) == 1) {
		byte = (char)run_sequence(machine, shared);
		if (write(tell, &byte, 1) != 1 || byte != WORKER_CLEAN)
			break;
	}
	_exit(0);
}

/* 0 or an errno. */
static int start_worker(struct worker *worker, const struct machine *machine,
			struct shared *shared)
{
	int ask[2], told[2], error;
	pid_t parent = getpid();

	if (pipe(ask))
		return errno;
	if (pipe(told)) {
		error = errno;
		close(ask[0]);
		close(ask[1]);
		return error;
	}
	worker->pid = fork();
	error = worker->pid < 0 ? errno : 0;
	if (worker->pid == 0) {
		close(ask[1]);
		close(told[0]);
		be_worker(machine, shared, ask[0], told[1], parent);
	}
	close(ask[0]);
	close(told[1]);
	worker->ask = ask[1];
	worker->told = told[0];
	worker->served = 0;
	if (error) {
		close(ask[1]);
		close(told[0]);
		worker->pid = 0;
	}
	return error;
}

/* Wait for a process to be gone; false when it does not go. SIGCHLD is blocked by the server. */
static bool reap(pid_t child, int *status)
{
	struct timespec limit = { REAP_MS / 1000, 0 };
	sigset_t wanted;

	sigemptyset(&wanted);
	sigaddset(&wanted, SIGCHLD);
	for (;;) {
		pid_t pid = waitpid(child, status, WNOHANG);

		if (pid)
			return pid > 0;
		if (sigtimedwait(&wanted, NULL, &limit) < 0 && errno == EAGAIN)
			return waitpid(child, status, WNOHANG) > 0;
	}
}

static bool end_worker(struct worker *worker, int *status)
{
	pid_t pid = worker->pid;

	close(worker->ask);
	close(worker->told);
	worker->pid = 0;
	return reap(pid, status);
}

/*
 * Let the worker go. It is reaped when the next one goes: reaping a process
 * whose last thread is still on its way out, on this very CPU, spins in the
 * kernel until that thread's time is up.
 */
static void retire(struct worker *worker)
{
	int status;

	close(worker->ask);
	close(worker->told);
	if (worker->retired)
		reap(worker->retired, &status);
	worker->retired = worker->pid;
	worker->pid = 0;
}

void stop_worker(struct worker *worker)
{
	int status;

	if (worker->pid)
		retire(worker);
	if (worker->retired)
		reap(worker->retired, &status);
	worker->retired = 0;
}

/* The worker has gone without a word: say why. */
static void put_death(struct worker *worker, struct text *end)
{
	int status = 0;

	if (!end_worker(worker, &status) || !WIFSIGNALED(status)) {
		put(end, "\"died\"");
		return;
	}
	put(end, "\"signal ");
	put_number(end, WTERMSIG(status));
	put_char(end, '"');
}

static void put_timeout(struct worker *worker, struct text *end)
{
	int status;

	kill(worker->pid, SIGKILL);
	put(end, "\"timeout\"");
	if (!end_worker(worker, &status))
		put(end, ",\"left\":true");
}

static const char *end_name(char said)
{
	switch (said) {
	case WORKER_SET_UP_FAILED:
		return "\"set-up\"";
	case WORKER_OVERFLOW:
		return "\"overflow\"";
	default:
		return "\"ok\"";
	}
}

void run_in_worker(struct worker *worker, const struct serve_options *options,
		   const struct machine *machine, struct shared *shared, struct text *end)
{
	struct pollfd told = { .events = POLLIN };
	int error = worker->pid ? 0 : start_worker(worker, machine, shared);
	char byte = 0;

	if (error) {
		put(end, "\"fork\",\"error\":");
		put_quoted(end, errno_name(error));
		return;
	}
	if (write(worker->ask, &byte, 1) != 1) {
		put_death(worker, end);
		return;
	}
	told.fd = worker->told;
	if (poll(&told, 1, (int)options->time_limit_ms) < 1) {
		put_timeout(worker, end);
		return;
	}
	if (read(worker->told, &byte, 1) != 1) {
		put_death(worker, end);
		return;
	}
	put(end, end_name(byte));
	if (byte != WORKER_CLEAN || ++worker->served >= options->per_worker)
		retire(worker);
}
