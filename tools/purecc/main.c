/*
 * purecc: options, the command, execve. See purecc.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <getopt.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "purecc.h"

#ifndef PURECC_VERSION
#define PURECC_VERSION "unknown"
#endif

/* Arguments that are added besides those of --plugin-arg. */
#define ADDED_ARGUMENTS 6

const char tool_name[] = "purecc";

static const char usage[] =
	"usage: purecc [OPTION...] COMPILER [ARGUMENT...]\n"
	"\n"
	"Run COMPILER, a GCC, with its arguments, and have it guard every\n"
	"system call that it compiles or assembles, and link the runtime.\n"
	"\n"
	"  purecc gcc -O2 -c x.c\n"
	"  make CC=\"purecc gcc\" CXX=\"purecc g++\"\n"
	"\n"
	"  --plugin-arg KEY[=VALUE]  an argument for the plugin, as by\n"
	"                            -fplugin-arg-purecc-KEY=VALUE\n"
	"  --no-verify               do not judge the objects that are made\n"
	"  --no-runtime              do not link with libpurecc\n"
	"  --print                   print the command and don't run it\n"
	"  --help                    print this\n"
	"  --version                 print the version\n"
	"\n"
	"The exit status is COMPILER's; 127 if it was not found, 126 if it\n"
	"can't be executed, 2 if it is not GCC or one without a plugin.\n";

struct options {
	/* Those of --plugin-arg, as GCC takes them. */
	char **plugin_arguments;
	int plugin_argument_count;
	bool no_verify;
	bool no_runtime;
	bool print;
};

void fail_to_start(const char *name, int error)
{
	fail(error == ENOENT ? EXIT_NOT_FOUND : EXIT_NOT_EXECUTABLE, "%s: %s",
	     name, strerror(error));
}

static void __attribute__((noreturn)) end_output(void)
{
	if (fflush(stdout) == EOF || ferror(stdout))
		fail(EXIT_MISUSE, "standard output: %s", strerror(errno));
	exit(EXIT_SUCCESS);
}

static void add_plugin_argument(struct options *options, const char *argument)
{
	if (!*argument || *argument == '=')
		fail(EXIT_MISUSE, "--plugin-arg '%s': the key is missing",
		     argument);
	options->plugin_arguments[options->plugin_argument_count++] =
		text("-fplugin-arg-purecc-%s", argument);
}

static void apply_option(struct options *options, int option)
{
	switch (option) {
	case 'a':
		add_plugin_argument(options, optarg);
		break;
	case 'v':
		options->no_verify = true;
		break;
	case 'r':
		options->no_runtime = true;
		break;
	case 'p':
		options->print = true;
		break;
	case 'H':
		fputs(usage, stdout);
		end_output();
	case 'V':
		puts("purecc " PURECC_VERSION);
		end_output();
	default:
		fputs("`purecc --help' shows the use\n", stderr);
		exit(EXIT_MISUSE);
	}
}

/*
 * Returns the rest of ARGV: the compiler and its arguments. A purecc that
 * stands after another one, as with a launcher and CC, adds its options.
 */
static char **parse_options(int argc, char **argv, struct options *options)
{
	static const struct option names[] = {
		{ "plugin-arg", required_argument, NULL, 'a' },
		{ "no-verify", no_argument, NULL, 'v' },
		{ "no-runtime", no_argument, NULL, 'r' },
		{ "print", no_argument, NULL, 'p' },
		{ "help", no_argument, NULL, 'H' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	/* One that is asked for has an argument of its own; and there is
	 * `verify'. */
	options->plugin_arguments = calloc(argc + 1, sizeof(char *));
	if (!options->plugin_arguments)
		fail(EXIT_MISUSE, "out of memory");
	do {
		optind = 0;
		/* '+': the first argument that is no option is COMPILER. */
		while ((option = getopt_long(argc, argv, "+", names, NULL)) !=
		       -1)
			apply_option(options, option);
		argc -= optind;
		argv += optind;
	} while (argc && strcmp(basename(*argv), "purecc") == 0);
	if (!argc)
		fail(EXIT_MISUSE,
		     "no COMPILER given; `purecc --help' shows the use");
	if (!options->no_verify)
		add_plugin_argument(options, "verify");
	return argv;
}

/* Is NAME a program that takes a compiler's command as its arguments? */
static bool is_launcher(const char *name)
{
	static const char *const names[] = { "ccache", "sccache", "distcc",
					     "icecc" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(basename(name), names[i]) == 0)
			return true;
	return false;
}

/*
 * How many words of ARGV are before the compiler's arguments: the compiler is
 * the last of them.
 */
static int count_words(char **argv)
{
	int count = 1;

	while (is_launcher(argv[count - 1])) {
		if (!argv[count])
			fail(EXIT_MISUSE, "no COMPILER given after %s",
			     argv[count - 1]);
		count++;
	}
	return count;
}

/* Returns ARGV with the arguments for OPTIONS after its first WORDS. */
static char **make_command(char **argv, int words,
			   const struct install *install,
			   const struct options *options)
{
	const size_t word = sizeof(char *);
	int arguments = 0;
	char **command, **end;

	while (argv[words + arguments])
		arguments++;
	command = calloc(words + ADDED_ARGUMENTS +
				 options->plugin_argument_count + arguments + 1,
			 word);
	if (!command)
		fail(EXIT_MISUSE, "out of memory");

	end = mempcpy(command, argv, words * word);
	/* The plugin is before its arguments: cc1 wants it so. */
	*end++ = text("-fplugin=%s", install->plugin);
	*end++ = text("-fplugin-arg-purecc-libdir=%s", install->libdir);
	end = mempcpy(end, options->plugin_arguments,
		      options->plugin_argument_count * word);
	*end++ = text("-specs=%s", install->assembler_specs);
	if (!options->no_verify)
		*end++ = text("-specs=%s", install->verifier_specs);
	if (!options->no_runtime)
		*end++ = text("-specs=%s", install->linker_specs);
	if (!options->no_runtime && install->rpath_specs)
		*end++ = text("-specs=%s", install->rpath_specs);
	memcpy(end, argv + words, arguments * word);
	return command;
}

/* Print WORD so that a shell reads it as one. */
static void print_word(const char *word)
{
	static const char plain[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
		"0123456789%+,-./:=@_";

	if (*word && !word[strspn(word, plain)]) {
		fputs(word, stdout);
		return;
	}
	putchar('\'');
	for (; *word; word++) {
		if (*word == '\'')
			fputs("'\\''", stdout);
		else
			putchar(*word);
	}
	putchar('\'');
}

static void __attribute__((noreturn)) print_command(char **command)
{
	for (; *command; command++) {
		print_word(*command);
		putchar(command[1] ? ' ' : '\n');
	}
	end_output();
}

int main(int argc, char **argv)
{
	struct options options = { 0 };
	char **words = parse_options(argc, argv, &options), **command;
	int count = count_words(words);
	const char *compiler = words[count - 1];
	struct install install =
		install_find(compiler_version(compiler), compiler);

	command = make_command(words, count, &install, &options);
	if (options.print)
		print_command(command);
	execvp(*command, command);
	fail_to_start(*command, errno);
}
