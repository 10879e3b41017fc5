/*
 * Where the plugins and the specs files are: beside purecc in a build tree,
 * else where they are installed, which is known from where purecc is.
 *
 *   DIR/gcc-VERSION/purecc.so
 *   DIR/purecc-as.specs
 *   DIR/purecc-verify.specs
 *   DIR/purecc-ld.specs
 *   DIR/purecc-rpath.specs
 *
 * The runtime is in the same directory in a build tree, else in its parent.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include <glob.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../common/place.h"
#include "purecc.h"

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
	char *names = add_versions("", place_own());

	names = add_versions(names, place_files());
	return *names ? names : "none yet";
}

static char *find_plugin(const char *dir, int version)
{
	char *plugin = text("%s/gcc-%d/purecc.so", dir, version);

	return access(plugin, R_OK) == 0 ? plugin : NULL;
}

/* Does ld.so look for libraries in LIBDIR of itself? */
static bool is_searched(const char *libdir)
{
	static const char *const searched[] = {
		"/usr/lib",
		"/usr/lib64",
		"/usr/lib/x86_64-linux-gnu",
		"/usr/local/lib",
		"/usr/local/lib64",
		"/usr/local/lib/x86_64-linux-gnu",
	};
	size_t i;

	for (i = 0; i < sizeof(searched) / sizeof(*searched); i++)
		if (strcmp(libdir, searched[i]) == 0)
			return true;
	return false;
}

static struct install install_in(const char *dir, char *plugin, char *libdir)
{
	return (struct install){
		.plugin = plugin,
		.libdir = libdir,
		.assembler_specs = text("%s/purecc-as.specs", dir),
		.verifier_specs = text("%s/purecc-verify.specs", dir),
		.linker_specs = text("%s/purecc-ld.specs", dir),
		.rpath_specs = is_searched(libdir) ?
				       NULL :
				       text("%s/purecc-rpath.specs", dir),
	};
}

struct install install_find(int version, const char *compiler)
{
	char *own = place_own(), *plugin = find_plugin(own, version), *files;

	if (plugin)
		return install_in(own, plugin, own);
	files = place_files();
	plugin = find_plugin(files, version);
	if (plugin)
		return install_in(files, plugin,
				  text("%.*s",
				       (int)(strrchr(files, '/') - files),
				       files));
	fail(EXIT_MISUSE,
	     "%s is GCC %d, and there is no plugin for it (there are "
	     "plugins for: %s); install it, on Debian purecc-plugin-gcc-%d, "
	     "or build it: install its headers, on Debian "
	     "gcc-%d-plugin-dev, and in the directory of purecc's "
	     "sources: cmake -S . -B build -DPURECC_COMPILERS=%s && "
	     "cmake --build build",
	     compiler, version, install_versions(), version, version, compiler);
}
