/*
 * kit: a path as the kernel walks it.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>

#include "kit.h"

/* As many links as the kernel follows. */
#define MOST_LINKS 40

struct walk {
	const struct pure_view *view;
	struct pure_path *to;
	/* What of the path is to come, from AT on. */
	char rest[PURE_PATH_SIZE];
	size_t at;
	int links;
};

/* Replace what is seen by what is really there: TO->real. */
static void look_inside(struct walk *walk)
{
	struct pure_path *to = walk->to;

	strcpy(to->real, to->seen);
	if (walk->view && walk->view->inside(to->real))
		to->other = true;
}

static void look_outside(struct walk *walk)
{
	if (walk->view && walk->view->outside(walk->to->seen))
		walk->to->other = true;
}

/* The last component of PATH, an absolute one, with its slash. */
static char *last_of(char *path)
{
	return strrchr(path, '/');
}

/* "/" has no slash in front of what comes after it. */
static void remove_last(char *path)
{
	char *last = last_of(path);

	last[last == path] = '\0';
}

static int append(char *path, const char *name, size_t length)
{
	size_t end = strlen(path);

	if (end == 1)
		end = 0;
	if (end + length + 2 > PURE_PATH_SIZE)
		return -ENAMETOOLONG;
	path[end] = '/';
	memcpy(path + end + 1, name, length);
	path[end + 1 + length] = '\0';
	return 0;
}

/* Where a path starts that isn't absolute, or is. */
static int start(struct walk *walk, int fd, const char *path)
{
	char *seen = walk->to->seen;
	long length;

	walk->to->other = false;
	walk->at = 0;
	walk->links = 0;
	if (strlen(path) >= sizeof(walk->rest))
		return -ENAMETOOLONG;
	strcpy(walk->rest, path);
	strcpy(seen, "/");
	if (*path == '/')
		return 0;
	length = fd == AT_FDCWD ?
			 PURE_OWN_CALL(SYS_getcwd, seen, PURE_PATH_SIZE) :
			 pure_fd_path(seen, PURE_PATH_SIZE, fd);
	if (length < 0)
		return (int)length;
	if (*seen != '/')
		return -ENOTDIR;
	look_outside(walk);
	return 0;
}

static bool is_number(const char *name, size_t length)
{
	size_t i;

	for (i = 0; i < length && isdigit((unsigned char)name[i]); i++)
		;
	return i == length && length > 0;
}

/*
 * Is PATH a link that the kernel follows by itself, wherever its text leads to?
 * Those are /proc/PID/exe, cwd and root, and the ones in fd, ns and map_files,
 * of tasks too.
 */
static bool is_magic(const char *path)
{
	static const char *const names[] = { "exe", "cwd", "root",
					     "fd/", "ns/", "map_files/" };
	size_t i, length;

	if (strncmp(path, "/proc/", 6) != 0)
		return false;
	for (path += 6; (length = strcspn(path, "/")), path[length];) {
		if (!is_number(path, length) &&
		    (length != 4 || strncmp(path, "task", length) != 0))
			return false;
		path += length + 1;
		for (i = 0; i < sizeof(names) / sizeof(*names); i++) {
			length = strlen(names[i]);
			if (strncmp(path, names[i], length) == 0 &&
			    (path[length] == '\0') !=
				    (names[i][length - 1] == '/'))
				return true;
		}
	}
	return false;
}

bool pure_path_is_magic(const char *path)
{
	return is_magic(path);
}

/* What is seen is the place that the kernel goes to by itself. */
static int jump(struct walk *walk, const char *link)
{
	if (*link != '/')
		return -ENOTDIR;
	strcpy(walk->to->seen, link);
	look_outside(walk);
	return 0;
}

/* Go on with LINK in place of the last component, which is one. */
static int follow(struct walk *walk, const char *link)
{
	const size_t length = strlen(link);
	const char *rest = walk->rest + walk->at;
	const size_t left = strlen(rest);

	if (++walk->links > MOST_LINKS)
		return -ELOOP;
	if (length + left + 2 > sizeof(walk->rest))
		return -ENAMETOOLONG;
	memmove(walk->rest + length + 1, rest, left + 1);
	memcpy(walk->rest, link, length);
	walk->rest[length] = '/';
	walk->at = 0;
	if (*link == '/')
		strcpy(walk->to->seen, "/");
	else
		remove_last(walk->to->seen);
	return 0;
}

/* What is seen can't be walked further: keep the rest for the kernel to say so.
 */
static int keep_rest(struct walk *walk)
{
	const char *rest = walk->rest + walk->at;

	rest += strspn(rest, "/");
	walk->at = strlen(walk->rest);
	return *rest ? append(walk->to->seen, rest, strlen(rest)) : 0;
}

/* A component has been appended: is it a link? AT_END: nothing comes after it.
 */
static int look_at_link(struct walk *walk, bool at_end)
{
	char link[PURE_PATH_SIZE];
	long length;

	look_inside(walk);
	length = PURE_OWN_CALL(SYS_readlink, walk->to->real, link,
			       sizeof(link) - 1);
	if (length == -EINVAL)
		return 0;
	if (length <= 0)
		return keep_rest(walk);
	link[length] = '\0';
	if (!is_magic(walk->to->real))
		return follow(walk, link);
	return at_end ? 0 : jump(walk, link);
}

/* To the directory above, from one. */
static int go_up(struct walk *walk, size_t length)
{
	char nothing[1];

	look_inside(walk);
	if (append(walk->to->real, ".", 1) == 0 &&
	    PURE_OWN_CALL(SYS_readlink, walk->to->real, nothing,
			  sizeof(nothing)) == -ENOTDIR) {
		walk->at -= length;
		return keep_rest(walk);
	}
	remove_last(walk->to->seen);
	return 0;
}

/* Go to the next component, of LENGTH bytes. */
static int step(struct walk *walk, size_t length, bool follow_last)
{
	const char *name = walk->rest + walk->at;
	const bool slash = name[length] == '/';
	const bool at_end = !name[length + strspn(name + length, "/")];
	int error;

	walk->at += length;
	if (length == 1 && *name == '.')
		return 0;
	if (length == 2 && name[0] == '.' && name[1] == '.')
		return go_up(walk, length);
	error = append(walk->to->seen, name, length);
	if (error || (at_end && !slash && !follow_last))
		return error;
	return look_at_link(walk, at_end);
}

/* What a path ends in says that it is a directory. */
static int keep_end(char *real, const char *path)
{
	const size_t length = strlen(path);
	const char *end;

	if (real[strlen(real) - 1] == '/')
		return 0;
	if (strcmp(path, ".") == 0 ||
	    (length > 1 && strcmp(path + length - 2, "/.") == 0))
		end = "/.";
	else if (length && path[length - 1] == '/')
		end = "/";
	else
		return 0;
	if (strlen(real) + strlen(end) >= PURE_PATH_SIZE)
		return -ENAMETOOLONG;
	strcat(real, end);
	return 0;
}

int pure_walk(struct pure_path *to, const struct pure_view *view, int fd,
	      const char *path, bool follow_last)
{
	struct walk walk = { .view = view, .to = to };
	int error = start(&walk, fd, path);

	while (!error) {
		size_t length;

		walk.at += strspn(walk.rest + walk.at, "/");
		length = strcspn(walk.rest + walk.at, "/");
		if (!length)
			break;
		error = step(&walk, length, follow_last);
	}
	if (error)
		return error;
	look_inside(&walk);
	return keep_end(to->real, path);
}
