/*
 * time: a handler that shows the program another time.
 *
 * time.c    the handler and its start
 * spec.c    the option that says which time that is, in libfaketime's words
 * clock.c   the clocks: from a real time to the one that is shown, and back
 * show.c    calls that give a time: what they gave is changed in its place
 * wait.c    calls that wait: how long, or until when, is changed before
 * timers.c  timers, which do both
 *
 * Times are longs, in nanoseconds; a real one is the kernel's.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#ifndef TIME_H
#define TIME_H 1

#include <purecc-handler.h>
#include <stdbool.h>
#include <time.h>

#pragma GCC visibility push(hidden)

#define SECOND 1000000000L
#define MILLISECOND 1000000L
#define MICROSECOND 1000L

/* What is as long, or longer. */
#define FOREVER __LONG_MAX__

/* The rate of a clock that runs as the real one does. */
#define RATE_ONE (1UL << 32)

/* What the options say. */
struct spec {
	/* TIME is a difference from the real time, or a time of day. */
	enum { SPEC_OFFSET, SPEC_START, SPEC_FROZEN } way;
	long time;
	/* In 2^32ths; not 0. */
	unsigned long rate;
	/* If not 0, a reading of a clock takes so long, and nothing else time.
	 */
	long step;
	/* Are times of files shown by the same clock? */
	bool files;
};

/*
 * Read TEXT, as libfaketime has it, into SPEC. Returns NULL, or what is wrong.
 * For INIT.
 */
const char *spec_read(struct spec *spec, const char *text);

/*
 * The run has started at real time START, of day; 0: it starts now. STATE, if
 * not empty, is a file in which its processes share the time that steps make.
 * Returns 0 or -errno. For INIT.
 */
int clock_start(const struct spec *spec, long start, const char *state);

/* Is clock ID of clock_gettime(2) shown as it is? The processor's time is. */
bool clock_is_other(int id);

/* What the kernel says of clock ID. */
long clock_now(int id);

/* What is shown, clock ID having given REAL. May make a step. */
long clock_read(int id, long real);

/* What is shown of REAL, a time of a file; and back. */
long clock_of_file(long real);
long clock_for_file(long shown);
bool clock_shows_files(void);

/* How long the kernel has to wait for what is shown to take SHOWN; and back. */
long clock_real_duration(long shown);
long clock_shown_duration(long real);

/* The real time of clock ID when it shows SHOWN. */
long clock_real_time(int id, long shown);

/* Do steps make the time? */
bool clock_steps(void);

/* If they do: a wait is over that took DURATION, or until ID shows SHOWN. */
void clock_waited(long duration);
void clock_waited_until(int id, long shown);

/* From seconds and parts of UNIT; FOREVER: it is too long. */
static inline long time_make(long seconds, long parts, long unit)
{
	long time;

	if (__builtin_mul_overflow(seconds, SECOND, &time) ||
	    __builtin_add_overflow(time, parts * unit, &time))
		return FOREVER;
	return time;
}

static inline long time_of(const struct timespec *spec)
{
	return time_make(spec->tv_sec, spec->tv_nsec, 1);
}

/* Parts are not negative. */
static inline void time_split(long time, long unit, long *seconds, long *parts)
{
	long rest = time % SECOND;

	*seconds = time / SECOND - (rest < 0);
	*parts = (rest + (rest < 0 ? SECOND : 0)) / unit;
}

static inline void time_put(struct timespec *spec, long time)
{
	time_split(time, 1, &spec->tv_sec, &spec->tv_nsec);
}

static inline long time_pass(long number, const long *a)
{
	return pure_native_syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

/* Is NUMBER one of their calls? Then it is made, and *RESULT is what it gave.
 */
bool show_call(long number, const long *a, long *result);
bool wait_call(long number, const long *a, long *result);
bool timer_call(long number, const long *a, long *result);

#pragma GCC visibility pop

#endif
