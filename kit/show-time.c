/*
 * kit: times.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/times.h>
#include <sys/timex.h>
#include <time.h>
#include <utime.h>

#include "show.h"

KIT_FLAGS(adjmodes);
KIT_FLAGS(adjstatus);

void kit_put_seconds(struct pure_show *show, long seconds, long part,
		     const char *part_name)
{
	pure_put_char(show->text, '{');
	kit_put_signed(show, "tv_sec", seconds);
	pure_put(show->text, ", ");
	pure_put(show->text, part_name);
	pure_put_char(show->text, '=');
	pure_put_unsigned(show->text, (unsigned long)part);
	pure_put_char(show->text, '}');
}

static void put_timespec(struct pure_show *show, const struct timespec *time)
{
	kit_put_seconds(show, time->tv_sec, time->tv_nsec, "tv_nsec");
}

static void put_timeval(struct pure_show *show, const struct timeval *time)
{
	kit_put_seconds(show, time->tv_sec, time->tv_usec, "tv_usec");
}

/* Local time where the C library is the handler's own, and Greenwich's else. */
static bool broken_down(const long *seconds, struct tm *parts)
{
	return pure_isolated() ? localtime_r(seconds, parts) != NULL :
				 gmtime_r(seconds, parts) != NULL;
}

static void put_zone(struct pure_text *text, long offset)
{
	const long size = offset < 0 ? -offset : offset;

	pure_put_char(text, offset < 0 ? '-' : '+');
	pure_put_digits(text, size / 3600, 10, 2);
	pure_put_digits(text, size / 60 % 60, 10, 2);
}

/* DIGITS of the second's PART, if it is one. */
static void put_date(struct pure_show *show, long seconds, long part,
		     unsigned int digits)
{
	struct pure_text *text = show->text;
	struct tm parts;
	long year;

	if (!broken_down(&seconds, &parts))
		return;
	year = parts.tm_year + 1900L;
	pure_put(text, year < 0 ? "-" : "");
	pure_put_digits(text, year < 0 ? -year : year, 10, year < 0 ? 3 : 4);
	pure_put_char(text, '-');
	pure_put_digits(text, parts.tm_mon + 1, 10, 2);
	pure_put_char(text, '-');
	pure_put_digits(text, parts.tm_mday, 10, 2);
	pure_put_char(text, 'T');
	pure_put_digits(text, parts.tm_hour, 10, 2);
	pure_put_char(text, ':');
	pure_put_digits(text, parts.tm_min, 10, 2);
	pure_put_char(text, ':');
	pure_put_digits(text, parts.tm_sec, 10, 2);
	if (part > 0) {
		pure_put_char(text, '.');
		pure_put_digits(text, part, 10, digits);
	}
	put_zone(text, parts.tm_gmtoff);
}

void kit_put_date(struct pure_show *show, long seconds, long nanoseconds)
{
	put_date(show, seconds, nanoseconds, 9);
}

void kit_put_timespec_at(struct pure_show *show, unsigned long address, int i)
{
	struct timespec time;

	(void)i;
	if (kit_fetch(show, &time, address, sizeof(time)))
		put_timespec(show, &time);
}

/* The rest of a sleep is there if it was interrupted, and only then. */
void kit_put_timespec_eintr_at(struct pure_show *show, unsigned long address,
			       int i)
{
	if (show->result == -EINTR)
		kit_put_timespec_at(show, address, i);
	else
		kit_put_address(show, address);
}

void kit_put_timeval_at(struct pure_show *show, unsigned long address, int i)
{
	struct timeval time;

	(void)i;
	if (kit_fetch(show, &time, address, sizeof(time)))
		put_timeval(show, &time);
}

void kit_put_timezone_at(struct pure_show *show, unsigned long address, int i)
{
	struct timezone zone;

	(void)i;
	if (!kit_fetch(show, &zone, address, sizeof(zone)))
		return;
	pure_put_char(show->text, '{');
	kit_put_signed(show, "tz_minuteswest", zone.tz_minuteswest);
	kit_put_signed(show, "tz_dsttime", zone.tz_dsttime);
	pure_put_char(show->text, '}');
}

void kit_put_itimerspec_at(struct pure_show *show, unsigned long address, int i)
{
	struct itimerspec timer;

	(void)i;
	if (!kit_fetch(show, &timer, address, sizeof(timer)))
		return;
	pure_put(show->text, "{it_interval=");
	put_timespec(show, &timer.it_interval);
	pure_put(show->text, ", it_value=");
	put_timespec(show, &timer.it_value);
	pure_put_char(show->text, '}');
}

void kit_put_itimerval_at(struct pure_show *show, unsigned long address, int i)
{
	struct itimerval timer;

	(void)i;
	if (!kit_fetch(show, &timer, address, sizeof(timer)))
		return;
	pure_put(show->text, "{it_interval=");
	put_timeval(show, &timer.it_interval);
	pure_put(show->text, ", it_value=");
	put_timeval(show, &timer.it_value);
	pure_put_char(show->text, '}');
}

/* A part of a second that is none has no date, nor has a year that is far away.
 */
static void put_with_date(struct pure_show *show, long seconds, long part,
			  unsigned int digits)
{
	const long most = digits == 9 ? 1000000000 : 1000000;
	struct tm parts;

	if (part < 0 || part >= most || (!seconds && !part) ||
	    !broken_down(&seconds, &parts))
		return;
	pure_put(show->text, " /* ");
	put_date(show, seconds, part, digits);
	pure_put(show->text, " */");
}

void kit_put_date_comment(struct pure_show *show, long seconds,
			  long nanoseconds)
{
	put_with_date(show, seconds, nanoseconds, 9);
}

static void put_file_time(struct pure_show *show, const struct timespec *time)
{
	const char *name = time->tv_nsec == UTIME_NOW  ? "UTIME_NOW" :
			   time->tv_nsec == UTIME_OMIT ? "UTIME_OMIT" :
							 NULL;

	if (!name || show->options->constants)
		put_timespec(show, time);
	if (!name) {
		put_with_date(show, time->tv_sec, time->tv_nsec, 9);
		return;
	}
	if (show->options->constants == 1)
		return;
	pure_put(show->text, show->options->constants ? " /* " : "");
	pure_put(show->text, name);
	kit_end_name(show);
}

void kit_put_timespecs_at(struct pure_show *show, unsigned long address, int i)
{
	struct timespec times[2];

	(void)i;
	if (!kit_fetch(show, times, address, sizeof(times)))
		return;
	pure_put_char(show->text, '[');
	put_file_time(show, &times[0]);
	pure_put(show->text, ", ");
	put_file_time(show, &times[1]);
	pure_put_char(show->text, ']');
}

void kit_put_timevals_at(struct pure_show *show, unsigned long address, int i)
{
	struct timeval times[2];
	int k;

	(void)i;
	if (!kit_fetch(show, times, address, sizeof(times)))
		return;
	for (k = 0; k < 2; k++) {
		pure_put(show->text, k ? ", " : "[");
		put_timeval(show, &times[k]);
		put_with_date(show, times[k].tv_sec, times[k].tv_usec, 6);
	}
	pure_put_char(show->text, ']');
}

void kit_put_utimbuf_at(struct pure_show *show, unsigned long address, int i)
{
	struct utimbuf times;

	(void)i;
	if (!kit_fetch(show, &times, address, sizeof(times)))
		return;
	pure_put_char(show->text, '{');
	kit_put_signed(show, "actime", times.actime);
	put_with_date(show, times.actime, 0, 9);
	kit_put_signed(show, "modtime", times.modtime);
	put_with_date(show, times.modtime, 0, 9);
	pure_put_char(show->text, '}');
}

void kit_put_time_at(struct pure_show *show, unsigned long address, int i)
{
	long seconds;

	(void)i;
	if (!kit_fetch(show, &seconds, address, sizeof(seconds)))
		return;
	pure_put_char(show->text, '[');
	pure_put_signed(show->text, seconds);
	put_with_date(show, seconds, 0, 9);
	pure_put_char(show->text, ']');
}

void kit_put_ticks(struct pure_show *show, const char *name,
		   unsigned long ticks)
{
	if (name)
		kit_put_name(show, name);
	pure_put_unsigned(show->text, ticks);
	if (!ticks || show->options->constants == 1)
		return;
	pure_put(show->text, " /* ");
	pure_put_unsigned(show->text, ticks / 100);
	pure_put_char(show->text, '.');
	pure_put_digits(show->text, ticks % 100, 10, 2);
	pure_put(show->text, " s */");
}

void kit_put_tms_at(struct pure_show *show, unsigned long address, int i)
{
	struct tms times;

	(void)i;
	if (!kit_fetch(show, &times, address, sizeof(times)))
		return;
	pure_put_char(show->text, '{');
	kit_put_ticks(show, "tms_utime", times.tms_utime);
	kit_put_ticks(show, "tms_stime", times.tms_stime);
	kit_put_ticks(show, "tms_cutime", times.tms_cutime);
	kit_put_ticks(show, "tms_cstime", times.tms_cstime);
	pure_put_char(show->text, '}');
}

/* Of select: the time left is a part of the result. */
void kit_show_inout_timeval(struct pure_show *show, int i)
{
	if (show->arguments[i])
		kit_put_timeval_at(show, show->arguments[i], i);
	else
		kit_put_address(show, 0);
}

void kit_show_inout_timespec(struct pure_show *show, int i)
{
	if (show->arguments[i])
		kit_put_timespec_at(show, show->arguments[i], i);
	else
		kit_put_address(show, 0);
}

static void put_pps(struct pure_show *show, const struct timex *t)
{
	kit_put_signed(show, "ppsfreq", t->ppsfreq);
	kit_put_signed(show, "jitter", t->jitter);
	kit_put_signed(show, "shift", t->shift);
	kit_put_signed(show, "stabil", t->stabil);
	kit_put_signed(show, "jitcnt", t->jitcnt);
	kit_put_signed(show, "calcnt", t->calcnt);
	kit_put_signed(show, "errcnt", t->errcnt);
	kit_put_signed(show, "stbcnt", t->stbcnt);
	kit_put_signed(show, "tai", t->tai);
}

/* What it has become by the call. */
void kit_show_inout_timex(struct pure_show *show, int i)
{
	struct timex t;

	if (kit_failed(show)) {
		kit_put_address(show, show->arguments[i]);
		return;
	}
	if (!kit_fetch(show, &t, show->arguments[i], sizeof(t)))
		return;
	pure_put(show->text, "{modes=");
	kit_put_flags(show, &kit_flags_adjmodes, t.modes);
	kit_put_signed(show, "offset", t.offset);
	kit_put_signed(show, "freq", t.freq);
	kit_put_unsigned(show, "maxerror", t.maxerror);
	kit_put_unsigned(show, "esterror", t.esterror);
	kit_put_name(show, "status");
	kit_put_flags(show, &kit_flags_adjstatus, (unsigned int)t.status);
	kit_put_signed(show, "constant", t.constant);
	kit_put_unsigned(show, "precision", t.precision);
	kit_put_signed(show, "tolerance", t.tolerance);
	kit_put_name(show, "time");
	put_timeval(show, &t.time);
	kit_put_signed(show, "tick", t.tick);
	put_pps(show, &t);
	pure_put_char(show->text, '}');
}
