/*
 * The environment by which a program is taken over: abi/run.h has the format.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <abi/run.h>
#include <purecc.h>

#include "pure-run.h"

/* What a value's characters may take: a backslash each. */
static void put_quoted(FILE *stream, const char *value)
{
	for (; *value; value++) {
		if (strchr("\\;\n", *value))
			fputc('\\', stream);
		fputc(*value, stream);
	}
}

static void put_setting(FILE *stream, const char *key, const char *value)
{
	if (!value)
		return;
	fprintf(stream, ";%s=", key);
	put_quoted(stream, value);
}

/* What standard error is now; NULL: it is closed. */
static char *report_place(void)
{
	struct stat status;

	if (fstat(STDERR_FILENO, &status) != 0)
		return NULL;
	return text("%lu:%lu", (unsigned long)status.st_dev,
		    (unsigned long)status.st_ino);
}

static char *start_variable(const struct start *start)
{
	FILE *stream;
	size_t size;
	char *variable;

	stream = open_memstream(&variable, &size);
	if (!stream)
		fail(EXIT_MISUSE, "out of memory");
	fprintf(stream, "%s=%c", PURE_START_VARIABLE, PURE_FIRST_HOP);
	put_setting(stream, PURE_KEY_LOADER, start->loader);
	put_setting(stream, PURE_KEY_LIBRARIES, start->libraries);
	put_setting(stream,
		    start->isolated ? PURE_KEY_ISOLATED : PURE_KEY_PRELOADED,
		    start->handler);
	put_setting(stream, PURE_KEY_OPTIONS, start->options);
	put_setting(stream, PURE_KEY_FOLLOW, start->follow);
	if (!start->quiet)
		put_setting(stream, PURE_KEY_REPORT, report_place());
	if (fclose(stream) != 0)
		fail(EXIT_MISUSE, "out of memory");
	return variable;
}

static bool is_named(const char *variable, const char *name)
{
	size_t length = strlen(name);

	return strncmp(variable, name, length) == 0 && variable[length] == '=';
}

char **start_environment(const struct start *start)
{
	bool inherited = getenv(PURE_START_VARIABLE) != NULL;
	size_t count = 0, i;
	char **result;

	while (environ[count])
		count++;
	result = calloc(count + 3, sizeof(*result));
	if (!result)
		fail(EXIT_MISUSE, "out of memory");
	count = 0;
	for (i = 0; environ[i]; i++) {
		char *variable = environ[i];
		/* What was meant for a process above. */
		if (is_named(variable, PURE_START_VARIABLE) ||
		    is_named(variable, PURE_OPTIONS_VARIABLE) ||
		    (inherited && is_named(variable, PURE_AUDIT_VARIABLE)))
			continue;
		if (is_named(variable, PURE_AUDIT_VARIABLE))
			variable = text(PURE_AUDIT_SET_ASIDE "%s",
					strchr(variable, '='));
		result[count++] = variable;
	}
	result[count++] = text("%s=%s", PURE_AUDIT_VARIABLE, start->starter);
	result[count] = start_variable(start);
	return result;
}
