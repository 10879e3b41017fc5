/*
 * inject: the threads and processes of the run, each with its name and with how
 * often it has made a call of a rule. As in strace, each counts for itself, and
 * goes on counting in what it executes.
 *
 * The first is 1; the second that it makes, thread or process, is 1.2; the
 * first of that 1.2.1. What is passed on over an exec is in memory that all
 * processes of the run have.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "injection.h"

/* So many can be on their way from one program to the next, or begin. */
#define SLOTS 256

/* How long a new thread waits for its maker to name it: so often 100 us. */
#define PATIENCE 10000

/* One whose maker isn't known. */
#define UNKNOWN "?"

/* A process that executes a program, and what goes with it. */
struct slot {
	int process;
	struct thread thread;
};

static char *slots;

/* New threads, by their number, until they have made their first call. */
static struct {
	int number;
	struct thread *thread;
} born[SLOTS];

/* Do counts matter, and names? */
static bool counting, naming;

static __thread struct thread *own;
static pthread_key_t end_key;

static size_t thread_size(void)
{
	return sizeof(struct thread) +
	       (size_t)rule_count * PURE_CALLS * sizeof(unsigned int);
}

static size_t slot_size(void)
{
	return (offsetof(struct slot, thread) + thread_size() + 15) & ~15UL;
}

static struct slot *slot(unsigned int i)
{
	return (struct slot *)(slots + i * slot_size());
}

static struct thread *new_thread(const char *name)
{
	struct thread *thread = calloc(1, thread_size());

	if (thread)
		strcpy(thread->name, name);
	return thread;
}

static void end(void *unused)
{
	(void)unused;
	free(own);
	own = NULL;
}

/* From PLACE if it has VALUE, which NEW takes the place of. */
static bool take(int *place, int value, int new)
{
	return __atomic_compare_exchange_n(place, &value, new, false,
					   __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
}

/* Thread NUMBER has been made. If there is no room, its name isn't known. */
static void announce(int number, struct thread *thread)
{
	unsigned int i;

	for (i = 0; i < SLOTS; i++)
		if (take(&born[i].number, 0, -1)) {
			born[i].thread = thread;
			__atomic_store_n(&born[i].number, number,
					 __ATOMIC_SEQ_CST);
			return;
		}
	free(thread);
}

static struct thread *find_born(int number)
{
	struct thread *thread;
	unsigned int i;

	for (i = 0; i < SLOTS; i++)
		if (take(&born[i].number, number, -1)) {
			thread = born[i].thread;
			__atomic_store_n(&born[i].number, 0, __ATOMIC_SEQ_CST);
			return thread;
		}
	return NULL;
}

/* What the thread's maker, which may still be in its call, has made of it. */
static struct thread *wait_born(void)
{
	const struct timespec pause = { 0, 100000 };
	const int number = (int)PURE_OWN_CALL(SYS_gettid, 0, 0);
	struct thread *thread = find_born(number);
	int i;

	for (i = 0; !thread && i < PATIENCE; i++) {
		PURE_OWN_CALL(SYS_nanosleep, &pause, NULL);
		thread = find_born(number);
	}
	return thread;
}

struct thread *thread_own(void)
{
	if (own)
		return own;
	own = naming ? wait_born() : NULL;
	if (!own)
		own = new_thread(UNKNOWN);
	pthread_setspecific(end_key, own);
	return own;
}

/* What call NUMBER makes, as clone's flags. */
static unsigned long flags_of(long number, const long *a)
{
	unsigned long flags = 0;

	if (number == SYS_clone)
		flags = (unsigned long)a[0];
	else if (number == SYS_clone3)
		pure_read(&flags, (unsigned long)a[0], sizeof(flags));
	else if (number == SYS_vfork)
		flags = CLONE_VM | CLONE_VFORK;
	return flags;
}

static struct thread *make_child(const struct thread *parent)
{
	char name[THREAD_NAME];

	if (!parent)
		return NULL;
	if (strcmp(parent->name, UNKNOWN) == 0 ||
	    (size_t)snprintf(name, sizeof(name), "%s.%u", parent->name,
			     parent->made + 1) >= sizeof(name))
		strcpy(name, UNKNOWN);
	return new_thread(name);
}

/*
 * A child with thread-local data that is the parent's, or a copy, finds itself
 * there; its parent goes on once it has data of its own, or has a copy.
 */
static bool has_own_data(unsigned long flags)
{
	return (flags & CLONE_VM) && (flags & CLONE_SETTLS);
}

static void before_birth(struct passage *passage, long number, const long *a)
{
	passage->flags = flags_of(number, a);
	passage->parent = thread_own();
	passage->child = make_child(passage->parent);
	if (passage->child && !has_own_data(passage->flags))
		own = passage->child;
}

static void after_birth(const struct passage *passage, long result)
{
	if (result == 0)
		return;
	own = passage->parent;
	if (result > 0 && own)
		own->made++;
	if (result > 0 && slots && !(passage->flags & CLONE_THREAD))
		pure_run_enter((int)result);
	if (result > 0 && has_own_data(passage->flags) && naming &&
	    passage->child)
		announce((int)result, passage->child);
	else
		free(passage->child);
}

static void before_exec(struct passage *passage)
{
	const struct thread *thread = thread_own();
	unsigned int i;

	passage->slot = NULL;
	for (i = 0; i < SLOTS && slots && thread && !passage->slot; i++)
		if (take(&slot(i)->process, 0,
			 (int)PURE_OWN_CALL(SYS_getpid, 0, 0)))
			passage->slot = slot(i);
	if (passage->slot)
		memcpy(&passage->slot->thread, thread, thread_size());
}

bool thread_executes(long number)
{
	return number == SYS_execve || number == SYS_execveat;
}

bool thread_concerns(long number)
{
	return (counting || naming) &&
	       (thread_executes(number) || pure_thread_starts(number));
}

void thread_before(struct passage *passage, long number, const long *a)
{
	if (thread_executes(number))
		before_exec(passage);
	else
		before_birth(passage, number, a);
}

void thread_after(const struct passage *passage, long number, long result)
{
	if (!thread_executes(number))
		after_birth(passage, result);
	else if (passage->slot)
		__atomic_store_n(&passage->slot->process, 0, __ATOMIC_SEQ_CST);
}

/* What the program before has handed on. */
static struct thread *handed_on(void)
{
	const int process = getpid();
	struct thread *thread = NULL;
	unsigned int i;

	for (i = 0; i < SLOTS && !thread; i++)
		if (slot(i)->process == process) {
			thread = new_thread(UNKNOWN);
			if (thread)
				memcpy(thread, &slot(i)->thread, thread_size());
			__atomic_store_n(&slot(i)->process, 0,
					 __ATOMIC_SEQ_CST);
		}
	return thread;
}

/* In a fork's child there is no other thread. */
static void after_fork(void)
{
	memset(born, 0, sizeof(born));
}

size_t thread_memory(void)
{
	unsigned int i;

	for (i = 0; i < rule_count; i++) {
		counting |= rules[i].first > 1 || rules[i].last < ~0U ||
			    rules[i].step > 1;
		naming |= rules[i].thread || rules[i].log;
	}
	return counting || naming ? SLOTS * slot_size() : 0;
}

int thread_start(void *memory, bool first)
{
	const int error = pthread_key_create(&end_key, end);

	if (error || !(counting || naming))
		return -error;
	slots = memory;
	if (slots)
		own = handed_on();
	if (!own)
		own = new_thread(first ? "1" : UNKNOWN);
	return own ? -pthread_atfork(NULL, NULL, after_fork) : -ENOMEM;
}
