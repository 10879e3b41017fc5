/*
 * inject: a handler that has calls fail, and more, in strace's words.
 *
 * inject.c  the handler and its start
 * parse.c   what is to be injected, made of text
 * due.c     into which calls
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#ifndef INJECT_H
#define INJECT_H 1

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
	/* In 2^32ths. */
	unsigned long probability;

	bool has_result;
	long result;
	int signal;
	/* The call that is made in place of one that isn't, or -1. */
	long instead;
	/* Nanoseconds. */
	long delay[PLACES];
	struct poke *pokes[PLACES];
	unsigned int poke_count[PLACES];
	/* The most bytes that are read or written. */
	unsigned long most;
};

extern struct rule *rules;
extern unsigned int rule_count;

/* Has a rule callers? */
extern bool some_callers;

/* Make a rule of TEXT. Returns 0 or -errno, and FAULT. For INIT. */
int rule_add(const char *text, struct pure_fault *fault);

/* For INIT. SEED makes what is chosen by probability. */
int due_start(unsigned long seed);

/* The rules that call NUMBER is due by: a bit each. */
unsigned long due_rules(long number, const long *a);

#pragma GCC visibility pop

#endif
