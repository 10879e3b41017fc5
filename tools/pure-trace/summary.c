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

#include "../../abi/trace.h"
#include "pure-trace.h"

struct row {
	const char *name;
	const struct pure_trace_count *count;
};

static enum sort order;

static int less(unsigned long a, unsigned long b)
{
	return a < b ? 1 : a > b ? -1 : 0;
}

static int compare(const void *left, const void *right)
{
	const struct row *a = left, *b = right;

	switch (order) {
	case SORT_CALLS:
		return less(a->count->calls, b->count->calls);
	case SORT_ERRORS:
		return less(a->count->errors, b->count->errors);
	case SORT_NAME:
		return strcmp(a->name, b->name);
	case SORT_MOST:
		return less(a->count->most, b->count->most);
	default:
		return less(a->count->nanoseconds, b->count->nanoseconds);
	}
}

static void print_row(int fd, const char *name,
		      const struct pure_trace_count *count,
		      unsigned long nanoseconds)
{
	const double all = nanoseconds ? (double)nanoseconds : 1;
	char errors[24] = "";

	if (count->errors)
		snprintf(errors, sizeof(errors), "%lu", count->errors);
	dprintf(fd, "%6.2f %11.6f %11lu %9lu %9s %s\n",
		100 * (double)count->nanoseconds / all,
		(double)count->nanoseconds / 1e9,
		count->calls ? count->nanoseconds / count->calls / 1000 : 0,
		count->calls, errors, name);
}

#define RULE \
	"------ ----------- ----------- --------- --------- ----------------\n"

void summary_print(const struct settings *settings,
		   const struct pure_trace_state *state, int fd)
{
	struct pure_trace_count total = { 0, 0, 0, 0, 0 };
	struct row rows[PURE_TRACE_CALLS];
	size_t count = 0, i;

	for (i = 0; i < PURE_TRACE_CALLS; i++) {
		const struct pure_trace_count *one = &state->counts[i];
		const char *name = pure_call((long)i)->name;

		if (!one->calls)
			continue;
		rows[count].name = name ? name : text("syscall_%#zx", i);
		rows[count++].count = one;
		total.calls += one->calls;
		total.errors += one->errors;
		total.nanoseconds += one->nanoseconds;
	}
	order = settings->sort;
	if (order != SORT_NO)
		qsort(rows, count, sizeof(*rows), compare);
	dprintf(fd, "%% time     seconds  usecs/call     calls    errors "
		    "syscall\n" RULE);
	for (i = 0; i < count; i++)
		print_row(fd, rows[i].name, rows[i].count, total.nanoseconds);
	dprintf(fd, RULE);
	print_row(fd, "total", &total, total.nanoseconds);
}
