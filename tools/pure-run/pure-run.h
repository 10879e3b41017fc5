/*
 * pure-run: start a program on pure glibc, with or without a handler.
 *
 * main.c     options, execve
 * start.c    the variables by which the program is taken over
 * command.c  starts PROGRAM as execvp(3) does: the search in PATH, the shell
 * for a script that has no `#!' line elf.c      what has to be known of an ELF
 * file before it is started install.c  where pure glibc, pure-start.so and the
 * handlers are
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef PURE_RUN_H
#define PURE_RUN_H 1

#include <stdbool.h>

#include "../common/common.h"

/*
 * Do what execvp(ARGV[0], ARGV) does, with ENVIRONMENT. Exits with 126 or 127
 * if it fails.
 */
void command_execute(char **argv, char **environment) __attribute__((noreturn));

/* How the program, and what comes of it, is to be started. */
struct start {
	/* pure-start.so, the pure glibc's ld.so and its directories. */
	const char *starter;
	const char *loader;
	const char *libraries;
	/* NULL: none. */
	const char *handler;
	bool isolated;
	/* Of the handler, or NULL. */
	const char *options;
	/* NULL: what can be. */
	const char *follow;
	/* What isn't followed isn't reported. */
	bool quiet;
};

/* The environment that the program is executed with. */
char **start_environment(const struct start *start);

/*
 * Exit with a message if FILE can't be put on pure glibc, but for what the
 * kernel won't execute.
 */
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

/* Find pure-start.so. */
char *install_find_starter(void);

#endif
