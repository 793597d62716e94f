// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * An init for tests: it answers the probe as the runner does, and each sequence
 * by the name of its id: "panic", "hang", "off"; any other gets an empty result.
 */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <unistd.h>

static void mount_one(const char *type, const char *where)
{
	mkdir(where, 0755);
	mount(type, where, type, 0, NULL);
}

static void crash(void)
{
	int fd = open("/proc/sysrq-trigger", O_WRONLY);

	if (write(fd, "c", 1) != 1)
		puts("no sysrq");
}

static void answer(FILE *port, char *line)
{
	char *id = strtok(line, " \n");

	if (!id)
		return;
	if (!strcmp(id, "probe"))
		fputs("{\"probe\":{\"release\":\"none\",\"features\":0}}\n", port);
	else if (!strcmp(id, "time-limit") || !strcmp(id, "per-worker"))
		fputs("{\"control\":\"set\"}\n", port);
	else if (!strcmp(id, "panic"))
		crash();
	else if (!strcmp(id, "hang"))
		poll(NULL, 0, -1);
	else if (!strcmp(id, "off") || !strcmp(id, "quit"))
		reboot(RB_POWER_OFF);
	else
		fprintf(port, "{\"id\":\"%s\",\"steps\":[],\"end\":\"ok\"}\n", id);
	fflush(port);
}

int main(void)
{
	static char line[65536];
	FILE *port = NULL;

	mount_one("devtmpfs", "/dev");
	mount_one("proc", "/proc");
	while (!port) {
		port = fopen("/dev/vport0p1", "r+");
		poll(NULL, 0, 10);
	}
	setvbuf(port, NULL, _IONBF, 0);
	for (;;) {
		if (fgets(line, sizeof(line), port))
			answer(port, line);
		else
			poll(NULL, 0, 10);
		clearerr(port);
	}
}
