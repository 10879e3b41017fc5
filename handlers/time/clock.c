/*
 * time: the clocks.
 *
 * Each real clock is shown as SHOWN + (it - REAL) * RATE. Those of the time of
 * day begin where the option says, the others where they really are, so that
 * what they measure runs on when a program executes another.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "time.h"

/* Of the time since the start of the machine, at first, where steps make it. */
#define STEPS_START (1000 * SECOND)

static struct base {
	long real, shown;
	/* In 2^32ths; 0: it stands. */
	unsigned long rate;
} wall, steady;

static bool files;

/* A reading's, or 0; and what they have come to: this process's, or shared. */
static long step, own_steps, *steps = &own_steps;

/* Of "time of day" and "since the start"; the others are OTHER's. */
static struct base *base_of(int id)
{
	switch (id) {
	case CLOCK_REALTIME:
	case CLOCK_REALTIME_COARSE:
	case CLOCK_REALTIME_ALARM:
	case CLOCK_TAI:
		return &wall;
	case CLOCK_MONOTONIC:
	case CLOCK_MONOTONIC_RAW:
	case CLOCK_MONOTONIC_COARSE:
	case CLOCK_BOOTTIME:
	case CLOCK_BOOTTIME_ALARM:
		return &steady;
	}
	return NULL;
}

bool clock_is_other(int id)
{
	return !base_of(id);
}

static long limited(__int128 time)
{
	if (time > FOREVER)
		return FOREVER;
	return time < -FOREVER ? -FOREVER : (long)time;
}

static long shown_of(const struct base *base, long real)
{
	return limited(base->shown +
		       (((__int128)real - base->real) * base->rate >> 32));
}

/* What stands is left by waits that are not changed. */
static unsigned long waiting_rate(const struct base *base)
{
	return base->rate ? base->rate : RATE_ONE;
}

/* Rounded up. */
static long divided(__int128 duration, unsigned long rate)
{
	__int128 product = duration * RATE_ONE;

	return limited((product + (product > 0 ? rate - 1 : 0)) / rate);
}

long clock_now(int id)
{
	struct timespec time = { 0, 0 };

	PURE_OWN_CALL(SYS_clock_gettime, id, &time);
	return time_of(&time);
}

static long stepped(const struct base *base)
{
	return base->shown + __atomic_load_n(steps, __ATOMIC_RELAXED);
}

static int share(const char *state)
{
	int fd = open(state, O_RDWR | O_CLOEXEC), error = 0;
	void *memory;

	if (fd < 0)
		return -errno;
	/* Its start is 0, and what is there stays. */
	if (lseek(fd, 0, SEEK_END) < (off_t)sizeof(*steps))
		while ((error = posix_fallocate(fd, 0, sizeof(*steps))) ==
		       EINTR)
			;
	if (!error) {
		memory = mmap(NULL, sizeof(*steps), PROT_READ | PROT_WRITE,
			      MAP_SHARED, fd, 0);
		if (memory == MAP_FAILED)
			error = errno;
		else
			steps = memory;
	}
	close(fd);
	return -error;
}

int clock_start(const struct spec *spec, long start, const char *state)
{
	const long real = clock_now(CLOCK_REALTIME);

	wall.real = start ? start : real;
	steady.real = clock_now(CLOCK_MONOTONIC) - (real - wall.real);
	wall.shown = spec->time;
	if (spec->way == SPEC_OFFSET)
		wall.shown += wall.real;
	step = spec->step;
	steady.shown = step ? STEPS_START : steady.real;
	steady.rate = spec->rate;
	wall.rate = spec->way == SPEC_FROZEN ? 0 : spec->rate;
	files = spec->files;
	return *state ? share(state) : 0;
}

bool clock_steps(void)
{
	return step != 0;
}

long clock_read(int id, long real)
{
	const struct base *base = base_of(id);

	if (!step)
		return shown_of(base, real);
	return base->shown + __atomic_add_fetch(steps, step, __ATOMIC_RELAXED);
}

bool clock_shows_files(void)
{
	return files;
}

long clock_of_file(long real)
{
	return shown_of(&wall, real);
}

long clock_for_file(long shown)
{
	if (!wall.rate)
		return shown;
	return limited(wall.real +
		       divided((__int128)shown - wall.shown, wall.rate));
}

long clock_real_duration(long shown)
{
	return divided(shown, steady.rate);
}

long clock_shown_duration(long real)
{
	return limited((__int128)real * steady.rate >> 32);
}

long clock_real_time(int id, long shown)
{
	const struct base *base = base_of(id);
	const long real = clock_now(id);
	const long at = step ? stepped(base) : shown_of(base, real);

	return limited(real + (__int128)divided((__int128)shown - at,
						waiting_rate(base)));
}

void clock_waited(long duration)
{
	if (step && duration > 0 && duration < FOREVER)
		__atomic_add_fetch(steps, duration, __ATOMIC_RELAXED);
}

void clock_waited_until(int id, long shown)
{
	clock_waited(shown - stepped(base_of(id)));
}
