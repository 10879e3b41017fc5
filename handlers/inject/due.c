/*
 * inject: into which calls. As in strace, each thread counts for itself, and
 * each call of a rule.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include <string.h>

#include "injection.h"

static unsigned long random_seed, random_count;
static bool last_holds;

void due_start(unsigned long seed, bool last)
{
	random_seed = seed;
	last_holds = last;
}

/* The NEXT call of rule I and NUMBER in this thread: from 1 on; 0: no memory.
 */
static unsigned int count(unsigned int i, long number)
{
	struct thread *thread = thread_own();

	return thread ? ++thread->counts[i * PURE_CALLS + number] : 0;
}

/* Is it the thread that is called NAME? */
static bool is_thread(const char *name)
{
	const struct thread *thread = thread_own();

	return thread && strcmp(thread->name, name) == 0;
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
	if (rule->thread && !is_thread(rule->thread))
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

unsigned long due_rules(long number, const long *a, unsigned int *time)
{
	unsigned long found = 0, due = 0;
	bool callers = false;
	unsigned int i, now;

	*time = 0;
	for (i = 0; i < rule_count; i++)
		if (is_about(&rules[i], number, a)) {
			found |= 1UL << i;
			callers |= rules[i].caller_count != 0;
		}
	if (callers)
		found = keep_called(found);
	if (last_holds && found)
		found = 1UL << (63 - __builtin_clzl(found));
	for (; found; found &= found - 1) {
		i = (unsigned int)__builtin_ctzl(found);
		now = count(i, number);
		if (!is_due(&rules[i], now))
			continue;
		due |= 1UL << i;
		if (rules[i].log && !*time)
			*time = now;
	}
	return due;
}
