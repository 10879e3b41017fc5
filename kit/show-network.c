/*
 * kit: sockets.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "show.h"

/* Control messages are shown up to so many bytes. */
#define CONTROL_SIZE 512

KIT_FLAGS(cmsg);
KIT_FLAGS(family);
KIT_FLAGS(ipproto);
KIT_FLAGS(level);
KIT_FLAGS(msg);
KIT_FLAGS(netlink);
KIT_FLAGS(so_ip);
KIT_FLAGS(so_ipv6);
KIT_FLAGS(so_netlink);
KIT_FLAGS(so_socket);
KIT_FLAGS(so_tcp);
KIT_FLAGS(sock);
KIT_FLAGS(socktype);

void kit_show_socktype(struct pure_show *show, int i)
{
	const unsigned int flags = SOCK_CLOEXEC | SOCK_NONBLOCK;
	const unsigned int value = (unsigned int)show->arguments[i];

	kit_put_one(show, &kit_flags_socktype, value & ~flags);
	if (value & flags) {
		pure_put_char(show->text, '|');
		kit_put_flags(show, &kit_flags_sock, value & flags);
	}
}

void kit_show_protocol(struct pure_show *show, int i)
{
	const unsigned int value = (unsigned int)show->arguments[i];

	switch ((int)show->arguments[0]) {
	case AF_INET:
	case AF_INET6:
		kit_put_one(show, &kit_flags_ipproto, value);
		break;
	case AF_NETLINK:
		kit_put_one(show, &kit_flags_netlink, value);
		break;
	default:
		pure_put_unsigned(show->text, value);
	}
}

static void put_unix(struct pure_show *show, const struct sockaddr_un *address,
		     size_t size)
{
	const size_t length = size - offsetof(struct sockaddr_un, sun_path);
	const char *path = address->sun_path;

	if (!length)
		return;
	pure_put(show->text, ", sun_path=");
	if (!*path && length > 1) {
		pure_put_char(show->text, '@');
		kit_put_bytes(show, path + 1, length - 1, false);
	} else {
		kit_put_bytes(show, path, strnlen(path, length), false);
	}
}

static void put_port(struct pure_show *show, const char *name,
		     unsigned short port)
{
	pure_put(show->text, name);
	pure_put(show->text, "=htons(");
	pure_put_unsigned(show->text, ntohs(port));
	pure_put_char(show->text, ')');
}

static void put_internet(struct pure_show *show,
			 const struct sockaddr_in *address)
{
	char name[INET_ADDRSTRLEN];

	put_port(show, ", sin_port", address->sin_port);
	pure_put(show->text, ", sin_addr=inet_addr(\"");
	pure_put(show->text,
		 inet_ntop(AF_INET, &address->sin_addr, name, sizeof(name)));
	pure_put(show->text, "\")");
}

static void put_internet6(struct pure_show *show,
			  const struct sockaddr_in6 *address)
{
	char name[INET6_ADDRSTRLEN];

	put_port(show, ", sin6_port", address->sin6_port);
	pure_put(show->text, ", sin6_flowinfo=htonl(");
	pure_put_unsigned(show->text, ntohl(address->sin6_flowinfo));
	pure_put(show->text, "), inet_pton(AF_INET6, \"");
	pure_put(show->text,
		 inet_ntop(AF_INET6, &address->sin6_addr, name, sizeof(name)));
	pure_put(show->text, "\", &sin6_addr), sin6_scope_id=");
	pure_put_unsigned(show->text, address->sin6_scope_id);
}

static void put_netlink(struct pure_show *show,
			const struct sockaddr_nl *address)
{
	kit_put_signed(show, "nl_pid", (int)address->nl_pid);
	pure_put(show->text, ", nl_groups=");
	if (address->nl_groups)
		pure_put(show->text, "0x");
	pure_put_digits(show->text, address->nl_groups, 16, 8);
}

static void put_other(struct pure_show *show, const char *data, size_t size)
{
	pure_put(show->text, ", sa_data=");
	kit_put_bytes(show, data, size, false);
}

/* SIZE bytes of an address of a socket. */
static void put_address(struct pure_show *show, unsigned long address,
			size_t size)
{
	union {
		struct sockaddr any;
		struct sockaddr_un local;
		struct sockaddr_in internet;
		struct sockaddr_in6 internet6;
		struct sockaddr_nl netlink;
		struct sockaddr_storage all;
	} a;

	memset(&a, 0, sizeof(a));
	if (size > sizeof(a))
		size = sizeof(a);
	if (size < sizeof(a.any.sa_family)) {
		kit_put_address(show, address);
		return;
	}
	if (!kit_fetch(show, &a, address, size))
		return;
	pure_put(show->text, "{sa_family=");
	kit_put_one(show, &kit_flags_family, a.any.sa_family);
	if (a.any.sa_family == AF_UNIX)
		put_unix(show, &a.local, size);
	else if (a.any.sa_family == AF_INET && size >= sizeof(a.internet))
		put_internet(show, &a.internet);
	else if (a.any.sa_family == AF_INET6 &&
		 size >= offsetof(struct sockaddr_in6, sin6_scope_id))
		put_internet6(show, &a.internet6);
	else if (a.any.sa_family == AF_NETLINK && size >= sizeof(a.netlink))
		put_netlink(show, &a.netlink);
	else if (size > sizeof(a.any.sa_family))
		put_other(show, a.any.sa_data, size - sizeof(a.any.sa_family));
	pure_put_char(show->text, '}');
}

/* What there is of an address that the call has set. */
static unsigned int length_after(const struct pure_show *show, int i)
{
	const int at = show->call->arguments[i].kind == PURE_KIND_OUT ?
			       show->number == SYS_recvfrom ? 5 : i + 1 :
			       0;
	unsigned int now = 0;

	if (!at)
		return (unsigned int)kit_size(show, i);
	pure_read(&now, show->arguments[at], sizeof(now));
	return now < show->kept[0] ? now : (unsigned int)show->kept[0];
}

void kit_put_sockaddr_at(struct pure_show *show, unsigned long address, int i)
{
	put_address(show, address, length_after(show, i));
}

/* [128 => 16], or [16] if it is the same. */
void kit_show_inout_socklen(struct pure_show *show, int i)
{
	const unsigned int before = (unsigned int)show->kept[0];
	unsigned int now;

	if (!kit_fetch(show, &now, show->arguments[i], sizeof(now)))
		return;
	pure_put_char(show->text, '[');
	if (before != now) {
		pure_put_signed(show->text, (int)before);
		pure_put(show->text, " => ");
	}
	pure_put_signed(show->text, (int)now);
	pure_put_char(show->text, ']');
}

void kit_keep_message(struct pure_show *show)
{
	unsigned int length = 0;

	pure_read(&length,
		  show->arguments[1] + offsetof(struct msghdr, msg_namelen),
		  sizeof(length));
	show->kept[0] = length;
}

static void put_descriptors(struct pure_show *show, const char *data,
			    size_t size)
{
	size_t i;
	int fd;

	pure_put_char(show->text, '[');
	for (i = 0; i + sizeof(fd) <= size; i += sizeof(fd)) {
		memcpy(&fd, data + i, sizeof(fd));
		pure_put(show->text, i ? ", " : "");
		kit_put_fd(show, fd);
	}
	pure_put_char(show->text, ']');
}

static void put_credentials(struct pure_show *show, const char *data)
{
	struct ucred who;

	memcpy(&who, data, sizeof(who));
	pure_put_char(show->text, '{');
	kit_put_signed(show, "pid", who.pid);
	pure_put(show->text, ", uid=");
	kit_put_id(show, who.uid);
	pure_put(show->text, ", gid=");
	kit_put_id(show, who.gid);
	pure_put_char(show->text, '}');
}

static void put_control(struct pure_show *show, const struct cmsghdr *header,
			const char *data, size_t size)
{
	const bool socket = header->cmsg_level == SOL_SOCKET;

	pure_put_char(show->text, '{');
	kit_put_unsigned(show, "cmsg_len", header->cmsg_len);
	pure_put(show->text, ", cmsg_level=");
	kit_put_one(show, &kit_flags_level, (unsigned int)header->cmsg_level);
	pure_put(show->text, ", cmsg_type=");
	if (socket)
		kit_put_one(show, &kit_flags_cmsg,
			    (unsigned int)header->cmsg_type);
	else
		pure_put_hex(show->text, (unsigned int)header->cmsg_type);
	if (size)
		pure_put(show->text, ", cmsg_data=");
	if (size && socket && header->cmsg_type == SCM_RIGHTS)
		put_descriptors(show, data, size);
	else if (size >= sizeof(struct ucred) && socket &&
		 header->cmsg_type == SCM_CREDENTIALS)
		put_credentials(show, data);
	else if (size)
		kit_put_bytes(show, data, size, false);
	pure_put_char(show->text, '}');
}

static void put_controls(struct pure_show *show, unsigned long address,
			 size_t size)
{
	char all[CONTROL_SIZE];
	size_t at = 0, length;
	struct cmsghdr header;

	if (size > sizeof(all))
		size = sizeof(all);
	if (size < sizeof(header)) {
		kit_put_address(show, address);
		return;
	}
	if (!kit_fetch(show, all, address, size))
		return;
	pure_put_char(show->text, '[');
	while (at + sizeof(header) <= size) {
		memcpy(&header, all + at, sizeof(header));
		length = header.cmsg_len;
		if (length < sizeof(header))
			break;
		if (length > size - at)
			length = size - at;
		pure_put(show->text, at ? ", " : "");
		put_control(show, &header, all + at + sizeof(header),
			    length - sizeof(header));
		at += CMSG_ALIGN(length);
	}
	pure_put_char(show->text, ']');
}

static void put_vectors(struct pure_show *show, const struct msghdr *message,
			unsigned long bytes)
{
	pure_put(show->text, ", msg_iov=");
	kit_put_vectors(show, (unsigned long)message->msg_iov,
			message->msg_iovlen, bytes);
	kit_put_unsigned(show, "msg_iovlen", message->msg_iovlen);
}

/* RECEIVED: of a name there is as much as there was room for. */
static void put_name(struct pure_show *show, const struct msghdr *message,
		     bool received)
{
	unsigned int size = message->msg_namelen;

	if (received && size > show->kept[0])
		size = (unsigned int)show->kept[0];
	pure_put(show->text, "{msg_name=");
	if (message->msg_name && size)
		put_address(show, (unsigned long)message->msg_name, size);
	else
		kit_put_address(show, (unsigned long)message->msg_name);
	pure_put(show->text, ", msg_namelen=");
	if (received && message->msg_namelen != show->kept[0]) {
		pure_put_unsigned(show->text, show->kept[0]);
		pure_put(show->text, " => ");
	}
	pure_put_unsigned(show->text, message->msg_namelen);
}

static void put_message(struct pure_show *show, const struct msghdr *message,
			unsigned long bytes, bool received)
{
	put_name(show, message, received);
	put_vectors(show, message, bytes);
	if (message->msg_controllen) {
		pure_put(show->text, ", msg_control=");
		put_controls(show, (unsigned long)message->msg_control,
			     message->msg_controllen);
	}
	kit_put_unsigned(show, "msg_controllen", message->msg_controllen);
	pure_put(show->text, ", msg_flags=");
	kit_put_flags(show, &kit_flags_msg, (unsigned int)message->msg_flags);
	pure_put_char(show->text, '}');
}

void kit_put_msghdr_at(struct pure_show *show, unsigned long address, int i)
{
	const bool received = show->call->arguments[i].kind == PURE_KIND_OUT;
	struct msghdr message;

	if (!kit_fetch(show, &message, address, sizeof(message)))
		return;
	if (received && kit_failed(show)) {
		pure_put_char(show->text, '{');
		kit_put_unsigned(show, "msg_namelen", message.msg_namelen);
		pure_put_char(show->text, '}');
		return;
	}
	put_message(show, &message,
		    received ? (unsigned long)show->result : -1UL, received);
}

static void put_one_message(struct pure_show *show, const void *element)
{
	const struct mmsghdr *message = element;

	show->kept[0] = message->msg_hdr.msg_namelen;
	pure_put(show->text, "{msg_hdr=");
	put_message(show, &message->msg_hdr,
		    show->left && show->number == SYS_recvmmsg ?
			    message->msg_len :
			    -1UL,
		    false);
	if (!kit_failed(show)) {
		kit_put_unsigned(show, "msg_len", message->msg_len);
	}
	pure_put_char(show->text, '}');
}

void kit_put_mmsghdrs_at(struct pure_show *show, unsigned long address, int i)
{
	kit_put_array(show, address,
		      kit_failed(show) ? kit_size(show, i) :
					 (unsigned long)show->result,
		      sizeof(struct mmsghdr), put_one_message);
}

static const struct kit_flags *names_of(int level)
{
	switch (level) {
	case SOL_SOCKET:
		return &kit_flags_so_socket;
	case SOL_IP:
		return &kit_flags_so_ip;
	case SOL_IPV6:
		return &kit_flags_so_ipv6;
	case SOL_TCP:
		return &kit_flags_so_tcp;
	case SOL_NETLINK:
		return &kit_flags_so_netlink;
	}
	return NULL;
}

void kit_show_sockoptname(struct pure_show *show, int i)
{
	const struct kit_flags *names = names_of((int)show->arguments[1]);
	const unsigned int name = (unsigned int)show->arguments[i];

	if (names)
		kit_put_one(show, names, name);
	else
		pure_put_unsigned(show->text, name);
}

static void put_linger(struct pure_show *show, unsigned long address)
{
	struct linger linger;

	if (!kit_fetch(show, &linger, address, sizeof(linger)))
		return;
	pure_put_char(show->text, '{');
	kit_put_signed(show, "l_onoff", linger.l_onoff);
	kit_put_signed(show, "l_linger", linger.l_linger);
	pure_put_char(show->text, '}');
}

static void put_peer(struct pure_show *show, unsigned long address)
{
	char who[sizeof(struct ucred)];

	if (kit_fetch(show, who, address, sizeof(who)))
		put_credentials(show, who);
}

/* Does the value of the option have type LENGTH bytes, and is it NAME? */
static bool is_option(const struct pure_show *show, int name, size_t length,
		      size_t size)
{
	return (int)show->arguments[1] == SOL_SOCKET &&
	       (int)show->arguments[2] == name && length >= size;
}

void kit_put_sockopt_at(struct pure_show *show, unsigned long address, int i)
{
	const bool set = show->call->arguments[i].kind == PURE_KIND_IN;
	unsigned int length = 0;
	int value;

	if (set)
		length = (unsigned int)show->arguments[4];
	else
		pure_read(&length, show->arguments[4], sizeof(length));
	if (is_option(show, SO_LINGER, length, sizeof(struct linger))) {
		put_linger(show, address);
	} else if (is_option(show, SO_PEERCRED, length, sizeof(struct ucred))) {
		put_peer(show, address);
	} else if (length == sizeof(value)) {
		if (!kit_fetch(show, &value, address, sizeof(value)))
			return;
		pure_put_char(show->text, '[');
		pure_put_signed(show->text, value);
		pure_put_char(show->text, ']');
	} else {
		kit_put_memory(show, address, length);
	}
}
