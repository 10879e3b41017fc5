/*
 * What a handler says of itself, in sections of its file: purecc.h has the
 * format.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include <purecc.h>

#include "pure-run.h"

/* Where handlers had their options that knew of one at most. */
#define OLD_OPTIONS_SECTION "pure_options"

/* Take the string at *AT, which ends before END. */
static const char *take_string(const char *file, const char **at,
			       const char *end)
{
	const char *string = *at;

	if (string == end || !memchr(string, '\0', end - string))
		fail(EXIT_MISUSE,
		     "%s is damaged: section " PURE_OPTIONS_SECTION
		     " ends in an option",
		     file);
	*at += strlen(string) + 1;
	return string;
}

/* What isn't right is for the one who wrote the handler. */
static void check_row(const char *file, const struct row *row)
{
	if (!value_kind_known(row->kind))
		fail(EXIT_MISUSE,
		     "handler %s: option %s is of kind `%s', which this "
		     "pure-run doesn't know: use the one that belongs to the "
		     "handler's purecc.h",
		     file, row->name, row->kind);
	if (!value_is_default(row->kind, row->standard))
		fail(EXIT_MISUSE,
		     "handler %s: option %s: the default `%s' isn't in the "
		     "form that purecc.h asks for, for kind `%s'",
		     file, row->name, row->standard, row->kind);
}

static void add_row(struct table *table, const struct row *row)
{
	table->rows =
		realloc(table->rows, (table->count + 1) * sizeof(*table->rows));
	if (!table->rows)
		fail(EXIT_MISUSE, "out of memory");
	table->rows[table->count++] = *row;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct row *)a)->name,
		      ((const struct row *)b)->name);
}

/* In the order of their names: compilers have one of their own. */
struct table table_read(const char *file)
{
	struct table table = { 0 };
	size_t size;
	const char *at = elf_read_section(file, PURE_OPTIONS_SECTION, &size);
	const char *end = at ? at + size : NULL;

	while (at < end) {
		struct row row = { 0 };

		row.name = take_string(file, &at, end);
		row.kind = take_string(file, &at, end);
		row.standard = take_string(file, &at, end);
		row.help = take_string(file, &at, end);
		check_row(file, &row);
		add_row(&table, &row);
	}
	if (table.count)
		qsort(table.rows, table.count, sizeof(*table.rows), by_name);
	table.old = !table.count &&
		    elf_read_section(file, OLD_OPTIONS_SECTION, &size);
	return table;
}

const char *table_description(const char *file)
{
	size_t size;
	const char *description =
		elf_read_section(file, PURE_DESCRIPTION_SECTION, &size);

	if (!description || !memchr(description, '\0', size))
		return NULL;
	return description;
}
