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

/* The next setting of TEXT, where a semicolon is; NULL: that was the last. */
static const char *next_setting(const char *text)
{
	for (text++; *text && *text != ';'; text++)
		if (*text == '\\' && text[1])
			text++;
	return *text ? text : NULL;
}

/* The value of SETTING, if it is KEY's; else NULL. */
static const char *value_of(const char *setting, const char *key)
{
	const size_t length = strlen(key);

	if (strncmp(setting + 1, key, length) != 0 ||
	    setting[1 + length] != '=')
		return NULL;
	return setting + 1 + length + 1;
}

/* Take SETTING, SIZE bytes with its semicolon. OPTIONS: those at the end are a
 * handler's that OUTER has. */
static void take_setting(struct outer *outer, const char *setting, size_t size,
			 bool *options)
{
	const char *value = value_of(setting, PURE_KEY_FOLLOW);
	const bool isolated = value_of(setting, PURE_KEY_ISOLATED);

	if (value)
		outer->follow = text(
			"%.*s", (int)(size - (size_t)(value - setting)), value);
	if (isolated || (*options && value_of(setting, PURE_KEY_OPTIONS)))
		outer->handlers =
			text("%s%.*s", outer->handlers, (int)size, setting);
	if (value_of(setting, PURE_KEY_PRELOADED))
		outer->same_namespace = true;
	outer->count += isolated;
	*options = isolated;
}

const struct outer *start_read_outer(void)
{
	static struct outer outer = { .handlers = "" };
	const char *setting = getenv(PURE_START_VARIABLE), *next;
	bool options = false;

	if (!setting)
		return NULL;
	for (setting = strchr(setting, ';'); setting; setting = next) {
		next = next_setting(setting);
		take_setting(&outer, setting,
			     next ? (size_t)(next - setting) : strlen(setting),
			     &options);
	}
	return &outer;
}

/* The file of STATUS, as abi/run.h has it. */
static char *place(const struct stat *status)
{
	return text("%lu:%lu", (unsigned long)status->st_dev,
		    (unsigned long)status->st_ino);
}

/* What standard error is now; NULL: it is closed. */
static char *report_place(void)
{
	struct stat status;

	return fstat(STDERR_FILENO, &status) == 0 ? place(&status) : NULL;
}

/* Our own file; NULL: that isn't known. */
static char *runner_place(void)
{
	struct stat status;

	return stat("/proc/self/exe", &status) == 0 ? place(&status) : NULL;
}

static char *start_variable(const struct start *start)
{
	FILE *stream;
	size_t size, i;
	char *variable;

	stream = open_memstream(&variable, &size);
	if (!stream)
		fail(EXIT_MISUSE, "out of memory");
	fprintf(stream, "%s=%c", PURE_START_VARIABLE, PURE_FIRST_HOP);
	put_setting(stream, PURE_KEY_LOADER, start->loader);
	put_setting(stream, PURE_KEY_LIBRARIES, start->libraries);
	for (i = 0; i < start->count; i++) {
		put_setting(stream,
			    start->isolated ? PURE_KEY_ISOLATED :
					      PURE_KEY_PRELOADED,
			    start->layers[i].file);
		put_setting(stream, PURE_KEY_OPTIONS, start->layers[i].options);
	}
	if (start->outer)
		fputs(start->outer->handlers, stream);
	put_setting(stream, PURE_KEY_FOLLOW, start->follow);
	put_setting(stream, PURE_KEY_RUNNER, runner_place());
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
