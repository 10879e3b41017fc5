/*
 * count: the table, as strace -c's, or JSON.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "count.h"

static enum by table_by;
static const char *table_sort;
static bool with_times, as_json;

void print_start(enum by by, const char *sort, bool times, bool json)
{
	table_by = by;
	table_sort = sort;
	with_times = times;
	as_json = json;
}

/* Largest first, and by name what is the same. */
static int larger(unsigned long a, unsigned long b)
{
	return (a < b) - (a > b);
}

static int compare(const void *first, const void *second)
{
	const struct row *a = first, *b = second;
	int order = 0;

	if (strcmp(table_sort, "calls") == 0)
		order = larger(a->calls, b->calls);
	else if (strcmp(table_sort, "errors") == 0)
		order = larger(a->errors, b->errors);
	else if (strcmp(table_sort, "max") == 0)
		order = larger(a->longest, b->longest);
	else if (strcmp(table_sort, "name") != 0)
		order = larger(a->nanoseconds, b->nanoseconds);
	return order ? order : strcmp(a->name, b->name);
}

/* The time, in nanoseconds, that so much of a thousand is not above. */
static unsigned long quantile(const struct row *row, unsigned long thousandths)
{
	unsigned long wanted = (row->calls * thousandths + 999) / 1000;
	unsigned long seen = 0, limit;
	unsigned int i, power;

	for (i = 0; i < BUCKETS - 1 && (seen += row->buckets[i]) < wanted; i++)
		;
	power = i / 4 + 1;
	limit = i < 4 ? i : (5 + (unsigned long)i % 4) << (power - 2);
	return limit < row->longest ? limit : row->longest;
}

static double microseconds(unsigned long nanoseconds)
{
	return (double)nanoseconds / 1000;
}

static void print_line(FILE *to, const struct row *row, unsigned long all,
		       const char *name)
{
	const double share =
		all ? 100.0 * (double)row->nanoseconds / (double)all : 0;

	fprintf(to, "%6.2f %11.6f %11lu %9lu ", share,
		(double)row->nanoseconds / 1e9,
		row->calls ? row->nanoseconds / row->calls / 1000 : 0,
		row->calls);
	if (row->errors)
		fprintf(to, "%9lu ", row->errors);
	else
		fprintf(to, "%9s ", "");
	if (with_times)
		fprintf(to, "%9.1f %9.1f %9.1f ",
			microseconds(quantile(row, 500)),
			microseconds(quantile(row, 990)),
			microseconds(row->longest));
	fprintf(to, "%s\n", name);
}

static void print_rule(FILE *to)
{
	fprintf(to,
		"------ ----------- ----------- --------- --------- %s"
		"----------------\n",
		with_times ? "--------- --------- --------- " : "");
}

static const char *heading(void)
{
	static const char *const words[] = { "syscall", "file", "descriptor",
					     "caller" };

	return words[table_by];
}

static void print_text(FILE *to, const struct row *used, size_t count,
		       const struct row *total)
{
	size_t i;

	fprintf(to, "%6.6s %11.11s %11.11s %9.9s %9.9s %s%s\n", "% time",
		"seconds", "usecs/call", "calls", "errors",
		with_times ? "      p50       p99       max " : "", heading());
	print_rule(to);
	for (i = 0; i < count; i++)
		print_line(to, &used[i], total->nanoseconds, used[i].name);
	print_rule(to);
	print_line(to, total, total->nanoseconds, "total");
}

static void print_json_string(FILE *to, const char *text)
{
	putc('"', to);
	for (; *text; text++) {
		const unsigned char c = (unsigned char)*text;
		/* A byte that is no ASCII is what it is in Latin-1. */
		if (c == '"' || c == '\\')
			fprintf(to, "\\%c", c);
		else if (c < ' ' || c > '~')
			fprintf(to, "\\u%04x", c);
		else
			putc(c, to);
	}
	putc('"', to);
}

static void print_json(FILE *to, const struct row *used, size_t count)
{
	size_t i;

	fprintf(to, "{\"by\": \"%s\", \"rows\": [", heading());
	for (i = 0; i < count; i++) {
		fputs(i ? ", {\"name\": " : "{\"name\": ", to);
		print_json_string(to, used[i].name);
		fprintf(to,
			", \"calls\": %lu, \"errors\": %lu, "
			"\"nanoseconds\": %lu, \"p50\": %lu, \"p99\": %lu, "
			"\"max\": %lu}",
			used[i].calls, used[i].errors, used[i].nanoseconds,
			quantile(&used[i], 500), quantile(&used[i], 990),
			used[i].longest);
	}
	fputs("]}\n", to);
}

static void add(struct row *total, const struct row *row)
{
	unsigned int i;

	total->calls += row->calls;
	total->errors += row->errors;
	total->nanoseconds += row->nanoseconds;
	if (row->longest > total->longest)
		total->longest = row->longest;
	for (i = 0; i < BUCKETS; i++)
		total->buckets[i] += row->buckets[i];
}

/* Those that have counted something, and what they come to. */
static size_t collect(struct row *used, struct row *total)
{
	size_t count = 0, i;

	for (i = 0; i < ROWS; i++) {
		struct row *row = &rows[i];
		if (__atomic_load_n(&row->state, __ATOMIC_ACQUIRE) !=
			    ROW_READY ||
		    !row->calls)
			continue;
		used[count] = *row;
		add(total, &used[count++]);
	}
	return count;
}

void print_table(void)
{
	struct row *used = calloc(ROWS + 1, sizeof(*used));
	struct row *total = used ? &used[ROWS] : NULL;
	char *text = NULL;
	size_t size = 0, count;
	FILE *to = open_memstream(&text, &size);

	if (used && to) {
		count = collect(used, total);
		qsort(used, count, sizeof(*used), compare);
		if (as_json)
			print_json(to, used, count);
		else
			print_text(to, used, count, total);
	}
	if (to && fclose(to) == 0) {
		struct pure_text line = { text, (unsigned int)size,
					  (unsigned int)size };
		pure_output_write(&line);
	}
	free(text);
	free(used);
}
