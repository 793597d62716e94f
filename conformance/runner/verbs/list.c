// SPDX-License-Identifier: GPL-2.0 OR MIT
/* Every operation that a sequence may contain. */
#include "../runner.h"

#define FOR_EACH_VERB(X)                                                       \
	X(adjoin) X(move_held)                                                 \
	X(api) X(register) X(register_staging) X(unregister) X(close)          \
	X(writeprotect) X(rwprotect) X(set_mode) X(read) X(wake) X(touch)      \
	X(pageout) X(cold) X(dontneed) X(mprotect) X(migrate) X(populate)      \
	X(copy) X(zeropage) X(continue) X(poison) X(evict) X(save) X(scan_wp)  \
	X(alias_read) X(alias_write) X(punch) X(remove) X(guard) X(swapoff) \
	X(mremap) X(fork) X(mmap) X(move)

#define DECLARE(name) extern const struct verb verb_##name;
#define ENTRY(name) &verb_##name,

FOR_EACH_VERB(DECLARE)

const struct verb *const verbs[] = { FOR_EACH_VERB(ENTRY) NULL };
