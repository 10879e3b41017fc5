/*
 * redirect: the handler and its start. The comment at the head of redirect.h
 * says what the other files are for.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include <sys/syscall.h>

#include "redirect.h"

static long redirect(long number, long nr, long a1, long a2, long a3, long a4,
		     long a5, long a6)
{
	const long a[PURE_ARGUMENTS] = { a1, a2, a3, a4, a5, a6 };
	long result;

	/* The kernel looks at half of it only. */
	number = (int)number;
	if (name_call(number, a, &result) || socket_call(number, a, &result) ||
	    script_call(number, a, &result))
		return result;
	if (pure_call(number)->classes & PURE_CLASS_file)
		return pure_view_pass(&map_view, number, a);
	return pure_pass(number, nr, a1, a2, a3, a4, a5, a6);
}

PURE_DESCRIPTION("gives the program other files");
PURE_OPTION(map, "map...", "",
	    "FROM is TO, as the program sees it: files, or trees");

static int start(int argc, char **argv, char **envp)
{
	const char *lines = PURE_OPTION_TEXT(map, envp);
	const char *wrong =
		*lines ? map_start(lines) : "none is given: -O map=FROM=TO";

	(void)argc, (void)argv;
	if (wrong)
		pure_refuse("redirect", "map", lines, wrong);
	return 0;
}

PURE_HANDLER_INIT((pure_handler_t)(void (*)(void))redirect, start);
