/*
 * redirect: scripts. The kernel would find the interpreter that the first line
 * names by itself, and tell it the script's real name: so what it does is done
 * here (execve(2)).
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "redirect.h"

/* As much of the file as the kernel looks at. */
#define LINE_SIZE 256

/* With more arguments the kernel does what it does. */
#define MOST_ARGUMENTS 8192

/* What the first line says; NULL: nothing. */
struct line {
	char text[LINE_SIZE + 1];
	char *interpreter, *argument;
};

static const char blanks[] = " \t";

/* Does PATH begin with such a line, and may it be executed? */
static bool read_line(struct line *line, const char *path)
{
	long size = 0, fd;
	char *end;

	if (PURE_OWN_CALL(SYS_access, path, X_OK) != 0)
		return false;
	fd = PURE_OWN_CALL(SYS_open, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return false;
	size = PURE_OWN_CALL(SYS_read, fd, line->text, LINE_SIZE);
	PURE_OWN_CALL(SYS_close, fd, 0);
	line->text[size < 0 ? 0 : size] = '\0';
	end = strchr(line->text, '\n');
	if (strncmp(line->text, "#!", 2) != 0 || !end)
		return false;
	while (end > line->text && strchr(" \t\n", *end))
		*end-- = '\0';
	line->interpreter = line->text + 2 + strspn(line->text + 2, blanks);
	end = line->interpreter + strcspn(line->interpreter, blanks);
	line->argument = *end ? end + strspn(end, blanks) : NULL;
	*end = '\0';
	return *line->interpreter != '\0';
}

/*
 * Execute INTERPRETER with what LINE says, NAME of the script, and the
 * program's arguments at ARGUMENTS but the first. Returns -E2BIG if there are
 * too many.
 */
static long execute(const char *interpreter, const struct line *line,
		    const char *name, unsigned long arguments, long environment)
{
	long given[MOST_ARGUMENTS + 4];
	unsigned long count = 0, next = 0, i;

	given[count++] = (long)line->interpreter;
	if (line->argument)
		given[count++] = (long)line->argument;
	given[count++] = (long)name;
	for (i = 0; arguments && i <= MOST_ARGUMENTS; i++) {
		if (pure_read(&next, arguments + i * sizeof(next),
			      sizeof(next)) != sizeof(next))
			return -EFAULT;
		if (i > 0 || !next)
			given[count++] = (long)next;
		if (!next)
			break;
	}
	if (!arguments)
		given[count] = 0;
	if (i > MOST_ARGUMENTS)
		return -E2BIG;
	return pure_native_syscall(SYS_execve, (long)interpreter, (long)given,
				   environment, 0, 0, 0);
}

bool script_call(long number, const long *a, long *result)
{
	const int place = number == SYS_execveat;
	struct pure_path script, interpreter;
	struct line line;

	if (number != SYS_execve && number != SYS_execveat)
		return false;
	if (!pure_walk_argument(&script, &map_view, number, a, place) ||
	    !read_line(&line, script.real) ||
	    pure_walk(&interpreter, &map_view, AT_FDCWD, line.interpreter,
		      true) != 0 ||
	    (!script.other && !interpreter.other))
		return false;
	*result =
		execute(interpreter.other ? interpreter.real : line.interpreter,
			&line, place ? script.seen : (const char *)a[0],
			(unsigned long)a[place + 1], a[place + 2]);
	return *result != -E2BIG;
}
