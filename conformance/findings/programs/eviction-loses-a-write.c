// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * The eviction of userfaultfd.rst, steps 2 to 4, with a write by the guest in
 * the middle: it is lost if reclaim takes the cold page between the scan and
 * the hole. Control: reclaim stays away; then the write waits for the page.
 */
#include "finding.h"

int main(int argc, char **argv)
{
	bool control = is_control(argc, argv);
	int uffd = uffd_open(UFFD_FEATURE_RWP | UFFD_FEATURE_RWP_ASYNC), fd = shared_file(SIZE);
	char *guest = shared_memory(fd, SIZE), *io = shared_memory(fd, SIZE);
	char *stored = private_memory(SIZE);
	struct uffdio_set_mode sync = { .disable = UFFD_FEATURE_RWP_ASYNC };
	struct access writing = { .page = guest, .writes = true, .value = 2 }, reading = { .page = guest };
	struct uffdio_copy copy = { .dst = (uintptr_t)guest, .src = (uintptr_t)stored, .len = SIZE };
	struct uffdio_range range = { (uintptr_t)guest, SIZE };
	bool wrote;

	one_cpu();
	*guest = 1;
	need(!uffd_register(uffd, guest, SIZE, UFFDIO_REGISTER_MODE_RWP | UFFDIO_REGISTER_MODE_MISSING),
	     "REGISTER for RWP and MISSING");
	must(!uffd_rwprotect(uffd, guest, SIZE, true), "RWPROTECT");
	must(!ioctl(uffd, UFFDIO_SET_MODE, &sync), "SET_MODE");
	must(!(scan_one(guest, 0) & PAGE_IS_ACCESSED), "the page is not cold");
	if (!control)
		need(page_out(guest), "the page is not reclaimed (is there swap?)");
	memcpy(stored, io, SIZE);
	wrote = completes_soon(&writing);
	must(!fallocate(fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, SIZE), "the hole");
	must(!ioctl(uffd, UFFDIO_WAKE, &range), "WAKE");
	/* The next access is a MISSING fault: the handler brings back what was stored. */
	if (wrote)
		must(!completes_soon(&reading), "the page was not punched");
	must(!ioctl(uffd, UFFDIO_COPY, &copy), "COPY");
	must(completes_late(wrote ? &reading : &writing), "the access after COPY");
	verdict(*guest == 1, "the guest wrote 2 and reads %d; its write %s", *guest,
		wrote ? "went through during the eviction" : "waited");
}
