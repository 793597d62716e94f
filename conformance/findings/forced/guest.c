// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * Init of a guest whose processors a debugger stops and lets go: three pinned
 * threads do one thing each when told, and then it says who is still asleep.
 */
#define _GNU_SOURCE
#include "../../runner/pagemap.h"
#include "../../runner/uffd.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/swap.h>
#include <sys/syscall.h>
#include <unistd.h>

#define SIZE 4096UL
#define SWAP "/dev/nvme0n1"
#define MOVE_ALL (1 << 1)

enum { TOUCHER, MANAGER, MOVER };

/* The debugger writes these: a thread that spins takes interrupts, one that sleeps would have to be woken. */
volatile int go_toucher, go_manager, go_mover, go_judge;

/* The debugger stops here. */
__attribute__((noinline)) void at_waiting(void)
{
	__asm__ volatile("");
}

__attribute__((noinline)) void at_armed(void)
{
	__asm__ volatile("");
}

__attribute__((noinline)) void at_unprotected(void)
{
	__asm__ volatile("");
}

__attribute__((noinline)) void at_moved(void)
{
	__asm__ volatile("");
}

static volatile char *page;
static int uffd;
static bool rwp, migrates;
static volatile int ready, toucher_tid;
static volatile bool touched, moved, used;
static volatile long mover_result;

static __attribute__((noreturn)) void off(void)
{
	fflush(stdout);
	reboot(RB_POWER_OFF);
	_exit(1);
}

static void need(bool holds, const char *what)
{
	if (holds)
		return;
	printf("forced: {\"error\":\"%s: %s\"}\n", what, strerror(errno));
	off();
}

static void pin(int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	need(!sched_setaffinity(0, sizeof(set), &set), "sched_setaffinity");
}

static void wait_for(volatile int *go)
{
	while (!*go)
		at_waiting();
}

static void *toucher(void *unused)
{
	(void)unused;
	pin(TOUCHER);
	toucher_tid = gettid();
	__atomic_add_fetch(&ready, 1, __ATOMIC_SEQ_CST);
	wait_for(&go_toucher);
	if (rwp)
		(void)page[0];
	else
		page[0] = 2;
	touched = true;
	return NULL;
}

static long move_page(void)
{
	void *at = (void *)page;
	int node = 1, status = -1;

	if (!migrates)
		return madvise(at, SIZE, MADV_PAGEOUT);
	if (syscall(__NR_move_pages, 0, 1UL, &at, &node, &status, MOVE_ALL))
		return -1;
	return status == node ? 0 : -1;
}

static void *mover(void *unused)
{
	(void)unused;
	pin(MOVER);
	/* Reclaim looks into the lists of new pages of its own processor only. */
	page[0] = 1;
	/* A young page costs an interrupt to every processor before reclaim begins, and one of them stands still then. */
	need(migrates || !madvise((void *)page, SIZE, MADV_COLD), "MADV_COLD");
	__atomic_add_fetch(&ready, 1, __ATOMIC_SEQ_CST);
	wait_for(&go_mover);
	mover_result = move_page();
	moved = true;
	at_moved();
	return NULL;
}

/* Another thread reads and writes the page: does that block? */
static void *user(void *unused)
{
	(void)unused;
	page[1] = (char)(page[0] + 1);
	used = true;
	return NULL;
}

static void protect(bool on)
{
	struct uffdio_range range = { .start = (unsigned long)page, .len = SIZE };
	struct uffdio_rwprotect rw = { .range = range, .mode = on ? UFFDIO_RWPROTECT_MODE_RWP : 0 };
	struct uffdio_writeprotect wp = { .range = range, .mode = on ? UFFDIO_WRITEPROTECT_MODE_WP : 0 };

	need(!(rwp ? ioctl(uffd, UFFDIO_RWPROTECT, &rw) : ioctl(uffd, UFFDIO_WRITEPROTECT, &wp)), "protect");
}

static void open_uffd(void)
{
	struct uffdio_api api = { .api = UFFD_API, .features = rwp ? UFFD_FEATURE_RWP : 0 };
	struct uffdio_register registration = {
		.range = { .start = (unsigned long)page, .len = SIZE },
		.mode = rwp ? UFFDIO_REGISTER_MODE_RWP : UFFDIO_REGISTER_MODE_WP,
	};

	uffd = (int)syscall(__NR_userfaultfd, O_CLOEXEC | O_NONBLOCK);
	need(uffd >= 0, "userfaultfd");
	need(!ioctl(uffd, UFFDIO_API, &api), "UFFDIO_API");
	need(!ioctl(uffd, UFFDIO_REGISTER, &registration), "UFFDIO_REGISTER");
}

static bool asleep(void)
{
	char path[64], where[64] = "";
	FILE *file;

	snprintf(path, sizeof(path), "/proc/self/task/%d/wchan", toucher_tid);
	file = fopen(path, "r");
	if (!file)
		return false;
	if (!fgets(where, sizeof(where), file))
		where[0] = '\0';
	fclose(file);
	return !strcmp(where, "handle_userfault");
}

static const char *toucher_is(void)
{
	if (touched)
		return "done";
	return asleep() ? "asleep" : "elsewhere";
}

static const char *page_is(void)
{
	int fd = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
	uint64_t word = 0;

	need(pread(fd, &word, sizeof(word), (off_t)((unsigned long)page / SIZE * sizeof(word))) == sizeof(word),
	     "pagemap");
	close(fd);
	if (word & PM_UFFD)
		return "armed";
	return word & PM_PRESENT ? "present" : word & PM_SWAP ? "swap" : "none";
}

static void wait_ms(int milliseconds)
{
	poll(NULL, 0, milliseconds);
}

/* Everybody runs: who sleeps, on what, and what brings it back? */
static void judge(void)
{
	struct pollfd readable = { .fd = uffd, .events = POLLIN };
	struct uffdio_range range = { .start = (unsigned long)page, .len = SIZE };
	struct uffd_msg msg = { 0 };
	pthread_t thread;

	while (go_mover && !moved)
		wait_ms(10);
	wait_ms(3000);
	printf("forced: {\"mover\":%ld,\"page\":\"%s\",\"after3s\":\"%s\"", mover_result, page_is(), toucher_is());
	need(!pthread_create(&thread, NULL, user, NULL), "pthread_create");
	wait_ms(1000);
	printf(",\"otherThread\":\"%s\",\"pageThen\":\"%s\",\"toucherThen\":\"%s\"", used ? "done" : "blocked", page_is(),
	       toucher_is());
	printf(",\"pollin\":%s", poll(&readable, 1, 0) == 1 && readable.revents & POLLIN ? "true" : "false");
	printf(",\"read\":%zd", read(uffd, &msg, sizeof(msg)));
	printf(",\"sameAddress\":%s,\"flags\":%llu", msg.arg.pagefault.address == range.start ? "true" : "false",
	       (unsigned long long)msg.arg.pagefault.flags);
	wait_ms(1000);
	printf(",\"afterRead\":\"%s\"", toucher_is());
	need(!ioctl(uffd, UFFDIO_WAKE, &range), "UFFDIO_WAKE");
	wait_ms(1000);
	printf(",\"afterWake\":\"%s\"}\n", toucher_is());
}

static void mount_one(const char *type, const char *where)
{
	mkdir(where, 0755);
	need(!mount(type, where, type, 0, NULL) || errno == EBUSY, where);
}

static void add_swap(void)
{
	int tries = 3000;

	while (swapon(SWAP, 0) && --tries)
		wait_ms(10);
	need(tries > 0, "swapon");
}

int main(int count, char **words)
{
	pthread_t threads[2];

	mount_one("devtmpfs", "/dev");
	mount_one("proc", "/proc");
	/* The kernel puts words of its own before ours. */
	need(count > 2, "two words, rwp or wp and reclaim or migrate");
	rwp = !strcmp(words[count - 2], "rwp");
	migrates = !strcmp(words[count - 1], "migrate");
	add_swap();
	pin(MANAGER);
	page = mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	need(page != MAP_FAILED, "mmap");
	open_uffd();
	need(!pthread_create(&threads[0], NULL, toucher, NULL), "pthread_create");
	need(!pthread_create(&threads[1], NULL, mover, NULL), "pthread_create");
	while (ready < 2)
		wait_ms(1);
	protect(true);
	at_armed();
	wait_for(&go_manager);
	protect(false);
	at_unprotected();
	wait_for(&go_judge);
	judge();
	off();
}
