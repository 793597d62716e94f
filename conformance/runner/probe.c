// SPDX-License-Identifier: GPL-2.0 OR MIT
/* What this machine can do, as one JSON line. */
#define _GNU_SOURCE
#include "runner.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "pagemap.h"
#include "uffd.h"

#define HUGE_PAGES "/sys/kernel/mm/hugepages/hugepages-2048kB"

/* A small file without its last newline; empty when it cannot be read. */
static void read_small(const char *path, char *bytes, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got = fd < 0 ? 0 : read(fd, bytes, size - 1);

	if (fd >= 0)
		close(fd);
	bytes[got > 0 ? got : 0] = '\0';
	bytes[strcspn(bytes, "\n")] = '\0';
}

/* How many numbers are in a list such as "0-1,3". */
static int count_list(const char *list)
{
	int count = 0;

	while (*list) {
		char *end;
		long low = strtol(list, &end, 10), high = low;

		if (end == list)
			break;
		if (*end == '-')
			high = strtol(end + 1, &end, 10);
		count += (int)(high - low + 1);
		list = *end == ',' ? end + 1 : end;
	}
	return count;
}

/* The lowest CPU that this process may run on, unless one was named. */
static int choose_cpu(int wanted)
{
	cpu_set_t allowed;
	int cpu;

	if (wanted >= 0 || sched_getaffinity(0, sizeof(allowed), &allowed))
		return wanted >= 0 ? wanted : 0;
	for (cpu = 0; cpu < CPU_SETSIZE; cpu++)
		if (CPU_ISSET((unsigned int)cpu, &allowed))
			return cpu;
	return 0;
}

void learn_machine(struct machine *machine, int cpu)
{
	struct sysinfo info = { 0 };
	char nodes[256], huge[32];

	sysinfo(&info);
	machine->swap = info.totalswap > 0;
	machine->swap_area = getenv("FAULTLINE_SWAP");
	read_small("/sys/devices/system/node/online", nodes, sizeof(nodes));
	machine->nodes = count_list(nodes);
	if (machine->nodes < 1)
		machine->nodes = 1;
	read_small(HUGE_PAGES "/free_hugepages", huge, sizeof(huge));
	machine->huge_pages = (int)strtol(huge, NULL, 10);
	machine->scan_known = scan_probe();
	machine->frames_visible = frames_visible();
	machine->cpu = choose_cpu(cpu);
}

/* `"features":N` or `"features":null,"userfaultfd":"EPERM"` */
static void put_features(struct text *out)
{
	struct uffdio_api api = { .api = UFFD_API };
	int fd = open_uffd(), error = fd < 0 ? errno : 0;

	if (!error && ioctl(fd, UFFDIO_API, &api))
		error = errno;
	put(out, "\"features\":");
	if (error) {
		put(out, "null,\"userfaultfd\":");
		put_quoted(out, errno_name(error));
	} else {
		put_number(out, (int64_t)api.features);
	}
	if (fd >= 0)
		close(fd);
}

void put_probe(struct text *out, const struct machine *machine)
{
	struct utsname name;
	struct sysinfo info;
	char sysctl[32], wchan[64];

	uname(&name);
	sysinfo(&info);
	read_small("/proc/sys/vm/unprivileged_userfaultfd", sysctl, sizeof(sysctl));
	read_small("/proc/self/wchan", wchan, sizeof(wchan));
	put(out, "{\"probe\":{\"release\":");
	put_quoted(out, name.release);
	put(out, ",\"machine\":");
	put_quoted(out, name.machine);
	put_char(out, ',');
	put_features(out);
	put(out, ",\"nodes\":");
	put_number(out, machine->nodes);
	put(out, ",\"swapBytes\":");
	put_number(out, (int64_t)info.totalswap * info.mem_unit);
	put(out, ",\"hugePages\":");
	put_number(out, machine->huge_pages);
	put_char(out, ',');
	put_flag(out, "swapOff", machine->swap_area);
	put(out, ",\"scan\":");
	if (machine->scan_known)
		put_categories(out, machine->scan_known);
	else
		put(out, "null");
	put(out, ",\"uid\":");
	put_number(out, (int64_t)geteuid());
	put(out, ",\"unprivilegedUserfaultfd\":");
	put(out, *sysctl ? sysctl : "null");
	put(out, ",\"cpus\":");
	put_number(out, sysconf(_SC_NPROCESSORS_ONLN));
	put(out, ",\"cpu\":");
	put_number(out, machine->cpu);
	put(out, ",");
	put_flag(out, "frames", machine->frames_visible);
	put(out, ",");
	put_flag(out, "wchan", *wchan != '\0');
	put(out, ",\"pageBytes\":");
	put_number(out, sysconf(_SC_PAGESIZE));
	put(out, "}}\n");
}
