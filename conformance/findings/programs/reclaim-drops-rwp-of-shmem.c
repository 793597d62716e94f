// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * An armed page of shared memory that reclaim takes is not armed any more: in
 * sync mode the next access completes, and nobody is told. Control: the same
 * page is anonymous.
 */
#include "finding.h"

int main(int argc, char **argv)
{
	bool control = is_control(argc, argv), completed;
	int uffd = uffd_open(UFFD_FEATURE_RWP);
	char *page = control ? private_memory(SIZE) : shared_memory(shared_file(SIZE), SIZE);
	struct access reading = { .page = page };

	one_cpu();
	need(!uffd_register(uffd, page, SIZE, UFFDIO_REGISTER_MODE_RWP), "REGISTER for RWP");
	*page = 1;
	must(!uffd_rwprotect(uffd, page, SIZE, true), "RWPROTECT");
	must(is_marked(page), "the page is not armed");
	need(page_out(page), "the page is not reclaimed (is there swap?)");
	completed = completes_soon(&reading);
	verdict(completed, "after reclaim a read %s", completed ? "completes" : "blocks");
}
