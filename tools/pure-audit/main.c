/*
 * pure-audit: says of each system call instruction of an ELF file whether it
 * is guarded.
 *
 * How a file goes through it, layer by layer; a layer knows those above it in
 * this list, and no other:
 *
 *   image.h	what the file says of itself
 *	image.c area.c object.c slots.c symbols.c frames.c records.c
 *   code.h	the sites, and the instructions of the functions around them
 *	steps.c ranges.c references.c code.c
 *   flow.h	how control comes to each site, and what is known then
 *	graph.c switches.c returns.c flow.c
 *   verdict.h	the kind of each site
 *	sequence.c guess.c gateway.c verdict.c
 *   report.h	input.c: files, directories, archives; report.c: text, JSON;
 *	compiled.c: what the compiler hasn't said
 *
 * What it is good for: it judges what compilers, assemblers and linkers make
 * with this plugin and its prelude. There a record is believed only if the
 * code agrees, and in doubt a site is raw, so that a fault of the plugin is
 * found. Damaged and hostile files do no harm to it: it ends, soon, and with
 * one of its exit statuses. But who writes code in order to deceive it can:
 * by a jump whose target is computed, by code that is written when the program
 * runs, or by tables that lie about what is code. It is no judge of such.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <errno.h>
#include <getopt.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../common/common.h"
#include "report.h"

#ifndef PURECC_VERSION
#define PURECC_VERSION "(no version)"
#endif

const char tool_name[] = "pure-audit";

static const char usage[] =
	"Usage: pure-audit [OPTION]... FILE...\n"
	"Prove that no system call instruction of ELF files escapes the guard.\n"
	"\n"
	"FILE is an ELF file for x86-64, an archive of such files, or a\n"
	"directory, in which all of these are looked for.\n"
	"\n"
	"  --list             print each site, not only the raw ones\n"
	"  --json             print a JSON object, on a line, for each ELF file\n"
	"  --pointer SYMBOL   the pointer's name, if it isn't " POINTER_NAME
	"\n"
	"  --compiled SOURCE  say of FILE, an object file that was just made\n"
	"                     of SOURCE, what no warning has said\n"
	"  --help             print this text\n"
	"  --version          print the version\n"
	"\n"
	"The exit status is 0 if no site is raw, 1 if some are, and 2 if it\n"
	"can't be said.\n";

static void __attribute__((noreturn)) misuse(void)
{
	fputs("`pure-audit --help' shows the use\n", stderr);
	exit(EXIT_MISUSE);
}

/* Nobody would miss lines that could not be written. */
static void flush_output(void)
{
	if (fflush(stdout) == EOF || ferror(stdout))
		fail(EXIT_MISUSE, "standard output: %s", strerror(errno));
}

static void __attribute__((noreturn)) print_and_exit(const char *what)
{
	fputs(what, stdout);
	flush_output();
	exit(EXIT_SUCCESS);
}

/* Returns the number of the first argument that is none. */
static int parse_options(int argc, char **argv, struct options *options)
{
	static const struct option names[] = {
		{ "compiled", required_argument, NULL, 'c' },
		{ "json", no_argument, NULL, 'j' },
		{ "list", no_argument, NULL, 'l' },
		{ "pointer", required_argument, NULL, 'p' },
		{ "help", no_argument, NULL, 'H' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "", names, NULL)) != -1) {
		switch (option) {
		case 'c':
			options->source = optarg;
			break;
		case 'j':
			options->json = true;
			break;
		case 'l':
			options->list = true;
			break;
		case 'p':
			options->pointer = optarg;
			break;
		case 'H':
			print_and_exit(usage);
		case 'V':
			print_and_exit("pure-audit " PURECC_VERSION "\n");
		default:
			misuse();
		}
	}
	return optind;
}

/* A raw site is an answer, whatever else could not be said. */
static int exit_status(const struct totals *totals)
{
	if (totals->raw)
		return EXIT_RAW;
	return totals->unknown ? EXIT_MISUSE : EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
	struct options options = { .pointer = POINTER_NAME };
	struct totals totals = { 0 };
	int i = parse_options(argc, argv, &options);

	if (i == argc) {
		fputs("pure-audit: no FILE given\n", stderr);
		misuse();
	}
	if (elf_version(EV_CURRENT) == EV_NONE)
		fail(EXIT_MISUSE, "libelf is too old: %s", elf_errmsg(-1));
	/* For names in files, whatever the language of messages is. */
	setlocale(LC_CTYPE, "C.UTF-8");
	steps_open();
	for (; i < argc; i++)
		input_audit(argv[i], &options, &totals);
	flush_output();
	return exit_status(&totals);
}
