// SPDX-License-Identifier: GPL-2.0 OR MIT
/* The runner as PID 1 of a guest: serve a virtio port until `quit`, then power off. */
#define _GNU_SOURCE
#include "runner.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <unistd.h>

#define PORT "/dev/vport0p1"
#define SWAP "/dev/nvme0n1"
/* Emulated devices show up a while after init starts. */
#define DEVICE_WAIT_MS 30000
#define GUEST_TIME_LIMIT_MS 20000

static void say(const char *what, const char *detail)
{
	char bytes[256];
	struct text text = { .start = bytes, .size = sizeof(bytes) };

	put(&text, "faultline-init: ");
	put(&text, what);
	if (detail) {
		put(&text, ": ");
		put(&text, detail);
	}
	put_char(&text, '\n');
	write_all(STDERR_FILENO, bytes, text.length);
}

static void mount_one(const char *type, const char *where)
{
	mkdir(where, 0755);
	if (mount(type, where, type, 0, NULL) && errno != EBUSY)
		say(where, errno_name(errno));
}

/* On the kernel command line, as a whole word? */
static bool told(const char *word)
{
	char line[4096];
	int fd = open("/proc/cmdline", O_RDONLY | O_CLOEXEC);
	ssize_t got = fd < 0 ? 0 : read(fd, line, sizeof(line) - 1);
	char *at;

	if (fd >= 0)
		close(fd);
	line[got > 0 ? got : 0] = '\0';
	at = strstr(line, word);
	return at && (at == line || at[-1] == ' ') && strchr(" \n", at[strlen(word)]);
}

static int open_port(void)
{
	int fd = -1, waited;

	for (waited = 0; waited < DEVICE_WAIT_MS; waited += 10) {
		fd = open(PORT, O_RDWR | O_CLOEXEC);
		if (fd >= 0)
			break;
		poll(NULL, 0, 10);
	}
	return fd;
}

static void add_swap(void)
{
	int waited, error = ENOENT;

	for (waited = 0; error == ENOENT && waited < DEVICE_WAIT_MS; waited += 10) {
		error = swap_on(SWAP);
		if (error == ENOENT)
			poll(NULL, 0, 10);
	}
	if (error)
		say("swapon " SWAP, errno_name(error));
	else
		setenv("FAULTLINE_SWAP", SWAP, 1);
}

int run_as_init(void)
{
	struct serve_options options = { .time_limit_ms = GUEST_TIME_LIMIT_MS,
					 .per_worker = 1, .cpu = -1, .port = true };
	int console;

	mount_one("devtmpfs", "/dev");
	mount_one("proc", "/proc");
	mount_one("sysfs", "/sys");
	console = open("/dev/console", O_RDWR);
	if (console >= 0) {
		dup2(console, STDOUT_FILENO);
		dup2(console, STDERR_FILENO);
	}
	if (told("faultline.swap"))
		add_swap();
	options.in = options.out = open_port();
	if (options.in < 0)
		say("no " PORT, errno_name(errno));
	else
		serve(&options);
	say("power off", NULL);
	sync();
	reboot(RB_POWER_OFF);
	/* A machine that cannot switch itself off: the host's option turns this into an exit. */
	reboot(RB_AUTOBOOT);
	return 1;
}
