/* SPDX-License-Identifier: GPL-2.0 OR MIT */
/*
 * Text into a fixed buffer, by hand: formatted printing would cost more than
 * the system calls that it reports, most of all on an emulated CPU.
 */
#ifndef FAULTLINE_TEXT_H
#define FAULTLINE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A buffer that is being filled; `full` says that something was left out. */
struct text {
	char *start;
	size_t length;
	size_t size;
	bool full;
};

void put(struct text *text, const char *string);
void put_char(struct text *text, char c);
void put_number(struct text *text, int64_t number);
/* A JSON string, quotes included. */
void put_quoted(struct text *text, const char *string);
/* `"key":` */
void put_key(struct text *text, const char *key);
/* `"key":true` or `"key":false` */
void put_flag(struct text *text, const char *key, bool value);
/* 0 as the number 0, anything else as the name of the errno. */
void put_errno(struct text *text, int error);

/* The name of an errno, or "errno N". */
const char *errno_name(int error);

/* Write all of it; false when the reader is gone. */
bool write_all(int fd, const char *bytes, size_t length);

#endif
