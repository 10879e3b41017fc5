/*
 * inject: what is done to one call. The handler trace does it too.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>

#include "injection.h"

bool injection_stacks;

static void start_stacks(const char *handler, const char *text)
{
	const char *why;
	unsigned int i;

	for (i = 0; i < rule_count; i++)
		injection_stacks |= rules[i].stack || rules[i].caller_count;
	why = injection_stacks ? pure_stack_start(true) : NULL;
	if (why)
		pure_refuse(handler, "inject", text, why);
}

void injection_start(const char *handler, const char *text)
{
	char *lines = strdup(text), *rest = lines, *line;
	struct pure_fault fault = { "out of memory" };

	if (!pure_isolated())
		pure_refuse(handler, "inject", text,
			    "it can't be injected by a handler in the "
			    "program's own namespace");
	while ((line = strsep(&rest, "\n")))
		if (rule_add(line, &fault))
			pure_refuse(handler, "inject", line, fault.text);
	free(lines);
	start_stacks(handler, text);
}

/* As a tracer does it, into what is only to be read, too. */
static bool write_forced(unsigned long address, const void *from, size_t size)
{
	const long fd =
		PURE_OWN_CALL(SYS_open, "/proc/self/mem", O_WRONLY | O_CLOEXEC);
	long done;

	if (fd < 0)
		return false;
	done = PURE_OWN_CALL(SYS_pwrite64, fd, from, size, address);
	PURE_OWN_CALL(SYS_close, fd, 0);
	return done > 0;
}

/* Bytes that are written into the program's memory; are there any? */
static bool poke(const struct rule *rule, int place, long number, const long *a)
{
	const int count = pure_call(number)->count;
	bool poked = false;
	unsigned int i;

	for (i = 0; i < rule->poke_count[place]; i++) {
		const struct poke *poke = &rule->pokes[place][i];
		const unsigned long address = a[poke->argument];

		if (poke->argument >= count)
			continue;
		poked |= pure_write(address, poke->bytes, poke->size) ||
			 write_forced(address, poke->bytes, poke->size);
	}
	return poked;
}

/* Let call NUMBER read or write no more than MOST bytes, if it does. */
static bool shorten(long number, long *a, unsigned long most)
{
	const struct pure_call *call = pure_call(number);
	bool changed = false;
	int i;

	for (i = 0; i < call->count; i++) {
		const struct pure_argument *argument = &call->arguments[i];
		long *size = argument->size ? &a[argument->size - 1] : NULL;

		if (size &&
		    strcmp(pure_argument_type(argument), "bytes") == 0 &&
		    (unsigned long)*size > most) {
			*size = (long)most;
			changed = true;
		}
	}
	return changed;
}

void injection_enter(struct injection *injection, long number, long *a)
{
	unsigned long due = 0;

	*injection = (struct injection){ .due = 0 };
	if (number >= 0 && number < PURE_CALLS)
		due = due_rules(number, a, &injection->time);
	injection->due = due;
	for (; due; due &= due - 1) {
		const struct rule *rule = &rules[__builtin_ctzl(due)];

		injection->args |= poke(rule, ENTER, number, a);
		injection->args |= shorten(number, a, rule->most);
		injection->delayed |= rule->delay[ENTER] != NO_DELAY ||
				      rule->delay[EXIT] != NO_DELAY;
		injection->stack |= rule->stack;
		if (!injection->signal)
			injection->signal = rule->signal;
		if (!injection->result && rule->has_result &&
		    !never_returns(number))
			injection->result = rule;
	}
}

/* The program's signals come when it is over. */
static void delay(const struct injection *injection, int place)
{
	unsigned long due = injection->due;

	for (; due; due &= due - 1) {
		const long time = rules[__builtin_ctzl(due)].delay[place];
		struct timespec left = { time / 1000000000, time % 1000000000 };

		while (time > 0 &&
		       PURE_OWN_CALL(SYS_nanosleep, &left, &left) == -EINTR)
			;
	}
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

/* As the kernel sends it for a tracer. */
static void send_signal(int signal)
{
	siginfo_t info = { .si_signo = signal, .si_code = SI_KERNEL };

	PURE_OWN_CALL(SYS_rt_tgsigqueueinfo, PURE_OWN_CALL(SYS_getpid, 0, 0),
		      PURE_OWN_CALL(SYS_gettid, 0, 0), signal, &info);
}

static long make(long number, const long *a, injection_pass *pass,
		 const void *data)
{
	struct passage passage;
	long result;

	if (!thread_concerns(number))
		return pass(number, a, data);
	thread_before(&passage, number, a);
	result = pass(number, a, data);
	thread_after(&passage, number, result);
	return result;
}

/*
 * A signal that is there when a call begins interrupts it if it waits, and
 * comes after it if it doesn't.
 */
static bool interrupts(int signal, long number, const long *a)
{
	if (signal && never_returns(number))
		send_signal(signal);
	return signal && !never_returns(number) && would_wait(number, a);
}

long injection_make(const struct injection *injection, long number,
		    const long *a, injection_pass *pass, const void *data)
{
	const struct rule *rule = injection->result;

	delay(injection, ENTER);
	if (rule && rule->instead >= 0)
		pass(rule->instead, a, data);
	if (rule)
		return rule->result;
	if (interrupts(injection->signal, number, a))
		return -EINTR;
	return make(number, a, pass, data);
}

void injection_leave(struct injection *injection, long number, const long *a)
{
	unsigned long due = injection->due;

	for (; due; due &= due - 1)
		injection->args |=
			poke(&rules[__builtin_ctzl(due)], EXIT, number, a);
}

void injection_end(const struct injection *injection)
{
	delay(injection, EXIT);
	if (injection->signal)
		send_signal(injection->signal);
}

void injection_put(struct pure_text *text, const struct injection *injection)
{
	if (injection->args)
		pure_put(text, injection->result ? " (INJECTED: args, retval)" :
						   " (INJECTED: args)");
	else if (injection->result)
		pure_put(text, " (INJECTED)");
	if (injection->delayed)
		pure_put(text, " (DELAYED)");
}
