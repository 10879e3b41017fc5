/*
 * kit: descriptors, with what is open.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <limits.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "show.h"

static void put_device(struct pure_text *text, const struct stat *status)
{
	if (!S_ISCHR(status->st_mode) && !S_ISBLK(status->st_mode))
		return;
	pure_put(text, S_ISCHR(status->st_mode) ? "<char " : "<block ");
	pure_put_unsigned(text, major(status->st_rdev));
	pure_put_char(text, ':');
	pure_put_unsigned(text, minor(status->st_rdev));
	pure_put_char(text, '>');
}

/* "127.0.0.1:80"; "[::1]:80". */
static void put_end(struct pure_text *text, const struct sockaddr *end)
{
	const struct sockaddr_in *in = (const void *)end;
	const struct sockaddr_in6 *in6 = (const void *)end;
	char name[INET6_ADDRSTRLEN];

	if (end->sa_family == AF_INET) {
		inet_ntop(AF_INET, &in->sin_addr, name, sizeof(name));
		pure_put(text, name);
		pure_put_char(text, ':');
		pure_put_unsigned(text, ntohs(in->sin_port));
		return;
	}
	inet_ntop(AF_INET6, &in6->sin6_addr, name, sizeof(name));
	pure_put_char(text, '[');
	pure_put(text, name);
	pure_put(text, "]:");
	pure_put_unsigned(text, ntohs(in6->sin6_port));
}

/* "<TCP:[127.0.0.1:5->127.0.0.1:80]>". Returns false if it is another's. */
static bool put_internet(struct pure_text *text, int fd)
{
	union {
		struct sockaddr any;
		struct sockaddr_in6 largest;
	} here, there;
	unsigned int size = sizeof(here), other = sizeof(there);
	int type = 0, type_size = sizeof(type);

	if (PURE_OWN_CALL(SYS_getsockname, fd, &here, &size) != 0 ||
	    (here.any.sa_family != AF_INET && here.any.sa_family != AF_INET6) ||
	    PURE_OWN_CALL(SYS_getsockopt, fd, SOL_SOCKET, SO_TYPE, &type,
			  &type_size) != 0 ||
	    (type != SOCK_STREAM && type != SOCK_DGRAM))
		return false;
	pure_put(text, type == SOCK_STREAM ? "<TCP" : "<UDP");
	pure_put(text, here.any.sa_family == AF_INET ? ":[" : "v6:[");
	put_end(text, &here.any);
	if (PURE_OWN_CALL(SYS_getpeername, fd, &there, &other) == 0) {
		pure_put(text, "->");
		put_end(text, &there.any);
	}
	pure_put(text, "]>");
	return true;
}

static void put_path(struct pure_show *show, int fd, const char *path,
		     size_t length)
{
	struct stat status;

	pure_put_char(show->text, '<');
	pure_put_escaped(show->text, path, length);
	if (show->options->fds > 1 &&
	    PURE_OWN_CALL(SYS_fstat, fd, &status) == 0)
		put_device(show->text, &status);
	pure_put_char(show->text, '>');
}

void kit_put_fd(struct pure_show *show, int fd)
{
	char path[PATH_MAX];
	long length;

	pure_put_signed(show->text, fd);
	if (!show->options->fds || fd < 0)
		return;
	length = pure_fd_path(path, sizeof(path), fd);
	if (length <= 0)
		return;
	if (show->options->fds > 1 && strncmp(path, "socket:", 7) == 0 &&
	    put_internet(show->text, fd))
		return;
	put_path(show, fd, path, length);
}

void kit_show_fd(struct pure_show *show, int i)
{
	kit_put_fd(show, (int)show->arguments[i]);
}

/* An anonymous mapping has none. */
void kit_show_fd_mmap(struct pure_show *show, int i)
{
	kit_show_fd(show, i);
}

static void put_working_directory(struct pure_show *show)
{
	char path[PATH_MAX];
	long length = PURE_OWN_CALL(SYS_readlink, "/proc/self/cwd", path,
				    sizeof(path));

	if (length <= 0)
		return;
	pure_put_char(show->text, '<');
	pure_put_escaped(show->text, path, length);
	pure_put_char(show->text, '>');
}

void kit_put_dirfd(struct pure_show *show, int fd)
{
	if (fd != AT_FDCWD) {
		kit_put_fd(show, fd);
		return;
	}
	if (show->options->constants)
		pure_put_signed(show->text, fd);
	if (show->options->constants == 1)
		return;
	if (show->options->constants)
		pure_put(show->text, " /* ");
	pure_put(show->text, "AT_FDCWD");
	kit_end_name(show);
	if (show->options->fds)
		put_working_directory(show);
}

void kit_show_dirfd(struct pure_show *show, int i)
{
	kit_put_dirfd(show, (int)show->arguments[i]);
}
