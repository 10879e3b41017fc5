/*
 * kit: is a call about one of some files?
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <linux/mount.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>

#include "kit.h"

/* "/proc/self/fd/" and an int. */
#define LINK_SIZE 32

/* How many of poll's are looked at at a time. */
#define POLL_PART 16

int pure_paths_add(struct pure_paths *paths, const char *path)
{
	char *names[2] = { strdup(path), realpath(path, NULL) };
	char **more;
	int i;

	for (i = 0; i < 2; i++) {
		if (!names[i] || (i && strcmp(names[0], names[1]) == 0))
			continue;
		more = realloc(paths->names,
			       (paths->count + 1) * sizeof(*more));
		if (!more)
			return -ENOMEM;
		paths->names = more;
		paths->names[paths->count++] = names[i];
	}
	return 0;
}

static bool listed(const struct pure_paths *paths, const char *path)
{
	unsigned int i;

	for (i = 0; i < paths->count; i++)
		if (strcmp(paths->names[i], path) == 0)
			return true;
	return false;
}

long pure_fd_path(char *to, size_t size, int fd)
{
	char room[LINK_SIZE];
	struct pure_text name = PURE_TEXT(room);
	long length;

	pure_put(&name, "/proc/self/fd/");
	pure_put_signed(&name, fd);
	pure_put_char(&name, '\0');
	length = PURE_OWN_CALL(SYS_readlink, room, to, size - 1);
	to[length < 0 ? 0 : length] = '\0';
	return length;
}

static bool fd_listed(const struct pure_paths *paths, int fd)
{
	char path[PATH_MAX];

	return fd >= 0 && pure_fd_path(path, sizeof(path), fd) > 0 &&
	       listed(paths, path);
}

static bool path_listed(const struct pure_paths *paths, unsigned long address)
{
	char path[PATH_MAX];
	long length = pure_read_string(path, sizeof(path), address);

	return length >= 0 && length < (long)sizeof(path) &&
	       listed(paths, path);
}

/* Of poll and ppoll. */
static bool some_listed(const struct pure_paths *paths, const long *a)
{
	struct pollfd part[POLL_PART];
	unsigned long done = 0, count = (unsigned int)a[1], i;

	while (done < count) {
		unsigned long size = count - done;
		if (size > POLL_PART)
			size = POLL_PART;
		size = pure_read(part, a[0] + done * sizeof(*part),
				 size * sizeof(*part)) /
		       sizeof(*part);
		if (!size)
			break;
		for (i = 0; i < size; i++)
			if (fd_listed(paths, part[i].fd))
				return true;
		done += size;
	}
	return false;
}

/* So many words of a set are read at once; and no more descriptors, as strace.
 */
#define SET_WORDS 64
#define SET_MOST (1024 * 1024)

/* Descriptors below COUNT in the set at ADDRESS, which can be read to its end.
 */
static bool set_listed(const struct pure_paths *paths, unsigned long address,
		       int count)
{
	const size_t words = (size_t)(count + 63) / 64;
	unsigned long part[SET_WORDS];
	size_t done, now, i;

	if (pure_read(part, address + (words - 1) * sizeof(*part),
		      sizeof(*part)) != sizeof(*part))
		return false;
	for (done = 0; done < words; done += now) {
		now = words - done < SET_WORDS ? words - done : SET_WORDS;
		if (pure_read(part, address + done * sizeof(*part),
			      now * sizeof(*part)) != now * sizeof(*part))
			return false;
		for (i = 0; i < now * 64; i++)
			if (part[i / 64] >> i % 64 & 1 &&
			    done * 64 + i < (size_t)count &&
			    fd_listed(paths, (int)(done * 64 + i)))
				return true;
	}
	return false;
}

/* Of select and pselect6: descriptors below A[0], in three sets. */
static bool some_selected(const struct pure_paths *paths, const long *a)
{
	const int count = (int)a[0] < SET_MOST ? (int)a[0] : SET_MOST;
	int set;

	for (set = 1; count > 0 && set <= 3; set++)
		if (a[set] && set_listed(paths, a[set], count))
			return true;
	return false;
}

/* Of fsconfig: what its command takes for a value. */
static bool value_listed(const struct pure_paths *paths, const long *a)
{
	switch ((unsigned int)a[1]) {
	case FSCONFIG_SET_PATH:
	case FSCONFIG_SET_PATH_EMPTY:
		return fd_listed(paths, (int)a[4]) || path_listed(paths, a[3]);
	case FSCONFIG_SET_FD:
		return fd_listed(paths, (int)a[4]);
	}
	return false;
}

bool pure_paths_match(const struct pure_paths *paths, long number,
		      const long *a)
{
	const struct pure_call *call = pure_call(number);
	int i;

	if (number == SYS_fsconfig)
		return value_listed(paths, a);
	if (number == SYS_select || number == SYS_pselect6)
		return some_selected(paths, a);
	for (i = 0; i < call->count; i++)
		switch (call->arguments[i].kind) {
		case PURE_KIND_FD:
		case PURE_KIND_DIRFD:
			if (fd_listed(paths, (int)a[i]))
				return true;
			break;
		case PURE_KIND_PATH:
			if (a[i] && path_listed(paths, a[i]))
				return true;
			break;
		}
	return (number == SYS_poll || number == SYS_ppoll) &&
	       some_listed(paths, a);
}

bool pure_fds_match(const struct pure_set *fds, long number, const long *a)
{
	const struct pure_call *call = pure_call(number);
	int i;

	for (i = 0; i < call->count; i++)
		if ((call->arguments[i].kind == PURE_KIND_FD ||
		     call->arguments[i].kind == PURE_KIND_DIRFD) &&
		    pure_set_has(fds, (unsigned int)a[i]))
			return true;
	return false;
}
