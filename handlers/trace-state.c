/*
 * trace: what the traced processes share, so that their lines in one file are
 * whole: a call that waits has left its line open, and whoever writes next
 * ends that with "<unfinished ...>".
 *
 * With pure-trace they leave their lines in that memory, and it writes them
 * moments later, whatever has become of who made them. If it ends before them,
 * they write themselves, as they do without.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <linux/futex.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "trace-memory.h"
#include "trace.h"

_Static_assert(PURE_TRACE_CALLS == PURE_CALLS, "as many calls");

/* How often it is looked whether who writes is free again, before waiting. */
#define TRIES 200

/* How long to wait for who writes, before it is looked whether it is alive; and
 * how long in all, where that can't be said: in nanoseconds. */
#define PATIENCE 20000000
#define LIMIT 1000000000

#define UNFINISHED " <unfinished ...>\n"

static struct pure_trace_state *state;
static bool whole;

/* With a file for each thread, what is open in that of this one. */
static bool separate;
static __thread long own_line;

static long *open_line(void)
{
	return separate ? &own_line : &state->open;
}

void state_separate(void)
{
	separate = true;
}

bool state_open(long start, size_t more)
{
	bool first = false;

	/* Without a run nobody ends the line of an execve. */
	if (pure_isolated() && start)
		state = pure_run_join("trace", start, sizeof(*state) + more,
				      &first);
	whole = !state;
	if (whole) {
		state = mmap(NULL, sizeof(*state), PROT_READ | PROT_WRITE,
			     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
		if (state == MAP_FAILED)
			return false;
	}
	if (whole || first)
		state->threads = 1;
	return true;
}

void *state_more(void)
{
	return whole ? NULL : state + 1;
}

/* The process makes no calls of trace's any longer. */
static bool silent;

void state_leave(void)
{
	if (!whole && !silent)
		pure_run_leave();
}

void state_silence(void)
{
	state_leave();
	silent = true;
}

bool state_whole(void)
{
	return whole;
}

/*
 * Has thread ID ended; or, if that can't be said, has it been waited for as
 * long as LIMIT, PATIENCE for TIMES?
 */
static bool is_gone(long id, unsigned int times)
{
	const enum pure_life life = pure_run_life(id);

	return life == PURE_HAS_ENDED ||
	       (life == PURE_MAY_LIVE && times * PATIENCE >= LIMIT);
}

/*
 * A thread that has died while it wrote has no use for the lock. Of which it
 * can't be said, and it has it for as long as LIMIT, that is taken for it.
 */
static void wait_for(long writer, unsigned int times)
{
	const struct timespec patience = { 0, PATIENCE };

	__atomic_add_fetch(&state->waiting, 1, __ATOMIC_SEQ_CST);
	PURE_OWN_CALL(SYS_futex, &state->writer, FUTEX_WAIT, (int)writer,
		      &patience, NULL);
	__atomic_sub_fetch(&state->waiting, 1, __ATOMIC_SEQ_CST);
	if (is_gone(writer, times))
		__atomic_compare_exchange_n(&state->writer, &writer, 0, false,
					    __ATOMIC_ACQ_REL, __ATOMIC_RELAXED);
}

/* Where signals may enter the handler they don't, while it has the lock. */
static void block_signals(unsigned long *mask)
{
	const unsigned long all = -1UL;

	if (!pure_isolated())
		PURE_OWN_CALL(SYS_rt_sigprocmask, SIG_SETMASK, &all, mask,
			      sizeof(*mask));
}

static __thread unsigned long mask_before;

/* Writers of all processes, if they share the file. */
static void lock(long id)
{
	unsigned int tries = 0, times = 0;
	unsigned long mask = 0;
	long last = 0;

	block_signals(&mask);

	for (;;) {
		long writer = 0;

		if (__atomic_compare_exchange_n(&state->writer, &writer, id,
						false, __ATOMIC_ACQUIRE,
						__ATOMIC_RELAXED)) {
			mask_before = mask;
			return;
		}
		if (++tries > TRIES) {
			times = writer == last ? times + 1 : 0;
			last = writer;
			wait_for(writer, times);
		} else {
			__builtin_ia32_pause();
		}
	}
}

static void unlock(void)
{
	const unsigned long mask = mask_before;

	__atomic_store_n(&state->writer, 0, __ATOMIC_SEQ_CST);
	if (__atomic_load_n(&state->waiting, __ATOMIC_SEQ_CST))
		PURE_OWN_CALL(SYS_futex, &state->writer, FUTEX_WAKE, 1, NULL,
			      NULL);
	if (!pure_isolated())
		PURE_OWN_CALL(SYS_rt_sigprocmask, SIG_SETMASK, &mask, NULL,
			      sizeof(mask));
}

/* Are the lines left to pure-trace? */
static bool is_served(void)
{
	return !separate && state->server;
}

/* It was killed, maybe after a write that it hasn't counted. */
static void count_last_write(void)
{
	const long written = pure_output_size() - state->length;

	if (state->began == state->written && written > 0 &&
	    (unsigned long)written <= pure_trace_behind(state))
		state->written += (unsigned long)written;
}

/* pure-trace is gone: write what is left to it, by lines, since those lost
 * count. */
static void take_over(void)
{
	unsigned long size;

	count_last_write();
	while ((size = pure_trace_behind(state))) {
		char *text = state->lines + state->written % PURE_TRACE_ROOM;
		const char *end;

		size = pure_trace_piece(state->written, size);
		end = memchr(text, '\n', size);
		if (end)
			size = (unsigned long)(end + 1 - text);
		pure_output_write(&(struct pure_text){ text, (unsigned int)size,
						       (unsigned int)size });
		state->written += size;
	}
	state->server = 0;
}

/* Wait for room: of how many bytes there is some, or 0 if nobody makes any. */
static unsigned long wait_for_room(void)
{
	const struct timespec patience = { 0, PATIENCE };
	unsigned int times = 0;

	while (pure_trace_behind(state) == PURE_TRACE_ROOM) {
		if (is_gone(state->server, times++))
			return 0;
		PURE_OWN_CALL(SYS_futex, &state->written, FUTEX_WAIT,
			      (int)(state->left - PURE_TRACE_ROOM), &patience,
			      NULL);
	}
	return PURE_TRACE_ROOM - pure_trace_behind(state);
}

/* Wake pure-trace, if it is to write now. Does it live? */
static bool wake_server(void)
{
	int sleep = __atomic_load_n(&state->sleep, __ATOMIC_SEQ_CST);

	if (sleep == PURE_TRACE_WRITES ||
	    (sleep == PURE_TRACE_PAUSES &&
	     pure_trace_behind(state) < PURE_TRACE_HALF) ||
	    !__atomic_compare_exchange_n(&state->sleep, &sleep,
					 PURE_TRACE_WRITES, false,
					 __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST))
		return true;
	return PURE_OWN_CALL(SYS_futex, &state->sleep, FUTEX_WAKE, 1, NULL,
			     NULL) > 0 ||
	       !is_gone(state->server, 0);
}

/* Leave some of TEXT, from its start, to pure-trace: so many bytes. */
static unsigned int leave(const struct pure_text *text)
{
	const unsigned long room = wait_for_room();
	const unsigned int size = (unsigned int)pure_trace_piece(
		state->left, text->end < room ? text->end : room);

	memcpy(state->lines + state->left % PURE_TRACE_ROOM, text->data, size);
	__atomic_store_n(&state->left, state->left + size, __ATOMIC_SEQ_CST);
	if (!size || !wake_server())
		take_over();
	return size;
}

/* Write TEXT, or leave it to who does. */
static void put(const struct pure_text *text)
{
	struct pure_text rest = *text;

	while (rest.end && is_served()) {
		const unsigned int size = leave(&rest);

		rest.data += size;
		rest.end -= size;
	}
	if (rest.end)
		pure_output_write(&rest);
}

/* End a line that another has left open. */
static void close_line(long id)
{
	struct pure_text end = { (char *)UNFINISHED, sizeof(UNFINISHED) - 1,
				 sizeof(UNFINISHED) - 1 };

	/* A child has a copy of what its parent knows of its own file. */
	if (*open_line() && (!separate || own_line == id))
		put(&end);
	*open_line() = 0;
}

void state_write(const struct pure_text *line, bool opened)
{
	const long id = pure_run_self();

	lock(id);
	close_line(id);
	put(line);
	*open_line() = opened ? id : 0;
	state->columns = (int)line->end;
	unlock();
}

void state_check(void)
{
	if (!is_served() || !pure_trace_behind(state) ||
	    !is_gone(state->server, 0))
		return;
	lock(pure_run_self());
	if (is_served())
		take_over();
	unlock();
}

bool state_resume(void)
{
	const long id = pure_run_self();

	lock(id);
	if (*open_line() == id)
		return true;
	close_line(id);
	return false;
}

void state_reopen(void)
{
	if (separate)
		own_line = pure_run_self();
}

void state_add(const struct pure_text *more)
{
	put(more);
}

void state_finish(void)
{
	*open_line() = 0;
	unlock();
}

int state_columns(void)
{
	return state->columns;
}

void state_threads(int more)
{
	__atomic_add_fetch(&state->threads, more, __ATOMIC_RELAXED);
}

bool state_several(void)
{
	return __atomic_load_n(&state->threads, __ATOMIC_RELAXED) > 1;
}

bool state_first(void)
{
	return !__atomic_exchange_n(&state->begun, 1, __ATOMIC_RELAXED);
}

#define SECOND 1000000000L

struct timespec state_since(const struct timespec *now)
{
	const long time = now->tv_sec * SECOND + now->tv_nsec;
	const long last =
		__atomic_exchange_n(&state->last, time, __ATOMIC_RELAXED);
	const long since = last && time > last ? time - last : 0;

	return (struct timespec){ since / SECOND, since % SECOND };
}

static void lower(unsigned long *least, unsigned long value)
{
	unsigned long now = __atomic_load_n(least, __ATOMIC_RELAXED);

	while ((!now || value < now) &&
	       !__atomic_compare_exchange_n(least, &now, value, true,
					    __ATOMIC_RELAXED, __ATOMIC_RELAXED))
		;
}

static void raise_to(unsigned long *most, unsigned long value)
{
	unsigned long now = __atomic_load_n(most, __ATOMIC_RELAXED);

	while (value > now &&
	       !__atomic_compare_exchange_n(most, &now, value, true,
					    __ATOMIC_RELAXED, __ATOMIC_RELAXED))
		;
}

void state_count(long number, long result, const struct timespec *start)
{
	struct pure_trace_count *count;
	struct timespec now;
	unsigned long time;

	if (number < 0 || number >= PURE_TRACE_CALLS)
		return;
	clock_gettime(CLOCK_MONOTONIC, &now);
	time = (now.tv_sec - start->tv_sec) * SECOND + now.tv_nsec -
	       start->tv_nsec;
	count = &state->counts[number];
	__atomic_add_fetch(&count->calls, 1, __ATOMIC_RELAXED);
	if (pure_status(result) == PURE_FAILED)
		__atomic_add_fetch(&count->errors, 1, __ATOMIC_RELAXED);
	__atomic_add_fetch(&count->nanoseconds, time, __ATOMIC_RELAXED);
	lower(&count->least, time ? time : 1);
	raise_to(&count->most, time);
}
