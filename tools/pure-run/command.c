/*
 * What execvp(3) and the kernel make of a command: the file that gets executed,
 * and the one that gets loaded in the end.
 *
 * The search in PATH, and which errors end it, is that of glibc's
 * posix/execvpe.c. `#!' lines are read as in Linux's fs/binfmt_script.c:
 *
 *   #! INTERPRETER [ARGUMENT]      in the first 256 bytes
 *
 * where INTERPRETER may be a script again. The kernel does it all itself when
 * the program is started; this is to know before what that will be.
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

/* What the kernel reads of a file to know its format: BINPRM_BUF_SIZE. */
#define HEAD_SIZE 256

/* One script may be the interpreter of another so often; then it is ELOOP. */
#define MAX_SCRIPTS 5

#define BLANKS " \t"

/*
 * Read the start of FILE into HEAD, with NULs after it. Returns its size, or
 * -errno as execve(2) would fail for FILE.
 */
static int read_head(const char *file, char head[HEAD_SIZE + 1])
{
	struct stat status;
	int fd, size;

	if (stat(file, &status) != 0)
		return -errno;
	if (!S_ISREG(status.st_mode))
		return -EACCES;
	if (faccessat(AT_FDCWD, file, X_OK, AT_EACCESS) != 0)
		return -errno;
	fd = open(file, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	memset(head, 0, HEAD_SIZE + 1);
	size = read(fd, head, HEAD_SIZE);
	if (size < 0)
		size = -errno;
	close(fd);
	return size;
}

/*
 * Read the `#!' line in HEAD. Returns 0 or execve's errno value.
 *
 * The kernel's habits are kept where a file ends without a newline: blanks at
 * its end are not dropped then, and no name at all means the current directory.
 */
static int parse_script_line(char *head, char **interpreter)
{
	char *name = head + 2 + strspn(head + 2, BLANKS);
	char *end = strchr(head, '\n');

	if (!end) {
		if (name + strcspn(name, BLANKS) == head + HEAD_SIZE)
			return ENOEXEC;
		end = head + HEAD_SIZE - 1;
	}
	while (end[-1] == ' ' || end[-1] == '\t')
		end--;
	*end = '\0';
	if (name >= end)
		return ENOEXEC;
	if (!*name)
		return EACCES;
	*interpreter = text("%.*s", (int)strcspn(name, BLANKS), name);
	return 0;
}

/*
 * Replace *FILE by its interpreter, and that by its own, until one is no
 * script. Returns 0 or execve's errno value.
 */
static int follow_scripts(char **file)
{
	char head[HEAD_SIZE + 1];
	int error, scripts, size;

	for (scripts = 0; scripts <= MAX_SCRIPTS; scripts++) {
		size = read_head(*file, head);
		if (size < 0)
			return -size;
		if (memcmp(head, "\177ELF", 4) == 0)
			return 0;
		if (memcmp(head, "#!", 2) != 0)
			return ENOEXEC;
		error = parse_script_line(head, file);
		if (error)
			return error;
	}
	return ELOOP;
}

/* A text has no NUL in its first line; everything else is no shell script. */
static bool is_text(const char *file)
{
	char head[HEAD_SIZE + 1];
	int size = read_head(file, head);

	return size >= 0 &&
	       (strchr(head, '\n') || strlen(head) == (size_t)size);
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
 * it is the shell's. Returns 0 or an errno value.
 */
static int try_file(struct command *command, char **argv, char *file)
{
	int error;

	command->file = command->loaded = file;
	command->argv = argv;
	error = follow_scripts(&command->loaded);
	if (error != ENOEXEC)
		return error;
	if (!is_text(file))
		fail(EXIT_NOT_EXECUTABLE,
		     "%s is neither an ELF program nor a script", file);
	command->argv = shell_arguments(file, argv);
	command->file = command->loaded = _PATH_BSHELL;
	return follow_scripts(&command->loaded);
}

/* These say that FILE isn't here; others end the search in PATH. */
static bool search_goes_on(int error)
{
	return error == EACCES || error == ENOENT || error == ESTALE ||
	       error == ENOTDIR || error == ENODEV || error == ETIMEDOUT;
}

/* Returns 0, or the errno value that execvp gives. */
static int search_path(struct command *command, char **argv)
{
	const char *path = getenv("PATH");
	int error, result = ENOENT;
	size_t length;

	for (path = path ? path : "/bin:/usr/bin";; path += length + 1) {
		length = strcspn(path, ":");
		error = try_file(command, argv,
				 text("%.*s%s%s", (int)length, path,
				      length ? "/" : "", argv[0]));
		if (!search_goes_on(error))
			return error;
		/* A file that may not be executed is worth telling. */
		if (result != EACCES)
			result = error;
		if (!path[length])
			return result;
	}
}

struct command command_resolve(char **argv)
{
	struct command command = { .loaded = argv[0] };
	int error;

	if (!*argv[0])
		error = ENOENT;
	else if (strchr(argv[0], '/'))
		error = try_file(&command, argv, argv[0]);
	else if (strlen(argv[0]) > NAME_MAX)
		error = ENAMETOOLONG;
	else
		error = search_path(&command, argv);
	if (!error)
		return command;

	if (strcmp(command.loaded, argv[0]) != 0 && strchr(argv[0], '/'))
		fail(error == ENOENT ? EXIT_NOT_FOUND : EXIT_NOT_EXECUTABLE,
		     "%s: its interpreter %s: %s", argv[0], command.loaded,
		     strerror(error));
	fail(error == ENOENT ? EXIT_NOT_FOUND : EXIT_NOT_EXECUTABLE, "%s: %s",
	     argv[0], strerror(error));
}
