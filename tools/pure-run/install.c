/*
 * Where pure glibc and the handlers are: beside pure-run in a build tree,
 * else where they are installed, which is known from where pure-run is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pure-run.h"

/* The way from an installed pure-run's directory to its files. */
#ifndef PURECC_WAY_TO_FILES
#define PURECC_WAY_TO_FILES "../lib/purecc"
#endif

#define LIBRARIES "lib/x86_64-linux-gnu"
#define BUILD_HINT "build it: sh glibc-build-scripts/build-glibc.sh"

/* The directory that pure-run is in. */
static char *own_folder(void)
{
	char *self = realpath("/proc/self/exe", NULL);

	if (!self)
		fail(EXIT_MISUSE,
		     "/proc/self/exe: %s; give --glibc and --handler as paths",
		     strerror(errno));
	*strrchr(self, '/') = '\0';
	return self;
}

/* The directory of the files of an installed pure-run. */
static char *installed_folder(void)
{
	char *name = text("%s/" PURECC_WAY_TO_FILES, own_folder());
	char *clean = realpath(name, NULL);

	return clean ? clean : name;
}

static bool readable(const char *path)
{
	return access(path, R_OK) == 0;
}

static struct glibc glibc_in(const char *dir)
{
	return (struct glibc){
		.loader = text("%s/lib64/ld-linux-x86-64.so.2", dir),
		.libc = text("%s/" LIBRARIES "/libc.so.6", dir),
		.library_path =
			text("%s/" LIBRARIES ":%s/usr/" LIBRARIES, dir, dir),
	};
}

static struct glibc default_glibc(void)
{
	char *beside = text("%s/pure-glibc", own_folder());
	char *installed = text("%s/pure-glibc", installed_folder());
	struct glibc glibc = glibc_in(beside);

	if (!readable(glibc.loader))
		glibc = glibc_in(installed);
	if (!readable(glibc.loader))
		fail(EXIT_MISUSE,
		     "no pure glibc in %s nor in %s; " BUILD_HINT
		     ", or name its directory by --glibc",
		     beside, installed);
	return glibc;
}

/* The program may change its directory, and load libraries then. */
static struct glibc named_glibc(const char *dir)
{
	char *absolute = realpath(dir, NULL);
	struct glibc glibc;

	if (!absolute)
		fail(EXIT_MISUSE, "--glibc %s: %s; " BUILD_HINT, dir,
		     strerror(errno));
	glibc = glibc_in(absolute);
	if (!readable(glibc.loader))
		fail(EXIT_MISUSE,
		     "--glibc %s: there is no pure glibc: %s: %s; " BUILD_HINT,
		     dir, glibc.loader, strerror(errno));
	return glibc;
}

struct glibc install_find_glibc(const char *dir)
{
	struct glibc glibc = dir ? named_glibc(dir) : default_glibc();

	if (!readable(glibc.libc))
		fail(EXIT_MISUSE,
		     "the pure glibc is not complete: %s: %s; " BUILD_HINT,
		     glibc.libc, strerror(errno));
	return glibc;
}

char *install_find_handler(const char *name)
{
	char *beside, *installed;

	if (strchr(name, '/')) {
		if (!readable(name))
			fail(EXIT_MISUSE, "--handler: %s: %s", name,
			     strerror(errno));
		return text("%s", name);
	}
	beside = text("%s/handlers/%s.so", own_folder(), name);
	if (readable(beside))
		return beside;
	installed = text("%s/handlers/%s.so", installed_folder(), name);
	if (readable(installed))
		return installed;
	fail(EXIT_MISUSE,
	     "--handler: no handler `%s': there is neither %s nor %s; a path "
	     "to a handler has a slash in it",
	     name, beside, installed);
}
