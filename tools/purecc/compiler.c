/*
 * Which version of GCC a compiler is, if it is one.
 *
 * The question is `-dumpspecs': nothing but GCC answers it, the version and
 * the target are in the answer, and the driver gives it by itself, in 2 ms,
 * where asking for __GNUC__ would start the compiler proper. `-dumpversion'
 * is no proof: clang answers it as well, with a number of its own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "purecc.h"

/* The linker's name for what is made is in the specs: binutils' -m option. */
#define TARGET "elf_x86_64"

/* Start NAME -dumpspecs and return the stream of its output. */
static FILE *start(const char *name, pid_t *pid)
{
	char *argv[] = { (char *)name, "-dumpspecs", NULL };
	posix_spawn_file_actions_t actions;
	int error, fds[2];
	FILE *output;

	if (pipe2(fds, O_CLOEXEC) != 0)
		fail(EXIT_MISUSE, "pipe: %s", strerror(errno));
	/* What is on standard input may be the source. */
	if (posix_spawn_file_actions_init(&actions) != 0 ||
	    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO,
					     "/dev/null", O_RDONLY, 0) != 0 ||
	    posix_spawn_file_actions_adddup2(&actions, fds[1], STDOUT_FILENO) !=
		    0 ||
	    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO,
					     "/dev/null", O_WRONLY, 0) != 0)
		fail(EXIT_MISUSE, "out of memory");
	error = posix_spawnp(pid, name, &actions, NULL, argv, environ);
	if (error)
		fail_to_start(name, error);
	posix_spawn_file_actions_destroy(&actions);
	close(fds[1]);
	output = fdopen(fds[0], "r");
	if (!output)
		fail(EXIT_MISUSE, "out of memory");
	return output;
}

/* Returns what NAME -dumpspecs prints, or NULL if it fails. */
static char *read_specs(const char *name)
{
	char *specs = NULL;
	size_t size = 0;
	ssize_t length;
	FILE *output;
	int status;
	pid_t pid;

	/* Whoever started us may have ignored it; GCC does the same. */
	signal(SIGCHLD, SIG_DFL);
	output = start(name, &pid);
	length = getdelim(&specs, &size, '\0', output);
	fclose(output);
	if (waitpid(pid, &status, 0) != pid)
		fail(EXIT_MISUSE, "waitpid: %s", strerror(errno));
	return length > 0 && status == 0 ? specs : NULL;
}

int compiler_version(const char *name)
{
	static const char label[] = "\n*version:\n";
	char *specs = read_specs(name), *line = NULL;
	int version = 0;

	if (specs)
		line = strstr(specs, label);
	if (line)
		version = atoi(line + strlen(label));
	if (version <= 0)
		fail(EXIT_MISUSE,
		     "%s is not GCC: `%s -dumpspecs' gives no specs; purecc "
		     "works by a GCC plugin (there are plugins for: %s)",
		     name, name, install_versions());
	if (!strstr(specs, TARGET))
		fail(EXIT_MISUSE, "%s makes no code for x86-64", name);
	free(specs);
	return version;
}
