/*
 * time: the option that says which time is shown. Its words are libfaketime's:
 *
 *   +2d  -1.5h  +90            a difference: seconds, or m, h, d, y
 *   @2026-12-24 20:30:00       it starts there
 *   2026-12-24 20:30:00        it stands there
 *   @1766604600  1766604600    the same, in seconds since 1970
 *
 * and after the first two x2 or x0.5, how fast it runs, or i1.5, how many
 * seconds a reading takes. A date is in the zone that TZ names.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <limits.h>
#include <string.h>

#include "time.h"

static const struct {
	char letter;
	long seconds;
} units[] = {
	{ 's', 1 },	{ 'm', 60 },	   { 'h', 3600 },
	{ 'd', 86400 }, { 'y', 31536000 },
};

/*
 * Read a decimal number that is not negative, with '.' or ',' or neither, times
 * UNIT. Returns -1 if there is none, or it is too large.
 */
static long decimal(const char **text, long unit)
{
	const char *start = *text;
	__int128 number = 0, scale = unit;

	for (; isdigit((unsigned char)**text) && number < LONG_MAX; ++*text)
		number = number * 10 + (**text - '0') * (__int128)unit;
	if (*text == start)
		return -1;
	if (**text == '.' || **text == ',')
		for (++*text; isdigit((unsigned char)**text); ++*text) {
			scale /= 10;
			number += (**text - '0') * scale;
		}
	return number > LONG_MAX ? -1 : (long)number;
}

static const char *read_offset(struct spec *spec, const char **text)
{
	const bool negative = *(*text)++ == '-';
	long unit = 1;
	size_t i;

	spec->way = SPEC_OFFSET;
	spec->time = decimal(text, SECOND);
	for (i = 0; i < sizeof(units) / sizeof(*units); i++)
		if (**text == units[i].letter) {
			unit = units[i].seconds;
			++*text;
			break;
		}
	if (spec->time < 0 ||
	    __builtin_mul_overflow(spec->time, unit, &spec->time))
		return "its difference is no number, or too large";
	if (negative)
		spec->time = -spec->time;
	return NULL;
}

static const char *read_date(struct spec *spec, const char **text)
{
	struct tm date = { .tm_isdst = -1 };
	const char *end = strptime(*text, "%Y-%m-%d %T", &date);
	long part = 0;
	time_t time;

	if (!end) {
		spec->time = decimal(text, SECOND);
		return spec->time < 0 ? "it is no time" : NULL;
	}
	*text = end;
	time = mktime(&date);
	if (*end == '.') {
		/* Of "0.5" the digit in front is no one's. */
		part = 0;
		for (long unit = SECOND / 10; isdigit((unsigned char)*++*text);
		     unit /= 10)
			part += (**text - '0') * unit;
	}
	spec->time = time_make(time, part, 1);
	return spec->time == FOREVER ? "it is too late a date" : NULL;
}

static const char *read_rate(struct spec *spec, const char *text)
{
	long number;

	if (!*text)
		return NULL;
	if (spec->way == SPEC_FROZEN || (*text != 'x' && *text != 'i'))
		return "there is more than a time";
	if (*text++ == 'i') {
		number = spec->step = decimal(&text, SECOND);
	} else {
		number = decimal(&text, RATE_ONE);
		spec->rate = number;
	}
	return number <= 0 || *text ? "after x or i there is no number" : NULL;
}

const char *spec_read(struct spec *spec, const char *text)
{
	const char *wrong;

	spec->rate = RATE_ONE;
	if (*text == '+' || *text == '-') {
		wrong = read_offset(spec, &text);
	} else {
		spec->way = *text == '@' ? SPEC_START : SPEC_FROZEN;
		text += *text == '@';
		wrong = read_date(spec, &text);
	}
	if (wrong)
		return wrong;
	while (*text == ' ')
		text++;
	return read_rate(spec, text);
}
