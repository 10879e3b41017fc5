/*
 * time: calls that wait. The kernel gets a copy of how long, or until when.
 *
 * What isn't right is passed on as it is, for the kernel to say so.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>

#include "time.h"

/* Two longs: struct timespec and struct timeval. */
struct pair {
	long seconds, parts;
};

/* A call that waits for a while. */
struct waiting {
	int number;
	/* Which argument says how long. */
	unsigned char argument;
	/* Of struct pair: nanoseconds in a part; 0: an int, of milliseconds. */
	short unit;
	/* Its result if that is over. */
	short over;
	/* The kernel writes what is left. */
	bool left;
};

static const struct waiting calls[] = {
	{ SYS_poll, 2, 0, 0, false },
	{ SYS_epoll_wait, 3, 0, 0, false },
	{ SYS_epoll_pwait, 3, 0, 0, false },
	{ SYS_epoll_pwait2, 3, 1, 0, false },
	{ SYS_ppoll, 2, 1, 0, true },
	{ SYS_select, 4, MICROSECOND, 0, true },
	{ SYS_pselect6, 4, 1, 0, true },
	{ SYS_rt_sigtimedwait, 2, 1, -EAGAIN, false },
	{ SYS_recvmmsg, 4, 1, -EAGAIN, true },
	{ SYS_semtimedop, 3, 1, -EAGAIN, false },
	{ SYS_io_getevents, 4, 1, 0, false },
	{ SYS_io_pgetevents, 4, 1, 0, false },
};

static const struct waiting futex_wait = { SYS_futex, 3, 1, -ETIMEDOUT, false };

static long pair_time(const struct pair *pair, long unit)
{
	return time_make(pair->seconds, pair->parts, unit);
}

/* Read a pair that is right, and not as good as for ever. */
static bool read_pair(struct pair *pair, unsigned long address, long unit)
{
	return address &&
	       pure_read(pair, address, sizeof(*pair)) == sizeof(*pair) &&
	       pair->seconds >= 0 && pair->parts >= 0 &&
	       pair->parts < SECOND / unit && pair_time(pair, unit) != FOREVER;
}

static long with_argument(long number, const long *a, int i, long argument)
{
	long b[PURE_ARGUMENTS];

	memcpy(b, a, sizeof(b));
	b[i] = argument;
	return time_pass(number, b);
}

static long wait_milliseconds(const struct waiting *call, const long *a)
{
	const long shown = (int)a[call->argument] * MILLISECOND;
	long real, result;

	if (shown <= 0)
		return time_pass(call->number, a);
	real = (clock_real_duration(shown) - 1) / MILLISECOND + 1;
	result = with_argument(call->number, a, call->argument,
			       real > INT_MAX ? INT_MAX : real);
	if (result == call->over)
		clock_waited(shown);
	return result;
}

static long wait_pair(const struct waiting *call, const long *a)
{
	const unsigned long address = a[call->argument];
	const long unit = call->unit;
	long shown, result;
	struct pair pair;

	if (!read_pair(&pair, address, unit))
		return time_pass(call->number, a);
	shown = pair_time(&pair, unit);
	time_split(clock_real_duration(shown), unit, &pair.seconds,
		   &pair.parts);
	/* Nothing is no waiting: not for what is too short for UNIT. */
	if (shown && !pair.seconds && !pair.parts)
		pair.parts = 1;
	result = with_argument(call->number, a, call->argument, (long)&pair);
	if (call->left) {
		time_split(clock_shown_duration(pair_time(&pair, unit)), unit,
			   &pair.seconds, &pair.parts);
		pure_write(address, &pair, sizeof(pair));
	}
	if (result == call->over)
		clock_waited(shown);
	return result;
}

static long wait_for(const struct waiting *call, const long *a)
{
	return call->unit ? wait_pair(call, a) : wait_milliseconds(call, a);
}

/* Argument I of call NUMBER is a time of clock ID. */
static long wait_until(long number, const long *a, int i, int id)
{
	struct pair pair;
	long shown, result;

	if (clock_is_other(id) || !read_pair(&pair, a[i], 1))
		return time_pass(number, a);
	shown = pair_time(&pair, 1);
	time_split(clock_real_time(id, shown), 1, &pair.seconds, &pair.parts);
	if (pair.seconds < 0)
		pair.seconds = pair.parts = 0;
	result = with_argument(number, a, i, (long)&pair);
	if (result == -ETIMEDOUT)
		clock_waited_until(id, shown);
	return result;
}

static long wait_futex(const long *a)
{
	const int operation = (int)a[1];
	const int id = operation & FUTEX_CLOCK_REALTIME ? CLOCK_REALTIME :
							  CLOCK_MONOTONIC;

	switch (operation & FUTEX_CMD_MASK) {
	case FUTEX_WAIT:
		return wait_for(&futex_wait, a);
	case FUTEX_LOCK_PI:
		return wait_until(SYS_futex, a, 3, CLOCK_REALTIME);
	case FUTEX_WAIT_BITSET:
	case FUTEX_WAIT_REQUEUE_PI:
	case FUTEX_LOCK_PI2:
		return wait_until(SYS_futex, a, 3, id);
	}
	return time_pass(SYS_futex, a);
}

/* Of clock ID for what is at REQUEST; what is left goes to REST. */
static long sleep_for(int id, unsigned long request, unsigned long rest)
{
	struct pair pair, left;
	long shown, result;

	if (!read_pair(&pair, request, 1))
		return pure_native_syscall(SYS_clock_nanosleep, id, 0,
					   (long)request, (long)rest, 0, 0);
	shown = pair_time(&pair, 1);
	if (clock_steps()) {
		clock_waited(shown);
		return 0;
	}
	time_split(clock_real_duration(shown), 1, &pair.seconds, &pair.parts);
	left = pair;
	result = pure_native_syscall(SYS_clock_nanosleep, id, 0, (long)&pair,
				     (long)&left, 0, 0);
	if (result != -EINTR || !rest)
		return result;
	time_split(clock_shown_duration(pair_time(&left, 1)), 1, &left.seconds,
		   &left.parts);
	return pure_write(rest, &left, sizeof(left)) == sizeof(left) ? result :
								       -EFAULT;
}

static long sleep_until(int id, const long *a)
{
	struct pair pair;

	if (clock_steps() && read_pair(&pair, a[2], 1)) {
		clock_waited_until(id, pair_time(&pair, 1));
		return 0;
	}
	return wait_until(SYS_clock_nanosleep, a, 2, id);
}

static long sleep_by(const long *a)
{
	const int id = (int)a[0];

	if (clock_is_other(id))
		return time_pass(SYS_clock_nanosleep, a);
	if ((int)a[1] & TIMER_ABSTIME)
		return sleep_until(id, a);
	return sleep_for(id, a[2], a[3]);
}

bool wait_call(long number, const long *a, long *result)
{
	size_t i;

	for (i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		if (calls[i].number == number) {
			*result = wait_for(&calls[i], a);
			return true;
		}
	switch (number) {
	case SYS_nanosleep:
		/* What it waits for is the same clock. */
		*result = sleep_for(CLOCK_MONOTONIC, a[0], a[1]);
		return true;
	case SYS_clock_nanosleep:
		*result = sleep_by(a);
		return true;
	case SYS_futex:
		*result = wait_futex(a);
		return true;
	case SYS_futex_waitv:
		*result = wait_until(number, a, 3, (int)a[4]);
		return true;
	case SYS_mq_timedsend:
	case SYS_mq_timedreceive:
		*result = wait_until(number, a, 4, CLOCK_REALTIME);
		return true;
	}
	return false;
}
