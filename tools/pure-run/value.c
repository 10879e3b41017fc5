/*
 * The values of options: which are right, by their kind, and what the handler
 * gets of them. purecc.h has the kinds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "pure-run.h"

struct unit {
	const char *name;
	long factor;
};

static const struct unit sizes[] = {
	{ "", 1 },	   { "K", 1L << 10 }, { "M", 1L << 20 },
	{ "G", 1L << 30 }, { "T", 1L << 40 }, { NULL, 0 },
};

static const struct unit times[] = {
	{ "ns", 1 },	     { "us", 1000 },	     { "ms", 1000000 },
	{ "s", 1000000000 }, { "min", 60000000000 }, { "h", 3600000000000 },
	{ NULL, 0 },
};

static char *text_value(const char *kind, const char *given)
{
	(void)kind;
	return text("%s", given);
}

static char *file_value(const char *kind, const char *given)
{
	char *cwd;

	(void)kind;
	if (*given == '/' || !*given)
		return *given ? text("%s", given) : NULL;
	cwd = getcwd(NULL, 0);
	return cwd ? text("%s/%s", cwd, given) : NULL;
}

static char *path_value(const char *kind, const char *given)
{
	(void)kind;
	return realpath(given, NULL);
}

static char *number_value(const char *kind, const char *given)
{
	char *end;
	long number;

	(void)kind;
	errno = 0;
	number = strtol(given, &end, 10);
	if (errno || *end || end == given || isspace((unsigned char)*given))
		return NULL;
	return text("%ld", number);
}

/* A number, not negative, with one of UNITS. */
static char *measure(const struct unit *units, const char *given)
{
	char *end;
	long number;

	errno = 0;
	number = strtol(given, &end, 10);
	if (errno || !isdigit((unsigned char)*given))
		return NULL;
	for (; units->name; units++)
		if (strcmp(end, units->name) == 0)
			return __builtin_mul_overflow(number, units->factor,
						      &number) ?
				       NULL :
				       text("%ld", number);
	return NULL;
}

static char *size_value(const char *kind, const char *given)
{
	(void)kind;
	return measure(sizes, given);
}

static char *time_value(const char *kind, const char *given)
{
	(void)kind;
	return measure(times, given);
}

static char *flag_value(const char *kind, const char *given)
{
	(void)kind;
	if (strcmp(given, "yes") == 0)
		return text("1");
	return strcmp(given, "no") == 0 ? text("0") : NULL;
}

static char *now_value(const char *kind, const char *given)
{
	char *value = number_value(kind, given);

	return value && *value != '-' ? value : NULL;
}

/* Two paths; neither need be there. */
static char *map_value(const char *kind, const char *given)
{
	const size_t length = strcspn(given, "=");
	char *from = text("%.*s", (int)length, given), *to;

	if (!given[length])
		return NULL;
	from = file_value(kind, from);
	to = file_value(kind, given + length + 1);
	return from && to ? text("%s=%s", from, to) : NULL;
}

static char *choice_value(const char *kind, const char *given)
{
	const char *word = strchr(kind, '(') + 1;
	size_t length;

	for (; *word; word += length + (word[length] != '\0')) {
		length = strcspn(word, "|)");
		if (length && strlen(given) == length &&
		    strncmp(given, word, length) == 0)
			return text("%s", given);
	}
	return NULL;
}

static const struct kind {
	/* Up to a parenthesis, or the dots of a list. */
	const char *name;
	/* NULL: GIVEN is wrong. */
	char *(*value)(const char *kind, const char *given);
	/* In the help; what is wrong with a value that is. */
	const char *placeholder;
	const char *wrong;
	const struct unit *units;
} kinds[] = {
	{ "string", text_value, "TEXT", NULL, NULL },
	{ "file", file_value, "FILE",
	  "names no file: it is empty, or the current directory has no name",
	  NULL },
	{ "path", path_value, "PATH", "can't be found", NULL },
	{ "number", number_value, "NUMBER", "is no number, or too large",
	  NULL },
	{ "size", size_value, "SIZE",
	  "is no size, or too large: a number with K, M, G, T or nothing",
	  sizes },
	{ "time", time_value, "TIME",
	  "is no time, or too large: a number with ns, us, ms, s, min or h",
	  times },
	{ "flag", flag_value, "yes|no", "is neither `yes' nor `no'", NULL },
	{ "now", now_value, "NANOSECONDS",
	  "is no number of nanoseconds, or too large", NULL },
	{ "map", map_value, "FROM=TO", "names no two files: FROM=TO", NULL },
	{ "choice", choice_value, NULL, "is none of them", NULL },
};

static const struct kind *find_kind(const char *name)
{
	size_t i, length = strcspn(name, "(.");

	for (i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (strlen(kinds[i].name) == length &&
		    strncmp(kinds[i].name, name, length) == 0 &&
		    (name[length] == '(') == !kinds[i].placeholder)
			return &kinds[i];
	return NULL;
}

bool value_kind_known(const char *kind)
{
	return find_kind(kind) != NULL;
}

bool value_is_default(const char *kind, const char *standard)
{
	const struct kind *found = find_kind(kind);
	const char *value = standard;

	if (!*standard)
		return true;
	if (found->value == flag_value)
		return strcmp(standard, "0") == 0 || strcmp(standard, "1") == 0;
	if (found->value == choice_value)
		value = choice_value(kind, standard);
	else if (found->value == number_value || found->units)
		value = number_value(kind, standard);
	return value && strcmp(value, standard) == 0;
}

bool value_is_kind(const char *kind, const char *name)
{
	return strcmp(find_kind(kind)->name, name) == 0;
}

bool value_is_list(const char *kind)
{
	const size_t length = strlen(kind);

	return length > 3 && strcmp(kind + length - 3, "...") == 0;
}

char *value_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return text("%ld", now.tv_sec * 1000000000 + now.tv_nsec);
}

char *value_convert(const char *kind, const char *given, char **wrong)
{
	const struct kind *found = find_kind(kind);
	char *value = found->value(kind, given);

	if (!value)
		*wrong =
			text("`%s' %s%s%s", given, found->wrong,
			     found->placeholder ? "" : ": ",
			     found->placeholder ? "" : value_placeholder(kind));
	return value;
}

char *value_placeholder(const char *kind)
{
	const struct kind *found = find_kind(kind);
	const char *words = strchr(kind, '(');

	if (found->placeholder)
		return text("%s", found->placeholder);
	return text("%.*s", (int)strcspn(words + 1, ")"), words + 1);
}

char *value_for_people(const char *kind, const char *value)
{
	const struct kind *found = find_kind(kind);
	const struct unit *unit, *best = NULL;
	long number;

	if (strcmp(found->name, "flag") == 0)
		return text(strcmp(value, "1") == 0 ? "yes" : "no");
	if (!found->units)
		return text("%s", value);
	number = strtol(value, NULL, 10);
	for (unit = found->units; unit->name; unit++)
		if (!best || (number && number % unit->factor == 0))
			best = unit;
	return text("%ld%s", number / best->factor, best->name);
}

void value_empty_file(const char *name)
{
	struct stat status;
	int fd;

	if (stat(name, &status) == 0 && !S_ISREG(status.st_mode) &&
	    !S_ISDIR(status.st_mode))
		return;
	fd = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (fd < 0)
		fail(EXIT_MISUSE, "%s: %s", name, strerror(errno));
	close(fd);
}
