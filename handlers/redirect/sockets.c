/*
 * redirect: sockets that have a name in the file system (unix(7)).
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>

#include "redirect.h"

#define NAME_AT offsetof(struct sockaddr_un, sun_path)

/* The kernel takes a name that fills it, without a NUL. */
struct address {
	struct sockaddr_un un;
	char end;
};

/*
 * If the name at ADDRESS, of SIZE, is another's, put that into TO. Returns its
 * size, 0 if it isn't, or -ENAMETOOLONG.
 */
static long other_name(struct address *to, unsigned long address, long size)
{
	struct pure_path path;
	size_t length;

	memset(to, 0, sizeof(*to));
	if (size <= (long)NAME_AT || size > (long)sizeof(to->un) ||
	    pure_read(&to->un, address, size) != (size_t)size ||
	    to->un.sun_family != AF_UNIX || !to->un.sun_path[0])
		return 0;
	if (pure_walk(&path, &map_view, AT_FDCWD, to->un.sun_path, true) != 0 ||
	    !path.other)
		return 0;
	length = strlen(path.real);
	if (length >= sizeof(to->un.sun_path))
		return -ENAMETOOLONG;
	memcpy(to->un.sun_path, path.real, length + 1);
	return (long)(NAME_AT + length + 1);
}

/* Call NUMBER has a name as argument PLACE, and its size as the next one. */
static long give_name(long number, const long *a, int place)
{
	struct address other;
	long b[PURE_ARGUMENTS], size;

	size = other_name(&other, a[place], (int)a[place + 1]);
	if (size < 0)
		return size;
	memcpy(b, a, sizeof(b));
	if (size) {
		b[place] = (long)&other;
		b[place + 1] = size;
	}
	return pure_native_syscall(number, b[0], b[1], b[2], b[3], b[4], b[5]);
}

static long send_message(const long *a)
{
	struct address other;
	struct msghdr header;
	long size = 0, message = a[1];

	if (pure_read(&header, a[1], sizeof(header)) == sizeof(header) &&
	    header.msg_name)
		size = other_name(&other, (unsigned long)header.msg_name,
				  (int)header.msg_namelen);
	if (size < 0)
		return size;
	if (size) {
		header.msg_name = &other;
		header.msg_namelen = (socklen_t)size;
		message = (long)&header;
	}
	return pure_native_syscall(SYS_sendmsg, a[0], message, a[2], 0, 0, 0);
}

/*
 * Call NUMBER has given a name at argument PLACE, the room for which was ROOM,
 * and its size at the next one.
 */
static void show_name(const long *a, int place, socklen_t room)
{
	char name[PURE_PATH_SIZE] = "";
	struct address given = { .end = 0 };
	socklen_t size = *(socklen_t *)a[place + 1];

	/* What didn't fit isn't all there. */
	if (size <= NAME_AT || size > room || size > sizeof(given.un))
		return;
	memcpy(&given.un, (void *)a[place], size);
	if (given.un.sun_family != AF_UNIX || given.un.sun_path[0] != '/')
		return;
	strcpy(name, given.un.sun_path);
	if (!map_view.outside(name) ||
	    strlen(name) >= sizeof(given.un.sun_path))
		return;
	strcpy(given.un.sun_path, name);
	size = NAME_AT + strlen(name) + 1;
	memcpy((void *)a[place], &given.un, size < room ? size : room);
	*(socklen_t *)a[place + 1] = size;
}

static long get_name(long number, const long *a, int place)
{
	socklen_t room = 0;
	long result;

	if (a[place] && a[place + 1])
		pure_read(&room, a[place + 1], sizeof(room));
	result =
		pure_native_syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
	if (result >= 0 && room)
		show_name(a, place, room);
	return result;
}

bool socket_call(long number, const long *a, long *result)
{
	switch (number) {
	case SYS_bind:
	case SYS_connect:
		*result = give_name(number, a, 1);
		return true;
	case SYS_sendto:
		*result = give_name(number, a, 4);
		return true;
	case SYS_sendmsg:
		*result = send_message(a);
		return true;
	case SYS_getsockname:
	case SYS_getpeername:
	case SYS_accept:
	case SYS_accept4:
		*result = get_name(number, a, 1);
		return true;
	case SYS_recvfrom:
		*result = get_name(number, a, 4);
		return true;
	}
	return false;
}
