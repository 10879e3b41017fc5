/*
 * What execvp(3) and the kernel make of a command: the file that gets loaded
 * in the end, and its argument vector.
 *
 * The search in PATH, and which errors end it, is that of glibc's
 * posix/execvpe.c. `#!' lines are read as in Linux's fs/binfmt_script.c:
 *
 *   #! INTERPRETER [ARGUMENT]      in the first 256 bytes; ARGUMENT is one,
 *                                  blanks inside included
 *   SCRIPT a b                  -> INTERPRETER [ARGUMENT] SCRIPT a b
 *
 * where INTERPRETER may be a script again.
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

/* Added by each script, and by the shell: interpreter, argument, script. */
#define SCRIPT_ARGUMENTS 3

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
 * Split the `#!' line in HEAD; *ARGUMENT is NULL if there is none. Returns 0
 * or execve's errno value.
 *
 * The kernel's habits are kept where a file ends without a newline: blanks at
 * its end are not dropped then, and no name at all means the current directory.
 */
static int parse_script_line(char *head, char **interpreter, char **argument)
{
	char *name = head + 2 + strspn(head + 2, BLANKS);
	char *end = strchr(head, '\n');
	size_t length;

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

	length = strcspn(name, BLANKS);
	*interpreter = text("%.*s", (int)length, name);
	*argument = NULL;
	if (name[length]) {
		length += strspn(name + length, BLANKS);
		*argument = text("%s", name + length);
	}
	return 0;
}

void command_prepend(struct command *command, const char *argument)
{
	*--command->first = (char *)argument;
}

/* FILE is a script: let INTERPRETER run it, with ARGUMENT if not NULL. */
static void prepend_interpreter(struct command *command,
				const char *interpreter, const char *argument,
				const char *file)
{
	*command->first = (char *)file;
	if (argument)
		command_prepend(command, argument);
	command_prepend(command, interpreter);
}

/*
 * Replace *FILE by its interpreter, and that by its own, until one is no
 * script. Returns 0 or execve's errno value.
 */
static int follow_scripts(struct command *command, char **file)
{
	char head[HEAD_SIZE + 1], *interpreter, *argument;
	int error, scripts, size;

	for (scripts = 0; scripts <= MAX_SCRIPTS; scripts++) {
		size = read_head(*file, head);
		if (size < 0)
			return -size;
		if (memcmp(head, "\177ELF", 4) == 0)
			return 0;
		if (memcmp(head, "#!", 2) != 0)
			return ENOEXEC;
		error = parse_script_line(head, &interpreter, &argument);
		if (error)
			return error;
		prepend_interpreter(command, interpreter, argument, *file);
		*file = interpreter;
	}
	return ELOOP;
}

static void command_start(struct command *command, char *const *argv, int room)
{
	size_t argc = 0;

	while (argv[argc])
		argc++;
	room += (MAX_SCRIPTS + 2) * SCRIPT_ARGUMENTS;
	command->first = calloc(room + argc + 1, sizeof(char *));
	if (!command->first)
		fail(EXIT_MISUSE, "out of memory");
	command->first += room;
	memcpy(command->first, argv, argc * sizeof(char *));
}

/* A text has no NUL in its first line; everything else is no shell script. */
static bool is_text(const char *file)
{
	char head[HEAD_SIZE + 1];
	int size = read_head(file, head);

	return size >= 0 &&
	       (strchr(head, '\n') || strlen(head) == (size_t)size);
}

/*
 * What execvp does with one candidate: a script that does not say who runs
 * it is the shell's. Returns 0 or an errno value.
 */
static int try_file(struct command *command, char *const *argv, int room,
		    char **file)
{
	char *script = *file;
	int error;

	command_start(command, argv, room);
	error = follow_scripts(command, file);
	if (error != ENOEXEC)
		return error;
	if (!is_text(script))
		fail(EXIT_NOT_EXECUTABLE,
		     "%s is neither an ELF program nor a script", script);
	command_start(command, argv, room);
	prepend_interpreter(command, _PATH_BSHELL, NULL, script);
	*file = text("%s", _PATH_BSHELL);
	return follow_scripts(command, file);
}

/* These say that FILE isn't here; others end the search in PATH. */
static bool search_goes_on(int error)
{
	return error == EACCES || error == ENOENT || error == ESTALE ||
	       error == ENOTDIR || error == ENODEV || error == ETIMEDOUT;
}

/* Returns 0 with the name in *FILE, or the errno value that execvp gives. */
static int search_path(struct command *command, char *const *argv, int room,
		       char **file)
{
	const char *path = getenv("PATH");
	int error, result = ENOENT;
	size_t length;

	for (path = path ? path : "/bin:/usr/bin";; path += length + 1) {
		length = strcspn(path, ":");
		*file = text("%.*s%s%s", (int)length, path, length ? "/" : "",
			     argv[0]);
		error = try_file(command, argv, room, file);
		if (!search_goes_on(error))
			return error;
		/* A file that may not be executed is worth telling. */
		if (result != EACCES)
			result = error;
		if (!path[length])
			return result;
	}
}

char *command_resolve(struct command *command, char *const *argv, int room)
{
	char *file = argv[0];
	int error;

	if (!*file)
		error = ENOENT;
	else if (strchr(file, '/'))
		error = try_file(command, argv, room, &file);
	else if (strlen(file) > NAME_MAX)
		error = ENAMETOOLONG;
	else
		error = search_path(command, argv, room, &file);
	if (!error)
		return file;

	if (strcmp(file, argv[0]) != 0 && strchr(argv[0], '/'))
		fail(error == ENOENT ? EXIT_NOT_FOUND : EXIT_NOT_EXECUTABLE,
		     "%s: its interpreter %s: %s", argv[0], file,
		     strerror(error));
	fail(error == ENOENT ? EXIT_NOT_FOUND : EXIT_NOT_EXECUTABLE, "%s: %s",
	     argv[0], strerror(error));
}
