/*
 * count: a handler that counts calls and how long they take.
 *
 * count.c   the handler and its start
 * rows.c    the rows of the table: by call, file, descriptor or caller
 * print.c   the table, as strace -c's, or JSON
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#ifndef COUNT_H
#define COUNT_H 1

#include <purecc-handler.h>
#include <stdbool.h>

#pragma GCC visibility push(hidden)

/* Of times: 4 for each power of 2 nanoseconds. */
#define BUCKETS 192

/* What has been counted of a call, a file or a descriptor. All is atomic. */
struct row {
	/* ROW_FREE, ROW_TAKEN: its name is being written, or ROW_READY. */
	int state;
	char name[212];
	unsigned long calls, errors, nanoseconds, longest;
	unsigned int buckets[BUCKETS];
};

enum { ROW_FREE, ROW_TAKEN, ROW_READY };

/* More rows than there are calls; what finds none goes into the last. */
#define ROWS 4096

/* They are in memory that all processes of the run share. */
extern struct row *rows;

/* By what the table is. */
enum by { BY_CALL, BY_FILE, BY_FD, BY_CALLER };

/* The row that call NUMBER counts for. */
struct row *row_of(enum by by, long number, const long *a);

/* Count a call that took so long. */
void row_add(struct row *row, unsigned long nanoseconds, long result);

/* For INIT: what the table looks like. */
void print_start(enum by by, const char *sort, bool times, bool json);

/* Write the table to the output. */
void print_table(void);

#pragma GCC visibility pop

#endif
