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

/* Write that what execve or execveat, NUMBER, executes has no lines. */
static void say_if_not_followed(long number, const long *a)
{
	const char *why =
		pure_exec_obstacle(number, a[0], a[1], a[2], a[3], a[4]);
	struct line line;

	if (!why)
		return;
	line_not_followed(&line, why);
	output_write(&line);
}

/* May it be the last that this program does in the process? */
static bool may_be_last(long number, enum ending ending, enum sandbox sandbox)
{
	return ending == ENDING_FAILS_OR_NEVER || sandbox != SANDBOX_NONE ||
	       number == SYS_exit_group ||
	       (number == SYS_exit && sandbox_alone());
}

static long trace(long number, long nr, ...)
{
	long arguments[MAX_ARGUMENTS] = { 0 }, result;
	enum sandbox sandbox;
	enum ending ending;
	struct line line;
	bool hidden;
	va_list list;
	int i;

	va_start(list, nr);
	for (i = 0; i < nr && i < MAX_ARGUMENTS; i++)
		arguments[i] = va_arg(list, long);
	va_end(list);

	/* The kernel looks at half of it only. */
	number = (int)number;
	if (!sandbox_begin())
		return sandbox_pass_silently(number, arguments);
	ending = calls_ending(number);
	sandbox = sandbox_started(number, arguments);
	line_call(&line, number, nr, arguments);
	if (ending == ENDING_FAILS_OR_NEVER || ending == ENDING_NEVER ||
	    sandbox != SANDBOX_NONE) {
		line_no_result(&line);
		output_write(&line);
		if (ending == ENDING_FAILS_OR_NEVER)
			say_if_not_followed(number, arguments);
		if (sandbox != SANDBOX_NONE) {
			sandbox_prepare(sandbox);
			line_silent(&line, sandbox);
			output_write(&line);
		}
		if (may_be_last(number, ending, sandbox))
			output_report();
		line_call(&line, number, nr, arguments);
	}
	output_before(number, arguments);
	hidden = output_named(number, arguments, &line);
	sandbox_end();
	result = hidden ? -ENOENT : sandbox_pass(number, arguments, sandbox);
	if (!sandbox_begin())
		return result;
	result = output_unlisted(number, arguments, result);
	line_result(&line, number, result);
	output_write(&line);
	sandbox_end();
	return result;
}

PURE_DESCRIPTION("writes a line for each system call");
PURE_OPTION(output, "file", "",
	    "where the lines go, instead of standard error; emptied first");

static int start(int argc, char **argv, char **envp)
{
	const char *file = PURE_OPTION_TEXT(output, envp);
	int error = output_open(*file ? file : NULL);

	/*
	 * pure-run could open it: this is a program that was executed with
	 * fewer rights, or elsewhere, and isn't to fail for that.
	 */
	if (error && *file)
		dprintf(STDERR_FILENO, "trace: %s: %s: not traced: %s\n", file,
			strerror(-error), argc > 0 ? argv[0] : "");
	calls_init();
	sandbox_init(trace);
	/* Without an output, stderr being closed, there is nothing to do. */
	return error;
}

PURE_HANDLER_INIT(trace, start);
