/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/*
 * The runner: executes sequences of user-visible operations on a few pages and
 * reports what it saw. It judges nothing.
 *
 *   main.c      the program's verbs        serve.c    lines in, lines out
 *   parse.c     one line to operations     worker.c   the process that a sequence runs in
 *   sequence.c  set up, run, report        thread.c   the threads that touch pages
 *   observe.c   what can be seen           verbs/X.c  one operation each
 */
#ifndef FAULTLINE_RUNNER_H
#define FAULTLINE_RUNNER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "text.h"

#define PAGE_SIZE 4096UL
/* A huge page of x86-64. */
#define PAGE_BYTES_MAX (2UL << 20)
#define PAGES_MAX 8
#define OPS_MAX 256
#define WORDS_MAX 8
#define LINE_BYTES_MAX 65536
/* One toucher for each page, and one helper for calls that may block. */
#define THREADS_MAX (PAGES_MAX + 1)
#define HELPER PAGES_MAX

struct sequence;
struct op;

/* One kind of operation, as it may be written in a sequence. */
struct verb {
	const char *name;
	const char *usage;
	/* Words after the name into `op`; false: they do not fit the usage. */
	bool (*parse)(struct op *op, char **words, int count, int pages);
	/* Carry it out: 0 or a positive errno. May add fields such as "out". */
	int (*run)(struct sequence *seq, const struct op *op);
};

extern const struct verb *const verbs[];

/* One operation of a sequence, parsed. A verb uses the fields that it needs. */
struct op {
	const struct verb *verb;
	const char *text;
	int lo, hi;
	bool on, wp, dontwake, write, check;
	int protection;
	uint64_t bits;
};

/* What the pages are: in the order of memory_names. */
enum memory {
	MEMORY_ANON,
	MEMORY_SHMEM,
	MEMORY_SHMEM_PRIVATE,
	MEMORY_HUGETLB,
	MEMORY_HUGETLB_PRIVATE,
};

extern const char *const memory_names[];

static inline bool is_huge(enum memory memory)
{
	return memory >= MEMORY_HUGETLB;
}

static inline bool is_private(enum memory memory)
{
	return memory == MEMORY_ANON || memory == MEMORY_SHMEM_PRIVATE ||
	       memory == MEMORY_HUGETLB_PRIVATE;
}

/* One sequence, parsed. `error` is set when the line makes no sense. */
struct program {
	const char *id;
	int pages;
	enum memory memory;
	int count;
	struct op ops[OPS_MAX];
	char error[160];
};

void parse_line(char *line, struct program *program);
/* Parsers that several verbs share. */
bool parse_nothing(struct op *op, char **words, int count, int pages);
bool parse_page(struct op *op, char **words, int count, int pages);
bool parse_range(struct op *op, char **words, int count, int pages);
/* Two places, or none for all pages. */
bool parse_all_or_range(struct op *op, char **words, int count, int pages);
bool parse_page_flags(struct op *op, char **words, int count, int pages);
bool parse_protect(struct op *op, char **words, int count, int pages);
/* verbs/register.c: the modes of a registration. */
bool parse_modes(struct op *op, char **words, int count, int pages);

enum thread_state { THREAD_IDLE, THREAD_ASKED, THREAD_DONE };
enum thread_seen { SEEN_IDLE, SEEN_DONE, SEEN_BLOCKED, SEEN_STUCK };

/* A thread that carries out accesses (or one blocking call) on request. */
struct thread {
	_Atomic int state;
	bool started;
	enum thread_seen seen;
	pid_t tid;
	int wchan_fd;
	char wchan[64];
	const struct op *op;
	volatile uint64_t *address;
	bool write, has_value;
	uint64_t value;
	int signal;
	/* A call instead of an access: returns 0 or an errno. */
	int (*call)(struct sequence *seq, const struct op *op);
	int error;
};

/* What is known about the machine before the first sequence, and kept. */
struct machine {
	uint64_t scan_known;
	bool frames_visible;
	bool swap;
	/* A swap area that sequences may switch off and on, or NULL. */
	const char *swap_area;
	int nodes;
	/* Of 2 MB, and free. */
	int huge_pages;
	int cpu;
};

/* What the server and its worker share: one sequence, its report so far, and how long accesses take. */
struct shared {
	_Atomic uint32_t reported;
	uint32_t completions[40];
	struct program program;
	char line[LINE_BYTES_MAX];
	char report[1 << 20];
};

/* How a worker says that a sequence has ended. */
enum worker_says {
	WORKER_CLEAN = 'c', /* nothing is left behind: it can take another one */
	WORKER_SPENT = 's',
	WORKER_SET_UP_FAILED = 'u',
	WORKER_OVERFLOW = 'o',
};

/* The state of one sequence, in its own process. */
struct sequence {
	const struct program *program;
	const struct machine *machine;
	struct shared *shared;
	struct text out;
	int pages;
	/* PAGE_SIZE, or PAGE_BYTES_MAX. */
	size_t page_bytes;
	char *base, *staging, *source, *alias, *buffer;
	/* Bytes that are mapped right after the pages as well. */
	size_t behind;
	int uffd, pagemap_fd, memfd;
	uint64_t next_value;
	uint64_t saved[PAGES_MAX];
	struct thread threads[THREADS_MAX];
};

/* sequence.c */
enum worker_says run_sequence(const struct machine *machine, struct shared *shared);
int open_uffd(void);
/* Where a page is moved to; mapped when first asked for, NULL when that failed. */
char *staging_page(struct sequence *seq, int page);
/* Where pages are moved from, the same way. */
char *source_page(struct sequence *seq, int page);
/* Start address and length in bytes of the pages of an operation. */
char *range_start(const struct sequence *seq, const struct op *op);
uint64_t range_length(const struct sequence *seq, const struct op *op);
/* An ioctl on the sequence's userfaultfd: 0 or a positive errno. */
int uffd_ioctl(const struct sequence *seq, unsigned long request, void *arg);
/* `,"out":N`, or the name of an errno when the number is negative. */
void put_out(struct sequence *seq, int64_t number);

/* thread.c */
void catch_signals(void);
/* Ask for an access or a call, and wait until it ends or sleeps: EBUSY when one is pending. */
int thread_access(struct sequence *seq, int index, volatile uint64_t *address, bool write,
		  uint64_t value);
int thread_call(struct sequence *seq, const struct op *op,
		int (*call)(struct sequence *, const struct op *));
/* Wait until each thread is idle, done or blocked. */
void settle(struct sequence *seq);
/* Forget what the threads did; false when one of them is still at it. */
bool reset_threads(struct sequence *seq);
/* Read a word in this thread: 0, or the signal that it raised. */
int guarded_read(volatile uint64_t *address, uint64_t *value);
int guarded_write(volatile uint64_t *address, uint64_t value);

/* observe.c */
bool frames_visible(void);
uint64_t pagemap_word(const struct sequence *seq, int page);
void observe(struct sequence *seq);
/* `["PRESENT",…]` */
void put_categories(struct text *out, uint64_t categories);

/* probe.c */
void learn_machine(struct machine *machine, int cpu);
void put_probe(struct text *out, const struct machine *machine);

/* serve.c */
struct serve_options {
	int in, out;
	long time_limit_ms;
	/* Sequences that one worker may run; 1: a process for each. */
	long per_worker;
	int cpu;
	/* A port whose other side may not be there yet: end of file is not the end. */
	bool port;
};
/* Lines until end of file or `quit`: the exit code. */
int serve(const struct serve_options *options);

/* worker.c */
struct worker {
	pid_t pid, retired;
	int ask, told;
	long served;
};
/* Run the shared program in the worker, and name how it ended: "ok", "timeout", "signal N", … */
void run_in_worker(struct worker *worker, const struct serve_options *options,
		   const struct machine *machine, struct shared *shared, struct text *end);
void stop_worker(struct worker *worker);

/* swap.c */
int make_swap(const char *path, long megabytes, bool sparse);
int swap_on(const char *path);
int swap_off(const char *path);

/* init.c */
int run_as_init(void);

#endif
