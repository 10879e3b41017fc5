/*
 * inject: the handler and its start. The comment at the head of inject.h says
 * what the other files are for.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "inject.h"

/* Is a rule about the program's stack? */
static bool with_stacks;

/* The program's signals come when it is over. */
static void wait(long nanoseconds)
{
	struct timespec left = { nanoseconds / 1000000000,
				 nanoseconds % 1000000000 };

	while (nanoseconds &&
	       PURE_OWN_CALL(SYS_nanosleep, &left, &left) == -EINTR)
		;
}

static void poke(const struct rule *rule, int place, const long *a)
{
	unsigned int i;

	for (i = 0; i < rule->poke_count[place]; i++) {
		const struct poke *poke = &rule->pokes[place][i];
		pure_write(a[poke->argument], poke->bytes, poke->size);
	}
}

/* Let call NUMBER read or write no more than MOST bytes, if it does. */
static void shorten(long number, long *a, unsigned long most)
{
	const struct pure_call *call = pure_call(number);
	int i;

	for (i = 0; i < call->count; i++) {
		const struct pure_argument *argument = &call->arguments[i];
		long *size = argument->size ? &a[argument->size - 1] : NULL;

		if (size &&
		    strcmp(pure_argument_type(argument), "bytes") == 0 &&
		    (unsigned long)*size > most)
			*size = (long)most;
	}
}

static void send_signal(int signal)
{
	PURE_OWN_CALL(SYS_tgkill, PURE_OWN_CALL(SYS_getpid, 0, 0),
		      PURE_OWN_CALL(SYS_gettid, 0, 0), signal);
}

/* What comes of the rules that are due, before the call is made. */
struct outcome {
	/* Whose result it has, or NULL. */
	const struct rule *result;
	int signal;
};

static struct outcome enter(unsigned long due, long number, long *a)
{
	struct outcome outcome = { NULL, 0 };

	for (; due; due &= due - 1) {
		const struct rule *rule = &rules[__builtin_ctzl(due)];

		poke(rule, ENTER, a);
		wait(rule->delay[ENTER]);
		shorten(number, a, rule->most);
		if (!outcome.signal)
			outcome.signal = rule->signal;
		if (!outcome.result && rule->has_result)
			outcome.result = rule;
	}
	return outcome;
}

static void leave(unsigned long due, const long *a)
{
	for (; due; due &= due - 1) {
		const struct rule *rule = &rules[__builtin_ctzl(due)];

		poke(rule, EXIT, a);
		wait(rule->delay[EXIT]);
	}
}

/* There need be no code after them. */
static bool never_returns(long number)
{
	return number == SYS_exit || number == SYS_exit_group ||
	       number == SYS_rt_sigreturn;
}

static long pass(long number, const long *a)
{
	return log_is_on() ? log_pass(number, a) :
			     pure_native_syscall(number, a[0], a[1], a[2], a[3],
						 a[4], a[5]);
}

static long make(long number, const long *a)
{
	struct passage passage;
	long result;

	if (!thread_concerns(number))
		return pass(number, a);
	thread_before(&passage, number, a);
	result = pass(number, a);
	thread_after(&passage, number, result);
	return result;
}

/* Would call NUMBER wait, as far as that can be known? */
static bool would_wait(long number, const long *a)
{
	const struct pure_call *call = pure_call(number);
	struct pollfd ready = { .events = POLLIN };

	if (!call->waits)
		return false;
	if (call->arguments[0].kind != PURE_KIND_FD)
		return true;
	ready.fd = (int)a[0];
	if (call->arguments[1].kind == PURE_KIND_IN)
		ready.events = POLLOUT;
	return PURE_OWN_CALL(SYS_poll, &ready, 1, 0) == 0;
}

/*
 * A signal that is there when a call begins interrupts it if it waits, and
 * comes after it if it doesn't.
 */
static long make_with_signal(long number, const long *a, int signal)
{
	long result = -EINTR;

	if (never_returns(number))
		send_signal(signal);
	if (never_returns(number) || !would_wait(number, a))
		result = make(number, a);
	send_signal(signal);
	return result;
}

static long make_or_not(long number, const long *a,
			const struct outcome *outcome)
{
	const struct rule *rule = outcome->result;

	if (!rule || never_returns(number))
		return outcome->signal ?
			       make_with_signal(number, a, outcome->signal) :
			       make(number, a);
	if (rule->instead >= 0)
		make(rule->instead, a);
	if (outcome->signal)
		send_signal(outcome->signal);
	return rule->result;
}

/* Make the call, or not, and write the line that is due. */
static long make_logged(long number, const long *a, unsigned long due,
			const struct outcome *outcome, unsigned int time)
{
	struct logged line;
	long result;

	log_call(&line, due, time, number, a);
	if (never_returns(number) ||
	    (thread_executes(number) && !outcome->result))
		log_no_result(&line);
	result = make_or_not(number, a, outcome);
	/* A child's line is its parent's. */
	if (result != 0 || !pure_thread_starts(number))
		log_result(&line, result, outcome->result != NULL);
	return result;
}

static long inject(long number, long nr, long a1, long a2, long a3, long a4,
		   long a5, long a6)
{
	long a[PURE_ARGUMENTS] = { a1, a2, a3, a4, a5, a6 }, result;
	struct outcome outcome;
	unsigned long due = 0;
	unsigned int time = 0;

	/* The kernel looks at half of it only. */
	number = (int)number;
	if (number >= 0 && number < PURE_CALLS)
		due = due_rules(number, a, &time);
	if (!due && !with_stacks && !log_is_on() && !thread_concerns(number))
		return pure_pass(number, nr, a1, a2, a3, a4, a5, a6);
	outcome = enter(due, number, a);
	result = time ? make_logged(number, a, due, &outcome, time) :
			make_or_not(number, a, &outcome);
	leave(due, a);
	if (with_stacks)
		pure_stack_after(number, a, result);
	return result;
}

PURE_DESCRIPTION("has calls fail, wait and more, in strace's words");
PURE_OPTION(inject, "string...", "",
	    "SET[:error=ERRNO|:retval=VALUE][:signal=SIG][:syscall=CALL]"
	    "[:delay_enter=USECS][:delay_exit=USECS][:poke_enter=@argN=HEX]"
	    "[:poke_exit=@argN=HEX][:when=FIRST[..LAST][+[STEP]]]; and "
	    "[:path=FILE][:fd=SET][:argN=VALUE][:caller=FUNCTION|FILE:LINE]"
	    "[:probability=P][:short=BYTES][:thread=NAME][:log=line|stack]");
PURE_OPTION(output, "file", "",
	    "where lines of :log go, instead of standard error");
PURE_OPTION(start, "now", "", "when the run starts");
PURE_OPTION(seed, "number", "0", "what makes the choices of :probability");

/* What has to be known for the rules. */
static int start_rules(char **envp)
{
	bool counts = false, names = false, logs = false;
	const char *why;
	unsigned int i;
	int error;

	for (i = 0; i < rule_count; i++) {
		counts |= rules[i].first > 1 || rules[i].last < ~0U ||
			  rules[i].step > 1;
		names |= rules[i].thread || rules[i].log;
		logs |= rules[i].log;
		with_stacks |= rules[i].stack || rules[i].caller_count;
	}
	why = with_stacks ? pure_stack_start(true) : NULL;
	if (why)
		pure_refuse("inject", "inject", PURE_OPTION_TEXT(inject, envp),
			    why);
	due_start((unsigned long)PURE_OPTION_NUMBER(seed, envp));
	/* The memory of the run is kept with the output, if there is any. */
	error = logs ? log_start(PURE_OPTION_TEXT(output, envp),
				 (pure_handler_t)(void (*)(void))inject) :
		       0;
	return error ? error :
		       thread_start(PURE_OPTION_NUMBER(start, envp), counts,
				    names);
}

static int start(int argc, char **argv, char **envp)
{
	char *lines = strdup(PURE_OPTION_TEXT(inject, envp)), *rest = lines;
	struct pure_fault fault = { "" };
	char *line;
	int error;

	(void)argc, (void)argv;
	if (!lines)
		return -ENOMEM;
	if (!*lines)
		pure_refuse("inject", "inject", "",
			    "none is given: -O inject=SET:error=ERRNO");
	if (!pure_isolated())
		pure_refuse("inject", "inject", lines,
			    "it can't be injected by a handler in the "
			    "program's own namespace");
	while ((line = strsep(&rest, "\n"))) {
		error = rule_add(line, &fault);
		if (error)
			pure_refuse("inject", "inject", line,
				    *fault.text ? fault.text :
						  strerror(-error));
	}
	free(lines);
	return start_rules(envp);
}

PURE_HANDLER_INIT((pure_handler_t)(void (*)(void))inject, start);
