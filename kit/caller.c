/*
 * kit: callers, as options name them and as strace shows them.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "kit.h"

int pure_caller_read(struct pure_caller *caller, const char *text)
{
	const char *colon = strrchr(text, ':');
	long line = 0;
	char *end;

	/* Names of C++ functions have two of them. */
	if (colon && colon[1] >= '0' && colon[1] <= '9') {
		errno = 0;
		line = strtol(colon + 1, &end, 10);
		if (*end || errno || line < 1 || line > INT_MAX ||
		    colon == text)
			return -EINVAL;
	} else if (!*text) {
		return -EINVAL;
	}
	caller->line = (int)line;
	caller->name =
		line ? strndup(text, (size_t)(colon - text)) : strdup(text);
	return caller->name ? 0 : -ENOMEM;
}

/* Is PATH the file NAME, of which the beginning may be missing? */
static bool is_file(const char *path, const char *name)
{
	const size_t size = strlen(path), end = strlen(name);

	return size >= end && strcmp(path + size - end, name) == 0 &&
	       (size == end || path[size - end - 1] == '/' || *name == '/');
}

/* Is FUNCTION the one of that NAME, which may lack parameters, or a copy that
 * the compiler has made of it, as NAME.isra.0? */
static bool is_function(const char *function, const char *name)
{
	const size_t size = strlen(name);

	return function && strncmp(function, name, size) == 0 &&
	       (!function[size] || function[size] == '.' ||
		function[size] == '(');
}

static bool is_line(const struct pure_caller *caller,
		    const struct pure_line *line)
{
	if (!caller->line)
		return is_function(line->function, caller->name);
	return line->line == caller->line && line->file &&
	       is_file(line->file, caller->name);
}

static bool is_frame(const struct pure_caller *caller,
		     const struct pure_frame *frame)
{
	unsigned int i;

	if (!caller->line && (is_function(frame->function, caller->name) ||
			      is_function(frame->name, caller->name)))
		return true;
	for (i = 0; i < frame->line_count; i++)
		if (is_line(caller, &frame->lines[i]))
			return true;
	return false;
}

bool pure_caller_match(const struct pure_caller *caller,
		       const struct pure_frame *frames, unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++)
		if (is_frame(caller, &frames[i]))
			return true;
	return false;
}

void pure_show_frame(struct pure_text *text, const struct pure_frame *frame)
{
	pure_put(text, " > ");
	if (!frame->file) {
		pure_put(text, "unexpected_backtracing_error [");
		pure_put_hex(text, frame->address);
	} else {
		pure_put(text, frame->file);
		pure_put_char(text, '(');
		if (frame->function) {
			pure_put(text, frame->name);
			pure_put_char(text, '+');
			/* 0 too has 0x in front. */
			pure_put(text, "0x");
			pure_put_digits(text, frame->offset, 16, 1);
		}
		pure_put(text, ") [");
		pure_put_hex(text, frame->file_offset);
	}
	pure_put(text, "]\n");
}
