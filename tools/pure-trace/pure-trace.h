/*
 * pure-trace: strace's command line on the handler trace.
 *
 * main.c     starts pure-run and waits
 * options.c  strace's options, and what they are of the handler's
 * summary.c  the table of -c
 * writer.c   writes the lines into a file, for all that are traced
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef PURE_TRACE_H
#define PURE_TRACE_H 1

#include <stdbool.h>
#include <stddef.h>

#include "../common/common.h"

struct pure_trace_state;

/* The table's columns, -U, by one of which it is sorted, -S, or by none. */
enum column {
	COLUMN_NONE,
	COLUMN_PERCENT,
	COLUMN_TIME,
	COLUMN_LEAST,
	COLUMN_MOST,
	COLUMN_AVERAGE,
	COLUMN_CALLS,
	COLUMN_ERRORS,
	COLUMN_NAME,
	COLUMNS
};

struct settings {
	/* Options of the handler, "NAME=VALUE", COUNT of them. */
	const char **options;
	size_t count;
	/* -o: a file's absolute name; or a command's, after | or !. */
	const char *output, *command;
	bool separate, summary, only_summary, no_exits, follows;
	enum column sort;
	enum column columns[COLUMNS];
	size_t column_count;
	const char *user;
	/* -E: NAME=VALUE, or NAME to be removed. */
	const char **variables;
	size_t variable_count;
	/* pure-run's. */
	const char *glibc;
	/* The program. */
	char **argv;
};

/* Read the command line. Doesn't come back for --help, --version, or errors. */
void options_read(struct settings *settings, int argc, char **argv);

/* Give the handler one more. */
void options_add(struct settings *settings, const char *option);

/* Write the table to the descriptor. */
void summary_print(const struct settings *settings,
		   const struct pure_trace_state *state, int fd);

/*
 * writer_open: the output, if it is a file, and of the lines alone; or -1.
 * writer_start, before there is a traced process, starts what writes them;
 * writer_end writes the last, says on stderr how many couldn't be written, and
 * leaves the rest to who makes them.
 */
int writer_open(const struct settings *settings);
void writer_start(struct pure_trace_state *shared, int fd);
void writer_end(void);

#endif
