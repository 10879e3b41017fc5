/*
 * trace: a handler that writes one line for each system call.
 *
 * trace.c         the handler and its start
 * trace-line.c    makes the line
 * trace-calls.c   the calls' names, and what their arguments are
 * trace-output.c  the file descriptor that the lines go to, and its protection
 * trace-sandbox.c programs that sandbox themselves, and are left alone then
 *
 * A handler runs wherever a system call can be made, so nothing here calls
 * malloc, stdio, ctype.h or whatever else isn't async-signal-safe once the
 * handler is installed, nothing touches errno, and buffers are small: the
 * stack may be that of a signal handler.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#ifndef TRACE_H
#define TRACE_H 1

#include <purecc.h>
#include <stdbool.h>
#include <stddef.h>

/* Preloaded, the handler shares its namespace with the program's symbols. */
#pragma GCC visibility push(hidden)

/*
 * A call of trace's own, of two to five arguments, which may be pointers. It
 * enters the kernel at once: pure_native_syscall is for the program's calls, in
 * which its signals are let in, and errno is the program's.
 */
#define OWN_CALL(number, ...) OWN_CALL_(number, __VA_ARGS__, 0, 0, 0, 0)
#define OWN_CALL_(number, a1, a2, a3, a4, a5, ...)                       \
	own_call(number, (long)(a1), (long)(a2), (long)(a3), (long)(a4), \
		 (long)(a5))

static inline long own_call(long number, long a1, long a2, long a3, long a4,
			    long a5)
{
	long result;

	/* A sixth argument is 0. */
	__asm__ volatile("movq %5, %%r10\n\t"
			 "movq %6, %%r8\n\t"
			 "xorl %%r9d, %%r9d\n\t"
			 "syscall"
			 : "=a"(result)
			 : "a"(number), "D"(a1), "S"(a2), "d"(a3), "g"(a4),
			   "g"(a5)
			 : "rcx", "r8", "r9", "r10", "r11", "memory");
	return result;
}

#define MAX_ARGUMENTS 6

/* A line is made in TEXT from START to END; what doesn't fit is left out. */
#define LINE_SIZE 1024

struct line {
	unsigned int start, end;
	/* END stays below this, so that what comes last has room. */
	unsigned int limit;
	char text[LINE_SIZE];
};

/*
 * Begin LINE with call NUMBER and its NR arguments, as they are before it.
 * The arguments' memory is read by the kernel: a bad pointer is shown as such.
 */
void line_call(struct line *line, long number, long nr, const long *arguments);

/* Put " = RESULT" at the end of LINE, and who made the call in front. */
void line_result(struct line *line, long number, long result);

/* The same for a call that won't return: " = ?". */
void line_no_result(struct line *line);

/* What a call sandboxes, if it succeeds. */
enum sandbox { SANDBOX_NONE, SANDBOX_THREAD, SANDBOX_PROCESS };

/* Say in LINE that no more come of what is sandboxed. */
void line_silent(struct line *line, enum sandbox sandbox);

/* Say in LINE that the execve in the line before isn't followed, and WHY. */
void line_not_followed(struct line *line, const char *why);

/* Say in LINE that COUNT lines were lost, and ERROR, an errno value. */
void line_lost(struct line *line, unsigned int count, int error);

/* What an argument or a result is, and so how it is shown. */
enum kind {
	KIND_ADDRESS = 'x',    /* and all else: hexadecimal */
	KIND_INT = 'd',	       /* an int, decimal: a pid */
	KIND_LONG = 'l',       /* a long, decimal: an offset */
	KIND_SIZE = 'u',       /* an unsigned long, decimal */
	KIND_MODE = 'o',       /* permission bits, octal */
	KIND_DESCRIPTOR = 'D', /* a file descriptor */
	KIND_FOLDER = 'f',     /* a file descriptor, or AT_FDCWD */
	KIND_STRING = 's',     /* a path, or a name */
};

/* Whether a call comes back. */
enum ending {
	ENDING_RETURNS,
	ENDING_RETURNS_ADDRESS,
	ENDING_FAILS_OR_NEVER, /* execve */
	ENDING_NEVER,
};

/* Make the table of names. Not async-signal-safe; called once, at first. */
void calls_init(void);

/* The name of call NUMBER, or NULL. */
const char *calls_name(long number);

/* The kinds of NUMBER's arguments, at most MAX_ARGUMENTS; NULL: not known. */
const char *calls_kinds(long number);

enum ending calls_ending(long number);

/*
 * Open FILE, or take stderr for NULL, as the output. Returns 0 or -errno. Not
 * async-signal-safe; called once, before the handler is installed.
 */
int output_open(const char *file);

/* Write LINE in one piece. One that can't be written is counted. */
void output_write(const struct line *line);

/* Say on stderr, if it is the one of the start, how many were lost. */
void output_report(void);

/* Call NUMBER is about to be passed on: if need be, keep stderr. */
void output_before(long number, const long *arguments);

/* In the child: what the parent has lost is not its own. */
void output_after_fork(void);

/*
 * Pass call NUMBER on, unless an argument is one of trace's descriptors: to the
 * program they are not open.
 */
long output_pass(long number, const long *arguments);

/* Is a path of call NUMBER, made LINE of, another name of one of those? */
bool output_named(long number, const long *arguments, const struct line *line);

/* What getdents and getdents64 have given, RESULT, without them. */
long output_unlisted(long number, const long *arguments, long result);

/* Called once, at first. HANDLER is trace's. */
void sandbox_init(pure_handler_t handler);

/*
 * Calls of trace's own stand between these two. False: the thread is sandboxed,
 * there may be none, and no sandbox_end.
 */
bool sandbox_begin(void);
void sandbox_end(void);

/* Pass call NUMBER of a sandboxed thread on, and make no other. */
long sandbox_pass_silently(long number, const long *arguments);

/* Is there no other thread in this memory? */
bool sandbox_alone(void);

/* What does call NUMBER sandbox? */
enum sandbox sandbox_started(long number, const long *arguments);

/* It is about to: from here on the others of SANDBOX make no calls of trace's.
 */
void sandbox_prepare(enum sandbox sandbox);

/* Pass call NUMBER on, which sandboxes SANDBOX. */
long sandbox_pass(long number, const long *arguments, enum sandbox sandbox);

#pragma GCC visibility pop

#endif
