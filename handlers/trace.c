/*
 * trace: the handler.
 *
 *   1234  openat(AT_FDCWD, "/etc/passwd", O_RDONLY|O_CLOEXEC) = 3
 *   1236  close(9)                    = -1 EBADF (Bad file descriptor)
 *   1234  exit_group(0)               = ?
 *   1234  +++ exited with 0 +++
 *
 * that is what strace -f writes into a file: the thread, the call, its
 * arguments, what it returned. What strace hasn't is the line of a program that
 * can't be followed, after that of its execve:
 *
 *   1234  +++ not followed: it is statically linked +++
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include "trace.h"

/* May it be the last that this program does in the process? */
static bool may_be_last(long number, int result, enum pure_sandbox sandbox)
{
	return result == PURE_RESULT_exec || sandbox != PURE_SANDBOX_NONE ||
	       number == SYS_exit_group ||
	       (number == SYS_exit && pure_sandbox_alone());
}

/* Is the call wanted, as far as is known before it? */
static bool is_wanted(long number, const long *a)
{
	/* One without a name can't be asked for, and is always shown. */
	if (options.some_calls && !pure_set_has(&options.calls, number) &&
	    pure_call(number)->name)
		return false;
	if (options.some_fds && !pure_fds_match(&options.fds, number, a))
		return false;
	return !options.paths.count ||
	       pure_paths_match(&options.paths, number, a);
}

/*
 * What execve or execveat, NUMBER, executes has a line of its own for that,
 * which is the end of this one or, where it depends on the result, all of it;
 * or is not followed and has none.
 */
static void say_exec(struct traced *line, long number, const long *a)
{
	const char *why = options.silent ?
				  NULL :
				  pure_exec_obstacle(number, a[0], a[1], a[2],
						     a[3], a[4]);

	if (line->shown &&
	    (!options.some_status || (why && line_is_wanted(PURE_SUCCESSFUL))))
		line_begin(line);
	if (why)
		line_not_followed(why);
}

/* It won't come back, or may not: say so before. */
static void say_end(struct traced *line, long number, const long *a,
		    enum pure_sandbox sandbox)
{
	const int result = pure_call(number)->result;

	if (result == PURE_RESULT_exec)
		say_exec(line, number, a);
	else if (line->shown && line_is_wanted(PURE_UNFINISHED))
		line_no_result(line);
	if (number == SYS_exit || number == SYS_exit_group) {
		if (!options.silent)
			line_exited((int)a[0]);
		state_threads(-1);
	}
	if (sandbox != PURE_SANDBOX_NONE) {
		pure_sandbox_prepare(sandbox);
		line_silent(sandbox);
		if (sandbox == PURE_SANDBOX_PROCESS)
			state_silence();
	}
	if (may_be_last(number, result, sandbox)) {
		state_check();
		pure_output_report();
	}
}

/* Does the call end the program, or trace's part in it? */
static bool may_not_return(long number, enum pure_sandbox sandbox)
{
	const int result = pure_call(number)->result;

	return result == PURE_RESULT_exec || result == PURE_RESULT_never ||
	       number == SYS_rt_sigreturn || sandbox != PURE_SANDBOX_NONE;
}

/* Can it be seen to wait? */
static bool may_wait(const struct traced *line, long number)
{
	return pure_call(number)->waits || line->injection->delayed;
}

/* Does the call make a thread or a process? */
static bool starts(const struct traced *line, long number)
{
	return pure_thread_starts(number) && !line->injection->result;
}

/* Before a call: what is to be seen of it while it waits. */
static void before(struct traced *line, long number, const long *a,
		   enum pure_sandbox sandbox)
{
	if (line->shown)
		line_call(line, number, a);
	if (options.counts || options.duration_digits >= 0)
		clock_gettime(CLOCK_MONOTONIC, &line->start);
	if (!line->injection->result && may_not_return(number, sandbox)) {
		say_end(line, number, a, sandbox);
		/* If it does, it is shown anew. */
		if (line->shown && !line->begun) {
			line_free(line);
			line_call(line, number, a);
		}
	} else if (line->shown && may_wait(line, number) && !state_whole() &&
		   !options.some_status) {
		line_begin(line);
	}
	if (starts(line, number)) {
		/* It may end before this one goes on. */
		state_threads(1);
		pure_thread_before(number, a);
	}
}

/* The status of the child that a call of wait's has found, whose number is *ID.
 */
static int found_status(long number, const long *a, long result, long *id)
{
	siginfo_t child;
	int status = 0;

	if (number == SYS_wait4 && result > 0 && a[1]) {
		*id = result;
		pure_read(&status, a[1], sizeof(status));
	} else if (number == SYS_waitid && result == 0 && a[2] &&
		   !(a[3] & WNOWAIT) &&
		   pure_read(&child, a[2], sizeof(child)) == sizeof(child) &&
		   child.si_signo == SIGCHLD &&
		   (child.si_code == CLD_KILLED ||
		    child.si_code == CLD_DUMPED)) {
		*id = child.si_pid;
		status = child.si_status |
			 (child.si_code == CLD_DUMPED ? WCOREFLAG : 0);
	}
	return status;
}

/* A child of this process's that a signal has ended has no line of its own. */
static void say_killed(long number, const long *a, long result)
{
	long id = 0;
	const int status = found_status(number, a, result, &id);

	if (id && WIFSIGNALED(status)) {
		state_threads(-1);
		if (!options.silent)
			line_killed(id, status);
	}
}

/* After a call that returned RESULT, in the process that made it. */
static void after(struct traced *line, long number, const long *a, long result)
{
	if (options.counts && line->wanted)
		state_count(number, result, &line->start);
	if (starts(line, number)) {
		pure_thread_after();
		if (line->begun)
			state_reopen();
		if (result < 0)
			state_threads(-1);
	}
	if (!line->injection->result)
		say_killed(number, a, result);
	if (line->shown && (line->begun || line_is_wanted(pure_status(result))))
		line_result(line, result);
	if (options.stacks || injection_stacks)
		pure_stack_after(number, a, result);
}

/* Pass the call on; a function for a signal is one of trace's. */
static long pass(long number, const long *a, enum pure_sandbox sandbox)
{
	struct new_action new;
	const long changed[PURE_ARGUMENTS] = { a[0], (long)new.action, a[2],
					       a[3] };
	long result;

	if (sandbox == PURE_SANDBOX_PROCESS) {
		signal_leave();
		result = pure_sandbox_pass(number, a, sandbox);
		if (pure_sandbox_begin()) {
			/* It has failed. */
			signal_return();
			pure_sandbox_end();
		}
		return result;
	}
	if (number != SYS_rt_sigaction)
		return pure_sandbox_pass(number, a, sandbox);
	new.changed = signal_set(number, a, &new);
	result = pure_sandbox_pass(number, new.changed ? changed : a, sandbox);
	signal_is_set(a, &new, result);
	return result;
}

/* How a call is passed on. */
struct passing {
	enum pure_sandbox sandbox;
	/* It names a file that isn't there for the program. */
	bool hidden;
};

static long pass_or_hide(long number, const long *a, const void *data)
{
	const struct passing *passing = data;

	return passing->hidden ? -ENOENT : pass(number, a, passing->sandbox);
}

/* Has LINE shown the paths of its call? */
static bool shows_paths(const struct traced *line)
{
	return line->shown && !options.some_raw;
}

/* Before the call: what is known of it, and what is shown. */
static void enter(struct traced *line, struct injection *injection,
		  struct passing *passing, long number, long *a)
{
	line->wanted = is_wanted(number, a);
	line->shown = line->wanted && !options.silent;
	line->begun = false;
	line->text.data = line->room;
	line->injection = injection;
	if (rule_count && line->wanted)
		injection_enter(injection, number, a);
	passing->sandbox = injection->result ? PURE_SANDBOX_NONE :
					       pure_sandbox_started(number, a);
	before(line, number, a, passing->sandbox);
	pure_output_before(number, a);
	passing->hidden = pure_output_named(
		number, a, shows_paths(line) ? &line->show : NULL);
}

/* After it has returned RESULT, which is what the program gets, or less. */
static long leave(struct traced *line, struct injection *injection, long number,
		  const long *a, long result)
{
	if (!pure_sandbox_begin())
		return result;
	result = pure_output_unlisted(number, a, result);
	injection_leave(injection, number, a);
	after(line, number, a, result);
	pure_sandbox_end();
	injection_end(injection);
	return result;
}

long trace(long number, long nr, ...)
{
	struct injection injection = { .due = 0 };
	long a[PURE_ARGUMENTS] = { 0 }, result;
	struct passing passing;
	struct traced line;
	va_list list;
	int i;

	va_start(list, nr);
	for (i = 0; i < nr && i < PURE_ARGUMENTS; i++)
		a[i] = va_arg(list, long);
	va_end(list);

	/* The kernel looks at half of it only. */
	number = (int)number;
	if (!pure_sandbox_begin())
		return signal_pass_silently(number, a);
	enter(&line, &injection, &passing, number, a);
	pure_sandbox_end();
	result = rule_count ? injection_make(&injection, number, a,
					     pass_or_hide, &passing) :
			      pass_or_hide(number, a, &passing);
	if (result == 0 && starts(&line, number))
		/* The child's first line is that of its next call. */
		pure_thread_after();
	else
		result = leave(&line, &injection, number, a, result);
	line_free(&line);
	return result;
}

PURE_HANDLER_INIT(trace, trace_start);
