/*
 * inject: the handler and its start. The comment at the head of inject.h says
 * what the other files are for.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "inject.h"

static long pass(long number, const long *a, const void *unused)
{
	(void)unused;
	return log_is_on() ? log_pass(number, a) :
			     pure_native_syscall(number, a[0], a[1], a[2], a[3],
						 a[4], a[5]);
}

/* Make the call, or not, and write the line that is due. */
static long make(struct injection *injection, long number, const long *a)
{
	struct logged line;
	long result;

	line.begun = false;
	if (injection->time)
		log_call(&line, injection, number, a);
	if (never_returns(number) ||
	    (thread_executes(number) && !injection->result))
		log_no_result(&line);
	result = injection_make(injection, number, a, pass, NULL);
	/* What a child has is its parent's. */
	if (result == 0 && pure_thread_starts(number) && !injection->result)
		return 0;
	injection_leave(injection, number, a);
	log_result(&line, result);
	injection_end(injection);
	return result;
}

static long inject(long number, long nr, long a1, long a2, long a3, long a4,
		   long a5, long a6)
{
	long a[PURE_ARGUMENTS] = { a1, a2, a3, a4, a5, a6 }, result;
	struct injection injection;

	/* The kernel looks at half of it only. */
	number = (int)number;
	injection_enter(&injection, number, a);
	if (!injection.due && !injection_stacks && !log_is_on() &&
	    !thread_concerns(number))
		return pure_pass(number, nr, a1, a2, a3, a4, a5, a6);
	result = make(&injection, number, a);
	if (injection_stacks)
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

static void leave(void)
{
	pure_run_leave();
}

static bool some_logs(void)
{
	unsigned int i;

	for (i = 0; i < rule_count; i++)
		if (rules[i].log)
			return true;
	return false;
}

/* What has to be known for the rules. */
static int start_rules(char **envp)
{
	const size_t size = thread_memory();
	void *memory = NULL;
	bool first = false;
	int error = 0;

	due_start((unsigned long)PURE_OPTION_NUMBER(seed, envp), false);
	/* The memory of the run is kept with the output, if there is any. */
	if (some_logs())
		error = log_start(PURE_OPTION_TEXT(output, envp),
				  (pure_handler_t)(void (*)(void))inject);
	if (error)
		return error;
	/* One that may not, under another user, counts anew. */
	if (size)
		memory =
			pure_run_join("inject", PURE_OPTION_NUMBER(start, envp),
				      size, &first);
	if (memory && atexit(leave))
		return -ENOMEM;
	return thread_start(memory, first);
}

static int start(int argc, char **argv, char **envp)
{
	const char *text = PURE_OPTION_TEXT(inject, envp);

	(void)argc, (void)argv;
	if (!*text)
		pure_refuse("inject", "inject", text,
			    "none is given: -O inject=SET:error=ERRNO");
	injection_start("inject", text);
	return start_rules(envp);
}

PURE_HANDLER_INIT((pure_handler_t)(void (*)(void))inject, start);
