/*
 * inject: into which calls. As in strace, each thread counts for itself, and
 * each call of a rule.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "inject.h"

/* How often the thread has made a call of a rule: PURE_CALLS of each. */
static __thread unsigned int *counts;
static pthread_key_t counts_key;

static unsigned long random_seed, random_count;

static void after_fork(void)
{
	if (counts)
		memset(counts, 0,
		       (size_t)rule_count * PURE_CALLS * sizeof(*counts));
}

int due_start(unsigned long seed)
{
	random_seed = seed;
	pthread_atfork(NULL, NULL, after_fork);
	return -pthread_key_create(&counts_key, free);
}

/* The NEXT call of rule I and NUMBER in this thread: from 1 on; 0: no memory.
 */
static unsigned int count(unsigned int i, long number)
{
	if (!counts) {
		counts = calloc((size_t)rule_count * PURE_CALLS,
				sizeof(*counts));
		pthread_setspecific(counts_key, counts);
	}
	return counts ? ++counts[i * PURE_CALLS + number] : 0;
}

/* The next of a sequence that SEED makes: splitmix64, its upper half. */
static unsigned long next_random(void)
{
	unsigned long x =
		__atomic_add_fetch(&random_count, 1, __ATOMIC_RELAXED);

	x = random_seed + x * 0x9e3779b97f4a7c15;
	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
	x = (x ^ x >> 27) * 0x94d049bb133111eb;
	return (x ^ x >> 31) >> 32;
}

static bool is_about(const struct rule *rule, long number, const long *a)
{
	int i;

	if (!pure_set_has(&rule->calls, (unsigned long)number))
		return false;
	for (i = 0; i < PURE_ARGUMENTS; i++)
		if (rule->checked >> i & 1 && a[i] != rule->values[i])
			return false;
	if (rule->some_fds && !pure_fds_match(&rule->fds, number, a))
		return false;
	return !rule->paths.count || pure_paths_match(&rule->paths, number, a);
}

static bool is_called(const struct rule *rule, const struct pure_frame *frames,
		      unsigned int count)
{
	unsigned int i;

	for (i = 0; i < rule->caller_count; i++)
		if (pure_caller_match(&rule->callers[i], frames, count))
			return true;
	return !rule->caller_count;
}

/* Those of FOUND that have no callers, or one that is on the stack. */
static unsigned long keep_called(unsigned long found)
{
	struct pure_frame frames[PURE_FRAMES];
	const unsigned int count = pure_stack(frames, PURE_FRAMES);
	unsigned long left;

	for (left = found; left; left &= left - 1)
		if (!is_called(&rules[__builtin_ctzl(left)], frames, count))
			found &= ~(left & -left);
	return found;
}

static bool is_due(const struct rule *rule, unsigned int time)
{
	return time >= rule->first && time <= rule->last &&
	       (time - rule->first) % rule->step == 0 &&
	       next_random() < rule->probability;
}

unsigned long due_rules(long number, const long *a)
{
	unsigned long found = 0, due = 0;
	bool callers = false;
	unsigned int i;

	for (i = 0; i < rule_count; i++)
		if (is_about(&rules[i], number, a)) {
			found |= 1UL << i;
			callers |= rules[i].caller_count != 0;
		}
	if (callers)
		found = keep_called(found);
	for (; found; found &= found - 1) {
		i = (unsigned int)__builtin_ctzl(found);
		if (is_due(&rules[i], count(i, number)))
			due |= 1UL << i;
	}
	return due;
}
