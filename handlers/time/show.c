/*
 * time: calls that give a time, or take one that a file is to have. What the
 * kernel has written is there, and is changed in its place.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timex.h>
#include <unistd.h>

#include "time.h"

/* Of times(2), in nanoseconds. */
#define TICK (SECOND / 100)

static void show_timespec(int id, struct timespec *time)
{
	time_put(time, clock_read(id, time_of(time)));
}

static void show_timeval(struct timeval *time)
{
	long real = time_make(time->tv_sec, time->tv_usec, MICROSECOND);

	time_split(clock_read(CLOCK_REALTIME, real), MICROSECOND, &time->tv_sec,
		   &time->tv_usec);
}

static void show_of_file(struct timespec *time)
{
	time_put(time, clock_of_file(time_of(time)));
}

static void show_stat(struct stat *status)
{
	show_of_file(&status->st_atim);
	show_of_file(&status->st_mtim);
	show_of_file(&status->st_ctim);
}

static void show_statx_time(struct statx_timestamp *time)
{
	struct timespec spec = { time->tv_sec, time->tv_nsec };

	show_of_file(&spec);
	time->tv_sec = spec.tv_sec;
	time->tv_nsec = (__u32)spec.tv_nsec;
}

static void show_statx(struct statx *status)
{
	show_statx_time(&status->stx_atime);
	/* Not each file system has it. */
	if (status->stx_mask & STATX_BTIME)
		show_statx_time(&status->stx_btime);
	show_statx_time(&status->stx_ctime);
	show_statx_time(&status->stx_mtime);
}

/* For calls whose own unit is too coarse for a clock that runs fast. */
static long show_now(int id)
{
	return clock_read(id, clock_now(id));
}

/* Ticks are counted from anywhere: here from the start of the machine. */
static long show_ticks(const long *a)
{
	long result = time_pass(SYS_times, a);

	return result == -EFAULT ? result : show_now(CLOCK_MONOTONIC) / TICK;
}

static long show_seconds(const long *a)
{
	long result = time_pass(SYS_time, a);

	if (result == -EFAULT)
		return result;
	result = show_now(CLOCK_REALTIME) / SECOND;
	if (a[0])
		*(long *)a[0] = result;
	return result;
}

/* Setting the clock would be everybody's. */
static long adjust(long number, const long *a, struct timex *timex)
{
	unsigned int modes;
	long result;

	if (pure_read(&modes, (unsigned long)timex, sizeof(modes)) ==
		    sizeof(modes) &&
	    modes && modes != ADJ_OFFSET_SS_READ)
		return -EPERM;
	result = time_pass(number, a);
	if (result >= 0) {
		const long unit = timex->status & STA_NANO ? 1 : MICROSECOND;
		long real = time_make(timex->time.tv_sec, timex->time.tv_usec,
				      unit);

		time_split(clock_read(CLOCK_REALTIME, real), unit,
			   &timex->time.tv_sec, &timex->time.tv_usec);
	}
	return result;
}

static bool clock_call(long number, const long *a, long *result)
{
	switch (number) {
	case SYS_clock_gettime:
		*result = time_pass(number, a);
		if (*result == 0 && !clock_is_other((int)a[0]))
			show_timespec((int)a[0], (struct timespec *)a[1]);
		return true;
	case SYS_gettimeofday:
		*result = time_pass(number, a);
		if (*result == 0 && a[0])
			show_timeval((struct timeval *)a[0]);
		return true;
	case SYS_time:
		*result = show_seconds(a);
		return true;
	case SYS_times:
		*result = show_ticks(a);
		return true;
	case SYS_adjtimex:
		*result = adjust(number, a, (struct timex *)a[0]);
		return true;
	case SYS_clock_adjtime:
		*result = adjust(number, a, (struct timex *)a[1]);
		return true;
	case SYS_clock_settime:
	case SYS_settimeofday:
		*result = -EPERM;
		return true;
	}
	return false;
}

static bool stat_call(long number, const long *a, long *result)
{
	switch (number) {
	case SYS_stat:
	case SYS_lstat:
	case SYS_fstat:
		*result = time_pass(number, a);
		if (*result == 0)
			show_stat((struct stat *)a[1]);
		return true;
	case SYS_newfstatat:
		*result = time_pass(number, a);
		if (*result == 0)
			show_stat((struct stat *)a[2]);
		return true;
	case SYS_statx:
		*result = time_pass(number, a);
		if (*result == 0)
			show_statx((struct statx *)a[4]);
		return true;
	}
	return false;
}

/* For a file's: what isn't right is the kernel's to refuse. */
static void real_of_file(long *seconds, long *parts, long unit)
{
	if (*parts >= 0 && *parts < SECOND / unit)
		time_split(clock_for_file(time_make(*seconds, *parts, unit)),
			   unit, seconds, parts);
}

/* Call NUMBER sets times, by two pairs of longs in argument I. */
static long set_pairs(long number, const long *a, int i, long unit)
{
	long b[PURE_ARGUMENTS], pairs[4];

	if (!a[i] || pure_read(pairs, a[i], sizeof(pairs)) != sizeof(pairs))
		return time_pass(number, a);
	real_of_file(&pairs[0], &pairs[1], unit);
	real_of_file(&pairs[2], &pairs[3], unit);
	memcpy(b, a, sizeof(b));
	b[i] = (long)pairs;
	return time_pass(number, b);
}

static long set_seconds(const long *a)
{
	long seconds[2], none = 0;

	if (!a[1] ||
	    pure_read(seconds, a[1], sizeof(seconds)) != sizeof(seconds))
		return time_pass(SYS_utime, a);
	real_of_file(&seconds[0], &none, 1);
	none = 0;
	real_of_file(&seconds[1], &none, 1);
	return pure_native_syscall(SYS_utime, a[0], (long)seconds, 0, 0, 0, 0);
}

static bool utime_call(long number, const long *a, long *result)
{
	switch (number) {
	case SYS_utimensat:
		*result = set_pairs(number, a, 2, 1);
		return true;
	case SYS_futimesat:
		*result = set_pairs(number, a, 2, MICROSECOND);
		return true;
	case SYS_utimes:
		*result = set_pairs(number, a, 1, MICROSECOND);
		return true;
	case SYS_utime:
		*result = set_seconds(a);
		return true;
	}
	return false;
}

bool show_call(long number, const long *a, long *result)
{
	if (clock_call(number, a, result))
		return true;
	return clock_shows_files() &&
	       (stat_call(number, a, result) || utime_call(number, a, result));
}
