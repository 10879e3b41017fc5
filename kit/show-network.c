/*
 * kit: sockets.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <limits.h>
#include <linux/if.h>
#include <linux/netlink.h>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "show.h"

KIT_FLAGS(family);
KIT_FLAGS(ipproto);
KIT_FLAGS(msg);
KIT_FLAGS(netlink);
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
	size_t length = size - offsetof(struct sockaddr_un, sun_path);
	const char *path = address->sun_path;

	if (!length)
		return;
	if (length > sizeof(address->sun_path))
		length = sizeof(address->sun_path);
	pure_put(show->text, ", sun_path=");
	if (!*path && length > 1) {
		pure_put_char(show->text, '@');
		kit_put_bytes(show, path + 1, length - 1, false);
	} else {
		kit_put_bytes(show, path, strnlen(path, length), false);
	}
}

void kit_put_port(struct pure_show *show, unsigned short port)
{
	if (!kit_begin_bytes(show, &port, sizeof(port)))
		return;
	pure_put(show->text, "htons(");
	pure_put_unsigned(show->text, ntohs(port));
	pure_put_char(show->text, ')');
	kit_end_name(show);
}

void kit_put_internet(struct pure_show *show, const struct sockaddr_in *address)
{
	kit_put_name(show, "sin_port");
	kit_put_port(show, address->sin_port);
	kit_put_inet(show, "sin_addr", &address->sin_addr);
}

static void put_flow(struct pure_show *show, unsigned int flow)
{
	pure_put(show->text, ", sin6_flowinfo=");
	if (!kit_begin_bytes(show, &flow, sizeof(flow)))
		return;
	pure_put(show->text, "htonl(");
	pure_put_unsigned(show->text, ntohl(flow));
	pure_put_char(show->text, ')');
	kit_end_name(show);
}

void kit_put_internet6(struct pure_show *show,
		       const struct sockaddr_in6 *address, size_t size)
{
	kit_put_name(show, "sin6_port");
	kit_put_port(show, address->sin6_port);
	put_flow(show, address->sin6_flowinfo);
	kit_put_inet6(show, "sin6_addr", &address->sin6_addr);
	if (size < sizeof(*address))
		return;
	pure_put(show->text, ", sin6_scope_id=");
	if (IN6_IS_ADDR_LINKLOCAL(&address->sin6_addr) ||
	    IN6_IS_ADDR_MC_LINKLOCAL(&address->sin6_addr))
		kit_put_interface(show, address->sin6_scope_id);
	else
		pure_put_unsigned(show->text, address->sin6_scope_id);
}

static void put_netlink(struct pure_show *show,
			const struct sockaddr_nl *address)
{
	if (address->nl_pad) {
		kit_put_name(show, "nl_pad");
		pure_put_hex(show->text, address->nl_pad);
	}
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

void kit_put_inet(struct pure_show *show, const char *name, const void *address)
{
	char text[INET_ADDRSTRLEN];

	if (name)
		kit_put_name(show, name);
	if (!kit_begin_bytes(show, address, sizeof(struct in_addr)))
		return;
	pure_put(show->text, "inet_addr(\"");
	pure_put(show->text, inet_ntop(AF_INET, address, text, sizeof(text)));
	pure_put(show->text, "\")");
	kit_end_name(show);
}

/* The name is the last argument of what it is shown by. */
void kit_put_inet6(struct pure_show *show, const char *name,
		   const void *address)
{
	const bool named = show->options->constants || !name;
	char text[INET6_ADDRSTRLEN];

	if (named && name)
		kit_put_name(show, name);
	else if (name && show->text->data[show->text->end - 1] != '{')
		pure_put(show->text, ", ");
	if (!kit_begin_bytes(show, address, sizeof(struct in6_addr)))
		return;
	pure_put(show->text, "inet_pton(AF_INET6, \"");
	pure_put(show->text, inet_ntop(AF_INET6, address, text, sizeof(text)));
	pure_put(show->text, named ? "\")" : "\", &");
	if (!named) {
		pure_put(show->text, name);
		pure_put_char(show->text, ')');
	}
	kit_end_name(show);
}

/* Those that are used, with colons between them. */
void kit_put_hardware(struct pure_show *show, const unsigned char *bytes,
		      size_t size, size_t used)
{
	size_t i;

	if (!kit_begin_bytes(show, bytes, size))
		return;
	for (i = 0; i < size && i < used; i++) {
		pure_put(show->text, i ? ":" : "");
		pure_put_digits(show->text, bytes[i], 16, 2);
	}
	kit_end_name(show);
}

/* The name of interface INDEX. Is there one? */
static bool interface_name(unsigned int index, struct ifreq *request)
{
	const long fd = PURE_OWN_CALL(SYS_socket, AF_INET,
				      SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool found;

	if (fd < 0)
		return false;
	request->ifr_ifindex = (int)index;
	found = PURE_OWN_CALL(SYS_ioctl, fd, SIOCGIFNAME, request) == 0;
	PURE_OWN_CALL(SYS_close, fd);
	return found;
}

void kit_put_interface(struct pure_show *show, unsigned int index)
{
	char room[sizeof("if_nametoindex(\"\")") + IFNAMSIZ];
	struct pure_text name = PURE_TEXT(room);
	struct ifreq request;

	if (!index || !interface_name(index, &request)) {
		pure_put_unsigned(show->text, index);
		return;
	}
	pure_put(&name, "if_nametoindex(\"");
	pure_put_bytes(&name, request.ifr_name,
		       strnlen(request.ifr_name, IFNAMSIZ));
	pure_put_bytes(&name, "\")", 3);
	kit_put_named_int(show, (int)index, room);
}

union address {
	struct sockaddr any;
	struct sockaddr_un local;
	struct sockaddr_in internet;
	struct sockaddr_in6 internet6;
	struct sockaddr_nl netlink;
	struct sockaddr_storage all;
};

void kit_put_sockaddr(struct pure_show *show, const void *address, size_t size)
{
	union address a = { 0 };

	if (size > sizeof(a))
		size = sizeof(a);
	memcpy(&a, address, size);
	pure_put(show->text, "{sa_family=");
	kit_put_one(show, &kit_flags_family, a.any.sa_family);
	if (a.any.sa_family == AF_UNIX)
		put_unix(show, &a.local, size);
	else if (a.any.sa_family == AF_INET && size >= sizeof(a.internet))
		kit_put_internet(show, &a.internet);
	else if (a.any.sa_family == AF_INET6 &&
		 size >= offsetof(struct sockaddr_in6, sin6_scope_id))
		kit_put_internet6(show, &a.internet6, size);
	else if (a.any.sa_family == AF_NETLINK && size >= sizeof(a.netlink))
		put_netlink(show, &a.netlink);
	else if (size > sizeof(a.any.sa_family) &&
		 !kit_put_rare_sockaddr(show, &a, size))
		put_other(show, a.any.sa_data, size - sizeof(a.any.sa_family));
	pure_put_char(show->text, '}');
}

/* SIZE bytes of an address of a socket. */
static void put_address(struct pure_show *show, unsigned long address,
			size_t size)
{
	union address a = { 0 };

	if (size > sizeof(a))
		size = sizeof(a);
	if (size < sizeof(a.any.sa_family))
		kit_put_address(show, address);
	else if (kit_fetch(show, &a, address, size))
		kit_put_sockaddr(show, &a, size);
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
	show->sizes[0] = length;
}

/* Is it a message of netlink's? The name that it goes to or comes from says so.
 */
static bool is_netlink(const struct msghdr *message)
{
	unsigned short family;

	return message->msg_name && message->msg_namelen >= sizeof(family) &&
	       pure_read(&family, (unsigned long)message->msg_name,
			 sizeof(family)) == sizeof(family) &&
	       family == AF_NETLINK;
}

static void put_vectors(struct pure_show *show, const struct msghdr *message,
			unsigned long bytes)
{
	pure_put(show->text, ", msg_iov=");
	if (is_netlink(message))
		kit_put_netlink_vectors(show, (unsigned long)message->msg_iov,
					message->msg_iovlen, bytes);
	else
		kit_put_vectors(show, (unsigned long)message->msg_iov,
				message->msg_iovlen, bytes);
	kit_put_unsigned(show, "msg_iovlen", message->msg_iovlen);
}

/* Of a name there is as much as there was ROOM for, if that is known. */
static void put_name(struct pure_show *show, const struct msghdr *message,
		     const unsigned int *room)
{
	unsigned int size = message->msg_namelen;

	if (room && size > *room)
		size = *room;
	pure_put(show->text, "{msg_name=");
	if (message->msg_name && size)
		put_address(show, (unsigned long)message->msg_name, size);
	else
		kit_put_address(show, (unsigned long)message->msg_name);
	pure_put(show->text, ", msg_namelen=");
	if (room && message->msg_namelen != *room) {
		pure_put_unsigned(show->text, *room);
		pure_put(show->text, " => ");
	}
	pure_put_unsigned(show->text, message->msg_namelen);
}

static void put_message(struct pure_show *show, const struct msghdr *message,
			unsigned long bytes, const unsigned int *room)
{
	put_name(show, message, room);
	put_vectors(show, message, bytes);
	if (message->msg_controllen) {
		pure_put(show->text, ", msg_control=");
		kit_put_controls(show, (unsigned long)message->msg_control,
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
		    received ? (unsigned long)show->result : -1UL,
		    received ? &show->sizes[0] : NULL);
}

void kit_keep_messages(struct pure_show *show)
{
	const unsigned long address = show->arguments[1];
	struct timespec *time = (void *)&show->kept[1];
	struct mmsghdr message;
	unsigned int i;

	for (i = 0; i < PURE_SHOW_SIZES && i < (unsigned int)show->arguments[2];
	     i++) {
		if (pure_read(&message, address + i * sizeof(message),
			      sizeof(message)) != sizeof(message))
			break;
		show->sizes[i] = message.msg_hdr.msg_namelen;
	}
	show->kept[0] = pure_read(time, show->arguments[4], sizeof(*time)) ==
			sizeof(*time);
}

/* The time that recvmmsg has been given. */
void kit_show_inout_timeleft(struct pure_show *show, int i)
{
	if (show->left && show->kept[0] &&
	    !pure_set_has(&show->options->plain, show->number))
		kit_put_seconds(show, (long)show->kept[1], (long)show->kept[2],
				"tv_nsec");
	else
		kit_show_inout_timespec(show, i);
}

/* Which of several messages is next, and how many have been sent or received.
 */
struct messages {
	unsigned int next, done;
};

static void put_one_message(struct pure_show *show, const void *element,
			    void *with)
{
	const struct mmsghdr *message = element;
	const bool received = show->number == SYS_recvmmsg;
	struct messages *messages = with;
	const unsigned int i = messages->next++;

	if (i == IOV_MAX) {
		pure_put(show->text, "...");
		return;
	}
	pure_put(show->text, "{msg_hdr=");
	put_message(show, &message->msg_hdr, received ? message->msg_len : -1UL,
		    received && i < PURE_SHOW_SIZES ? &show->sizes[i] : NULL);
	if (i < messages->done)
		kit_put_unsigned(show, "msg_len", message->msg_len);
	pure_put_char(show->text, '}');
}

void kit_put_mmsghdrs_at(struct pure_show *show, unsigned long address, int i)
{
	const unsigned long most = IOV_MAX + 1;
	struct messages messages = {
		.done = kit_failed(show) ? 0 : (unsigned int)show->result
	};
	unsigned long count = messages.done;

	if (show->number == SYS_sendmmsg)
		count = kit_size(show, i) < most ? kit_size(show, i) : most;
	kit_put_elements(show, address, count, sizeof(struct mmsghdr),
			 put_one_message, &messages);
}
