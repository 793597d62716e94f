// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * The threads that touch pages. An access may sleep in the kernel for as long
 * as its page is protected, so it never runs in the thread that reports. All
 * threads of a sequence share one CPU: giving it away is what lets them run.
 */
#define _GNU_SOURCE
#include "runner.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define STACK_BYTES 65536
#define PATIENCE_NS_MIN 20000000ULL
#define PATIENCE_MEDIANS 100

static char stacks[THREADS_MAX][STACK_BYTES] __attribute__((aligned(4096)));
static __thread sigjmp_buf *volatile escape;

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000ULL + (uint64_t)now.tv_nsec;
}

static void on_signal(int number)
{
	if (escape)
		siglongjmp(*escape, number);
	/* Not in a guarded access: die of it, so that the parent reports it. */
	signal(number, SIG_DFL);
}

void catch_signals(void)
{
	struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_NODEFER };

	sigaction(SIGSEGV, &action, NULL);
	sigaction(SIGBUS, &action, NULL);
}

int guarded_read(volatile uint64_t *address, uint64_t *value)
{
	sigjmp_buf here;
	int number = sigsetjmp(here, 0);

	if (!number) {
		escape = &here;
		*value = *address;
	}
	escape = NULL;
	return number;
}

int guarded_write(volatile uint64_t *address, uint64_t value)
{
	sigjmp_buf here;
	int number = sigsetjmp(here, 0);

	if (!number) {
		escape = &here;
		*address = value;
	}
	escape = NULL;
	return number;
}

static struct sequence *current;

static void *thread_main(void *argument)
{
	struct thread *t = argument;

	t->tid = gettid();
	for (;;) {
		int state = atomic_load(&t->state);

		if (state != THREAD_ASKED) {
			syscall(SYS_futex, &t->state, FUTEX_WAIT_PRIVATE, state, NULL, NULL, 0);
			continue;
		}
		if (t->call)
			t->error = t->call(current, t->op);
		else if (t->write)
			t->signal = guarded_write(t->address, t->value);
		else
			t->signal = guarded_read(t->address, &t->value);
		atomic_store(&t->state, THREAD_DONE);
	}
	return NULL;
}

static int start_thread(struct sequence *seq, int index)
{
	struct thread *t = &seq->threads[index];
	pthread_attr_t attributes;
	pthread_t handle;
	int error;

	current = seq; /* there is only ever one */
	t->wchan_fd = -1;
	pthread_attr_init(&attributes);
	pthread_attr_setstack(&attributes, stacks[index], STACK_BYTES);
	error = pthread_create(&handle, &attributes, thread_main, t);
	pthread_attr_destroy(&attributes);
	t->started = !error;
	return error;
}

/*
 * Is it asleep inside handle_userfault()? The kernel answers with the function
 * that a thread sleeps in, and with "0" for one that can run: a thread that
 * was woken but has not run yet is not taken for a blocked one.
 */
static bool sleeps_in_userfault(struct thread *t)
{
	static const char wanted[] = "handle_userfault";
	ssize_t length;

	if (t->wchan_fd < 0) {
		char path[64];
		struct text text = { .start = path, .size = sizeof(path) - 1 };

		put(&text, "/proc/self/task/");
		put_number(&text, t->tid);
		put(&text, "/wchan");
		path[text.length] = '\0';
		t->wchan_fd = open(path, O_RDONLY | O_CLOEXEC);
		if (t->wchan_fd < 0)
			return false;
	}
	length = pread(t->wchan_fd, t->wchan, sizeof(t->wchan) - 1, 0);
	t->wchan[length > 0 ? length : 0] = '\0';
	return !strncmp(t->wchan, wanted, sizeof(wanted) - 1);
}

/* Remember how long an access took, by powers of two. */
static void count_completion(struct shared *shared, uint64_t ns)
{
	int power = 0;

	while (ns >>= 1)
		power++;
	shared->completions[power < 40 ? power : 39]++;
}

/* How long an access may take before "not completed" is believed. */
static uint64_t patience_ns(const struct shared *shared)
{
	uint64_t total = 0, below = 0, patience;
	int power;

	for (power = 0; power < 40; power++)
		total += shared->completions[power];
	for (power = 0; power < 39; power++) {
		below += shared->completions[power];
		if (2 * below >= total)
			break;
	}
	patience = total ? PATIENCE_MEDIANS * (2ULL << power) : 0;
	return patience > PATIENCE_NS_MIN ? patience : PATIENCE_NS_MIN;
}

/* Wait until the thread has ended its access, or sleeps in handle_userfault(). */
static enum thread_seen wait_for(struct sequence *seq, struct thread *t)
{
	uint64_t start = now_ns(), limit = 0;

	for (;;) {
		if (atomic_load(&t->state) == THREAD_DONE)
			return SEEN_DONE;
		sched_yield();
		if (atomic_load(&t->state) == THREAD_DONE)
			return SEEN_DONE;
		if (sleeps_in_userfault(t))
			return SEEN_BLOCKED;
		if (!limit)
			limit = patience_ns(seq->shared);
		/* Twice the patience: one bound, then sampled once more. */
		if (now_ns() - start > 2 * limit)
			return SEEN_STUCK;
	}
}

void settle(struct sequence *seq)
{
	int i, again, rounds;

	/*
	 * One thread's progress cannot wake another, but the kernel may let
	 * two take turns: look until a whole round changes nothing.
	 */
	for (rounds = 0, again = 1; again && rounds < 3; rounds++) {
		again = 0;
		for (i = 0; i < THREADS_MAX; i++) {
			struct thread *t = &seq->threads[i];
			enum thread_seen before = t->seen;

			if (atomic_load(&t->state) == THREAD_IDLE || before == SEEN_DONE)
				continue;
			t->seen = wait_for(seq, t);
			again |= t->seen != before;
		}
	}
}

bool reset_threads(struct sequence *seq)
{
	int i;

	for (i = 0; i < THREADS_MAX; i++) {
		struct thread *t = &seq->threads[i];

		if (atomic_load(&t->state) == THREAD_ASKED)
			return false;
		atomic_store(&t->state, THREAD_IDLE);
		t->seen = SEEN_IDLE;
	}
	return true;
}

static int ask(struct sequence *seq, int index, const struct thread *request)
{
	struct thread *t = &seq->threads[index];
	uint64_t start;
	int error;

	if (atomic_load(&t->state) != THREAD_IDLE)
		return EBUSY;
	if (!t->started) {
		error = start_thread(seq, index);
		if (error)
			return error;
	}
	t->op = request->op;
	t->call = request->call;
	t->address = request->address;
	t->write = request->write;
	t->value = request->value;
	t->has_value = !request->call;
	t->signal = 0;
	t->error = 0;
	start = now_ns();
	atomic_store(&t->state, THREAD_ASKED);
	syscall(SYS_futex, &t->state, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
	t->seen = wait_for(seq, t);
	if (t->seen == SEEN_DONE)
		count_completion(seq->shared, now_ns() - start);
	return 0;
}

int thread_access(struct sequence *seq, int index, volatile uint64_t *address, bool write,
		  uint64_t value)
{
	struct thread request = { .address = address, .write = write, .value = value };

	return ask(seq, index, &request);
}

int thread_call(struct sequence *seq, const struct op *op,
		int (*call)(struct sequence *, const struct op *))
{
	struct thread request = { .op = op, .call = call };
	int error = ask(seq, HELPER, &request);

	if (!error && seq->threads[HELPER].seen == SEEN_DONE)
		return seq->threads[HELPER].error;
	return error;
}
