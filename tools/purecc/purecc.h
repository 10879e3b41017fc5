/*
 * purecc: stand in front of GCC and have it make pure code.
 *
 *   purecc gcc -O2 -c x.c
 *   -> gcc -fplugin=DIR/gcc-12/purecc.so -fplugin-arg-purecc-libdir=LIBDIR
 *      -specs=DIR/purecc-as.specs -specs=DIR/purecc-verify.specs
 *      -specs=DIR/purecc-ld.specs -specs=DIR/purecc-rpath.specs -O2 -c x.c
 *
 * Which file is compiled, assembled or only preprocessed, which are linked,
 * how and with what: GCC's driver knows, and nothing here guesses it. The
 * driver hands the plugin to its compilers as it does with every -f option.
 * Its specs, the rules by which it calls the assembler and the linker, are
 * given the prelude, pure-audit and the runtime by files, which work for every
 * version of GCC; see purecc-*.specs.in. They find these by the way from
 * LIBDIR, the runtime's directory, so that a tree may be moved.
 *
 * main.c      options, the command, execve
 * compiler.c  which version of GCC a compiler is, if it is one
 * install.c   where the plugins and the specs files are
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef PURECC_FRONT_H
#define PURECC_FRONT_H 1

#include "../common/common.h"

/* Fail for a command NAME that could not be started: ERROR is execve's. */
void fail_to_start(const char *name, int error) __attribute__((noreturn));

/*
 * The major version of GCC that the command NAME starts. Exits with a message
 * if NAME is not a GCC for x86-64.
 */
int compiler_version(const char *name);

/* What GCC is given. All are absolute paths. */
struct install {
	char *plugin;
	/* The directory of the runtime, from which the specs files go on. */
	char *libdir;
	/* The specs file that gives assembly sources the prelude. */
	char *assembler_specs;
	/* The one that has each object judged. */
	char *verifier_specs;
	/* The specs file that adds the runtime at link. */
	char *linker_specs;
	/* The one that has programs look there for it; NULL: they do anyway. */
	char *rpath_specs;
};

/*
 * Find what is for GCC VERSION, which COMPILER is. Exits with a message that
 * says what there is if there is nothing for it.
 */
struct install install_find(int version, const char *compiler);

/* The versions that there are plugins for, as in "GCC 11, GCC 12". */
char *install_versions(void);

#endif
