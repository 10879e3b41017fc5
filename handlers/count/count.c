/*
 * count: the handler and its start. The comment at the head of count.h says
 * what the other files are for.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "count.h"

#define SECOND 1000000000L

static enum by by;
static long interval;

static unsigned long now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (unsigned long)time.tv_sec * SECOND +
	       (unsigned long)time.tv_nsec;
}

/* Does call NUMBER make a process, and not a thread? */
static bool makes_process(long number, const long *a)
{
	unsigned long flags = 0;

	if (number == SYS_clone)
		flags = (unsigned long)a[0];
	else if (number == SYS_clone3)
		pure_read(&flags, (unsigned long)a[0], sizeof(flags));
	else
		return number == SYS_fork || number == SYS_vfork;
	return !(flags & CLONE_THREAD);
}

static bool executes(long number)
{
	return number == SYS_execve || number == SYS_execveat;
}

/* The process may make no calls of the handler's from now on, as if it had
 * ended. */
static bool silent;

static void fall_silent(void)
{
	if (!__atomic_exchange_n(&silent, true, __ATOMIC_SEQ_CST) &&
	    pure_run_leave())
		print_table();
}

/* In a child it is the parent's call. A program that is executed is counted. */
static void add(struct row *row, long number, const long *a,
		unsigned long nanoseconds, long result)
{
	const bool makes = makes_process(number, a);

	if (executes(number))
		__atomic_add_fetch(&row->errors, 1, __ATOMIC_RELAXED);
	else if (result || !makes)
		row_add(row, nanoseconds, result);
	/* This one may end before that has begun. */
	if (result > 0 && makes)
		pure_run_enter((int)result);
}

static long count(long number, long nr, long a1, long a2, long a3, long a4,
		  long a5, long a6)
{
	const long a[PURE_ARGUMENTS] = { a1, a2, a3, a4, a5, a6 };
	enum pure_sandbox sandbox;
	unsigned long start;
	struct row *row;
	long result;

	(void)nr;
	/* The kernel looks at half of it only. */
	number = (int)number;
	if (!pure_sandbox_begin())
		return pure_sandbox_pass_silently(number, a);
	row = row_of(by, number, a);
	pure_output_before(number, a);
	sandbox = pure_sandbox_started(number, a);
	if (sandbox == PURE_SANDBOX_PROCESS)
		fall_silent();
	if (sandbox != PURE_SANDBOX_NONE)
		pure_sandbox_prepare(sandbox);
	/* If it doesn't fail, it doesn't return. */
	if (executes(number))
		row_add(row, 0, 0);
	pure_sandbox_end();
	start = now();
	result = pure_sandbox_pass(number, a, sandbox);
	if (pure_sandbox_begin()) {
		add(row, number, a, now() - start, result);
		if (by == BY_CALLER)
			pure_stack_after(number, a, result);
		pure_sandbox_end();
	}
	return result;
}

static void finish(void)
{
	if (silent)
		return;
	if (pure_run_leave())
		print_table();
	pure_output_report();
}

/* The tables of a program that runs. */
static void *show(void *unused)
{
	const struct timespec pause = { interval / SECOND, interval % SECOND };

	for (;;) {
		nanosleep(&pause, NULL);
		print_table();
	}
	return unused;
}

PURE_DESCRIPTION("counts calls and how long they take, as strace -c does");
PURE_OPTION(output, "file", "",
	    "where the table goes, instead of standard error; emptied first");
PURE_OPTION(by, "choice(call|file|fd|caller)", "call", "what has a row");
PURE_OPTION(sort, "choice(time|calls|errors|max|name)", "time",
	    "what the rows are in order of");
PURE_OPTION(
	times, "flag", "0",
	"how long calls took, in microseconds: half of them, 99 of 100, all");
PURE_OPTION(json, "flag", "0", "JSON, a line, times in nanoseconds");
PURE_OPTION(interval, "time", "0",
	    "if not 0: a table each so often, and not only at the end");
PURE_OPTION(start, "now", "", "when the run starts");

static void not_counted(const char *why, const char *program)
{
	dprintf(STDERR_FILENO, "count: %s: not counted: %s\n", why, program);
}

static int join(long start, bool *first)
{
	rows = pure_run_join("count", start, ROWS * sizeof(*rows), first);
	return rows ? 0 : -errno;
}

static enum by by_word(const char *word)
{
	if (strcmp(word, "file") == 0)
		return BY_FILE;
	if (strcmp(word, "caller") == 0)
		return BY_CALLER;
	return strcmp(word, "fd") == 0 ? BY_FD : BY_CALL;
}

static int start(int argc, char **argv, char **envp)
{
	const char *file = PURE_OPTION_TEXT(output, envp);
	const char *why;
	bool first = false;
	pthread_t thread;
	int error;

	if (!pure_isolated()) {
		not_counted("it takes a namespace of the handler's own",
			    argc > 0 ? argv[0] : "");
		return -EINVAL;
	}
	by = by_word(PURE_OPTION_TEXT(by, envp));
	why = by == BY_CALLER ? pure_stack_start(true) : NULL;
	if (why)
		pure_refuse("count", "by", "caller", why);
	interval = PURE_OPTION_NUMBER(interval, envp);
	print_start(by, PURE_OPTION_TEXT(sort, envp),
		    PURE_OPTION_NUMBER(times, envp) != 0,
		    PURE_OPTION_NUMBER(json, envp) != 0);
	error = pure_output_open("count", *file ? file : NULL);
	pure_output_at_end();
	if (!error)
		error = join(PURE_OPTION_NUMBER(start, envp), &first);
	if (!error)
		error = atexit(finish) ? -ENOMEM : 0;
	pure_sandbox_init((pure_handler_t)(void (*)(void))count);
	if (!error && first && interval)
		error = -pthread_create(&thread, NULL, show, NULL);
	if (error)
		not_counted(strerror(-error), argc > 0 ? argv[0] : "");
	return error;
}

PURE_HANDLER_INIT((pure_handler_t)(void (*)(void))count, start);
