/*
 * pure-run: start a program on pure glibc, with or without a handler.
 *
 * main.c     options, ld.so's command line, execve
 * command.c  what execvp(3) and the kernel make of PROGRAM: the search in
 *            PATH, `#!' lines, the shell for a script that has none
 * elf.c      what has to be known of an ELF file before it is started
 * install.c  where pure glibc and the handlers are
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef PURE_RUN_H
#define PURE_RUN_H 1

#include <stdbool.h>

#include "../common/common.h"

/*
 * An argument vector that grows at its front: FIRST is a NULL-terminated
 * array, with room for more entries before it.
 */
struct command {
	char **first;
};

void command_prepend(struct command *command, const char *argument);

/*
 * Find the file that execvp(ARGV[0], ARGV) would have the kernel load, all
 * scripts resolved, and return its name. *COMMAND gets the argument vector
 * that this file would be started with, and room for ROOM more. Exits with
 * 126 or 127 when there is none.
 */
char *command_resolve(struct command *command, char *const *argv, int room);

/* Exit with a message if ld.so can't load FILE as a program. */
void elf_check_program(const char *file);

/*
 * Exit with a message if FILE is no shared object that can be loaded as the
 * handler, with ISOLATED as an auditor, or if it has no option OPTION (NULL:
 * it is given none).
 */
void elf_check_handler(const char *file, bool isolated, const char *option);

/* Exit with a message if LIBC is not the libc.so.6 of a pure glibc. */
void elf_check_pure(const char *libc);

struct glibc {
	/* Its ld.so. */
	char *loader;
	/* Its libc.so.6. */
	char *libc;
	/* Its library directories, joined by ':'. */
	char *library_path;
};

/* Find the glibc in directory DIR, or for NULL the one that belongs to us. */
struct glibc install_find_glibc(const char *dir);

/* Find the handler that --handler NAME means; with a slash NAME is a path. */
char *install_find_handler(const char *name);

#endif
