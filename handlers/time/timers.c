/*
 * time: timers, which are set to run out in a while or at a time, and tell how
 * long that is.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>

#include "time.h"

/* What is given to set a timer: two pairs, of longs. */
struct setting {
	long interval, interval_parts;
	long value, value_parts;
};

/*
 * What clocks the timers of timer_create have: timer + 1 in the upper half,
 * clock in the lower one; 0 is free.
 */
#define TIMERS 4096
static unsigned long timers[TIMERS];

/* Where TIMER is, or, for -1, room is; else TIMERS. */
static size_t find_timer(int timer)
{
	size_t i;

	for (i = 0; i < TIMERS; i++)
		if (__atomic_load_n(&timers[i], __ATOMIC_RELAXED) >> 32 ==
		    timer + 1UL)
			return i;
	return TIMERS;
}

static void forget_timer(int timer)
{
	size_t i = find_timer(timer);

	if (i < TIMERS)
		__atomic_store_n(&timers[i], 0, __ATOMIC_RELAXED);
}

static void remember_timer(int timer, int id)
{
	unsigned long entry = (timer + 1UL) << 32 | (unsigned int)id;
	unsigned long none;
	size_t i;

	/* A parent had it. */
	forget_timer(timer);
	do {
		i = find_timer(-1);
		none = 0;
	} while (i < TIMERS && !__atomic_compare_exchange_n(
				       &timers[i], &none, entry, false,
				       __ATOMIC_RELAXED, __ATOMIC_RELAXED));
}

static int clock_of_timer(int timer)
{
	size_t i = find_timer(timer);

	return i < TIMERS ? (int)timers[i] : CLOCK_REALTIME;
}

static bool scale(long *seconds, long *parts, long unit,
		  long (*change)(long duration))
{
	long time = time_make(*seconds, *parts, unit), changed;

	if (*seconds < 0 || *parts < 0 || *parts >= SECOND / unit ||
	    time == FOREVER)
		return false;
	changed = change(time);
	/* Nothing would switch the timer off. */
	if (time && changed < unit)
		changed = unit;
	time_split(changed, unit, seconds, parts);
	return true;
}

/* What the kernel has said of a timer. */
static void show_setting(struct setting *setting, long unit)
{
	scale(&setting->interval, &setting->interval_parts, unit,
	      clock_shown_duration);
	scale(&setting->value, &setting->value_parts, unit,
	      clock_shown_duration);
}

/* Make the time at which a timer runs out that of clock ID. */
static void make_real(struct setting *setting, int id)
{
	long shown = time_make(setting->value, setting->value_parts, 1);
	long real = shown ? clock_real_time(id, shown) : 0;

	if (shown && real <= 0)
		real = 1;
	time_split(real, 1, &setting->value, &setting->value_parts);
}

/*
 * Call NUMBER sets a timer by argument I, after which comes where the old
 * setting goes. CLOCK, if not -1: until then.
 */
static long set(long number, const long *a, int i, long unit, int id)
{
	long b[PURE_ARGUMENTS], result;
	struct setting new, old;

	if (pure_read(&new, a[i], sizeof(new)) != sizeof(new) ||
	    !scale(&new.interval, &new.interval_parts, unit,
		   clock_real_duration))
		return time_pass(number, a);
	if (id >= 0)
		make_real(&new, id);
	else
		scale(&new.value, &new.value_parts, unit, clock_real_duration);
	memcpy(b, a, sizeof(b));
	b[i] = (long)&new;
	b[i + 1] = a[i + 1] ? (long)&old : 0;
	result = time_pass(number, b);
	if (result != 0 || !a[i + 1])
		return result;
	show_setting(&old, unit);
	pure_write(a[i + 1], &old, sizeof(old));
	return 0;
}

static long get(long number, const long *a, long unit)
{
	long result = time_pass(number, a);

	if (result == 0)
		show_setting((struct setting *)a[1], unit);
	return result;
}

/* The clock of timerfd FD, as /proc says. */
static int clock_of_descriptor(int fd)
{
	static const char key[] = "clockid: ";
	char name[40], info[512];
	struct pure_text path = PURE_TEXT(name);
	const char *found;
	long file, size;

	pure_put(&path, "/proc/thread-self/fdinfo/");
	pure_put_unsigned(&path, (unsigned int)fd);
	pure_put_char(&path, '\0');
	file = PURE_OWN_CALL(SYS_open, name, O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return -1;
	size = PURE_OWN_CALL(SYS_read, file, info, sizeof(info) - 1);
	PURE_OWN_CALL(SYS_close, file, 0);
	info[size < 0 ? 0 : size] = '\0';
	found = strstr(info, key);
	return found ? found[sizeof(key) - 1] - '0' : -1;
}

/* It counts whole seconds; its argument's upper half is nobody's. */
static long alarm_in(unsigned int seconds)
{
	struct setting new = { 0, 0, seconds, 0 }, old = { 0, 0, 0, 0 };

	scale(&new.value, &new.value_parts, MICROSECOND, clock_real_duration);
	pure_native_syscall(SYS_setitimer, ITIMER_REAL, (long)&new, (long)&old,
			    0, 0, 0);
	show_setting(&old, MICROSECOND);
	return old.value +
	       (old.value_parts >= 500000 || (!old.value && old.value_parts));
}

static long set_timer(const long *a)
{
	const int id = clock_of_timer((int)a[0]);

	if (clock_is_other(id))
		return time_pass(SYS_timer_settime, a);
	return set(SYS_timer_settime, a, 2, 1,
		   (int)a[1] & TIMER_ABSTIME ? id : -1);
}

static long make_timer(const long *a)
{
	long result = time_pass(SYS_timer_create, a);

	if (result == 0)
		remember_timer(*(int *)a[2], (int)a[0]);
	return result;
}

static bool posix_call(long number, const long *a, long *result)
{
	switch (number) {
	case SYS_timer_create:
		*result = make_timer(a);
		return true;
	case SYS_timer_delete:
		*result = time_pass(number, a);
		if (*result == 0)
			forget_timer((int)a[0]);
		return true;
	case SYS_timer_settime:
		*result = set_timer(a);
		return true;
	case SYS_timer_gettime:
		if (clock_is_other(clock_of_timer((int)a[0])))
			return false;
		*result = get(number, a, 1);
		return true;
	case SYS_timerfd_settime:
		*result = set(number, a, 2, 1,
			      (int)a[1] & TFD_TIMER_ABSTIME ?
				      clock_of_descriptor((int)a[0]) :
				      -1);
		return true;
	case SYS_timerfd_gettime:
		*result = get(number, a, 1);
		return true;
	}
	return false;
}

bool timer_call(long number, const long *a, long *result)
{
	switch (number) {
	case SYS_alarm:
		*result = alarm_in((unsigned int)a[0]);
		return true;
	case SYS_setitimer:
		if ((int)a[0] != ITIMER_REAL)
			return false;
		*result = set(number, a, 1, MICROSECOND, -1);
		return true;
	case SYS_getitimer:
		if ((int)a[0] != ITIMER_REAL)
			return false;
		*result = get(number, a, MICROSECOND);
		return true;
	}
	return posix_call(number, a, result);
}
