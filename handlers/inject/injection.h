/*
 * inject: what is injected into calls, and into which.
 *
 * parse.c      made of text
 * due.c        into which calls
 * thread.c     of which thread or process
 * injection.c  what is done to one call
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#ifndef INJECTION_H
#define INJECTION_H 1

#include <purecc-handler.h>
#include <stdbool.h>

#pragma GCC visibility push(hidden)

/* So many injections there may be: what is due is a bit of a long. */
#define MOST_RULES 64

/* Before the call is made, and after it. */
enum { ENTER, EXIT, PLACES };

/* Bytes for the memory that argument ARGUMENT, from 0 on, is the address of. */
struct poke {
	int argument;
	unsigned char *bytes;
	size_t size;
};

#define NO_LIMIT (~0UL)
#define NO_DELAY (-1L)

/* What is injected, and when. */
struct rule {
	struct pure_set calls;
	struct pure_paths paths;
	struct pure_set fds;
	bool some_fds;
	struct pure_caller *callers;
	unsigned int caller_count;
	/* Arguments that have to have a value, a bit each. */
	unsigned int checked;
	long values[PURE_ARGUMENTS];
	unsigned int first, last, step;
	/* The name of the thread whose calls they are, or NULL. */
	const char *thread;
	/* In 2^32ths. */
	unsigned long probability;

	bool has_result;
	long result;
	int signal;
	/* The call that is made in place of one that isn't, or -1. */
	long instead;
	/* Nanoseconds, or NO_DELAY. */
	long delay[PLACES];
	struct poke *pokes[PLACES];
	unsigned int poke_count[PLACES];
	/* The most bytes that are read or written. */
	unsigned long most;
	/* Is a line written, and the stack? */
	bool log, stack;
};

extern struct rule *rules;
extern unsigned int rule_count;

/* Make a rule of TEXT. Returns 0 or -errno, and FAULT. For INIT. */
int rule_add(const char *text, struct pure_fault *fault);

/* For INIT. SEED makes what is chosen by probability. LAST: of the rules that a
 * call is about, the last holds, as in strace; else they all do. */
void due_start(unsigned long seed, bool last);

/*
 * The rules that call NUMBER is due by: a bit each. TIME: how often the thread
 * has made it, for the first rule that writes a line; or 0.
 */
unsigned long due_rules(long number, const long *a, unsigned int *time);

/* A thread's name, with its NUL, at most. */
#define THREAD_NAME 64

/* A thread of the run, or a process that has one. */
struct thread {
	char name[THREAD_NAME];
	/* How many it has made. */
	unsigned int made;
	/* How often it has made a call of a rule: PURE_CALLS of each. */
	unsigned int counts[];
};

/*
 * For INIT, after all rules: the memory of the run that they take, or 0; and
 * what there is of it, or NULL. FIRST: this is the run's first program. Returns
 * 0 or -errno.
 */
size_t thread_memory(void);
int thread_start(void *memory, bool first);

/* The calling one; NULL: there is no memory. */
struct thread *thread_own(void);

/* What goes from one thread or program to the next. */
struct passage {
	unsigned long flags;
	struct thread *parent, *child;
	struct slot *slot;
};

/* Does the call execute a program? */
bool thread_executes(long number);

/* These two go around calls for which the first is true. */
bool thread_concerns(long number);
void thread_before(struct passage *passage, long number, const long *a);
void thread_after(const struct passage *passage, long number, long result);

/* What is done to a call. */
struct injection {
	/* By these rules. */
	unsigned long due;
	/* How often the thread has made it, for :log; or 0. */
	unsigned int time;
	/* Whose result it has, without being made; or NULL. */
	const struct rule *result;
	int signal;
	/* Its arguments, or what they lead to, are others. It takes longer. */
	bool args, delayed;
	/* Its stack is to be seen. */
	bool stack;
};

/* For INIT of HANDLER: make rules of TEXT, its option "inject", a line each. */
void injection_start(const char *handler, const char *text);

/* Is a rule about stacks? Then pure_stack_after is to be called. */
extern bool injection_stacks;

/* Call NUMBER has come: what is due, and what changes its arguments. */
void injection_enter(struct injection *injection, long number, long *a);

/* Have it made by PASS with DATA, or not. */
typedef long injection_pass(long number, const long *a, const void *data);
long injection_make(const struct injection *injection, long number,
		    const long *a, injection_pass *pass, const void *data);

/* It has returned, and not in a child: what changes its arguments; and after
 * its line, if there is one, what delays it, and its signal. */
void injection_leave(struct injection *injection, long number, const long *a);
void injection_end(const struct injection *injection);

/* What strace puts at the end of its line: " (INJECTED)". */
void injection_put(struct pure_text *text, const struct injection *injection);

/* There need be no code after it. */
static inline bool never_returns(long number)
{
	const unsigned char result = pure_call(number)->result;

	return result == PURE_RESULT_never || result == PURE_RESULT_sigreturn;
}

#pragma GCC visibility pop

#endif
