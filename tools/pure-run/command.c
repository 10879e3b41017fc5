/*
 * The program's start, as execvp(3) would: the search in PATH, and which errors
 * end it, is that of glibc's posix/execvpe.c. The kernel does the rest, `#!'
 * lines included.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <paths.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pure-run.h"

/* So much of a file says whether it is text. */
#define HEAD_SIZE 256

/* A text has no NUL in its first line; everything else is no shell script. */
static bool is_text(const char *file)
{
	char head[HEAD_SIZE + 1] = "";
	ssize_t size;
	int fd;

	fd = open(file, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	size = read(fd, head, HEAD_SIZE);
	close(fd);
	return size >= 0 &&
	       (strchr(head, '\n') || strlen(head) == (size_t)size);
}

/* Another pure-run starts its program itself, with our handlers below its own.
 */
static bool is_pure_run(const char *file)
{
	struct stat own, other;

	return stat("/proc/self/exe", &own) == 0 && stat(file, &other) == 0 &&
	       own.st_dev == other.st_dev && own.st_ino == other.st_ino;
}

/* Execute FILE, if it can be put on pure glibc. Returns the errno value. */
static int execute(const char *file, char **argv, const struct start *start)
{
	if (faccessat(AT_FDCWD, file, X_OK, AT_EACCESS) != 0)
		return errno;
	if (!is_pure_run(file) || start->check) {
		elf_check_program(file, start->check);
		if (start->check)
			check_print(file, start);
		else if (start->count && !start->quiet)
			check_note(file, start);
	}
	if (start->check)
		return ENOEXEC;
	execve(file, argv, start->environment);
	return errno;
}

/* STATUS, which is execvp's; --check has one for all. */
static int failure(const struct start *start, int status)
{
	return start->check ? EXIT_MISUSE : status;
}

/* The arguments by which the shell runs SCRIPT, the first of ARGV. */
static char **shell_arguments(char *script, char **argv)
{
	size_t argc = 0;
	char **result;

	while (argv[argc])
		argc++;
	result = calloc(argc + 2, sizeof(*result));
	if (!result)
		fail(EXIT_MISUSE, "out of memory");
	result[0] = _PATH_BSHELL;
	result[1] = script;
	memcpy(result + 2, argv + 1, argc * sizeof(*result));
	return result;
}

/*
 * What execvp does with one candidate: a script that does not say who runs
 * it is the shell's. Returns the errno value.
 */
static int try_file(char *file, char **argv, const struct start *start)
{
	int error = execute(file, argv, start);

	if (error != ENOEXEC)
		return error;
	if (!is_text(file))
		fail(failure(start, EXIT_NOT_EXECUTABLE),
		     "%s is neither an ELF program nor a script", file);
	return execute(_PATH_BSHELL, shell_arguments(file, argv), start);
}

/* These say that FILE isn't here; others end the search in PATH. */
static bool search_goes_on(int error)
{
	return error == EACCES || error == ENOENT || error == ESTALE ||
	       error == ENOTDIR || error == ENODEV || error == ETIMEDOUT;
}

/* Returns the errno value that execvp gives. */
static int search_path(char **argv, const struct start *start)
{
	const char *path = start->path;
	int error, result = ENOENT;
	size_t length;

	for (path = path ? path : "/bin:/usr/bin";; path += length + 1) {
		length = strcspn(path, ":");
		error = try_file(text("%.*s%s%s", (int)length, path,
				      length ? "/" : "", argv[0]),
				 argv, start);
		if (!search_goes_on(error))
			return error;
		/* A file that may not be executed is worth telling. */
		if (result != EACCES)
			result = error;
		if (!path[length])
			return result;
	}
}

void command_execute(char **argv, const struct start *start)
{
	const char *what = "";
	int error;

	if (!*argv[0])
		error = ENOENT;
	else if (strchr(argv[0], '/'))
		error = try_file(argv[0], argv, start);
	else if (strlen(argv[0]) > NAME_MAX)
		error = ENAMETOOLONG;
	else
		error = search_path(argv, start);

	if (strchr(argv[0], '/') && access(argv[0], X_OK) == 0)
		what = " or its interpreter";
	fail(failure(start,
		     error == ENOENT ? EXIT_NOT_FOUND : EXIT_NOT_EXECUTABLE),
	     "%s%s: %s", argv[0], what, strerror(error));
}
