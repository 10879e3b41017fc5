/*
 * pure-run: start a program on pure glibc, with or without a handler.
 *
 * main.c     options, execve
 * start.c    the variables by which the program is taken over
 * command.c  starts PROGRAM as execvp(3) does: by PATH, or the shell
 * elf.c      what has to be known of an ELF file before it is started
 * install.c  where pure glibc, pure-start.so and the handlers are
 * options.c  the handler's options, as they are given
 * table.c    what a handler's file says that it has
 * value.c    the kinds of options, and their values
 * near.c     which word was meant by one that is wrong
 * check.c    what a handler won't see of a program, by pure-audit
 * cache.c    keeps what pure-audit has said
 * process.c  runs a program for what it prints
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef PURE_RUN_H
#define PURE_RUN_H 1

#include <stdbool.h>
#include <stddef.h>

#include "../common/common.h"

/* A handler's file, and its options as options_encode gives them, or NULL. */
struct layer {
	const char *file;
	const char *options;
};

/* What the variable of a pure-run that this one runs under says. */
struct outer {
	/* Its handlers: a part of the variable, in the form that it has; and
	 * how many there are. */
	const char *handlers;
	size_t count;
	/* One is in the program's namespace. */
	bool same_namespace;
	/* As struct start has it. */
	const char *follow;
};

/* How the program, and what comes of it, is to be started. */
struct start {
	/* pure-start.so, the pure glibc's ld.so and its directories. */
	const char *starter;
	const char *loader;
	const char *libraries;
	/* The first is next to the program. */
	struct layer *layers;
	size_t count;
	bool isolated;
	/* Those below, of the pure-run that this one runs under; or NULL. */
	const struct outer *outer;
	/* NULL: what can be. */
	const char *follow;
	/* Where the program is looked for, or NULL. */
	const char *path;
	/* What isn't followed isn't reported. */
	bool quiet;
	/* Say what a handler won't see, and don't execute it. */
	bool check;
	/* As start_environment gives it. */
	char **environment;
};

/*
 * Do what execvp(ARGV[0], ARGV) does, with START's environment. Exits with 126
 * or 127 if it fails.
 */
void command_execute(char **argv, const struct start *start)
	__attribute__((noreturn));

/* Read it; NULL: there is none. */
const struct outer *start_read_outer(void);

/* The environment that the program is executed with. */
char **start_environment(const struct start *start);

/*
 * Exit with a message if FILE can't be put on pure glibc, but for what the
 * kernel won't execute. CHECK: --check is given.
 */
void elf_check_program(const char *file, bool check);

/* The ELF file that is run for FILE, its interpreter if it is a script; or
 * NULL. */
char *elf_program(const char *file);

/* FILE's build ID, or NULL. */
char *elf_build_id(const char *file);

/*
 * Exit with a message if FILE is no shared object that can be loaded as the
 * handler, with ISOLATED as an auditor.
 */
void elf_check_handler(const char *file, bool isolated);

/*
 * A copy of section SECTION of FILE, *SIZE bytes; NULL if there is none, or
 * FILE is no ELF file.
 */
char *elf_read_section(const char *file, const char *section, size_t *size);

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

/* Do ACTION for each handler that has a name. */
void install_each_handler(void (*action)(const char *name, const char *file,
					 void *data),
			  void *data);

/* Find pure-start.so. */
char *install_find_starter(void);

/* Find pure-audit; NULL: it isn't there. */
char *install_find_audit(void);

/*
 * FILE is about to be executed: say in a line on standard error if there are
 * raw sites in it or in its libraries.
 */
void check_note(const char *file, const struct start *start);

/* Print all of them, and exit; return if FILE is no program. */
void check_print(const char *file, const struct start *start);

/*
 * An answer that was kept for KEY, or NULL; keep one, if that can be done. They
 * are strings.
 */
char *cache_get(const char *key);
void cache_put(const char *key, const char *answer);

/*
 * What ARGV, with a path as its first, prints; NULL: it can't be run. QUIET:
 * what it prints on standard error is lost.
 */
char *process_output(char *const *argv, char *const *environment, bool quiet);

/* Options as they are given: KEY, KEY=VALUE. */
struct given {
	const char *option;
	struct given *next;
};

/* A --handler, and what belongs to it; the next is below. */
struct handler {
	struct handler *next;
	/* As it is given, and where it is. */
	const char *name;
	const char *file;
	struct given *options;
};

/* Add OPTION at the end of LIST. */
void options_add(struct given **list, const char *option);

bool options_want_help(const struct given *list);
void options_print_help(const struct handler *handler);

/*
 * HANDLER's options in the form of PURE_OPTIONS_VARIABLE (purecc.h), or NULL.
 * Exits with a message if one is wrong. Files that the handler writes are added
 * to FILES.
 */
char *options_encode(const struct handler *handler, struct given **files);

/* An option in a handler's table. */
struct row {
	const char *name;
	const char *kind;
	/* The default. */
	const char *standard;
	const char *help;
	/* What the handler gets; NULL: it isn't given. */
	char *value;
};

struct table {
	struct row *rows;
	size_t count;
	/* They are in a form that is no longer understood. */
	bool old;
};

#define OLD_HANDLER                                                             \
	"it was compiled with an older purecc.h, and can be given no options: " \
	"compile it anew"

/* Read the table of handler FILE; what it says that it does, or NULL. */
struct table table_read(const char *file);
const char *table_description(const char *file);

/* Is KIND, as a handler has it, one that there is? Only then the others hold.
 */
bool value_kind_known(const char *kind);

/* Is STANDARD a default for KIND as purecc.h has it? */
bool value_is_default(const char *kind, const char *standard);

/* Is KIND, as a handler has it, the one called NAME? */
bool value_is_kind(const char *kind, const char *name);

/* May an option of KIND be given several times? */
bool value_is_list(const char *kind);

/* The value of kind "now" that isn't given. */
char *value_now(void);

/* The value of KIND that GIVEN is; NULL: it is none, *WRONG says why. */
char *value_convert(const char *kind, const char *given, char **wrong);

/* What stands for the value in KEY=VALUE. */
char *value_placeholder(const char *kind);

/* How one would give VALUE, a value of KIND. */
char *value_for_people(const char *kind, const char *value);

/* Empty file NAME if it is a regular one, or make it. */
void value_empty_file(const char *name);

/* A search for the word that WORD is meant to be. */
struct near {
	const char *word;
	/* What was found: NULL, 0 at first. */
	const char *best;
	size_t distance;
};

void near_try(struct near *near, const char *candidate);

/* "; did you mean `...'?", or "". */
const char *near_suggestion(const struct near *near);

#endif
