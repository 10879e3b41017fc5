/*
 * The options that -O and -o give a handler: looked up in its table, and made
 * what it gets.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pure-run.h"

void options_add(struct given **list, const char *option)
{
	struct given *new = calloc(1, sizeof(*new));

	if (!new)
		fail(EXIT_MISUSE, "out of memory");
	new->option = option;
	while (*list)
		list = &(*list)->next;
	*list = new;
}

bool options_want_help(const struct given *list)
{
	for (; list; list = list->next)
		if (strcmp(list->option, "help") == 0)
			return true;
	return false;
}

static void print_row(const struct row *row)
{
	char *placeholder = value_placeholder(row->kind);

	printf("  %s%s\n      %s",
	       text(value_is_kind(row->kind, "flag") ? "%s[=%s]" : "%s=%s",
		    row->name, placeholder),
	       value_is_list(row->kind) ? " (several times)" : "", row->help);
	if (*row->standard)
		printf(" (default: %s)",
		       value_for_people(row->kind, row->standard));
	putchar('\n');
}

void options_print_help(const struct handler *handler)
{
	struct table table = table_read(handler->file);
	const char *description = table_description(handler->file);
	size_t i;

	if (table.old)
		fail(EXIT_MISUSE, "handler %s: %s", handler->name, OLD_HANDLER);
	printf("%s%s%s\n", handler->name, description ? ": " : "",
	       description ? description : "");
	puts(table.count ? "Options, given as -O KEY=VALUE:" :
			   "It has no options.");
	for (i = 0; i < table.count; i++)
		print_row(&table.rows[i]);
}

/* The row of the option of which GIVEN is KEY or KEY=VALUE. */
static struct row *find_row(const struct handler *handler,
			    const struct table *table, const char *given)
{
	const size_t length = strcspn(given, "=");
	char *key = text("%.*s", (int)length, given);
	struct near near = { .word = key };
	size_t i;

	for (i = 0; i < table->count; i++) {
		if (strcmp(table->rows[i].name, key) == 0)
			return &table->rows[i];
		near_try(&near, table->rows[i].name);
	}
	fail(EXIT_MISUSE, "handler %s has no option `%s'%s%s", handler->name,
	     key, near_suggestion(&near),
	     table->count ? "; -O help lists them" : ", nor any other");
}

/* What ROW's option, given as GIVEN, is to the handler. */
static void take_value(const struct handler *handler, struct row *row,
		       const char *given)
{
	const char *sign = strchr(given, '=');
	char *wrong = NULL, *before = row->value;

	if (before && !value_is_list(row->kind))
		fail(EXIT_MISUSE, "handler %s: option %s is given twice",
		     handler->name, row->name);
	if (!sign && !value_is_kind(row->kind, "flag"))
		fail(EXIT_MISUSE, "handler %s: option %s needs a value: %s=%s",
		     handler->name, row->name, row->name,
		     value_placeholder(row->kind));
	row->value = value_convert(row->kind, sign ? sign + 1 : "yes", &wrong);
	if (!row->value)
		fail(EXIT_MISUSE, "handler %s: option %s: %s", handler->name,
		     row->name, wrong);
	if (!value_is_list(row->kind))
		return;
	if (strchr(row->value, '\n'))
		fail(EXIT_MISUSE,
		     "handler %s: option %s: there is a line break in `%s', "
		     "which is one of a list",
		     handler->name, row->name, row->value);
	if (before)
		row->value = text("%s\n%s", before, row->value);
}

/* What is to be given, though nobody has. */
static void add_values(struct table *table)
{
	size_t i;

	for (i = 0; i < table->count; i++)
		if (!table->rows[i].value &&
		    value_is_kind(table->rows[i].kind, "now"))
			table->rows[i].value = value_now();
}

char *options_encode(const struct handler *handler, struct given **files)
{
	struct table table;
	const struct given *given = handler->options;
	char *result = NULL;
	size_t i;

	table = table_read(handler->file);
	if (table.old && given)
		fail(EXIT_MISUSE, "handler %s: %s", handler->name, OLD_HANDLER);
	for (; given; given = given->next)
		take_value(handler, find_row(handler, &table, given->option),
			   given->option);
	if (!table.old)
		add_values(&table);
	for (i = 0; i < table.count; i++) {
		const struct row *row = &table.rows[i];

		if (!row->value)
			continue;
		if (value_is_kind(row->kind, "file"))
			options_add(files, row->value);
		result = text("%s%zu:%s=%s,", result ? result : "",
			      strlen(row->name) + 1 + strlen(row->value),
			      row->name, row->value);
	}
	return result;
}
