// SPDX-License-Identifier: GPL-2.0 OR MIT
#define _GNU_SOURCE
#include "text.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

void put_char(struct text *text, char c)
{
	if (text->length < text->size)
		text->start[text->length++] = c;
	else
		text->full = true;
}

void put(struct text *text, const char *string)
{
	size_t length = strlen(string);

	if (length > text->size - text->length) {
		text->full = true;
		return;
	}
	memcpy(text->start + text->length, string, length);
	text->length += length;
}

void put_number(struct text *text, int64_t number)
{
	char digits[24];
	char *at = digits + sizeof(digits);
	uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;

	*--at = '\0';
	do {
		*--at = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest);
	if (number < 0)
		*--at = '-';
	put(text, at);
}

void put_quoted(struct text *text, const char *string)
{
	static const char hex[] = "0123456789abcdef";

	put_char(text, '"');
	for (; *string; string++) {
		unsigned char c = (unsigned char)*string;

		if (c == '"' || c == '\\') {
			put_char(text, '\\');
			put_char(text, *string);
		} else if (c < 0x20 || c >= 0x7f) {
			/* Not ASCII: shown byte by byte, so that a line is always valid JSON. */
			put(text, "\\u00");
			put_char(text, hex[c >> 4]);
			put_char(text, hex[c & 15]);
		} else {
			put_char(text, *string);
		}
	}
	put_char(text, '"');
}

void put_key(struct text *text, const char *key)
{
	put_char(text, '"');
	put(text, key);
	put(text, "\":");
}

void put_flag(struct text *text, const char *key, bool value)
{
	put_key(text, key);
	put(text, value ? "true" : "false");
}

const char *errno_name(int error)
{
	static char other[32];
	const char *name = strerrorname_np(error);
	struct text text = { .start = other, .size = sizeof(other) - 1 };

	if (name)
		return name;
	put(&text, "errno ");
	put_number(&text, error);
	other[text.length] = '\0';
	return other;
}

void put_errno(struct text *text, int error)
{
	if (error)
		put_quoted(text, errno_name(error));
	else
		put_char(text, '0');
}

bool write_all(int fd, const char *bytes, size_t length)
{
	while (length) {
		ssize_t done = write(fd, bytes, length);

		if (done < 0 && errno == EAGAIN) {
			struct pollfd room = { .fd = fd, .events = POLLOUT };

			poll(&room, 1, 1000);
		} else if (done < 0 && errno != EINTR) {
			return false;
		} else if (done > 0) {
			bytes += done;
			length -= (size_t)done;
		}
	}
	return true;
}
