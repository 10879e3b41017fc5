/*
 * trace: the handler and its start. The comment at the head of trace.h says
 * what the other files are for.
 *
 *   1234 openat(AT_FDCWD, "/etc/passwd", 0x80000, 0) = 3
 *   1234:1236 close(9) = -EBADF
 *   1234 exit_group(0) = ?
 *
 * that is: process ID, and after a colon the thread's where it differs; the
 * name of the call; its arguments; what it returned.
 *
 * Its one option is output=FILE: write to FILE instead of stderr, after what is
 * there: pure-run empties it.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "trace.h"

/* May it be the last that this program does in the process? */
static bool may_be_last(long number, int ending, enum pure_sandbox sandbox)
{
	return ending == PURE_RESULT_exec || sandbox != PURE_SANDBOX_NONE ||
	       number == SYS_exit_group ||
	       (number == SYS_exit && pure_sandbox_alone());
}

static long trace(long number, long nr, ...)
{
	long arguments[PURE_ARGUMENTS] = { 0 }, result;
	enum pure_sandbox sandbox;
	int ending;
	struct line line;
	bool hidden;
	va_list list;
	int i;

	va_start(list, nr);
	for (i = 0; i < nr && i < PURE_ARGUMENTS; i++)
		arguments[i] = va_arg(list, long);
	va_end(list);

	/* The kernel looks at half of it only. */
	number = (int)number;
	if (!pure_sandbox_begin())
		return pure_sandbox_pass_silently(number, arguments);
	ending = pure_call(number)->result;
	sandbox = pure_sandbox_started(number, arguments);
	line_call(&line, number, nr, arguments);
	if (ending == PURE_RESULT_exec || ending == PURE_RESULT_never ||
	    sandbox != PURE_SANDBOX_NONE) {
		line_no_result(&line);
		pure_output_write(&line.text);
		if (sandbox != PURE_SANDBOX_NONE) {
			pure_sandbox_prepare(sandbox);
			line_silent(&line, sandbox);
			pure_output_write(&line.text);
		}
		if (may_be_last(number, ending, sandbox))
			pure_output_report();
		line_call(&line, number, nr, arguments);
	}
	pure_output_before(number, arguments);
	hidden = pure_output_named(number, arguments);
	pure_sandbox_end();
	result = hidden ? -ENOENT :
			  pure_sandbox_pass(number, arguments, sandbox);
	if (!pure_sandbox_begin())
		return result;
	result = pure_output_unlisted(number, arguments, result);
	line_result(&line, number, result);
	pure_output_write(&line.text);
	pure_sandbox_end();
	return result;
}

PURE_DESCRIPTION("writes a line for each system call");
PURE_OPTION(output, "file", "",
	    "where the lines go, instead of standard error; emptied first");

static int start(int argc, char **argv, char **envp)
{
	const char *file = PURE_OPTION_TEXT(output, envp);
	int error = pure_output_open("trace", *file ? file : NULL);

	/*
	 * pure-run could open it: this is a program that was executed with
	 * fewer rights, or elsewhere, and isn't to fail for that.
	 */
	if (error && *file)
		dprintf(STDERR_FILENO, "trace: %s: %s: not traced: %s\n", file,
			strerror(-error), argc > 0 ? argv[0] : "");
	pure_sandbox_init(trace);
	/* Without an output, stderr being closed, there is nothing to do. */
	return error;
}

PURE_HANDLER_INIT(trace, start);
