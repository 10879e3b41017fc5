/*
 * pure-run: options, execve. The comment at the head of pure-run.h says what
 * the other files are for.
 *
 * The kernel starts the program, as without us. The system's ld.so loads
 * pure-start.so then, which hands over to that of pure glibc: abi/run.h.
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

#include "pure-run.h"

#ifndef PURECC_VERSION
#define PURECC_VERSION "(no version)"
#endif

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
	"                     of its own. There may be more of them: what one\n"
	"                     passes on, and what it calls itself, goes to the\n"
	"                     next\n"
	"  --same-namespace   load the handler among the program's libraries\n"
	"  -O KEY[=VALUE]     an option of the handler before it; -O help lists\n"
	"                     them\n"
	"  -o, --output FILE  short for -O output=FILE\n"
	"  -E, --env VARIABLE[=VALUE]\n"
	"                     a variable of PROGRAM's environment, without a value\n"
	"                     one that isn't there; PROGRAM is looked for without it\n"
	"  --no-follow        what PROGRAM executes runs natively\n"
	"  --follow=only      what can't be followed isn't executed\n"
	"  --quiet            don't report what can't be followed, nor what a\n"
	"                     handler won't see\n"
	"  --check            run nothing, say which system calls of PROGRAM and\n"
	"                     its libraries a handler won't see; exit status 1:\n"
	"                     there are such, 0: none, 2: that can't be said\n"
	"  --list             list the handlers that have a name\n"
	"  --help             print this text\n"
	"  --version          print the version\n"
	"\n"
	"The exit status is PROGRAM's; 127 if it was not found or the loader\n"
	"could not load the handler, 126 if it can't be executed, 2 if pure-run\n"
	"could not do its part.\n";

struct options {
	const char *glibc;
	/* The first is next to the program; the end of the list, and the last
	 * one's options. */
	struct handler *handlers, **end;
	struct handler *last;
	const char *follow;
	/* PATH without what -E says. */
	const char *path;
	bool same_namespace;
	bool quiet;
	bool check;
};

static void __attribute__((noreturn)) print_and_exit(const char *what)
{
	if (fputs(what, stdout) == EOF || fflush(stdout) == EOF)
		fail(EXIT_MISUSE, "standard output: %s", strerror(errno));
	exit(EXIT_SUCCESS);
}

/* The handler of which the options are to be listed, or NULL. */
static const struct handler *asked_for_help(const struct options *options)
{
	const struct handler *handler = options->handlers;

	while (handler && !options_want_help(handler->options))
		handler = handler->next;
	return handler;
}

static void check_options(const struct options *options, char *const *argv)
{
	if (!options->handlers && options->same_namespace)
		fail(EXIT_MISUSE, "--same-namespace is about a handler: name "
				  "one by --handler");
	if (options->handlers && options->handlers->next &&
	    options->same_namespace)
		fail(EXIT_MISUSE,
		     "--same-namespace: a handler in the program's namespace is "
		     "the only one; leave --same-namespace out, or all --handler "
		     "but one");
	if (options->follow && strcmp(options->follow, "no") != 0 &&
	    strcmp(options->follow, "only") != 0)
		fail(EXIT_MISUSE,
		     "--follow: `%s' is neither `only' nor `no'; without the "
		     "option what can be followed is",
		     options->follow);
	if (!*argv && !asked_for_help(options))
		fail(EXIT_MISUSE,
		     "no PROGRAM given; `pure-run --help' shows the use");
}

static void add_handler(struct options *options, const char *name)
{
	struct handler *handler = calloc(1, sizeof(*handler));

	if (!handler)
		fail(EXIT_MISUSE, "out of memory");
	handler->name = name;
	*options->end = options->last = handler;
	options->end = &handler->next;
}

/* OPTION was given by SWITCH. */
static void add_option(struct handler *handler, const char *which,
		       const char *option)
{
	if (!handler)
		fail(EXIT_MISUSE,
		     "%s %s: an option is one of the handler before it: name "
		     "one by --handler",
		     which, option);
	options_add(&handler->options, option);
}

/* VARIABLE=VALUE, or VARIABLE, which is not to be there. */
static void set_variable(char *variable)
{
	if ((strchr(variable, '=') ? putenv(variable) : unsetenv(variable)) !=
	    0)
		fail(EXIT_MISUSE, "-E %s: %s", variable, strerror(errno));
}

static void print_handler(const char *name, const char *file, void *data)
{
	const char *description = table_description(file);

	(void)data;
	printf("%-15s %s\n", name,
	       description ? description : "(doesn't say what it does)");
}

static void __attribute__((noreturn)) print_handlers(void)
{
	install_each_handler(print_handler, NULL);
	print_and_exit("");
}

/* OPTION is one that getopt_long has found, optarg its argument. */
static void take_option(struct options *options, int option)
{
	switch (option) {
	case 'g':
		options->glibc = optarg;
		break;
	case 'h':
		add_handler(options, optarg);
		break;
	case 's':
		options->same_namespace = true;
		break;
	case 'o':
		add_option(options->last, "-o", text("output=%s", optarg));
		break;
	case 'O':
		add_option(options->last, "-O", optarg);
		break;
	case 'E':
		set_variable(optarg);
		break;
	case 'f':
		options->follow = optarg ? optarg : "no";
		break;
	case 'q':
		options->quiet = true;
		break;
	case 'c':
		options->check = true;
		break;
	case 'l':
		print_handlers();
	case 'H':
		print_and_exit(usage);
	case 'V':
		print_and_exit("pure-run " PURECC_VERSION "\n");
	default:
		fputs("`pure-run --help' shows the use\n", stderr);
		exit(EXIT_MISUSE);
	}
}

/* Returns the rest of ARGV: the program and its arguments. */
static char **parse_options(int argc, char **argv, struct options *options)
{
	static const struct option names[] = {
		{ "glibc", required_argument, NULL, 'g' },
		{ "handler", required_argument, NULL, 'h' },
		{ "same-namespace", no_argument, NULL, 's' },
		{ "output", required_argument, NULL, 'o' },
		{ "env", required_argument, NULL, 'E' },
		{ "follow", required_argument, NULL, 'f' },
		{ "no-follow", no_argument, NULL, 'f' },
		{ "quiet", no_argument, NULL, 'q' },
		{ "check", no_argument, NULL, 'c' },
		{ "list", no_argument, NULL, 'l' },
		{ "help", no_argument, NULL, 'H' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	options->end = &options->handlers;
	options->path = getenv("PATH");
	/* '+': the first argument that is no option is PROGRAM. */
	while ((option = getopt_long(argc, argv, "+E:o:O:", names, NULL)) != -1)
		take_option(options, option);
	check_options(options, argv + optind);
	return argv + optind;
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

static void check_audit_path(const char *path)
{
	check_separators("LD_AUDIT", path, ":$");
	if (strlen(path) > AUDIT_PATH_MAX)
		fail(EXIT_MISUSE,
		     "ld.so loads no auditor whose path has more than %d "
		     "characters: %s",
		     AUDIT_PATH_MAX, path);
}

static void check_handler(const char *handler, bool isolated)
{
	check_separators("--handler", handler, isolated ? ":$" : ": $");
	if (isolated)
		check_audit_path(handler);
	elf_check_handler(handler, isolated);
}

/* Find them, and answer `-O help'. */
static void find_handlers(const struct options *options)
{
	const struct handler *asked = asked_for_help(options);
	struct handler *handler;

	for (handler = options->handlers; handler; handler = handler->next)
		handler->file = install_find_handler(handler->name);
	if (!asked)
		return;
	options_print_help(asked);
	print_and_exit("");
}

/* Handlers in all, those of OUTER included, which may be NULL. */
static void check_stack(const struct options *options, size_t count,
			const struct outer *outer)
{
	const size_t all = count + (outer ? outer->count : 0);

	if (all > PURE_MOST_HANDLERS)
		fail(EXIT_MISUSE,
		     "%zu handlers%s: ld.so has room for %d: leave out some",
		     all,
		     all > count ? ", those of a pure-run above included" : "",
		     PURE_MOST_HANDLERS);
	if (count && outer && outer->same_namespace)
		fail(EXIT_MISUSE,
		     "the handler of a pure-run above is in the program's "
		     "namespace, by --same-namespace: no other can be stacked "
		     "on it");
	if (outer && outer->count && options->same_namespace)
		fail(EXIT_MISUSE,
		     "--same-namespace: there is a handler of a pure-run above: "
		     "none in the program's namespace can be stacked on it");
}

/* START's layers: OPTIONS' handlers, checked. */
static void add_layers(struct start *start, const struct options *options,
		       const struct glibc *glibc)
{
	const struct handler *handler;
	struct given *files = NULL;
	size_t count = 0;

	for (handler = options->handlers; handler; handler = handler->next)
		count++;
	check_stack(options, count, start->outer);
	start->layers = calloc(count + 1, sizeof(*start->layers));
	if (!start->layers)
		fail(EXIT_MISUSE, "out of memory");
	for (handler = options->handlers; handler; handler = handler->next)
		check_handler(handler->file, start->isolated);
	if (count)
		elf_check_pure(glibc->libc);
	for (handler = options->handlers; handler; handler = handler->next)
		start->layers[start->count++] =
			(struct layer){ handler->file,
					options_encode(handler, &files) };
	/* What the program executes writes on in them. */
	for (; files; files = files->next)
		value_empty_file(files->option);
}

static struct start start_of(const struct options *options,
			     const struct glibc *glibc)
{
	const struct outer *outer = start_read_outer();
	struct start start = {
		.starter = install_find_starter(),
		.loader = glibc->loader,
		.libraries = glibc->library_path,
		.isolated = !options->same_namespace,
		.outer = outer,
		.follow = options->follow || !outer ? options->follow :
						      outer->follow,
		.path = options->path,
		.quiet = options->quiet,
		.check = options->check,
	};

	check_separators("--glibc", start.loader, ":;$");
	check_audit_path(start.starter);
	if (!start.check)
		add_layers(&start, options, glibc);
	return start;
}

int main(int argc, char **argv)
{
	struct options options = { 0 };
	char **program = parse_options(argc, argv, &options);
	struct glibc glibc;
	struct start start;

	find_handlers(&options);
	glibc = install_find_glibc(options.glibc);
	start = start_of(&options, &glibc);
	start.environment = start_environment(&start);
	command_execute(program, &start);
}
