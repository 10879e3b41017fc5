/*
 * Where the plugins and the specs files are: beside purecc in a build tree,
 * else where they are installed, which is known from where purecc is.
 *
 *   DIR/gcc-VERSION/purecc.so
 *   DIR/purecc-as.specs
 *   DIR/purecc-verify.specs
 *   DIR/purecc-ld.specs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "purecc.h"

/* The way from an installed purecc's directory to its files. */
#ifndef PURECC_WAY_TO_FILES
#define PURECC_WAY_TO_FILES "../lib/purecc"
#endif

/* The directory that purecc is in. */
static char *own_folder(void)
{
	char *self = realpath("/proc/self/exe", NULL);

	if (!self)
		fail(EXIT_MISUSE, "/proc/self/exe: %s", strerror(errno));
	*strrchr(self, '/') = '\0';
	return self;
}

/* The directory of the files of an installed purecc. */
static char *installed_folder(void)
{
	char *name = text("%s/" PURECC_WAY_TO_FILES, own_folder());
	char *clean = realpath(name, NULL);

	return clean ? clean : name;
}

/* Add "GCC N" to NAMES for each DIR/gcc-N/purecc.so. */
static char *add_versions(char *names, const char *dir)
{
	char *pattern = text("%s/gcc-*/purecc.so", dir), *name;
	glob_t found;
	size_t i;

	if (glob(pattern, 0, NULL, &found) != 0)
		return names;
	for (i = 0; i < found.gl_pathc; i++) {
		name = found.gl_pathv[i] + strlen(dir) + strlen("/gcc-");
		*strchr(name, '/') = '\0';
		name = text("GCC %s", name);
		if (!strstr(names, name))
			names = text("%s%s%s", names, *names ? ", " : "", name);
	}
	globfree(&found);
	return names;
}

char *install_versions(void)
{
	char *names = add_versions("", own_folder());

	names = add_versions(names, installed_folder());
	return *names ? names : "none yet";
}

static char *find_plugin(const char *dir, int version)
{
	char *plugin = text("%s/gcc-%d/purecc.so", dir, version);

	return access(plugin, R_OK) == 0 ? plugin : NULL;
}

struct install install_find(int version, const char *compiler)
{
	const char *dir = own_folder();
	char *plugin = find_plugin(dir, version);

	if (!plugin) {
		dir = installed_folder();
		plugin = find_plugin(dir, version);
	}
	if (!plugin)
		fail(EXIT_MISUSE,
		     "%s is GCC %d, and there is no plugin for it (there are "
		     "plugins for: %s); install its headers, on Debian "
		     "gcc-%d-plugin-dev, and in the directory of purecc's "
		     "sources: cmake -S . -B build -DPURECC_COMPILERS=%s && "
		     "cmake --build build",
		     compiler, version, install_versions(), version, compiler);
	return (struct install){
		.plugin = plugin,
		.assembler_specs = text("%s/purecc-as.specs", dir),
		.verifier_specs = text("%s/purecc-verify.specs", dir),
		.linker_specs = text("%s/purecc-ld.specs", dir),
	};
}
