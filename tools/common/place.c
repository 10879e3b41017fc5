/*
 * Where a program's files are: place.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "common.h"
#include "place.h"

/* The way from an installed program's directory to its files. */
#ifndef PURECC_WAY_TO_FILES
#define PURECC_WAY_TO_FILES "../lib/purecc"
#endif

char *place_own(void)
{
	static char *self;

	if (self)
		return self;
	self = realpath("/proc/self/exe", NULL);
	if (!self)
		fail(EXIT_MISUSE,
		     "/proc/self/exe: %s: it takes a /proc to find the "
		     "program's files; mount it",
		     strerror(errno));
	*strrchr(self, '/') = '\0';
	return self;
}

char *place_files(void)
{
	char *name = text("%s/" PURECC_WAY_TO_FILES, place_own());
	char *clean = realpath(name, NULL);

	return clean ? clean : name;
}
