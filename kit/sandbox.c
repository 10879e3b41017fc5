/*
 * kit: programs that sandbox themselves.
 *
 * A seccomp filter may kill for any call that the program doesn't make, so
 * from then on trace makes none of its own: it is silent, and only passes
 * calls on. A filter is a thread's, and that of the threads and processes that
 * it starts. If it is that of all threads the handler is taken away, and with
 * it what the runtime does around one.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>

#include "kit.h"

/* How long other threads have to finish their lines, in milliseconds. */
#define PATIENCE 1000

/* Of clone3(2). */
struct clone3_arguments {
	unsigned long flags, pidfd, child_tid, parent_tid, exit_signal;
	unsigned long stack, stack_size, tls;
};

/* The kernel's struct sigaction, and its highest signal. */
struct action {
	unsigned long function, flags, restorer, mask;
};
#define SIGNALS 64

/* What is known of the thread. */
static __thread enum { THREAD_NEW, THREAD_FREE, THREAD_SANDBOXED } thread;

/* All threads are sandboxed, or: how many times one may have been. */
static int all_sandboxed, some_sandboxed;

/* How many threads make calls of trace's own. */
static int busy;

static pure_handler_t own_handler;

static void after_fork(void)
{
	busy = 0;
	pure_output_after_fork();
}

void pure_sandbox_init(pure_handler_t handler)
{
	own_handler = handler;
	thread = THREAD_FREE;
	pthread_atfork(NULL, NULL, after_fork);
}

/* A new thread may have been started by a sandboxed one. */
static bool sandboxed(void)
{
	if (__atomic_load_n(&all_sandboxed, __ATOMIC_SEQ_CST))
		return true;
	if (thread == THREAD_NEW)
		thread = __atomic_load_n(&some_sandboxed, __ATOMIC_SEQ_CST) ?
				 THREAD_SANDBOXED :
				 THREAD_FREE;
	return thread == THREAD_SANDBOXED;
}

bool pure_sandbox_begin(void)
{
	__atomic_add_fetch(&busy, 1, __ATOMIC_SEQ_CST);
	if (!sandboxed())
		return true;
	pure_sandbox_end();
	return false;
}

void pure_sandbox_end(void)
{
	__atomic_sub_fetch(&busy, 1, __ATOMIC_SEQ_CST);
}

/* What can't but fail, as programs do to see what the kernel has, doesn't. */
static bool starts(long number, const long *a)
{
	if (number == SYS_prctl && (int)a[0] == PR_SET_SECCOMP)
		return a[1] == SECCOMP_MODE_STRICT ||
		       (a[1] == SECCOMP_MODE_FILTER && a[2]);
	if (number == SYS_seccomp)
		return ((unsigned int)a[0] == SECCOMP_SET_MODE_STRICT &&
			!(unsigned int)a[1] && !a[2]) ||
		       ((unsigned int)a[0] == SECCOMP_SET_MODE_FILTER && a[2]);
	return false;
}

static bool filter_has(long number, const long *a, unsigned long flag)
{
	return number == SYS_seccomp &&
	       (unsigned int)a[0] == SECCOMP_SET_MODE_FILTER && (a[1] & flag);
}

bool pure_sandbox_alone(void)
{
	/* It does nothing, and fails if others share the memory. */
	return PURE_OWN_CALL(SYS_unshare, CLONE_VM, 0) == 0;
}

enum pure_sandbox pure_sandbox_started(long number, const long *a)
{
	if (!starts(number, a))
		return PURE_SANDBOX_NONE;
	if (filter_has(number, a, SECCOMP_FILTER_FLAG_TSYNC) ||
	    pure_sandbox_alone())
		return PURE_SANDBOX_PROCESS;
	return PURE_SANDBOX_THREAD;
}

void pure_sandbox_prepare(enum pure_sandbox sandbox)
{
	const struct timespec interval = { .tv_nsec = 1000000 };
	int i;

	__atomic_add_fetch(&some_sandboxed, 1, __ATOMIC_SEQ_CST);
	if (sandbox != PURE_SANDBOX_PROCESS)
		return;
	__atomic_store_n(&all_sandboxed, 1, __ATOMIC_SEQ_CST);
	for (i = 0;
	     i < PATIENCE && __atomic_load_n(&busy, __ATOMIC_SEQ_CST) > 1; i++)
		PURE_OWN_CALL(SYS_nanosleep, &interval, NULL);
}

/* One that the program has set in the meantime stays. */
static void take_handler_away(void)
{
	pure_handler_t other = pure_set_handler(NULL);

	if (other != own_handler)
		pure_set_handler(other);
}

/* The program's functions for signals. */
static struct action actions[SIGNALS + 1];

static bool is_function(const struct action *action)
{
	return action->function != (unsigned long)SIG_DFL &&
	       action->function != (unsigned long)SIG_IGN;
}

/*
 * The runtime has the kernel call a function of its own, which may make calls:
 * give it the program's. What comes from now on finds no handler to hold it.
 */
static void set_actions_directly(void)
{
	const long size = sizeof(actions[0].mask);
	int i;

	/* Let in what has come. */
	pure_native_syscall(SYS_getpid, 0, 0, 0, 0, 0, 0);
	for (i = 1; i <= SIGNALS; i++) {
		actions[i].function = (unsigned long)SIG_DFL;
		pure_native_syscall(SYS_rt_sigaction, i, 0, (long)&actions[i],
				    size, 0, 0);
		if (is_function(&actions[i]))
			PURE_OWN_CALL(SYS_rt_sigaction, i, &actions[i], NULL,
				      size);
	}
}

static void set_actions_again(void)
{
	int i;

	for (i = 1; i <= SIGNALS; i++)
		if (is_function(&actions[i]))
			pure_native_syscall(SYS_rt_sigaction, i,
					    (long)&actions[i], 0,
					    sizeof(actions[i].mask), 0, 0);
}

static bool succeeded(long number, const long *a, long result)
{
	/* The number of a thread that doesn't fit is an error too. */
	return result == 0 ||
	       (result > 0 &&
		filter_has(number, a, SECCOMP_FILTER_FLAG_NEW_LISTENER));
}

static long enter_thread(long number, const long *a)
{
	long result;

	thread = THREAD_SANDBOXED;
	result = pure_output_pass(number, a);
	if (succeeded(number, a, result))
		return result;
	thread = THREAD_FREE;
	__atomic_sub_fetch(&some_sandboxed, 1, __ATOMIC_SEQ_CST);
	return result;
}

static long enter_process(long number, const long *a)
{
	long result;

	if (pure_isolated())
		set_actions_directly();
	result = pure_output_pass(number, a);
	if (succeeded(number, a, result)) {
		take_handler_away();
		return result;
	}
	if (pure_isolated())
		set_actions_again();
	__atomic_store_n(&all_sandboxed, 0, __ATOMIC_SEQ_CST);
	__atomic_sub_fetch(&some_sandboxed, 1, __ATOMIC_SEQ_CST);
	return result;
}

/* If call NUMBER starts a thread, let that one know that it isn't sandboxed. */
static void before_thread(long number, const long *a)
{
	const unsigned long wanted = CLONE_VM | CLONE_SETTLS;
	struct clone3_arguments arguments = { .flags = 0 };
	struct iovec here = { &arguments, sizeof(arguments) };
	struct iovec there = { (void *)a[0], sizeof(arguments) };
	typeof(thread) child = THREAD_FREE;
	long process;

	if (!__atomic_load_n(&some_sandboxed, __ATOMIC_SEQ_CST))
		return;
	process = PURE_OWN_CALL(SYS_getpid, 0, 0);
	if (number == SYS_clone) {
		arguments.flags = a[0];
		arguments.tls = a[4];
	} else if (number == SYS_clone3) {
		PURE_OWN_CALL(SYS_process_vm_readv, process, &here, 1, &there,
			      1);
	}
	if ((arguments.flags & wanted) != wanted)
		return;
	/* It is at the same distance from each thread pointer. */
	here.iov_base = &child;
	here.iov_len = there.iov_len = sizeof(child);
	there.iov_base = (char *)arguments.tls +
			 ((char *)&thread - (char *)__builtin_thread_pointer());
	PURE_OWN_CALL(SYS_process_vm_writev, process, &here, 1, &there, 1);
}

/* Without the runtime, which makes calls of its own for some. */
static long pass_directly(long number, const long *a)
{
	return pure_own_call(number, a[0], a[1], a[2], a[3], a[4]);
}

long pure_sandbox_pass_silently(long number, const long *a)
{
	long result;

	if (!pure_isolated())
		return pure_output_pass(number, a);
	switch (number) {
	case SYS_tgkill:
		if (a[2] != SIGABRT)
			break;
		/* fall through */
	case SYS_exit:
	case SYS_exit_group:
		return pass_directly(number, a);
	case SYS_clone:
		if ((a[0] & (CLONE_VM | CLONE_SETTLS)) || a[1])
			break;
		/* fall through */
	case SYS_fork:
		/* The child has no other thread. */
		result = pass_directly(number, a);
		if (result == 0)
			take_handler_away();
		return result;
	}
	return pure_output_pass(number, a);
}

long pure_sandbox_pass(long number, const long *a, enum pure_sandbox sandbox)
{
	long result;

	if (sandbox == PURE_SANDBOX_PROCESS)
		return enter_process(number, a);
	if (sandbox == PURE_SANDBOX_THREAD)
		return enter_thread(number, a);
	switch (number) {
	case SYS_exit_group:
		/* The runtime would have sandboxed threads wait for the end. */
		if (__atomic_load_n(&some_sandboxed, __ATOMIC_SEQ_CST))
			return pure_sandbox_pass_silently(number, a);
		break;
	case SYS_vfork:
	case SYS_clone:
	case SYS_clone3:
		before_thread(number, a);
		result = pure_output_pass(number, a);
		/* The child may have shared what is known of the thread. */
		if (result > 0)
			thread = THREAD_FREE;
		return result;
	}
	return pure_output_pass(number, a);
}
