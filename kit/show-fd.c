/*
 * kit: descriptors, with what is open.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "show.h"

KIT_FLAGS(netlink);

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

/* "<TCP:[127.0.0.1:5->127.0.0.1:80]>". Returns false if it is another's, or has
   no address. */
static bool put_internet(struct pure_text *text, int fd)
{
	union {
		struct sockaddr any;
		struct sockaddr_in in;
		struct sockaddr_in6 largest;
	} here, there;
	unsigned int size = sizeof(here), other = sizeof(there);
	int type = 0, type_size = sizeof(type);

	/* The port is at the same place in both. */
	if (PURE_OWN_CALL(SYS_getsockname, fd, &here, &size) != 0 ||
	    (here.any.sa_family != AF_INET && here.any.sa_family != AF_INET6) ||
	    !here.in.sin_port ||
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

/* NAME without what a reader of "<NAME>" could take for its end. */
static void put_enclosed(struct pure_text *text, const char *name, size_t size)
{
	size_t at = 0, plain;

	pure_put_char(text, '<');
	while (at < size) {
		plain = strcspn(name + at, "<>");
		if (plain > size - at)
			plain = size - at;
		pure_put_escaped(text, name + at, plain);
		at += plain;
		if (at < size) {
			pure_put_char(text, '\\');
			pure_put_digits(
				text, (unsigned char)name[at], 8,
				name[at + 1] >= '0' && name[at + 1] <= '7' ? 3 :
									     2);
			at++;
		}
	}
}

/* "</dev/null<char 1:3>>", if FD is a device. */
static bool put_device(struct pure_text *text, int fd, const char *path,
		       size_t length)
{
	struct stat status;

	if (*path != '/' || PURE_OWN_CALL(SYS_fstat, fd, &status) != 0 ||
	    (!S_ISCHR(status.st_mode) && !S_ISBLK(status.st_mode)))
		return false;
	put_enclosed(text, path, length);
	pure_put(text, S_ISCHR(status.st_mode) ? "<char " : "<block ");
	pure_put_unsigned(text, major(status.st_rdev));
	pure_put_char(text, ':');
	pure_put_unsigned(text, minor(status.st_rdev));
	pure_put(text, ">>");
	return true;
}

/* The process of a pidfd, or 0. */
static long pidfd_process(int fd)
{
	char name[sizeof("/proc/self/fdinfo/") + 10], lines[256], *line;
	struct pure_text text = PURE_TEXT(name);
	long size, info, process = 0;

	pure_put(&text, "/proc/self/fdinfo/");
	pure_put_unsigned(&text, (unsigned int)fd);
	pure_put_char(&text, '\0');
	info = PURE_OWN_CALL(SYS_open, name, O_RDONLY | O_CLOEXEC);
	if (info < 0)
		return 0;
	size = PURE_OWN_CALL(SYS_read, info, lines, sizeof(lines) - 1);
	PURE_OWN_CALL(SYS_close, info);
	lines[size > 0 ? size : 0] = '\0';
	line = strstr(lines, "\nPid:\t");
	if (line)
		for (line += 6; *line >= '0' && *line <= '9'; line++)
			process = process * 10 + *line - '0';
	return process;
}

static bool put_process(struct pure_text *text, int fd, const char *path,
			size_t length)
{
	long process;

	if (strcmp(path, "anon_inode:[pidfd]") != 0)
		return false;
	process = pidfd_process(fd);
	if (process > 0) {
		pure_put(text, "<pid:");
		pure_put_unsigned(text, process);
	} else {
		put_enclosed(text, path, length);
	}
	pure_put_char(text, '>');
	return true;
}

/* "<NETLINK:[ROUTE:5]>". Returns false if it is another's, or isn't bound. */
static bool put_netlink(struct pure_text *text, int fd)
{
	const int protocol = kit_netlink_protocol(fd);
	const char *name = kit_flag_name(&kit_flags_netlink, protocol);
	struct sockaddr_nl here = { 0 };
	unsigned int size = sizeof(here);

	if (protocol < 0 ||
	    PURE_OWN_CALL(SYS_getsockname, fd, &here, &size) != 0 ||
	    !here.nl_pid)
		return false;
	pure_put(text, "<NETLINK:[");
	if (name) {
		pure_put(text, name + sizeof("NETLINK_") - 1);
		pure_put_char(text, ':');
	}
	pure_put_unsigned(text, name ? here.nl_pid : (unsigned int)protocol);
	pure_put(text, "]>");
	return true;
}

/* What the kernel says of a Unix socket. */
struct unix_answer {
	struct nlmsghdr header;
	struct unix_diag_msg message;
	char attributes[256];
};

static bool ask_unix(struct unix_answer *answer, unsigned int inode)
{
	const struct {
		struct nlmsghdr header;
		struct unix_diag_req request;
	} question = {
		{ .nlmsg_len = sizeof(question),
		  .nlmsg_type = SOCK_DIAG_BY_FAMILY,
		  .nlmsg_flags = NLM_F_REQUEST },
		{ .sdiag_family = AF_UNIX,
		  .udiag_states = -1U,
		  .udiag_ino = inode,
		  .udiag_show = UDIAG_SHOW_NAME | UDIAG_SHOW_PEER,
		  .udiag_cookie = { -1U, -1U } },
	};
	const long fd =
		PURE_OWN_CALL(SYS_socket, AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC,
			      NETLINK_SOCK_DIAG);
	long size = -1;

	if (fd < 0)
		return false;
	if (PURE_OWN_CALL(SYS_sendto, fd, &question, sizeof(question), 0, NULL,
			  0) > 0)
		size = PURE_OWN_CALL(SYS_recvfrom, fd, answer, sizeof(*answer),
				     MSG_DONTWAIT, NULL, NULL);
	PURE_OWN_CALL(SYS_close, fd);
	return size >= (long)offsetof(struct unix_answer, attributes) &&
	       size >= (long)answer->header.nlmsg_len &&
	       answer->header.nlmsg_type == SOCK_DIAG_BY_FAMILY;
}

/* Its peer, and its name: ->5,"/run/a". */
static void put_unix(struct pure_text *text, unsigned int inode)
{
	struct unix_answer answer;
	const struct nlattr *peer = NULL, *name = NULL, *one;
	const char *path;
	unsigned int at;

	if (!ask_unix(&answer, inode))
		return;
	for (at = offsetof(struct unix_answer, attributes);
	     at + NLA_HDRLEN <= answer.header.nlmsg_len;
	     at += NLA_ALIGN(one->nla_len)) {
		one = (const void *)((char *)&answer + at);
		if (one->nla_len < NLA_HDRLEN ||
		    at + one->nla_len > answer.header.nlmsg_len)
			break;
		if (one->nla_type == UNIX_DIAG_PEER)
			peer = one;
		else if (one->nla_type == UNIX_DIAG_NAME)
			name = one;
	}
	/* One that is gone is 0. */
	if (peer && *(const unsigned int *)(peer + 1)) {
		pure_put(text, "->");
		pure_put_unsigned(text, *(const unsigned int *)(peer + 1));
	}
	if (name && name->nla_len > NLA_HDRLEN) {
		path = (const char *)(name + 1);
		at = name->nla_len - NLA_HDRLEN;
		pure_put(text, *path ? ",\"" : ",@\"");
		if (*path)
			pure_put_escaped(text, path, strnlen(path, at));
		else
			pure_put_escaped(text, path + 1, at - 1);
		pure_put_char(text, '"');
	}
}

/* Is NAME, which the kernel has for a protocol, one that strace shows? */
static bool has_name(const char *name)
{
	static const char *const names[] = {
		"DCCP",	 "DCCPv6",  "NETLINK",	 "PING", "PINGv6",     "RAW",
		"RAWv6", "SCTP",    "SCTPv6",	 "TCP",	 "TCPv6",      "UDP",
		"UDPv6", "UDPLITE", "UDPLITEv6", "UNIX", "UNIX-STREAM"
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	return false;
}

/* "<UNIX-STREAM:[123]>": a socket's protocol and number, or "<socket:[123]>".
 */
static bool put_socket(struct pure_text *text, int fd, const char *path,
		       size_t length)
{
	char name[32] = "";

	if (strncmp(path, "socket:[", 8) != 0)
		return false;
	if (put_internet(text, fd) || put_netlink(text, fd))
		return true;
	PURE_OWN_CALL(SYS_fgetxattr, fd, "system.sockprotoname", name,
		      sizeof(name) - 1);
	if (!has_name(name)) {
		put_enclosed(text, path, length);
		pure_put_char(text, '>');
		return true;
	}
	pure_put_char(text, '<');
	pure_put(text, name);
	pure_put(text, ":[");
	pure_put_bytes(text, path + 8, length - 9);
	if (strncmp(name, "UNIX", 4) == 0)
		put_unix(text, strtoul(path + 8, NULL, 10));
	pure_put(text, "]>");
	return true;
}

/* Has the file of FD, whose PATH the kernel gives, no name any longer? */
static bool is_deleted(int fd, const char *path, size_t length)
{
	static const char deleted[] = " (deleted)";
	const size_t size = sizeof(deleted) - 1;
	struct stat status;

	return *path == '/' && length > size &&
	       strcmp(path + length - size, deleted) == 0 &&
	       PURE_OWN_CALL(SYS_fstat, fd, &status) == 0 && !status.st_nlink;
}

static void put_path(struct pure_text *text, int fd, const char *path,
		     size_t length)
{
	const bool deleted = is_deleted(fd, path, length);

	put_enclosed(text, path, deleted ? length - 10 : length);
	pure_put(text, deleted ? ">(deleted)" : ">");
}

void kit_put_fd(struct pure_show *show, int fd)
{
	const unsigned char wanted = show->options->fds;
	struct pure_text *text = show->text;
	char path[PATH_MAX];
	long length;

	pure_put_signed(text, fd);
	if (!wanted || fd < 0)
		return;
	length = pure_fd_path(path, sizeof(path), fd);
	if (length <= 0)
		return;
	if (!((wanted & PURE_SHOW_FDS_SOCKET &&
	       put_socket(text, fd, path, length)) ||
	      (wanted & PURE_SHOW_FDS_DEV &&
	       put_device(text, fd, path, length)) ||
	      (wanted & PURE_SHOW_FDS_PIDFD &&
	       put_process(text, fd, path, length))) &&
	    wanted & PURE_SHOW_FDS_PATH)
		put_path(text, fd, path, length);
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
				    sizeof(path) - 1);

	if (length <= 0)
		return;
	path[length] = '\0';
	put_enclosed(show->text, path, length);
	pure_put_char(show->text, '>');
}

void kit_put_dirfd(struct pure_show *show, int fd)
{
	if (fd != AT_FDCWD) {
		kit_put_fd(show, fd);
		return;
	}
	kit_put_named_int(show, fd, "AT_FDCWD");
	if (show->options->fds & PURE_SHOW_FDS_PATH)
		put_working_directory(show);
}

void kit_show_dirfd(struct pure_show *show, int i)
{
	kit_put_dirfd(show, (int)show->arguments[i]);
}
