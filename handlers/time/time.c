/*
 * time: the handler and its start. The comment at the head of time.h says what
 * the other files are for.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include <string.h>

#include "time.h"

static long show_time(long number, long nr, long a1, long a2, long a3, long a4,
		      long a5, long a6)
{
	const long a[PURE_ARGUMENTS] = { a1, a2, a3, a4, a5, a6 };
	long result;

	/* The kernel looks at half of it only. */
	number = (int)number;
	if (show_call(number, a, &result) || wait_call(number, a, &result) ||
	    timer_call(number, a, &result))
		return result;
	return pure_pass(number, nr, a1, a2, a3, a4, a5, a6);
}

PURE_DESCRIPTION("shows the program another time, as libfaketime does");
PURE_OPTION(time, "string", "+0",
	    "which: `+2d', `@2026-12-24 20:30:00', one without @ stands; "
	    "`+0 x2': twice as fast; `+0 i1': a reading takes 1 s");
PURE_OPTION(step, "time", "0",
	    "if not 0: how long a reading of a clock takes; nothing else does");
PURE_OPTION(state, "file", "",
	    "where the processes of the run share the time that steps make");
PURE_OPTION(files, "flag", "1", "show times of files by the same clock");
PURE_OPTION(start, "now", "", "when the run starts, really");

static int start_time(int argc, char **argv, char **envp)
{
	const char *text = PURE_OPTION_TEXT(time, envp);
	const char *state = PURE_OPTION_TEXT(state, envp);
	const long step = PURE_OPTION_NUMBER(step, envp);
	struct spec spec = { .step = 0 };
	const char *wrong = spec_read(&spec, text);
	int error;

	(void)argc, (void)argv;
	if (wrong)
		pure_refuse("time", "time", text, wrong);
	if (step)
		spec.step = step;
	spec.files = PURE_OPTION_NUMBER(files, envp) != 0;
	error = clock_start(&spec, PURE_OPTION_NUMBER(start, envp), state);
	if (error)
		pure_refuse("time", "state", state, strerror(-error));
	return 0;
}

PURE_HANDLER_INIT((pure_handler_t)(void (*)(void))show_time, start_time);
