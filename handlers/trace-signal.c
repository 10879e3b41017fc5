/*
 * trace: the signals that the program takes.
 *
 * The runtime calls a function of trace's in place of each that the program
 * sets, where the program's own would run; it writes a line and goes on to
 * that, leaving no frame of its own. No handler is entered for that, so it
 * lets no other signal in meanwhile. What the program asks for is its own
 * function again.
 *
 * Where the program sandboxes itself it has its own functions back, before.
 *
 * A child of vfork that sets actions to their defaults, as posix_spawn's does,
 * leaves the functions of its parent, whose memory it shares, as they are.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <signal.h>
#include <sys/syscall.h>

#include "trace.h"

/* The kernel's. */
struct action {
	unsigned long function, flags, restorer, mask;
};

typedef void function(int, siginfo_t *, void *);

static function *functions[PURE_SIGNALS + 1];

/* The C library's own, which it unwinds from: SIGCANCEL and SIGSETXID. */
static bool is_internal(long number)
{
	return number == 32 || number == 33;
}

static void say(int number, siginfo_t *info, const void *context)
{
	const unsigned long all = -1UL;
	unsigned long mask;

	if (!pure_sandbox_begin())
		return;
	PURE_OWN_CALL(SYS_rt_sigprocmask, SIG_SETMASK, &all, &mask,
		      sizeof(mask));
	line_signal(number, (unsigned long)info, context);
	PURE_OWN_CALL(SYS_rt_sigprocmask, SIG_SETMASK, &mask, NULL,
		      sizeof(mask));
	pure_sandbox_end();
}

/* Its last call is a jump. */
static void on_signal(int number, siginfo_t *info, void *context)
{
	say(number, info, context);
	functions[number](number, info, context);
}

bool signal_set(long number, const long *a, struct new_action *new)
{
	struct action *action = (struct action *)new->action;
	const long signal = (int)a[0];

	new->before = 0;
	if (number != SYS_rt_sigaction || !pure_isolated() || signal < 1 ||
	    signal > PURE_SIGNALS || is_internal(signal))
		return false;
	new->before = (unsigned long)functions[signal];
	if (!pure_set_has(&options.signals, signal) || !a[1] ||
	    pure_read(action, a[1], sizeof(*action)) != sizeof(*action) ||
	    action->function <= (unsigned long)SIG_IGN)
		return false;
	functions[signal] = (function *)action->function;
	action->function = (unsigned long)on_signal;
	return true;
}

/* A function that is found is told as the one that it stands for. */
static void translate(unsigned long address, unsigned long before)
{
	unsigned long found;

	if (address &&
	    pure_read(&found, address, sizeof(found)) == sizeof(found) &&
	    found == (unsigned long)on_signal)
		pure_write(address, &before, sizeof(before));
}

void signal_is_set(const long *a, const struct new_action *new, long result)
{
	if (result == 0)
		translate(a[2], new->before);
	else if (new->changed)
		functions[(int)a[0]] = (function *)new->before;
}

/* Give NUMBER, if it has FROM, the function TO. */
static void replace(int number, unsigned long from, unsigned long to)
{
	struct action action;

	if (pure_native_syscall(SYS_rt_sigaction, number, 0, (long)&action,
				sizeof(action.mask), 0, 0) != 0 ||
	    action.function != from)
		return;
	action.function = to;
	pure_native_syscall(SYS_rt_sigaction, number, (long)&action, 0,
			    sizeof(action.mask), 0, 0);
}

void signal_leave(void)
{
	int i;

	for (i = 1; i <= PURE_SIGNALS; i++)
		if (functions[i])
			replace(i, (unsigned long)on_signal,
				(unsigned long)functions[i]);
}

void signal_return(void)
{
	int i;

	for (i = 1; i <= PURE_SIGNALS; i++)
		if (functions[i])
			replace(i, (unsigned long)functions[i],
				(unsigned long)on_signal);
}

long signal_pass_silently(long number, const long *a)
{
	const bool asks = number == SYS_rt_sigaction && a[2] && a[0] > 0 &&
			  a[0] <= PURE_SIGNALS;
	function *const before = asks ? functions[a[0]] : NULL;
	const long result = pure_sandbox_pass_silently(number, a);
	unsigned long *found = (unsigned long *)a[2];

	/* The kernel has just written there. */
	if (asks && result == 0 && *found == (unsigned long)on_signal)
		*found = (unsigned long)before;
	return result;
}
