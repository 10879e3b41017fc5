/*
 * pure-trace: the options.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <purecc-handler.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../handlers/inject/injection.h"
#include "pure-trace.h"

/* Long options that have no letter. */
enum {
	LONG_HELP = 256,
	LONG_VERSION,
	LONG_GLIBC,
	/* Those of keys, in their order. */
	LONG_TRACE,
	LONG_STATUS,
	LONG_SIGNAL,
	LONG_RAW,
	LONG_VERBOSE,
	LONG_ABBREV,
	LONG_READ,
	LONG_WRITE,
	LONG_INJECT,
	LONG_FAULT,
	LONG_QUIET,
	LONG_TIMES,
	LONG_DESCRIPTORS,
	LONG_HEX,
	LONG_SEPARATELY,
};

/* Those of -e that have a long option. */
static const char *const keys[] = { "trace",   "status", "signal", "raw",
				    "verbose", "abbrev", "read",   "write",
				    "inject",  "fault" };

static const struct option long_options[] = {
	{ "help", no_argument, NULL, LONG_HELP },
	{ "version", no_argument, NULL, LONG_VERSION },
	{ "glibc", required_argument, NULL, LONG_GLIBC },
	{ "trace", required_argument, NULL, LONG_TRACE },
	{ "status", required_argument, NULL, LONG_STATUS },
	{ "signal", required_argument, NULL, LONG_SIGNAL },
	{ "raw", required_argument, NULL, LONG_RAW },
	{ "verbose", required_argument, NULL, LONG_VERBOSE },
	{ "abbrev", required_argument, NULL, LONG_ABBREV },
	{ "quiet", optional_argument, NULL, LONG_QUIET },
	{ "silent", optional_argument, NULL, LONG_QUIET },
	{ "silence", optional_argument, NULL, LONG_QUIET },
	{ "absolute-timestamps", optional_argument, NULL, LONG_TIMES },
	{ "timestamps", optional_argument, NULL, LONG_TIMES },
	{ "decode-fds", optional_argument, NULL, LONG_DESCRIPTORS },
	{ "strings-in-hex", optional_argument, NULL, LONG_HEX },
	{ "output-separately", no_argument, NULL, LONG_SEPARATELY },
	{ "read", required_argument, NULL, LONG_READ },
	{ "write", required_argument, NULL, LONG_WRITE },
	{ "inject", required_argument, NULL, LONG_INJECT },
	{ "fault", required_argument, NULL, LONG_FAULT },
	{ "columns", required_argument, NULL, 'a' },
	{ "env", required_argument, NULL, 'E' },
	{ "failed-only", no_argument, NULL, 'Z' },
	{ "follow-forks", no_argument, NULL, 'f' },
	{ "no-abbrev", no_argument, NULL, 'v' },
	{ "output", required_argument, NULL, 'o' },
	{ "relative-timestamps", optional_argument, NULL, 'r' },
	{ "string-limit", required_argument, NULL, 's' },
	{ "successful-only", no_argument, NULL, 'z' },
	{ "summary", no_argument, NULL, 'C' },
	{ "summary-only", no_argument, NULL, 'c' },
	{ "summary-sort-by", required_argument, NULL, 'S' },
	{ "summary-wall-clock", no_argument, NULL, 'w' },
	{ "syscall-times", optional_argument, NULL, 'T' },
	{ "trace-path", required_argument, NULL, 'P' },
	{ "user", required_argument, NULL, 'u' },
	{ "append-mode", no_argument, NULL, 'A' },
	{ "output-append-mode", no_argument, NULL, 'A' },
	{ "attach", required_argument, NULL, 'p' },
	{ "const-print-style", required_argument, NULL, 'X' },
	{ "daemonize", optional_argument, NULL, 'D' },
	{ "debug", no_argument, NULL, 'd' },
	{ "detach-on", required_argument, NULL, 'b' },
	{ "instruction-pointer", no_argument, NULL, 'i' },
	{ "interruptible", required_argument, NULL, 'I' },
	{ "seccomp-bpf", no_argument, NULL, 'B' },
	{ "stack-traces", no_argument, NULL, 'k' },
	{ "summary-columns", required_argument, NULL, 'U' },
	{ "summary-syscall-overhead", required_argument, NULL, 'O' },
	{ "syscall-number", no_argument, NULL, 'n' },
	{ NULL, 0, NULL, 0 },
};

/* What there is of strace's that pure-trace hasn't, and what instead. */
static const struct {
	int letter;
	const char *why;
} without[] = {
	{ 'A', "what is traced empties the file; give -o '|cat >>FILE'" },
	{ 'D', "pure-trace is the program's parent; start it in another way" },
	{ 'I', "signals go to the program; pure-trace doesn't hold them" },
	{ 'O', "times are those of the calls, without trace's part" },
	{ 'b', "a program that has been started with a handler keeps it" },
	{ 'd',
	  "use strace, or pure-run --handler trace, to look at pure-trace" },
	{ 'i', "a handler isn't told the address; gdb, break on the call, is" },
	{ 'p',
	  "a handler is there from a program's start, or not at all: start "
	  "the program with pure-trace, or use strace -p" },
};

static const char usage[] =
	"Usage: pure-trace [OPTION]... PROGRAM [ARGUMENT]...\n"
	"Runs PROGRAM on pure glibc and writes a line for each system call, as\n"
	"strace -f does.\n"
	"\n"
	"What has a line:\n"
	"  -e EXPRESSION          KEY=SET; KEY is trace, status, signal, raw, verbose,\n"
	"                         abbrev, quiet, decode-fds, read or write; SET alone is\n"
	"                         trace's; or inject, or fault\n"
	"  --trace CALLS          calls: names, %CLASS, /REGEX, all, none, !\n"
	"  --status STATUS        only calls that end so\n"
	"  -z, --successful-only  only calls that succeed\n"
	"  -Z, --failed-only      only calls that fail\n"
	"  -P, --trace-path FILE  only calls about this file\n"
	"  --signal SIGNALS       signals\n"
	"  -q, --quiet            -qq, --quiet: less of what is no call\n"
	"How it is shown:\n"
	"  --raw CALLS            arguments as numbers, in these calls\n"
	"  --verbose CALLS        structs with their members, in these calls only\n"
	"  --abbrev CALLS         structs with all of their members, but in these calls\n"
	"  -v, --no-abbrev        the same as --abbrev=none\n"
	"  -s, --string-limit SIZE\n"
	"                         so many bytes of strings\n"
	"  -x                     strings that aren't text in hexadecimal; -xx: all\n"
	"  --strings-in-hex=none|non-ascii|non-ascii-chars|all\n"
	"                         the same; or what isn't text in them\n"
	"  -y                     descriptors with their files; -yy: and what these are\n"
	"  --decode-fds=path|dev|socket|pidfd|all|none\n"
	"                         the same, of these kinds\n"
	"  -X, --const-print-style=abbrev|raw|verbose\n"
	"                         constants by name, value, or both\n"
	"  -n, --syscall-number   the calls' numbers\n"
	"  -a, --columns COLUMN   where results begin\n"
	"  -k, --stack-traces     after each call the program's stack\n"
	"  -t, --absolute-timestamps\n"
	"                         the time; -tt: with microseconds; -ttt: since 1970\n"
	"  -r, --relative-timestamps\n"
	"                         the time since the line before\n"
	"  -T, --syscall-times    how long calls took\n"
	"  --read FDS, --write FDS\n"
	"                         after a call, all that it has read or written there\n"
	"Where it goes:\n"
	"  -o, --output FILE      instead of standard error; '|COMMAND': to a command\n"
	"  --output-separately    with -o: a file for each thread, FILE.NUMBER; -ff\n"
	"  -f, --follow-forks     is always on; in a file each line has the thread's\n"
	"                         number\n"
	"What is injected, into calls that have lines:\n"
	"  --inject CALLS:WHAT    WHAT is error=ERRNO, retval=VALUE, signal=SIGNAL,\n"
	"                         syscall=CALL, delay_enter=DELAY, delay_exit=DELAY,\n"
	"                         poke_enter=@argN=HEX, poke_exit=@argN=HEX,\n"
	"                         when=FIRST[..LAST][+[STEP]], or another of the handler\n"
	"                         inject's; several with colons between them\n"
	"  --fault CALLS          an error, ENOSYS if none is given: CALLS:error=ERRNO\n"
	"A table of calls:\n"
	"  -c, --summary-only     instead of the lines\n"
	"  -C, --summary          after them\n"
	"  -S, --summary-sort-by=time|min_time|max_time|avg_time|calls|errors|name|nothing\n"
	"                         its order\n"
	"  -U, --summary-columns COLUMNS\n"
	"                         its columns: these but the last, and total_time\n"
	"The program:\n"
	"  -E, --env VARIABLE[=VALUE]\n"
	"                         a variable of its environment\n"
	"  -u, --user USER        run it as that user\n"
	"  --glibc DIR            the pure glibc, as pure-run's\n"
	"  -h, --help             print this text\n"
	"  -V, --version          print the version\n"
	"\n"
	"CLASS: file, desc, process, network, signal, ipc, memory, creds, clock, pure,\n"
	"stat, lstat, fstat, %stat, statfs, fstatfs, %statfs\n";

/* Is it the option that is given in OTHER? */
static bool is_same(const char *option, const char *other)
{
	const size_t size = strcspn(option, "=");

	return strncmp(option, other, size) == 0 && other[size] == '=';
}

/* One that may be given several times. */
static void add_another(struct settings *settings, const char *option)
{
	const char **more =
		realloc(settings->options,
			(settings->count + 1) * sizeof(*settings->options));
	if (!more)
		fail(EXIT_MISUSE, "out of memory");
	settings->options = more;
	settings->options[settings->count++] = option;
}

void options_add(struct settings *settings, const char *option)
{
	size_t i;

	/* The last holds, as with strace. */
	for (i = 0; i < settings->count; i++)
		if (is_same(option, settings->options[i])) {
			settings->options[i] = option;
			return;
		}
	add_another(settings, option);
}

static void add_variable(struct settings *settings, const char *variable)
{
	const char **more =
		realloc(settings->variables,
			(settings->variable_count + 1) * sizeof(*more));

	if (!more)
		fail(EXIT_MISUSE, "out of memory");
	settings->variables = more;
	settings->variables[settings->variable_count++] = variable;
}

/* A set that the handler gets as it is, if it is right. */
typedef int parser(struct pure_set *set, const char *text,
		   struct pure_fault *fault);

static struct pure_set parsed(const char *set, parser *parse)
{
	struct pure_fault fault = { "out of memory" };
	struct pure_set members;

	if (parse(&members, set, &fault) != 0)
		fail(EXIT_MISUSE, "%s", fault.text);
	return members;
}

static void add_set(struct settings *settings, const char *name,
		    const char *set, parser *parse)
{
	parsed(set, parse);
	options_add(settings, text("%s=%s", name, set));
}

static int parse_quiet(struct pure_set *set, const char *text,
		       struct pure_fault *fault)
{
	/* Of the last four there is never anything to be said. */
	static const char *const words[] = { "exit",	      "exits",
					     "attach",	      "path-resolution",
					     "personality",   "superseded",
					     "thread-execve", NULL };

	return pure_set_words(set, text, "quiet", words, fault);
}

static void set_quiet(struct settings *settings, const char *set)
{
	const struct pure_set members = parsed(set, parse_quiet);

	if (pure_set_has(&members, 0) || pure_set_has(&members, 1))
		settings->no_exits = true;
}

/* fault=SET: is no more injected by RULE than an error? */
static bool is_fault(const struct rule *rule)
{
	return rule->result < 0 && !rule->signal && !rule->log &&
	       rule->delay[ENTER] == NO_DELAY &&
	       rule->delay[EXIT] == NO_DELAY && !rule->poke_count[ENTER] &&
	       !rule->poke_count[EXIT] && rule->most == NO_LIMIT;
}

/* KIND=RULE: "inject", or "fault", which is ENOSYS if no error is given. */
static void add_rule(struct settings *settings, const char *kind,
		     const char *rule)
{
	const bool fault = strcmp(kind, "fault") == 0;
	struct pure_fault why = { "out of memory" };
	const char *given = rule;

	if (fault && !strstr(rule, ":error="))
		rule = text("%s:error=ENOSYS", rule);
	if (rule_add(rule, &why) != 0)
		fail(EXIT_MISUSE, "invalid %s argument '%s': %s", kind, given,
		     why.text);
	if (fault && !is_fault(&rules[rule_count - 1]))
		fail(EXIT_MISUSE,
		     "invalid %s argument '%s': a fault is an error only; for "
		     "more there is inject",
		     kind, given);
	add_another(settings, text("inject=%s", rule));
}

static bool starts(const char *expression, const char *name, const char **value)
{
	const size_t size = strlen(name);

	if (strncmp(expression, name, size) != 0 || expression[size] != '=')
		return false;
	*value = expression + size + 1;
	return true;
}

/* What -e says. */
static void add_expression(struct settings *settings, const char *expression)
{
	const char *value;

	if (starts(expression, "trace", &value) ||
	    starts(expression, "t", &value))
		add_set(settings, "calls", value, pure_set_calls);
	else if (starts(expression, "status", &value))
		add_set(settings, "status", value, pure_set_status);
	else if (starts(expression, "signal", &value) ||
		 starts(expression, "signals", &value) ||
		 starts(expression, "s", &value))
		add_set(settings, "signals", value, pure_set_signals);
	else if (starts(expression, "raw", &value) ||
		 starts(expression, "x", &value))
		add_set(settings, "raw", value, pure_set_calls);
	else if (starts(expression, "verbose", &value) ||
		 starts(expression, "v", &value))
		add_set(settings, "verbose", value, pure_set_calls);
	else if (starts(expression, "abbrev", &value) ||
		 starts(expression, "a", &value))
		add_set(settings, "abbrev", value, pure_set_calls);
	else if (starts(expression, "quiet", &value) ||
		 starts(expression, "q", &value) ||
		 starts(expression, "silent", &value) ||
		 starts(expression, "silence", &value))
		set_quiet(settings, value);
	else if (starts(expression, "decode-fds", &value) ||
		 starts(expression, "decode-fd", &value))
		add_set(settings, "descriptors", value, pure_set_show_fds);
	else if (starts(expression, "inject", &value))
		add_rule(settings, "inject", value);
	else if (starts(expression, "fault", &value))
		add_rule(settings, "fault", value);
	else if (starts(expression, "read", &value) ||
		 starts(expression, "reads", &value) ||
		 starts(expression, "r", &value))
		add_set(settings, "read", value, pure_set_fds);
	else if (starts(expression, "write", &value) ||
		 starts(expression, "writes", &value) ||
		 starts(expression, "w", &value))
		add_set(settings, "write", value, pure_set_fds);
	else if (starts(expression, "kvm", &value))
		fail(EXIT_MISUSE,
		     "-e %s: a handler isn't told why a virtual processor has "
		     "stopped; use strace",
		     expression);
	else
		add_set(settings, "calls", expression, pure_set_calls);
}

static const char *absolute(const char *file)
{
	char directory[PATH_MAX];

	if (*file == '/')
		return file;
	if (!getcwd(directory, sizeof(directory)))
		fail(EXIT_MISUSE, "the working directory: %s", strerror(errno));
	return text("%s/%s", directory, file);
}

static void set_output(struct settings *settings, const char *file)
{
	if (*file == '|' || *file == '!')
		settings->command = file + 1;
	else
		settings->output = absolute(file);
}

static long number(const char *option, const char *value)
{
	char *end;
	long result;

	errno = 0;
	result = strtol(value, &end, 10);
	if (errno || *end || end == value || result < 0 || result > INT_MAX)
		fail(EXIT_MISUSE, "invalid %s argument: '%s'", option, value);
	return result;
}

/* Strace's words for columns, in which - is as good as _; COLUMNS: none is
 * meant. */
static enum column column_of(const char *name)
{
	static const char *const words[COLUMNS][5] = {
		[COLUMN_NONE] = { "nothing", "none" },
		[COLUMN_PERCENT] = { "time", "time_percent" },
		[COLUMN_TIME] = { "time_total", "total_time" },
		[COLUMN_LEAST] = { "min_time", "time_min", "shortest" },
		[COLUMN_MOST] = { "max_time", "time_max", "longest" },
		[COLUMN_AVERAGE] = { "avg_time", "time_avg" },
		[COLUMN_CALLS] = { "calls", "count" },
		[COLUMN_ERRORS] = { "errors", "error" },
		[COLUMN_NAME] = { "name", "syscall", "syscall_name" },
	};
	char *word = text("%s", name), *dash;
	enum column column;
	size_t i;

	while ((dash = strchr(word, '-')))
		*dash = '_';
	for (column = COLUMN_NONE; column < COLUMNS; column++)
		for (i = 0; words[column][i]; i++)
			if (strcmp(words[column][i], word) == 0)
				return column;
	return COLUMNS;
}

#define COLUMN_WORDS \
	"time, total_time, min_time, max_time, avg_time, calls, errors, name"

static enum column sort_of(const char *word)
{
	const enum column column = column_of(word);

	if (column == COLUMNS)
		fail(EXIT_MISUSE,
		     "invalid sortby: '%s': it is one of " COLUMN_WORDS
		     " and nothing",
		     word);
	return column;
}

/* -U, names with commas between them. */
static void set_columns(struct settings *settings, const char *names)
{
	char *rest = text("%s", names), *name;
	size_t i;

	settings->column_count = 0;
	while ((name = strsep(&rest, ","))) {
		const enum column column = column_of(name);

		if (column == COLUMNS || column == COLUMN_NONE)
			fail(EXIT_MISUSE,
			     "unknown column name: '%s': there are " COLUMN_WORDS,
			     name);
		for (i = 0; i < settings->column_count; i++)
			if (settings->columns[i] == column)
				fail(EXIT_MISUSE,
				     "-U %s: column '%s' is there twice", names,
				     name);
		settings->columns[settings->column_count++] = column;
	}
}

static void refuse(int letter)
{
	size_t i;

	for (i = 0; i < sizeof(without) / sizeof(*without); i++)
		if (without[i].letter == letter)
			fail(EXIT_MISUSE, "there is no -%c: %s", letter,
			     without[i].why);
}

/* How often letters are given that count; what --absolute-timestamps says. */
struct repeats {
	int follow, quiet, times, hex, descriptors;
	const char *times_format, *times_unit;
};

/* The unit that strace calls NAME, for OPTION; microseconds for NULL. */
static const char *unit_of(const char *option, const char *name)
{
	static const char *const units[][2] = { { "s", "seconds" },
						{ "ms", "milli" },
						{ "us", "micro" },
						{ "ns", "nano" } };
	size_t i;

	if (!name)
		return "micro";
	for (i = 0; i < sizeof(units) / sizeof(*units); i++)
		if (strcmp(units[i][0], name) == 0)
			return units[i][1];
	fail(EXIT_MISUSE, "invalid %s argument: '%s'", option, name);
}

/* Without PREFIX, if it has that. */
static const char *without_prefix(const char *word, const char *prefix)
{
	const size_t size = strlen(prefix);

	return strncmp(word, prefix, size) == 0 ? word + size : word;
}

/* WORDS: a format and a unit, either with its name in front, or none. */
static void set_times(struct repeats *repeats, const char *words)
{
	char *rest = strdup(words), *word;

	if (!rest)
		fail(EXIT_MISUSE, "out of memory");
	while ((word = strsep(&rest, ","))) {
		const char *format = without_prefix(word, "format:");

		if (strcmp(format, "none") == 0 ||
		    strcmp(format, "time") == 0 || strcmp(format, "unix") == 0)
			repeats->times_format = format;
		else
			repeats->times_unit =
				unit_of("--absolute-timestamps",
					without_prefix(word, "precision:"));
	}
}

/* What -t and its long forms come to, for the handler. */
static const char *times_of(const struct repeats *repeats)
{
	static const char *const letters[] = { NULL, "times=seconds",
					       "times=micro", "times=unix" };
	const char *format = repeats->times_format;
	const char *unit = repeats->times_unit;

	if (!format && !unit)
		return letters[repeats->times < 3 ? repeats->times : 3];
	if (format && strcmp(format, "none") == 0)
		return "times=no";
	return text("times=%s%s",
		    format && strcmp(format, "unix") == 0 ? "unix-" : "",
		    unit ? unit : "seconds");
}

/* How often -x says the same as --strings-in-hex=WHICH. */
static int hex_of(const char *which)
{
	if (strcmp(which, "none") == 0)
		return 0;
	if (strcmp(which, "non-ascii") == 0)
		return 1;
	if (strcmp(which, "all") == 0)
		return 2;
	if (strcmp(which, "non-ascii-chars") == 0)
		return 3;
	fail(EXIT_MISUSE,
	     "invalid --strings-in-hex argument: '%s': it is none, non-ascii, "
	     "non-ascii-chars or all",
	     which);
}

static void take_format(struct settings *settings, int letter,
			struct repeats *repeats)
{
	switch (letter) {
	case 'a':
		options_add(settings, text("column=%ld", number("-a", optarg)));
		break;
	case 's':
	case 'r':
	case 'T':
	case 'v':
		options_add(settings,
			    letter == 's' ?
				    text("strings=%ld", number("-s", optarg)) :
			    letter == 'r' ?
				    text("relative=%s", unit_of("-r", optarg)) :
			    letter == 'T' ? text("durations=%s",
						 unit_of("-T", optarg)) :
					    "abbrev=none");
		break;
	case 't':
		repeats->times++;
		break;
	case 'x':
		repeats->hex = repeats->hex ? 2 : 1;
		break;
	case 'y':
		repeats->descriptors++;
		break;
	case 'z':
	case 'Z':
		options_add(settings, letter == 'z' ? "status=successful" :
						      "status=failed");
		break;
	default:
		refuse(letter);
		fprintf(stderr, "Try 'pure-trace -h' for more information.\n");
		exit(EXIT_MISUSE);
	}
}

static void take_long(struct settings *settings, int letter,
		      struct repeats *repeats)
{
	if (letter >= LONG_TRACE && letter <= LONG_FAULT) {
		add_expression(
			settings,
			text("%s=%s", keys[letter - LONG_TRACE], optarg));
		return;
	}
	switch (letter) {
	case LONG_QUIET:
		set_quiet(settings, optarg ? optarg : "all");
		break;
	case LONG_TIMES:
		set_times(repeats, optarg ? optarg : "time");
		break;
	case LONG_DESCRIPTORS:
		add_expression(settings,
			       text("decode-fds=%s", optarg ? optarg : "path"));
		break;
	case LONG_HEX:
		repeats->hex = hex_of(optarg ? optarg : "all");
		break;
	case LONG_GLIBC:
		settings->glibc = optarg;
		break;
	default:
		take_format(settings, letter, repeats);
	}
}

/* Names of files, a line each. */
static void add_path(struct settings *settings, const char **paths)
{
	(void)settings;
	if (strchr(optarg, '\n'))
		fail(EXIT_MISUSE, "-P: a name with a newline can't be given");
	*paths = *paths ? text("%s\n%s", *paths, optarg) : optarg;
}

static const char *constants(const char *style)
{
	if (strcmp(style, "abbrev") == 0)
		return "constants=name";
	if (strcmp(style, "raw") == 0)
		return "constants=value";
	if (strcmp(style, "verbose") == 0)
		return "constants=both";
	fail(EXIT_MISUSE, "-X %s: there are abbrev, raw and verbose", style);
}

static void take(struct settings *settings, int letter, struct repeats *repeats,
		 const char **paths)
{
	switch (letter) {
	case 'h':
	case LONG_HELP:
		fputs(usage, stdout);
		exit(EXIT_SUCCESS);
	case 'V':
	case LONG_VERSION:
		puts("pure-trace (purecc) " PURECC_VERSION);
		exit(EXIT_SUCCESS);
	case 'e':
		add_expression(settings, optarg);
		break;
	case 'E':
		add_variable(settings, optarg);
		break;
	case 'f':
		repeats->follow++;
		break;
	case LONG_SEPARATELY:
		repeats->follow = 2;
		break;
	case 'q':
		repeats->quiet++;
		break;
	case 'o':
		set_output(settings, optarg);
		break;
	case 'P':
		add_path(settings, paths);
		break;
	case 'c':
	case 'C':
		settings->summary = true;
		settings->only_summary = letter == 'c';
		break;
	case 'S':
		settings->sort = sort_of(optarg);
		break;
	case 'U':
		set_columns(settings, optarg);
		break;
	case 'u':
		settings->user = optarg;
		break;
	case 'w':
	case 'B':
		break;
	case 'X':
		options_add(settings, constants(optarg));
		break;
	case 'k':
		options_add(settings, "stacks=yes");
		break;
	case 'n':
		options_add(settings, "numbers=yes");
		break;
	default:
		take_long(settings, letter, repeats);
	}
}

static void add_repeated(struct settings *settings,
			 const struct repeats *repeats)
{
	const char *times = times_of(repeats);

	if (times)
		options_add(settings, times);
	if (repeats->hex)
		options_add(settings, repeats->hex == 1 ? "hex=some" :
				      repeats->hex == 3 ? "hex=chars" :
							  "hex=all");
	if (repeats->descriptors)
		options_add(settings, repeats->descriptors > 1 ?
					      "descriptors=all" :
					      "descriptors=path");
	if (repeats->quiet > 1)
		settings->no_exits = true;
	settings->follows = repeats->follow;
	settings->separate = repeats->follow > 1 && settings->output;
}

void options_read(struct settings *settings, int argc, char **argv)
{
	struct repeats repeats = { 0 };
	const char *paths = NULL;
	int letter;

	opterr = 1;
	while ((letter = getopt_long(
			argc, argv,
			"+Aa:b:BCcD::de:E:fFhI:iknO:o:P:p:qrS:s:TtU:u:VvwX:xyZz",
			long_options, NULL)) != -1)
		take(settings, letter, &repeats, &paths);
	if (optind == argc)
		fail(EXIT_MISUSE, "must have PROGRAM [ARGS]; "
				  "try 'pure-trace -h'");
	add_repeated(settings, &repeats);
	if (paths)
		options_add(settings, text("paths=%s", paths));
	if (settings->no_exits)
		options_add(settings, "exits=no");
	if (settings->summary)
		options_add(settings, settings->only_summary ? "counts=only" :
							       "counts=yes");
	settings->argv = argv + optind;
}
