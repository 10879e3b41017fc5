/*
 * pure-trace: the table of -c.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include <purecc-handler.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../handlers/trace-memory.h"
#include "pure-trace.h"

struct row {
	const char *name;
	const struct pure_trace_count *count;
};

/* A column's name, its least width, and whether it begins on the left. */
static const struct {
	const char *name;
	int width;
	bool left;
} columns[COLUMNS] = {
	[COLUMN_PERCENT] = { "% time", 6, false },
	[COLUMN_TIME] = { "seconds", 11, false },
	[COLUMN_LEAST] = { "shortest", 8, false },
	[COLUMN_MOST] = { "longest", 8, false },
	[COLUMN_AVERAGE] = { "usecs/call", 11, false },
	[COLUMN_CALLS] = { "calls", 9, false },
	[COLUMN_ERRORS] = { "errors", 9, false },
	[COLUMN_NAME] = { "syscall", 16, true },
};

static enum column order;

static unsigned long average(const struct pure_trace_count *count)
{
	return count->calls ? count->nanoseconds / count->calls : 0;
}

static unsigned long value(const struct pure_trace_count *count)
{
	switch (order) {
	case COLUMN_LEAST:
		return count->least;
	case COLUMN_MOST:
		return count->most;
	case COLUMN_AVERAGE:
		return average(count);
	case COLUMN_CALLS:
		return count->calls;
	case COLUMN_ERRORS:
		return count->errors;
	default:
		return count->nanoseconds;
	}
}

static int compare(const void *left, const void *right)
{
	const struct row *a = left, *b = right;
	const unsigned long first = value(a->count), second = value(b->count);

	if (order == COLUMN_NAME)
		return strcmp(a->name, b->name);
	return first < second ? 1 : first > second ? -1 : 0;
}

static double seconds(unsigned long nanoseconds)
{
	return (double)nanoseconds / 1e9;
}

/* What ROW has in COLUMN, ALL being the time of all calls. */
static const char *cell(const struct row *row, enum column column,
			unsigned long all)
{
	const struct pure_trace_count *count = row->count;

	switch (column) {
	case COLUMN_PERCENT:
		return text("%.2f", 100 * (double)count->nanoseconds /
					    (all ? (double)all : 1));
	case COLUMN_TIME:
		return text("%.6f", seconds(count->nanoseconds));
	case COLUMN_LEAST:
		return text("%.6f", seconds(count->least));
	case COLUMN_MOST:
		return text("%.6f", seconds(count->most));
	case COLUMN_AVERAGE:
		return text("%lu", average(count) / 1000);
	case COLUMN_CALLS:
		return text("%lu", count->calls);
	case COLUMN_ERRORS:
		return count->errors ? text("%lu", count->errors) : "";
	default:
		return row->name;
	}
}

/* What is to be printed: COUNT of columns, with their widths. */
struct shape {
	enum column columns[COLUMNS];
	size_t count;
	int widths[COLUMNS];
};

/* Strace's, if none are given; the name is always one of them. */
static struct shape shape_of(const struct settings *settings)
{
	static const enum column usual[] = { COLUMN_PERCENT, COLUMN_TIME,
					     COLUMN_AVERAGE, COLUMN_CALLS,
					     COLUMN_ERRORS };
	const bool given = settings->column_count;
	const enum column *wanted = given ? settings->columns : usual;
	const size_t count =
		given ? settings->column_count : sizeof(usual) / sizeof(*usual);
	struct shape shape = { .count = count };
	bool named = false;
	size_t i;

	for (i = 0; i < count; i++) {
		shape.columns[i] = wanted[i];
		named |= wanted[i] == COLUMN_NAME;
	}
	if (!named)
		shape.columns[shape.count++] = COLUMN_NAME;
	for (i = 0; i < shape.count; i++)
		shape.widths[i] = columns[shape.columns[i]].width;
	return shape;
}

static void widen(struct shape *shape, const struct row *row, unsigned long all)
{
	size_t i;

	for (i = 0; i < shape->count; i++) {
		const enum column column = shape->columns[i];
		/* One more than the longest name has, as strace. */
		const int width = (int)strlen(cell(row, column, all)) +
				  columns[column].left;

		if (width > shape->widths[i])
			shape->widths[i] = width;
	}
}

static void print_cell(int fd, const struct shape *shape, size_t i,
		       const char *what)
{
	const bool left = columns[shape->columns[i]].left;
	const bool last = i == shape->count - 1;

	dprintf(fd, "%*s%s",
		last && left ? 0 :
		left	     ? -shape->widths[i] :
			       shape->widths[i],
		what, last ? "\n" : " ");
}

static void print_row(int fd, const struct shape *shape, const struct row *row,
		      unsigned long all)
{
	size_t i;

	for (i = 0; i < shape->count; i++)
		print_cell(fd, shape, i, cell(row, shape->columns[i], all));
}

static void print_rule(int fd, const struct shape *shape)
{
	size_t i;
	int k;

	for (i = 0; i < shape->count; i++) {
		for (k = 0; k < shape->widths[i]; k++)
			dprintf(fd, "-");
		dprintf(fd, i == shape->count - 1 ? "\n" : " ");
	}
}

static void add(struct pure_trace_count *total,
		const struct pure_trace_count *one)
{
	if (!total->calls || one->least < total->least)
		total->least = one->least;
	if (one->most > total->most)
		total->most = one->most;
	total->calls += one->calls;
	total->errors += one->errors;
	total->nanoseconds += one->nanoseconds;
}

void summary_print(const struct settings *settings,
		   const struct pure_trace_state *state, int fd)
{
	struct pure_trace_count total = { 0, 0, 0, 0, 0 };
	const struct row last = { "total", &total };
	struct row rows[PURE_TRACE_CALLS];
	struct shape shape = shape_of(settings);
	size_t count = 0, i;

	for (i = 0; i < PURE_TRACE_CALLS; i++) {
		const struct pure_trace_count *one = &state->counts[i];
		const char *name = pure_call((long)i)->name;

		if (!one->calls)
			continue;
		rows[count].name = name ? name : text("syscall_%#zx", i);
		rows[count++].count = one;
		add(&total, one);
	}
	order = settings->sort;
	if (order != COLUMN_NONE)
		qsort(rows, count, sizeof(*rows), compare);
	for (i = 0; i < count; i++)
		widen(&shape, &rows[i], total.nanoseconds);
	widen(&shape, &last, total.nanoseconds);
	for (i = 0; i < shape.count; i++)
		print_cell(fd, &shape, i, columns[shape.columns[i]].name);
	print_rule(fd, &shape);
	for (i = 0; i < count; i++)
		print_row(fd, &shape, &rows[i], total.nanoseconds);
	print_rule(fd, &shape);
	print_row(fd, &shape, &last, total.nanoseconds);
}
