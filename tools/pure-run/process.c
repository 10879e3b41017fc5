/*
 * The output of other programs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "pure-run.h"

/* All that can be read from FD; NULL: there was an error. */
static char *read_all(int fd)
{
	char part[4096], *result = NULL;
	size_t size;
	ssize_t count;
	FILE *stream = open_memstream(&result, &size);

	if (!stream)
		return NULL;
	while ((count = read(fd, part, sizeof(part))) != 0) {
		if (count > 0)
			fwrite(part, 1, count, stream);
		else if (errno != EINTR)
			break;
	}
	if (fclose(stream) == 0 && count == 0)
		return result;
	free(result);
	return NULL;
}

static int start_process(pid_t *pid, int output, char *const *argv,
			 char *const *environment, bool quiet)
{
	posix_spawn_file_actions_t actions;
	int error = posix_spawn_file_actions_init(&actions);

	if (error)
		return error;
	error = posix_spawn_file_actions_adddup2(&actions, output,
						 STDOUT_FILENO);
	if (!error)
		error = posix_spawn_file_actions_addopen(
			&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	if (!error && quiet)
		error = posix_spawn_file_actions_addopen(
			&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	if (!error)
		error = posix_spawn(pid, argv[0], &actions, NULL, argv,
				    environment);
	posix_spawn_file_actions_destroy(&actions);
	return error;
}

char *process_output(char *const *argv, char *const *environment, bool quiet)
{
	char *result = NULL;
	int ends[2];
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) != 0)
		return NULL;
	if (start_process(&pid, ends[1], argv, environment, quiet) == 0) {
		close(ends[1]);
		result = read_all(ends[0]);
		close(ends[0]);
		while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
			;
	} else {
		close(ends[0]);
		close(ends[1]);
	}
	return result;
}
