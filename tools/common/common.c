/*
 * What the tools share: messages, and strings that are made.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "common.h"

static void message(const char *format, va_list list)
{
	fflush(stdout);
	fprintf(stderr, "%s: ", tool_name);
	vfprintf(stderr, format, list);
	fputc('\n', stderr);
}

void warn(const char *format, ...)
{
	va_list list;

	va_start(list, format);
	message(format, list);
	va_end(list);
}

void fail(int status, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	message(format, list);
	va_end(list);
	exit(status);
}

char *text(const char *format, ...)
{
	va_list list;
	char *result;
	int size;

	va_start(list, format);
	size = vasprintf(&result, format, list);
	va_end(list);
	if (size < 0)
		fail(EXIT_MISUSE, "out of memory");
	return result;
}
