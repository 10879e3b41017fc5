/*
 * pure-run: options, ld.so's command line, execve. The comment at the head of
 * pure-run.h says what the other files are for.
 *
 * The program is started by naming pure glibc's ld.so and giving it all the
 * rest as arguments. The environment would do as well (LD_LIBRARY_PATH,
 * LD_AUDIT, LD_PRELOAD), but every program that is started later inherits
 * it, and could not run with the libraries of another glibc.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <abi/run.h>
#include <purecc.h>

#include "pure-run.h"

#ifndef PURECC_VERSION
#define PURECC_VERSION "(no version)"
#endif

/* ld.so's own arguments in front of the program's: see put_loader_options. */
#define LOADER_ARGUMENTS 8

/* The longest --audit path that glibc's ld.so doesn't skip (elf/rtld.c). */
#define AUDIT_PATH_MAX 254

const char tool_name[] = "pure-run";

static const char usage[] =
	"Usage: pure-run [OPTION]... [--] PROGRAM [ARGUMENT]...\n"
	"Run PROGRAM on pure glibc, its system calls going to a handler.\n"
	"\n"
	"  --glibc DIR        the pure glibc to use: the directory that\n"
	"                     build-glibc.sh filled\n"
	"  --handler NAME     load handler NAME (pass, trace, ...), or a file if\n"
	"                     NAME contains a slash; isolated, with a C library\n"
	"                     of its own\n"
	"  --same-namespace   load the handler among the program's libraries\n"
	"  -o, --output FILE  the handler's output goes to FILE\n"
	"  --help             print this text\n"
	"  --version          print the version\n"
	"\n"
	"The exit status is PROGRAM's; 127 if it was not found or the loader\n"
	"could not load the handler, 126 if it can't be executed, 2 if pure-run\n"
	"could not do its part.\n";

struct options {
	const char *glibc;
	const char *handler;
	const char *output;
	bool same_namespace;
};

static void __attribute__((noreturn)) print_and_exit(const char *what)
{
	if (fputs(what, stdout) == EOF || fflush(stdout) == EOF)
		fail(EXIT_MISUSE, "standard output: %s", strerror(errno));
	exit(EXIT_SUCCESS);
}

static void check_options(const struct options *options, char *const *argv)
{
	const char *lost = options->output	   ? "--output" :
			   options->same_namespace ? "--same-namespace" :
						     NULL;

	if (!options->handler && lost)
		fail(EXIT_MISUSE,
		     "%s is about a handler: name one by --handler", lost);
	if (options->output && !*options->output)
		fail(EXIT_MISUSE, "--output: the file name is empty");
	if (!*argv)
		fail(EXIT_MISUSE,
		     "no PROGRAM given; `pure-run --help' shows the use");
}

/* Returns the rest of ARGV: the program and its arguments. */
static char **parse_options(int argc, char **argv, struct options *options)
{
	static const struct option names[] = {
		{ "glibc", required_argument, NULL, 'g' },
		{ "handler", required_argument, NULL, 'h' },
		{ "same-namespace", no_argument, NULL, 's' },
		{ "output", required_argument, NULL, 'o' },
		{ "help", no_argument, NULL, 'H' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	/* '+': the first argument that is no option is PROGRAM. */
	while ((option = getopt_long(argc, argv, "+o:", names, NULL)) != -1) {
		switch (option) {
		case 'g':
			options->glibc = optarg;
			break;
		case 'h':
			options->handler = optarg;
			break;
		case 's':
			options->same_namespace = true;
			break;
		case 'o':
			options->output = optarg;
			break;
		case 'H':
			print_and_exit(usage);
		case 'V':
			print_and_exit("pure-run " PURECC_VERSION "\n");
		default:
			fputs("`pure-run --help' shows the use\n", stderr);
			exit(EXIT_MISUSE);
		}
	}
	check_options(options, argv + optind);
	return argv + optind;
}

/*
 * Tell the handler its options through the environment, and the loader that the
 * handler is REQUIRED, and never what was meant for a process above.
 */
static void set_handler_options(const char *output, bool required)
{
	char *cwd;

	unsetenv(PURE_OPTIONS_VARIABLE);
	unsetenv(PURE_REQUIRED_VARIABLE);
	if (required && setenv(PURE_REQUIRED_VARIABLE, "yes", 1) != 0)
		fail(EXIT_MISUSE, "out of memory");
	if (!output)
		return;
	if (*output != '/') {
		cwd = getcwd(NULL, 0);
		if (!cwd)
			fail(EXIT_MISUSE,
			     "--output %s: the current directory has no name: %s",
			     output, strerror(errno));
		output = text("%s/%s", cwd, output);
	}
	if (setenv(PURE_OPTIONS_VARIABLE, text("output=%s", output), 1) != 0)
		fail(EXIT_MISUSE, "out of memory");
}

/* ld.so splits its path arguments at SEPARATORS and can't quote them. */
static void check_separators(const char *option, const char *path,
			     const char *separators)
{
	size_t clean = strcspn(path, separators);

	if (path[clean])
		fail(EXIT_MISUSE,
		     "%s: ld.so can't be given `%s', there is a `%c' in it: "
		     "use a path without one",
		     option, path, path[clean]);
}

static void check_handler(const char *handler, bool isolated, bool output)
{
	check_separators("--handler", handler, isolated ? ":$" : ": $");
	if (isolated && strlen(handler) > AUDIT_PATH_MAX)
		fail(EXIT_MISUSE,
		     "--handler: ld.so ignores paths of more than %d "
		     "characters: %s",
		     AUDIT_PATH_MAX, handler);
	elf_check_handler(handler, isolated, output ? "output" : NULL);
}

/*
 * Pure glibc's directories, then those of the user's LD_LIBRARY_PATH, which
 * --library-path overrides in this process and not in those it starts.
 */
static char *library_path(const struct glibc *glibc)
{
	const char *user = getenv("LD_LIBRARY_PATH");

	if (!user || !*user)
		return glibc->library_path;
	return text("%s:%s", glibc->library_path, user);
}

/*
 * What ld.so is given as FILE's name: the one that the kernel would execute,
 * all links followed, since $ORIGIN is the directory of that.
 */
static char *loaded_name(const char *file)
{
	char *name = realpath(file, NULL);

	/* Where it can't be followed, as it is, but not to be taken for the
	   name of a library, nor for an option. */
	bool plain = strchr(file, '/') && *file != '-';

	return name ? name : text("%s%s", plain ? "" : "./", file);
}

/* Turn COMMAND, which would start FILE, into the one that has ld.so do it. */
static void put_loader_options(struct command *command, const char *file,
			       const struct glibc *glibc, const char *handler,
			       bool isolated)
{
	char *argv0 = *command->first;

	*command->first = loaded_name(file);
	if (handler) {
		command_prepend(command, handler);
		command_prepend(command, isolated ? "--audit" : "--preload");
	}
	command_prepend(command, argv0);
	command_prepend(command, "--argv0");
	command_prepend(command, library_path(glibc));
	command_prepend(command, "--library-path");
	command_prepend(command, glibc->loader);
}

int main(int argc, char **argv)
{
	struct options options = { 0 };
	char **program = parse_options(argc, argv, &options);
	struct glibc glibc = install_find_glibc(options.glibc);
	bool isolated = !options.same_namespace;
	char *handler = NULL, *file;
	struct command command;

	check_separators("--glibc", glibc.loader, ":;$");
	if (options.handler) {
		handler = install_find_handler(options.handler);
		check_handler(handler, isolated, options.output);
		elf_check_pure(glibc.libc);
	}
	file = command_resolve(&command, program, LOADER_ARGUMENTS);
	elf_check_program(file);
	set_handler_options(options.output, handler && isolated);
	put_loader_options(&command, file, &glibc, handler, isolated);
	execv(glibc.loader, command.first);
	fail(EXIT_NOT_EXECUTABLE, "%s: %s", glibc.loader, strerror(errno));
}
