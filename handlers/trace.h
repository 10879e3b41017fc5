/*
 * trace: a handler that writes one line for each system call.
 *
 * trace.c         the handler and its start
 * trace-line.c    makes the line
 *
 * A handler runs wherever a system call can be made, so nothing here calls
 * malloc, stdio, ctype.h or whatever else isn't async-signal-safe once the
 * handler is installed, nothing touches errno, and buffers are small: the
 * stack may be that of a signal handler.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#ifndef TRACE_H
#define TRACE_H 1

#include <purecc-handler.h>

/* Preloaded, the handler shares its namespace with the program's symbols. */
#pragma GCC visibility push(hidden)

#define LINE_SIZE 1024

struct line {
	struct pure_text text;
	char room[LINE_SIZE];
};

/*
 * Begin LINE with call NUMBER and its NR arguments, as they are before it.
 * The arguments' memory is read by the kernel: a bad pointer is shown as such.
 */
void line_call(struct line *line, long number, long nr, const long *arguments);

/* Put " = RESULT" at the end of LINE, and who made the call in front. */
void line_result(struct line *line, long number, long result);

/* The same for a call that won't return: " = ?". */
void line_no_result(struct line *line);

/* Say in LINE that no more come of what is sandboxed. */
void line_silent(struct line *line, enum pure_sandbox sandbox);

#pragma GCC visibility pop

#endif
