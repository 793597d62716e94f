// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * Process 1 of a guest that runs each program of /findings, and once more as
 * its control, and says on the console what came of it.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/swap.h>
#include <sys/wait.h>
#include <unistd.h>

#define SWAP "/dev/nvme0n1"
#define SECONDS_MAX 60

/* What a program printed last, and how it ended. */
static int run(const char *path, const char *how, char *said, size_t room)
{
	int pipes[2], status = -1;
	ssize_t got;
	size_t length = 0;
	pid_t child;

	if (pipe(pipes))
		return -1;
	child = fork();
	if (!child) {
		dup2(pipes[1], STDOUT_FILENO);
		close(pipes[0]);
		close(pipes[1]);
		alarm(SECONDS_MAX);
		execl(path, path, how, NULL);
		_exit(127);
	}
	close(pipes[1]);
	while (length + 1 < room && (got = read(pipes[0], said + length, room - 1 - length)) > 0)
		length += (size_t)got;
	said[length] = '\0';
	said[strcspn(said, "\n")] = '\0';
	close(pipes[0]);
	waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void run_all(void)
{
	struct dirent **names;
	int count = scandir("/findings", &names, NULL, alphasort);

	for (int i = 0; i < count; i++) {
		char path[512], said[512];

		if (names[i]->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "/findings/%s", names[i]->d_name);
		for (int control = 0; control < 2; control++) {
			int code = run(path, control ? "control" : "shown", said, sizeof(said));

			printf("finding: %s %s %d %s\n", names[i]->d_name, control ? "control" : "shown", code, said);
			fflush(stdout);
		}
	}
}

int main(void)
{
	int console;

	mkdir("/dev", 0755);
	mkdir("/proc", 0755);
	mkdir("/sys", 0755);
	mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
	mount("proc", "/proc", "proc", 0, NULL);
	mount("sysfs", "/sys", "sysfs", 0, NULL);
	console = open("/dev/console", O_RDWR);
	if (console >= 0) {
		dup2(console, STDOUT_FILENO);
		dup2(console, STDERR_FILENO);
	}
	for (int waited = 0; waited < 3000 && swapon(SWAP, 0); waited++)
		usleep(10000);
	run_all();
	sync();
	reboot(RB_POWER_OFF);
	return 1;
}
