/*
 * What a handler won't see of a program: the raw sites of its file and of the
 * libraries that ld.so loads with it. pure-audit finds the sites, the pure
 * glibc's ld.so the libraries; the pure glibc's own are left out.
 *
 * A run with a handler has a line about it, and must not be changed by that: a
 * child finds out, so that whatever goes wrong is the child's end only. Mostly
 * what it has found is in the cache.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "pure-run.h"

/* In seconds of processor time: what takes longer isn't waited for. */
#define TIME_LIMIT 20

/* So many files are named in a line. */
#define NAMED_MAX 3

/* Before the reason of a site that may be none. */
#define DOUBT "\"reason\":\"perhaps data"

#define NOT_KNOWN (-1)

/* pure-audit's exit status too. */
#define EXIT_RAW 1

struct object {
	char *file;
	/* How many sites are raw, and may be no sites; or NOT_KNOWN. */
	long raw;
	long doubtful;
};

struct objects {
	struct object *list;
	size_t count;
	/* ld.so has listed them. */
	bool listed;
};

static void add_object(struct objects *objects, char *file)
{
	objects->list = realloc(objects->list,
				(objects->count + 1) * sizeof(*objects->list));
	if (!objects->list)
		fail(EXIT_MISUSE, "out of memory");
	objects->list[objects->count++] =
		(struct object){ .file = file, .raw = NOT_KNOWN };
}

/*
 * Is there a file of FILE's name in one of DIRECTORIES, which are joined by
 * colons? The pure glibc's own are loaded wherever ld.so --list has found
 * others.
 */
static bool is_in(const char *file, const char *directories)
{
	const char *name = strrchr(file, '/');
	size_t length;

	for (; *directories; directories += length + !!directories[length]) {
		length = strcspn(directories, ":");
		if (access(text("%.*s%s", (int)length, directories, name),
			   F_OK) == 0)
			return true;
	}
	return false;
}

/* Add what a LINE of ld.so --list is about, "\tNAME => FILE (ADDRESS)". */
static void add_library(struct objects *objects, char *line,
			const struct start *start)
{
	char *arrow = strstr(line, " => ");
	char *file = arrow ? arrow + 4 : line + strspn(line, "\t ");
	char *end = strstr(file, " (0x");

	objects->listed = true;
	if (!end || *file != '/')
		return;
	*end = '\0';
	if (!is_in(file, start->libraries) &&
	    strcmp(strrchr(file, '/'), strrchr(start->loader, '/')) != 0)
		add_object(objects, file);
}

/* The environment, without what would change what ld.so prints. */
static char **list_environment(void)
{
	size_t count = 0, i;
	char **result;

	while (environ[count])
		count++;
	result = calloc(count + 1, sizeof(*result));
	if (!result)
		fail(EXIT_MISUSE, "out of memory");
	count = 0;
	for (i = 0; environ[i]; i++)
		if (strncmp(environ[i], "LD_", 3) != 0 ||
		    strncmp(environ[i], "LD_PRELOAD=", 11) == 0)
			result[count++] = environ[i];
	return result;
}

/* FILE and its libraries. */
static struct objects objects_of(const char *file, const struct start *start)
{
	const char *more = getenv("LD_LIBRARY_PATH");
	char *path = text("%s%s%s", start->libraries, more ? ":" : "",
			  more ? more : "");
	char *argv[] = { (char *)start->loader,
			 "--library-path",
			 path,
			 "--list",
			 text("%s", file),
			 NULL };
	char *line = process_output(argv, list_environment(), !start->check),
	     *end;
	struct objects objects = { 0 };

	add_object(&objects, text("%s", file));
	for (; line && (end = strchr(line, '\n')); line = end + 1) {
		*end = '\0';
		add_library(&objects, line, start);
	}
	return objects;
}

/* What FILE is: another has another. */
static char *identity(const char *file)
{
	struct stat status;

	if (stat(file, &status) != 0)
		return text("-");
	return text("%lx:%lx:%lx:%lx.%lx", (unsigned long)status.st_dev,
		    (unsigned long)status.st_ino, (unsigned long)status.st_size,
		    (unsigned long)status.st_mtim.tv_sec,
		    (unsigned long)status.st_mtim.tv_nsec);
}

/* What pure-audit says of FILE stays the same for this key. */
static char *object_key(const char *file, const char *audit)
{
	char *id = elf_build_id(file);
	struct stat status;

	if (!id || stat(file, &status) != 0)
		return text("file %s %s", identity(file), identity(audit));
	/* The size: strip keeps the ID, and may drop what is recorded. */
	return text("id %s %lx %s", id, (unsigned long)status.st_size,
		    identity(audit));
}

static long count_of(const char *line, const char *what)
{
	long count = 0;

	while ((line = strstr(line, what))) {
		line += strlen(what);
		count++;
	}
	return count;
}

/* Read what pure-audit --json has said of OBJECT. */
static void read_answer(struct object *object, const char *line)
{
	const char *raw = strstr(line, ",\"raw\":");

	if (!raw)
		return;
	object->raw = strtol(raw + strlen(",\"raw\":"), NULL, 10);
	object->doubtful = count_of(raw, DOUBT);
}

/* Have OBJECTS audited, COUNT of them. */
static void audit(struct object **objects, size_t count, const char *program)
{
	char **argv = calloc(count + 4, sizeof(*argv));
	char *line, *end;
	size_t i;

	if (!argv)
		fail(EXIT_MISUSE, "out of memory");
	argv[0] = (char *)program;
	argv[1] = "--json";
	argv[2] = "--";
	for (i = 0; i < count; i++)
		argv[i + 3] = objects[i]->file;
	line = process_output(argv, environ, true);
	for (i = 0; i < count && line && (end = strchr(line, '\n')); i++) {
		*end = '\0';
		read_answer(objects[i], line);
		line = end + 1;
	}
}

/* Find out about OBJECTS, by PROGRAM or from the cache. */
static void audit_objects(struct objects *objects, const char *program)
{
	struct object **left = calloc(objects->count, sizeof(*left));
	size_t count = 0, i;

	if (!left)
		fail(EXIT_MISUSE, "out of memory");
	for (i = 0; i < objects->count; i++) {
		struct object *object = &objects->list[i];
		const char *answer =
			cache_get(object_key(object->file, program));

		if (!answer || sscanf(answer, "%ld %ld", &object->raw,
				      &object->doubtful) != 2)
			left[count++] = object;
	}
	if (count)
		audit(left, count, program);
	for (i = 0; i < count; i++)
		if (left[i]->raw != NOT_KNOWN)
			cache_put(object_key(left[i]->file, program),
				  text("%ld %ld\n", left[i]->raw,
				       left[i]->doubtful));
}

/* What is said of a program stays the same for this key, and its libraries'. */
static char *program_key(const char *file, const char *audit,
			 const struct start *start)
{
	const char *path = getenv("LD_LIBRARY_PATH");
	const char *preload = getenv("LD_PRELOAD");

	return text("program %s %s %s %s %s %s %s %s", file, identity(file),
		    identity(audit), identity(start->loader), start->libraries,
		    identity("/etc/ld.so.cache"), path ? path : "",
		    preload ? preload : "");
}

/* As it is in the cache: a line for each file. */
static char *objects_text(const struct objects *objects)
{
	char *result = text("%s", "");
	size_t i;

	for (i = 0; i < objects->count; i++) {
		const struct object *object = &objects->list[i];

		if (strchr(object->file, '\n'))
			return NULL;
		result = text("%s%s %ld %ld %s\n", result,
			      identity(object->file), object->raw,
			      object->doubtful, object->file);
	}
	return result;
}

/* Read that at TEXT. False: a file is another now. */
static bool read_objects(struct objects *objects, char *at)
{
	char *end, *id;
	int length;

	for (; (end = strchr(at, '\n')); at = end + 1) {
		struct object object = { 0 };

		*end = '\0';
		id = at;
		at += strcspn(at, " ");
		if (sscanf(at, " %ld %ld %n", &object.raw, &object.doubtful,
			   &length) != 2)
			return false;
		*at = '\0';
		object.file = at + length;
		if (strcmp(identity(object.file), id) != 0)
			return false;
		add_object(objects, object.file);
		objects->list[objects->count - 1] = object;
	}
	return true;
}

/* "NAME (COUNT), NAME (COUNT) and 3 more", of those that have raw sites. */
static char *names_of(const struct objects *objects)
{
	char *result = NULL;
	size_t i, count = 0;

	for (i = 0; i < objects->count; i++) {
		const struct object *object = &objects->list[i];
		const char *slash = strrchr(object->file, '/');

		if (object->raw > 0 && count++ < NAMED_MAX)
			result = text("%s%s%s (%ld)", result ? result : "",
				      result ? ", " : "",
				      slash ? slash + 1 : object->file,
				      object->raw);
	}
	if (count > NAMED_MAX)
		result = text("%s and %zu more", result, count - NAMED_MAX);
	return result;
}

static void add_up(const struct objects *objects, struct object *sum)
{
	size_t i;

	*sum = (struct object){ 0 };
	for (i = 0; i < objects->count; i++) {
		if (objects->list[i].raw == NOT_KNOWN)
			continue;
		sum->raw += objects->list[i].raw;
		sum->doubtful += objects->list[i].doubtful;
	}
}

/* The line of a run. Who reads it may be gone. */
static void say(const struct objects *objects)
{
	const struct sigaction ignore = { .sa_handler = SIG_IGN };
	struct sigaction before;
	struct object sum;

	add_up(objects, &sum);
	if (sum.raw == 0)
		return;
	sigaction(SIGPIPE, &ignore, &before);
	warn("the handler sees no calls that are made at raw sites, in %s%s; "
	     "`pure-run --check' lists them, --quiet is silent",
	     names_of(objects),
	     sum.raw == sum.doubtful ? ", which may be data" : "");
	sigaction(SIGPIPE, &before, NULL);
}

/* What the child does. */
static void __attribute__((noreturn))
find_out(const char *file, const struct start *start, const char *audit,
	 const char *key)
{
	const struct rlimit limit = { TIME_LIMIT, TIME_LIMIT };
	struct objects objects;
	char *answer;

	/* Its own children's times are nobody's. */
	signal(SIGCHLD, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_CPU, &limit);
	objects = objects_of(file, start);
	audit_objects(&objects, audit);
	say(&objects);
	answer = objects_text(&objects);
	if (answer)
		cache_put(key, answer);
	_exit(EXIT_SUCCESS);
}

void check_note(const char *file, const struct start *start)
{
	struct objects objects = { 0 };
	struct stat status;
	char *program = elf_program(file), *audit, *key, *answer;
	pid_t pid;

	audit = install_find_audit();
	/* Without standard error there is nobody to say it to. */
	if (!program || !audit || fstat(STDERR_FILENO, &status) != 0)
		return;
	key = program_key(program, audit, start);
	answer = cache_get(key);
	if (answer && read_objects(&objects, answer)) {
		say(&objects);
		return;
	}
	pid = fork();
	if (pid == 0)
		find_out(program, start, audit, key);
	while (pid > 0 && waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
}

/* Print pure-audit's lines about the raw sites in FILE. */
static void print_sites(const char *file, const char *audit)
{
	char *argv[] = { (char *)audit, "--", (char *)file, NULL };
	char *line = process_output(argv, environ, true), *end, *site;

	for (; line && (end = strchr(line, '\n')); line = end + 1) {
		*end = '\0';
		site = strstr(line, ": 0x");
		if (site && strstr(site, ": raw"))
			printf("  %s\n", site + 2);
	}
}

static void print_object(struct object *object, const char *program)
{
	audit(&object, 1, program);
	if (object->raw == NOT_KNOWN)
		printf("%s: can't be audited: `pure-audit %s' says why\n",
		       object->file, object->file);
	else if (object->raw == 0)
		printf("%s: nothing raw\n", object->file);
	else
		printf("%s: %ld raw site%s\n", object->file, object->raw,
		       object->raw == 1 ? "" : "s");
	if (object->raw > 0)
		print_sites(object->file, program);
}

static void print_sum(const struct objects *objects)
{
	struct object sum;
	size_t files = 0, i;

	add_up(objects, &sum);
	for (i = 0; i < objects->count; i++)
		files += objects->list[i].raw > 0;
	if (sum.raw)
		printf("What is called at %s %ld raw site%s in %zu of %zu "
		       "file%s a handler doesn't see%s.\n",
		       sum.raw == 1 ? "this" : "these", sum.raw,
		       sum.raw == 1 ? "" : "s", files, objects->count,
		       objects->count == 1 ? "" : "s",
		       sum.doubtful ?
			       text("; %ld of them may be data", sum.doubtful) :
			       "");
	puts("Not looked at: the pure glibc's own files; and what the program "
	     "loads (dlopen),\nmakes (a compiler at run time) or executes when "
	     "it runs.");
}

/* As pure-audit's: a raw site is an answer, whatever else isn't known. */
static int check_status(const struct objects *objects)
{
	int status = EXIT_SUCCESS;
	size_t i;

	for (i = 0; i < objects->count; i++) {
		if (objects->list[i].raw > 0)
			return EXIT_RAW;
		if (objects->list[i].raw == NOT_KNOWN)
			status = EXIT_MISUSE;
	}
	return status;
}

void check_print(const char *file, const struct start *start)
{
	char *program = elf_program(file), *audit = install_find_audit();
	struct objects objects;
	size_t i;

	/* The caller sees to what can't be executed. */
	if (!program)
		return;
	if (!audit)
		fail(EXIT_MISUSE, "pure-audit is missing, it should be in "
				  "pure-run's directory");
	objects = objects_of(program, start);
	if (!objects.listed)
		fail(EXIT_MISUSE, "%s: its libraries can't be listed by %s",
		     program, start->loader);
	if (strcmp(program, file) != 0)
		printf("%s is a script for %s.\n", file, program);
	for (i = 0; i < objects.count; i++)
		print_object(&objects.list[i], audit);
	print_sum(&objects);
	if (fflush(stdout) == EOF)
		fail(EXIT_MISUSE, "standard output: %s", strerror(errno));
	exit(check_status(&objects));
}
