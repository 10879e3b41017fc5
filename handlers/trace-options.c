/*
 * trace: its options and its start.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "trace.h"

struct options options;

/* The highest column that results may be in: a line has room for it. */
#define MOST_COLUMNS (LINE_SIZE / 2)

PURE_DESCRIPTION("writes a line for each system call");
PURE_OPTION(output, "file", "",
	    "where the lines go, instead of standard error; emptied first");
PURE_OPTION(
	separate, "string", "",
	"a file for each thread: this absolute name, a point and its number");
PURE_OPTION(calls, "string", "all", "the calls, as strace's -e trace=");
PURE_OPTION(paths, "string", "",
	    "only calls about these files, a name a line, as strace's -P");
PURE_OPTION(fds, "string", "all", "only calls with these descriptors");
PURE_OPTION(status, "string", "all",
	    "only calls that end so, as strace's -e status=");
PURE_OPTION(signals, "string", "all", "the signals, as strace's -e signal=");
PURE_OPTION(raw, "string", "none",
	    "the calls whose arguments are shown as numbers");
PURE_OPTION(verbose, "string", "all", "the calls whose structs are shown");
PURE_OPTION(abbrev, "string", "all",
	    "the calls whose structs have some of their members only");
PURE_OPTION(read, "string", "none",
	    "what is read from these descriptors is dumped");
PURE_OPTION(write, "string", "none",
	    "what is written to these descriptors is dumped");
PURE_OPTION(inject, "string...", "",
	    "what is injected into these calls, in the words of handler "
	    "inject; of several for a call, the last holds");
PURE_OPTION(strings, "number", "32", "how much of a string is shown");
PURE_OPTION(hex, "choice(no|some|all|chars)", "no",
	    "strings in hexadecimal: those that aren't text, all, or what "
	    "isn't text in them");
PURE_OPTION(constants, "choice(name|value|both)", "name",
	    "constants by name, value, or both");
PURE_OPTION(descriptors, "string", "none",
	    "what is shown of descriptors, as strace's --decode-fds");
PURE_OPTION(column, "number", "40", "where results are");
PURE_OPTION(times,
	    "choice(no|seconds|milli|micro|nano|unix|unix-seconds|unix-milli|"
	    "unix-micro|unix-nano)",
	    "no", "the time in front of each line");
PURE_OPTION(relative, "choice(no|yes|seconds|milli|micro|nano)", "no",
	    "the time since the line before");
PURE_OPTION(durations, "choice(no|yes|seconds|milli|micro|nano)", "no",
	    "how long each call took");
PURE_OPTION(numbers, "flag", "0", "the calls' numbers");
PURE_OPTION(stacks, "flag", "0",
	    "after each call the program's stack, as strace's -k");
PURE_OPTION(who, "choice(always|several|never)", "always",
	    "the thread's number in front of each line");
PURE_OPTION(exits, "flag", "1", "a line for each thread that ends");
PURE_OPTION(counts, "choice(no|yes|only)", "no",
	    "count calls, for pure-trace; only: no lines");
PURE_OPTION(start, "now", "", "when the run starts");

/* How many digits of a second UNIT has; -1 for "no". */
static int digits_of(const char *unit)
{
	static const struct {
		const char *unit;
		int digits;
	} units[] = { { "seconds", 0 },
		      { "milli", 3 },
		      { "micro", 6 },
		      { "yes", 6 },
		      { "nano", 9 } };
	size_t i;

	for (i = 0; i < sizeof(units) / sizeof(*units); i++)
		if (strcmp(units[i].unit, unit) == 0)
			return units[i].digits;
	return -1;
}

static void make_times(const char *text)
{
	const char *minus = strchr(text, '-');

	if (*text == 'u') {
		options.times = TIMES_UNIX;
		options.time_digits = digits_of(minus ? minus + 1 : "micro");
	} else {
		options.time_digits = digits_of(text);
		options.times =
			options.time_digits < 0 ? TIMES_NO : TIMES_CLOCK;
	}
}

/* Make SET of TEXT. */
static void make(struct pure_set *set, const char *option, const char *text,
		 int (*parse)(struct pure_set *, const char *,
			      struct pure_fault *))
{
	struct pure_fault fault = { "out of memory" };

	if (parse(set, text, &fault) != 0)
		pure_refuse("trace", option, text, fault.text);
}

#define MAKE(set, option, parse) \
	make(set, #option, PURE_OPTION_TEXT(option, envp), parse)

/* All others. */
static int make_others(struct pure_set *set, const char *text,
		       struct pure_fault *fault)
{
	char *inverted;
	int error;

	if (asprintf(&inverted, "!%s", text) < 0)
		return -ENOMEM;
	error = pure_set_calls(set, inverted, fault);
	free(inverted);
	return error;
}

static void make_sets(char **envp)
{
	struct pure_set kinds;

	MAKE(&options.calls, calls, pure_set_calls);
	MAKE(&options.fds, fds, pure_set_fds);
	MAKE(&options.status, status, pure_set_status);
	MAKE(&options.signals, signals, pure_set_signals);
	MAKE(&options.read, read, pure_set_fds);
	MAKE(&options.written, write, pure_set_fds);
	MAKE(&options.show.raw, raw, pure_set_calls);
	MAKE(&options.show.plain, verbose, make_others);
	MAKE(&options.show.whole, abbrev, make_others);
	MAKE(&kinds, descriptors, pure_set_show_fds);
	options.show.fds = kinds.words[0];
}

static bool is_all(const char *text)
{
	return strcmp(text, "all") == 0;
}

static bool is_none(const char *text)
{
	return strcmp(text, "none") == 0;
}

static bool make_paths(char *list)
{
	char *name;

	while ((name = strsep(&list, "\n")))
		if (*name && pure_paths_add(&options.paths, name) != 0)
			return false;
	return true;
}

static bool make_filters(char **envp)
{
	char *paths = strdup(PURE_OPTION_TEXT(paths, envp));
	const bool made = paths && make_paths(paths);

	free(paths);
	options.some_calls = !is_all(PURE_OPTION_TEXT(calls, envp));
	options.some_raw = !is_none(PURE_OPTION_TEXT(raw, envp));
	options.some_dumps = !is_none(PURE_OPTION_TEXT(read, envp)) ||
			     !is_none(PURE_OPTION_TEXT(write, envp));
	options.some_fds = !is_all(PURE_OPTION_TEXT(fds, envp));
	options.some_status = !is_all(PURE_OPTION_TEXT(status, envp));
	make_sets(envp);
	return made;
}

/* The first letter of a choice. */
#define LETTER(option) (*PURE_OPTION_TEXT(option, envp))

/* A number that isn't above MOST. */
static unsigned int bounded(const char *option, const char *text, long most)
{
	const long number = strtol(text, NULL, 10);
	char why[64];

	snprintf(why, sizeof(why), "it isn't from 0 to %ld", most);
	if (number < 0 || number > most)
		pure_refuse("trace", option, text, why);
	return (unsigned int)number;
}

#define BOUNDED(option, most) \
	bounded(#option, PURE_OPTION_TEXT(option, envp), most)

static void make_format(char **envp)
{
	options.show.string_size = BOUNDED(strings, INT_MAX);
	options.show.hex_strings = LETTER(hex) == 'c' ? 3 :
				   LETTER(hex) == 'a' ? 2 :
				   LETTER(hex) == 's' ? 1 :
							0;
	options.show.constants = LETTER(constants) == 'v' ? 1 :
				 LETTER(constants) == 'b' ? 2 :
							    0;
	options.show.column = BOUNDED(column, MOST_COLUMNS);
	make_times(PURE_OPTION_TEXT(times, envp));
	options.relative_digits = digits_of(PURE_OPTION_TEXT(relative, envp));
	options.duration_digits = digits_of(PURE_OPTION_TEXT(durations, envp));
	options.numbers = PURE_OPTION_NUMBER(numbers, envp);
	options.stacks = PURE_OPTION_NUMBER(stacks, envp);
	options.who = LETTER(who) == 's' ? WHO_SEVERAL :
		      LETTER(who) == 'n' ? WHO_NEVER :
					   WHO_ALWAYS;
	options.no_exits = !PURE_OPTION_NUMBER(exits, envp);
	options.counts = LETTER(counts) != 'n';
	options.silent = LETTER(counts) == 'o';
}

/*
 * pure-run could open the file: this is a program that was executed with fewer
 * rights, or elsewhere, and isn't to fail for that.
 */
static int open_output(const char *file, char **argv, char **envp)
{
	const char *separate = PURE_OPTION_TEXT(separate, envp);
	int error = pure_output_open("trace", *file ? file : NULL);

	if (error && *file)
		dprintf(STDERR_FILENO, "trace: %s: %s: not traced: %s\n", file,
			strerror(-error), argv[0] ? argv[0] : "");
	if (*separate && *separate != '/')
		pure_refuse("trace", "separate", separate,
			    "it is no absolute name");
	if (*separate) {
		pure_output_separately(strdup(separate));
		state_separate();
		return 0;
	}
	return error;
}

static void start_injection(char **envp)
{
	const char *text = PURE_OPTION_TEXT(inject, envp);

	if (!*text)
		return;
	injection_start("trace", text);
	due_start(0, true);
}

static void start_stacks(void)
{
	const char *why = injection_stacks ? NULL : pure_stack_start(false);

	if (why)
		pure_refuse("trace", "stacks", "yes", why);
}

int trace_start(int argc, char **argv, char **envp)
{
	const char *file = PURE_OPTION_TEXT(output, envp);
	int error;

	(void)argc;
	if (!make_filters(envp))
		return -1;
	make_format(envp);
	start_injection(envp);
	if (options.stacks)
		start_stacks();
	error = open_output(file, argv, envp);
	/* Without an output, stderr being closed, there is nothing to do. */
	if (error)
		return error;
	if (!state_open(PURE_OPTION_NUMBER(start, envp), thread_memory()))
		return -1;
	if (rule_count && thread_start(state_more(), !pure_run_continues()))
		return -1;
	if (pure_isolated()) {
		atexit(state_leave);
		tzset();
	}
	pure_thread_keep();
	pure_sandbox_init(trace);
	if (!state_whole() && !options.silent)
		line_executed(argv, envp);
	return 0;
}
