/*
 * inject: a handler that has calls fail, and more, in strace's words.
 *
 * inject.c  the handler and its start
 * log.c     the lines of :log
 *
 * The rest the handler trace has, too: see injection.h.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#ifndef INJECT_H
#define INJECT_H 1

#include "injection.h"

#pragma GCC visibility push(hidden)

/* A line of :log. */
struct logged {
	bool begun;
	struct pure_show show;
	struct pure_text text;
	const struct injection *injection;
	/* Two paths fit, and a stack. */
	char room[5 * 4096];
};

/* For INIT: lines go to FILE, or for "" to standard error. HANDLER is
 * installed.
 */
int log_start(const char *file, pure_handler_t handler);
bool log_is_on(void);

/* Before a call, and after it, or before it if it may not return. */
void log_call(struct logged *line, const struct injection *injection,
	      long number, const long *a);
void log_result(struct logged *line, long result);
void log_no_result(struct logged *line);

/* Pass a call on while lines are written: their file isn't the program's. */
long log_pass(long number, const long *a);

#pragma GCC visibility pop

#endif
