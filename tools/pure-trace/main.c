/*
 * pure-trace: starts pure-run, with the handler trace, and waits for what it
 * becomes, to say how that has ended and to end in the same way.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <purecc-handler.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../../handlers/trace-memory.h"
#include "pure-trace.h"

const char tool_name[] = "pure-trace";

/* How often it is looked whether anybody is left, in microseconds. */
#define INTERVAL 20000

static pid_t child;

/* Those that end a program end the traced one, and pure-trace with it. */
static void pass_signal(int number)
{
	if (child > 0)
		kill(child, number);
}

static const char *find_pure_run(void)
{
	char self[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", self, sizeof(self) - 1);
	char *slash;

	if (length < 0)
		fail(EXIT_MISUSE, "/proc/self/exe: %s", strerror(errno));
	self[length] = '\0';
	slash = strrchr(self, '/');
	*slash = '\0';
	return text("%s/pure-run", self);
}

/* Nanoseconds since 1970: by this the traced processes know each other. */
static long now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_REALTIME, &time);
	return time.tv_sec * 1000000000 + time.tv_nsec;
}

/* Make files as USER would, or who has the number SELF. */
static void act_as(const char *user, uid_t self)
{
	const struct passwd *who = user ? getpwnam(user) : NULL;

	if (who)
		self = who->pw_uid;
	if (self != geteuid() && seteuid(self) != 0)
		fail(EXIT_MISUSE, "user %d: %s", (int)self, strerror(errno));
}

/* Join the run, whose file that of the memory is. */
static struct pure_trace_state *join(long start)
{
	struct pure_trace_state *state;
	bool first;

	state = pure_run_join("trace", start, sizeof(*state), &first);
	if (!state)
		fail(EXIT_MISUSE, "memory to share: %s", strerror(errno));
	state->threads = 1;
	return state;
}

/* Start COMMAND; what is written to the descriptor is its standard input. */
static int start_command(const char *command, pid_t *process)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		fail(EXIT_MISUSE, "a pipe: %s", strerror(errno));
	*process = fork();
	if (*process < 0)
		fail(EXIT_MISUSE, "fork: %s", strerror(errno));
	if (*process == 0) {
		dup2(ends[0], STDIN_FILENO);
		execl("/bin/sh", "sh", "-c", command, (char *)NULL);
		_exit(EXIT_NOT_FOUND);
	}
	close(ends[0]);
	return ends[1];
}

static void become(const char *user)
{
	const struct passwd *who = getpwnam(user);

	if (!who)
		fail(EXIT_MISUSE, "-u %s: there is no such user", user);
	if (initgroups(who->pw_name, who->pw_gid) != 0 ||
	    setregid(who->pw_gid, who->pw_gid) != 0 ||
	    setreuid(who->pw_uid, who->pw_uid) != 0)
		fail(EXIT_MISUSE, "-u %s: %s", user, strerror(errno));
}

static char **command_line(const struct settings *settings)
{
	size_t arguments = 0, count = 0, i;
	char **line;

	while (settings->argv[arguments])
		arguments++;
	line = calloc(2 * (settings->count + settings->variable_count) +
			      arguments + 8,
		      sizeof(*line));
	if (!line)
		fail(EXIT_MISUSE, "out of memory");
	line[count++] = (char *)find_pure_run();
	if (settings->glibc) {
		line[count++] = (char *)"--glibc";
		line[count++] = (char *)settings->glibc;
	}
	line[count++] = (char *)"--handler";
	line[count++] = (char *)"trace";
	for (i = 0; i < settings->count; i++) {
		line[count++] = (char *)"-O";
		line[count++] = (char *)settings->options[i];
	}
	for (i = 0; i < settings->variable_count; i++) {
		line[count++] = (char *)"-E";
		line[count++] = (char *)settings->variables[i];
	}
	line[count++] = (char *)"--";
	for (i = 0; i < arguments; i++)
		line[count++] = settings->argv[i];
	return line;
}

static void start(const struct settings *settings)
{
	char **line = command_line(settings);

	child = fork();
	if (child < 0)
		fail(EXIT_MISUSE, "fork: %s", strerror(errno));
	if (child)
		return;
	if (settings->user)
		become(settings->user);
	execv(line[0], line);
	fail(EXIT_NOT_FOUND, "%s: %s", line[0], strerror(errno));
}

/* Has process NAME the memory that is shared by the run that began at START? */
static bool has_state(const char *name, long start)
{
	const char *file = text("/purecc-trace-%ld", start);
	char *line = NULL;
	size_t size = 0;
	bool found = false;
	FILE *map = fopen(text("/proc/%s/maps", name), "re");

	while (map && !found && getline(&line, &size, map) > 0)
		found = strstr(line, file) != NULL;
	if (map)
		fclose(map);
	free(line);
	return found && atoi(name) != getpid();
}

static bool somebody_runs(long start)
{
	DIR *processes = opendir("/proc");
	struct dirent *entry;
	bool found = false;

	while (processes && !found && (entry = readdir(processes)))
		found = entry->d_name[0] >= '1' && entry->d_name[0] <= '9' &&
			has_state(entry->d_name, start);
	if (processes)
		closedir(processes);
	return found;
}

/*
 * Of the program, and of what it has left, as strace waits. Others become
 * children of ours too, by CLONE_PARENT; nobody else would know of their end.
 */
static int wait_for_all(const struct pure_trace_state *state, long start,
			pid_t *command)
{
	int status;
	pid_t found;

	do {
		found = waitpid(-1, &status, 0);
		if (found < 0 && errno != EINTR)
			fail(EXIT_MISUSE, "wait: %s", strerror(errno));
		if (found == *command)
			*command = 0;
	} while (found != child);
	while (__atomic_load_n(&state->threads, __ATOMIC_RELAXED) > 1 &&
	       somebody_runs(start))
		usleep(INTERVAL);
	return status;
}

/* Is the thread's number in front of each line? */
static bool has_numbers(const struct settings *settings)
{
	return settings->follows && !settings->separate &&
	       (settings->output || settings->command);
}

/* The line of a program that a signal has ended. */
static void say_killed(const struct settings *settings,
		       const struct pure_trace_state *state, int status,
		       int output)
{
	const char *who = has_numbers(settings) ? text("%-5d ", child) : "";

	if (state->open && !settings->separate)
		dprintf(output, " <unfinished ...>\n");
	if (WIFSIGNALED(status) && !settings->no_exits &&
	    !settings->only_summary)
		dprintf(output, "%s+++ killed by %s%s +++\n", who,
			pure_signal_name(WTERMSIG(status)),
			WCOREDUMP(status) ? " (core dumped)" : "");
}

static int open_output(const struct settings *settings)
{
	int fd = STDERR_FILENO;

	if (settings->separate)
		fd = open(text("%s.%d", settings->output, child),
			  O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
	else if (settings->output)
		fd = open(settings->output, O_WRONLY | O_APPEND | O_CLOEXEC);
	return fd < 0 ? STDERR_FILENO : fd;
}

/*
 * Let go of standard input and output, since whoever is at the other end of a
 * pipe has to see when the program does. If the latter is the trace's file, it
 * is returned; or -1.
 */
static int let_go(const struct settings *settings)
{
	const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	struct stat output, file;
	int kept = -1;

	if (settings->output && !settings->separate &&
	    stat(settings->output, &file) == 0 &&
	    fstat(STDOUT_FILENO, &output) == 0 &&
	    file.st_dev == output.st_dev && file.st_ino == output.st_ino)
		kept = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
	if (null >= 0) {
		dup2(null, STDIN_FILENO);
		dup2(null, STDOUT_FILENO);
		if (null > STDERR_FILENO)
			close(null);
	}
	return kept;
}

static void end_as(int status)
{
	const struct rlimit none = { 0, 0 };

	if (WIFEXITED(status))
		exit(WEXITSTATUS(status));
	setrlimit(RLIMIT_CORE, &none);
	signal(WTERMSIG(status), SIG_DFL);
	raise(WTERMSIG(status));
	exit(128 + WTERMSIG(status));
}

static void set_signals(void)
{
	const int passed[] = { SIGHUP, SIGTERM, SIGUSR1, SIGUSR2 };
	size_t i;

	for (i = 0; i < sizeof(passed) / sizeof(*passed); i++)
		signal(passed[i], pass_signal);
	/* The terminal sends these to the program too. */
	signal(SIGINT, SIG_IGN);
	signal(SIGQUIT, SIG_IGN);
}

int main(int argc, char **argv)
{
	struct settings settings = { .sort = COLUMN_TIME };
	struct pure_trace_state *state;
	pid_t command = 0;
	const uid_t self = geteuid();
	const long started = now();
	int output = -1, file, kept, status;

	options_read(&settings, argc, argv);
	options_add(&settings, text("start=%ld", started));
	if (settings.command) {
		output = start_command(settings.command, &command);
		options_add(&settings,
			    text("output=/proc/%d/fd/%d", getpid(), output));
	} else if (settings.separate) {
		options_add(&settings, text("separate=%s", settings.output));
	} else if (settings.output) {
		options_add(&settings, text("output=%s", settings.output));
	}
	options_add(&settings, settings.separate      ? "who=never" :
			       has_numbers(&settings) ? "who=always" :
							"who=several");
	/* The command isn't a part of it. */
	act_as(settings.user, self);
	state = join(started);
	file = writer_open(&settings);
	act_as(NULL, self);
	if (file >= 0)
		writer_start(state, file);
	start(&settings);
	set_signals();
	kept = let_go(&settings);
	if (output < 0)
		output = kept;
	status = wait_for_all(state, started, &command);
	if (file >= 0) {
		writer_end();
		output = file;
	}
	if (output < 0)
		output = open_output(&settings);
	say_killed(&settings, state, status, output);
	if (settings.summary)
		summary_print(&settings, state, output);
	pure_run_leave();
	close(output);
	if (command)
		waitpid(command, NULL, 0);
	end_as(status);
}
