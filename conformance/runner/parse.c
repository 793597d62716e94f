// SPDX-License-Identifier: GPL-2.0 OR MIT
/*
 * One line of text to one sequence:  <id> <pages> [MEMORY] <op> | <op> | ...
 * Everything is checked before anything runs.
 */
#include "runner.h"

#include <stdlib.h>
#include <string.h>

const char *const memory_names[] = {
	"anon", "shmem", "shmem-private", "hugetlb", "hugetlb-private", NULL,
};

static void complain(struct program *program, const char *what, const char *word)
{
	struct text text = { .start = program->error, .size = sizeof(program->error) - 1 };

	put(&text, what);
	if (word) {
		put(&text, ": ");
		put(&text, strlen(word) < 100 ? word : "(too long)");
	}
	program->error[text.length] = '\0';
}

/* Split in place at blanks; the number of words, or max + 1 when there are more. */
static int split(char *text, char **words, int max)
{
	char *rest, *word;
	int count = 0;

	for (word = strtok_r(text, " \t", &rest); word; word = strtok_r(NULL, " \t", &rest)) {
		if (count == max)
			return max + 1;
		words[count++] = word;
	}
	return count;
}

static bool to_index(const char *word, int limit, int *index)
{
	char *end;
	long number = strtol(word, &end, 10);

	*index = (int)number;
	return end != word && !*end && number >= 0 && number < limit;
}

bool parse_nothing(struct op *op, char **words, int count, int pages)
{
	(void)words;
	op->lo = 0;
	op->hi = pages - 1;
	return count == 0;
}

bool parse_page(struct op *op, char **words, int count, int pages)
{
	if (count != 1 || !to_index(words[0], pages, &op->lo))
		return false;
	op->hi = op->lo;
	return true;
}

bool parse_range(struct op *op, char **words, int count, int pages)
{
	return count == 2 && to_index(words[0], pages, &op->lo) &&
	       to_index(words[1], pages, &op->hi) && op->lo <= op->hi;
}

bool parse_all_or_range(struct op *op, char **words, int count, int pages)
{
	return count ? parse_range(op, words, count, pages) :
		       parse_nothing(op, words, count, pages);
}

bool parse_page_flags(struct op *op, char **words, int count, int pages)
{
	int i;

	if (count < 1 || !parse_page(op, words, 1, pages))
		return false;
	for (i = 1; i < count; i++) {
		if (!strcmp(words[i], "wp"))
			op->wp = true;
		else if (!strcmp(words[i], "dontwake"))
			op->dontwake = true;
		else
			return false;
	}
	return true;
}

bool parse_protect(struct op *op, char **words, int count, int pages)
{
	if (count < 3 || count > 4 || !parse_range(op, words, 2, pages))
		return false;
	op->on = !strcmp(words[2], "on");
	if (!op->on && strcmp(words[2], "off"))
		return false;
	op->dontwake = count == 4;
	return count == 3 || !strcmp(words[3], "dontwake");
}

static char *trim(char *text)
{
	char *end = text + strlen(text);

	while (*text == ' ' || *text == '\t')
		text++;
	while (end > text && (end[-1] == ' ' || end[-1] == '\t'))
		*--end = '\0';
	return text;
}

static bool parse_op(struct program *program, char *text)
{
	/* The text of an operation is kept for the report: a copy is cut up. */
	static char copies[LINE_BYTES_MAX];
	struct op *op = &program->ops[program->count];
	char *words[WORDS_MAX], *copy = copies;
	int count, i;

	memset(op, 0, sizeof(*op));
	op->text = text = trim(text);
	strcpy(copy, text);
	count = split(copy, words, WORDS_MAX);
	if (count < 1 || count > WORDS_MAX) {
		complain(program, count ? "too many words" : "an empty operation", count ? text : NULL);
		return false;
	}
	for (i = 0; verbs[i]; i++) {
		if (strcmp(verbs[i]->name, words[0]))
			continue;
		op->verb = verbs[i];
		if (verbs[i]->parse(op, words + 1, count - 1, program->pages)) {
			program->count++;
			return true;
		}
		complain(program, verbs[i]->usage, text);
		return false;
	}
	complain(program, "unknown operation", text);
	return false;
}

/* Cut the first word off; NULL when there is none. */
static char *first_word(char **line)
{
	char *word = *line + strspn(*line, " \t");
	size_t length = strcspn(word, " \t");

	if (!length)
		return NULL;
	*line = word + length;
	if (**line)
		*(*line)++ = '\0';
	return word;
}

/* The kind of memory, where the line names one; what comes after it. */
static char *parse_memory(struct program *program, char *line)
{
	int i;

	for (i = 0; memory_names[i]; i++) {
		size_t length = strlen(memory_names[i]);

		if (strncmp(line, memory_names[i], length) || !strchr(" \t", line[length]))
			continue;
		program->memory = (enum memory)i;
		return line + length;
	}
	return line;
}

void parse_line(char *line, struct program *program)
{
	char *pages, *next;

	program->id = first_word(&line);
	program->error[0] = '\0';
	program->count = 0;
	program->pages = 1;
	program->memory = MEMORY_ANON;
	pages = first_word(&line);
	if (!program->id || !pages || !to_index(pages, PAGES_MAX + 1, &program->pages) ||
	    program->pages < 1) {
		complain(program, "expected: ID PAGES(1..8) [MEMORY] OP | OP ...", pages);
		program->id = program->id ? program->id : "";
		return;
	}
	line = trim(line);
	line = parse_memory(program, line);
	for (; line; line = next) {
		next = strchr(line, '|');
		if (next)
			*next++ = '\0';
		if (program->count == OPS_MAX) {
			complain(program, "more than 256 operations", NULL);
			return;
		}
		if (!parse_op(program, line))
			return;
	}
}
