/*
 * trace: a handler that writes a line for each system call, as strace does.
 *
 * trace.c          the handler
 * trace-options.c  its start, what the options say
 * trace-line.c     makes lines: who, when, what
 * trace-dump.c     all that is read and written, for -e read= and write=
 * trace-signal.c   signals that the program takes
 * trace-state.c    what all traced processes share: whose line is open, counts
 * trace-memory.h   that memory, which pure-trace has, too
 *
 * What is injected into calls, for pure-trace's -e inject=, is of inject/: the
 * comment at the head of injection.h has its files.
 *
 * How a call is shown, where lines go and what happens in a sandbox is the
 * kit's: purecc-handler.h. Its rules hold here too: once the handler is
 * installed nothing calls what isn't async-signal-safe, and errno is left as
 * it is.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#ifndef TRACE_H
#define TRACE_H 1

#include <purecc-handler.h>
#include <time.h>

#include "inject/injection.h"

/* Preloaded, the handler shares its namespace with the program's symbols. */
#pragma GCC visibility push(hidden)

/* In front of a line: the time of day, or since 1970. */
enum times { TIMES_NO, TIMES_CLOCK, TIMES_UNIX };

/* In front of a line: nothing, the thread, or that if there are several. */
enum who { WHO_ALWAYS, WHO_SEVERAL, WHO_NEVER };

struct options {
	struct pure_show_options show;
	struct pure_set calls, signals, status, fds;
	/* Descriptors: what is read from them, and written, is dumped. */
	struct pure_set read, written;
	struct pure_paths paths;
	/* Are all calls shown; is something said of fds, results, dumps? */
	bool some_calls, some_fds, some_status, some_raw, some_dumps;
	enum times times;
	enum who who;
	/* How many digits of a second are shown; of the last two -1: none is.
	 */
	int time_digits, relative_digits, duration_digits;
	bool numbers, stacks;
	/* Count calls; show no lines of them. */
	bool counts, silent;
	/* No "+++ exited with 0 +++". */
	bool no_exits;
};

extern struct options options;

/* Room for a line, and for how much more a long one has. */
#define LINE_SIZE 1024
#define LONG_LINE_SIZE 65536

/* A call that is being traced. */
struct traced {
	struct pure_show show;
	struct pure_text text;
	/* TEXT's first half is written, and as many columns of it there are. */
	bool begun;
	/* Is it one of those that are asked for; is it shown; is the program's
	 * stack? */
	bool wanted, shown, stack;
	const struct injection *injection;
	struct timespec start;
	long id;
	char room[LINE_SIZE];
};

/* Is a call that ends so shown? */
static inline bool line_is_wanted(enum pure_status status)
{
	return !options.some_status || pure_set_has(&options.status, status);
}

/* Begin LINE with call NUMBER as it is before it, and who makes it. */
void line_call(struct traced *line, long number, const long *arguments);

/* Put the result behind it. */
void line_result(struct traced *line, long result);
void line_no_result(struct traced *line);

/* Write what there is of LINE, whose call may wait, or not return. */
void line_begin(struct traced *line);

/* Lines of their own: of the calling thread, or of ID. */
void line_exited(int status);
void line_killed(long id, int status);
void line_signal(int number, unsigned long siginfo, const void *context);
void line_silent(enum pure_sandbox sandbox);
/* What is executed has no lines, and WHY. */
void line_not_followed(const char *why);

/* The program that has just been executed. */
void line_executed(char **argv, char **envp);

/* Has a call to be dumped? Then do it, from state_resume to state_finish. */
bool dump_is_wanted(long number, const long *a, long result);
void dump_write(long number, const long *a, long result);

/* LINE's memory is no longer needed. */
void line_free(struct traced *line);

/*
 * What the traced processes of the run share that began at START. In the
 * program's own namespace, where it can't be shared, and without a run, START
 * being 0, each program has its own; then state_whole says so, and no line is
 * left open.
 */
bool state_open(long start, size_t more);
bool state_whole(void);

/* The MORE bytes that they share besides, or NULL. */
void *state_more(void);

/* This process ends; or is to be taken as that, and makes no calls of trace's.
 */
void state_leave(void);
void state_silence(void);

/* Each thread has a file of its own. */
void state_separate(void);

/* Write a line, or the first half of one that stays open. */
void state_write(const struct pure_text *line, bool open);

/*
 * From the first of these to the last no other writes. Is the line that the
 * calling thread has left open still the last? If it isn't, or there is none, a
 * line is begun. More may be added to it than one text.
 */
bool state_resume(void);
void state_add(const struct pure_text *more);
void state_finish(void);

/*
 * The calling thread's line is the last of its own file: a child of vfork,
 * which has written into another, has said that there is none.
 */
void state_reopen(void);

/* This program may end: nobody may be left to write its lines. */
void state_check(void);

/* The columns of the line that was written last. */
int state_columns(void);

/* More and fewer threads and processes; are there several? */
void state_threads(int more);
bool state_several(void);

/* The time since the last line, for -r. */
struct timespec state_since(const struct timespec *now);

/* Count a call. */
void state_count(long number, long result, const struct timespec *start);

/* Is this the first program? Only once. */
bool state_first(void);

/* A call of rt_sigaction that is changed: what the kernel gets. */
struct new_action {
	bool changed;
	unsigned long before;
	unsigned long action[4];
};

/* Does call NUMBER set a function for a signal? Then NEW->action is set. */
bool signal_set(long number, const long *a, struct new_action *new);

/* The call, if it was rt_sigaction, has returned RESULT. */
void signal_is_set(const long *a, const struct new_action *new, long result);

/* The program has its own functions; it has trace's again. */
void signal_leave(void);
void signal_return(void);

/* Pass call NUMBER of a sandboxed thread on. */
long signal_pass_silently(long number, const long *a);

/* What is done before a program starts; FIRST of all, what the options say. */
int trace_start(int argc, char **argv, char **envp);

/* The handler. */
long trace(long number, long nr, ...);

#pragma GCC visibility pop

#endif
