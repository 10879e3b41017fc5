/*
 * Where pure glibc, pure-start.so and the handlers are: beside pure-run in a
 * build tree, else where they are installed, which is known from where pure-run
 * is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../common/place.h"
#include "pure-run.h"

#define LIBRARIES "lib/x86_64-linux-gnu"
#define HANDLER_SUFFIX ".so"
#define BUILD_HINT                                                           \
	"install it (a package, or `cmake --install' once it is built), or " \
	"build it, in purecc's sources: sh glibc-build-scripts/build-glibc.sh"

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
	char *beside = text("%s/pure-glibc", place_own()), *installed;
	struct glibc glibc = glibc_in(beside);

	if (readable(glibc.loader))
		return glibc;
	installed = text("%s/pure-glibc", place_files());
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

/* The program may change its directory before it executes another. */
static char *absolute_name(const char *option, const char *name)
{
	char *absolute = realpath(name, NULL);

	if (!absolute || !readable(absolute))
		fail(EXIT_MISUSE, "%s: %s: %s", option, name, strerror(errno));
	return absolute;
}

/* NAME, a path below one of our directories, or NULL; *TRIED says where. */
static char *find_own(const char *name, char **tried)
{
	char *beside = text("%s/%s", place_own(), name), *installed;

	if (readable(beside))
		return beside;
	installed = text("%s/%s", place_files(), name);
	*tried = text("there is neither %s nor %s", beside, installed);
	return readable(installed) ? installed : NULL;
}

/* NAME without the `.so' at its end. */
static char *without_suffix(const char *name)
{
	size_t length = strlen(name), suffix = strlen(HANDLER_SUFFIX);

	if (length > suffix &&
	    strcmp(name + length - suffix, HANDLER_SUFFIX) == 0)
		length -= suffix;
	return text("%.*s", (int)length, name);
}

static int is_handler(const struct dirent *entry)
{
	return strcmp(without_suffix(entry->d_name), entry->d_name) != 0;
}

void install_each_handler(void (*action)(const char *name, const char *file,
					 void *data),
			  void *data)
{
	char *directories[] = { text("%s/handlers", place_own()),
				text("%s/handlers", place_files()) };
	struct dirent **entries;
	size_t i;
	int count, k;

	for (i = 0; i < sizeof(directories) / sizeof(*directories); i++) {
		count = scandir(directories[i], &entries, is_handler,
				alphasort);
		for (k = 0; k < count; k++) {
			const char *name = entries[k]->d_name;

			/* One of this name in the first goes before. */
			if (i == 0 ||
			    !readable(text("%s/%s", directories[0], name)))
				action(without_suffix(name),
				       text("%s/%s", directories[i], name),
				       data);
		}
	}
}

static void try_handler(const char *name, const char *file, void *near)
{
	(void)file;
	near_try(near, name);
}

char *install_find_handler(const char *name)
{
	struct near near = { 0 };
	char *file, *tried;

	if (strchr(name, '/'))
		return absolute_name("--handler", name);
	name = without_suffix(name);
	file = find_own(text("handlers/%s" HANDLER_SUFFIX, name), &tried);
	if (!file) {
		near.word = name;
		install_each_handler(try_handler, &near);
		fail(EXIT_MISUSE,
		     "--handler: no handler `%s': %s%s; --list shows those "
		     "there are; a path to a handler has a slash in it",
		     name, tried, near_suggestion(&near));
	}
	return file;
}

char *install_find_audit(void)
{
	char *file = text("%s/pure-audit", place_own());

	return access(file, X_OK) == 0 ? file : NULL;
}

char *install_find_starter(void)
{
	char *tried, *file = find_own("pure-start.so", &tried);

	if (!file)
		fail(EXIT_MISUSE,
		     "pure-start.so is missing: %s; install pure-run whole, or "
		     "build it, in purecc's sources: cmake --build build",
		     tried);
	return file;
}
