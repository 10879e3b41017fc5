/*
 * redirect: which files are others.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "redirect.h"

/* A file or a tree; neither name has links in its directories. */
struct map {
	char *from, *to;
	size_t from_length, to_length;
};

static struct map *maps;
static size_t count;

/* Where PATH goes on after NAME, of LENGTH, if that is it or contains it. */
static const char *inside_of(const char *path, const char *name, size_t length)
{
	/* "/" contains all; what comes after it has its slash. */
	if (length == 1)
		return path[1] ? path : path + 1;
	if (strncmp(path, name, length) == 0 &&
	    (path[length] == '/' || !path[length]))
		return path + length;
	return NULL;
}

/* Put NAME, of LENGTH, in place of what comes before REST in PATH. */
static bool put_name(char *path, const char *rest, const char *name,
		     size_t length)
{
	const size_t left = strlen(rest);

	/* What is too long isn't there. */
	if (length == 1 && left)
		length = 0;
	if (length + left >= PURE_PATH_SIZE)
		return false;
	memmove(path + length, rest, left + 1);
	memcpy(path, name, length);
	return true;
}

/* The longest of the names is meant. */
static bool inside(char *path)
{
	const struct map *best = NULL;
	const char *rest, *best_rest = NULL;
	size_t i;

	for (i = 0; i < count; i++) {
		rest = inside_of(path, maps[i].from, maps[i].from_length);
		if (rest && (!best || maps[i].from_length > best->from_length))
			best = &maps[i], best_rest = rest;
	}
	return best && strcmp(best->from, best->to) != 0 &&
	       put_name(path, best_rest, best->to, best->to_length);
}

static bool outside(char *path)
{
	const struct map *best = NULL;
	const char *rest, *best_rest = NULL;
	size_t i;

	for (i = 0; i < count; i++) {
		rest = inside_of(path, maps[i].to, maps[i].to_length);
		if (rest && (!best || maps[i].to_length > best->to_length))
			best = &maps[i], best_rest = rest;
	}
	return best && strcmp(best->from, best->to) != 0 &&
	       put_name(path, best_rest, best->from, best->from_length);
}

const struct pure_view map_view = { .inside = inside, .outside = outside };

void map_end(void)
{
	count = 0;
}

/* PATH, absolute, without links in its directories. NULL: there is no memory.
 */
static char *without_links(const char *path)
{
	char *copy = strdup(path), *second = strdup(path), *directory = NULL;
	char *result = NULL;
	const char *name;

	if (copy && second) {
		name = basename(second);
		directory = realpath(dirname(copy), NULL);
		if (*name == '/' || !*name || strcmp(name, ".") == 0 ||
		    strcmp(name, "..") == 0)
			result = realpath(path, NULL);
		else if (directory &&
			 asprintf(&result, "%s/%s",
				  strcmp(directory, "/") == 0 ? "" : directory,
				  name) < 0)
			result = NULL;
	}
	free(copy);
	free(second);
	free(directory);
	/* A directory that isn't there has no links. */
	return result ? result : strdup(path);
}

static const char *add(char *from, char *to)
{
	struct map *more = realloc(maps, (count + 1) * sizeof(*maps));
	struct map map = { .from = without_links(from) };

	map.to = realpath(to, NULL);
	if (!map.to)
		map.to = without_links(to);
	if (!more || !map.from || !map.to)
		return strerror(ENOMEM);
	maps = more;
	map.from_length = strlen(map.from);
	map.to_length = strlen(map.to);
	if (map.from_length >= PURE_PATH_SIZE ||
	    map.to_length >= PURE_PATH_SIZE)
		return strerror(ENAMETOOLONG);
	maps[count++] = map;
	return NULL;
}

/*
 * Is the directory there that MAP's file is in? Programs that look at each of
 * the directories of a path wouldn't come to it.
 */
static bool can_be_reached(const struct map *map)
{
	char path[PURE_PATH_SIZE];
	char *last;

	strcpy(path, map->from);
	last = strrchr(path, '/');
	if (last > path)
		*last = '\0';
	else
		last[1] = '\0';
	inside(path);
	return access(path, F_OK) == 0;
}

static const char *check(void)
{
	static char wrong[2 * PURE_PATH_SIZE];
	size_t i;

	for (i = 0; i < count; i++)
		if (!can_be_reached(&maps[i])) {
			snprintf(wrong, sizeof(wrong),
				 "the directory of `%s' isn't there: make it, "
				 "or map that",
				 maps[i].from);
			return wrong;
		}
	return NULL;
}

const char *map_start(const char *lines)
{
	char *copy = strdup(lines), *line, *to, *rest = copy;
	const char *wrong = copy ? NULL : strerror(ENOMEM);

	while (!wrong && (line = strsep(&rest, "\n"))) {
		if (!*line)
			continue;
		/* pure-run has seen that it is there. */
		to = strchr(line, '=');
		if (!to)
			wrong = "it has no `='";
		else {
			*to++ = '\0';
			wrong = add(line, to);
		}
	}
	free(copy);
	return wrong ? wrong : check();
}
