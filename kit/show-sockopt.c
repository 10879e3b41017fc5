/*
 * kit: options of sockets.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <limits.h>
#include <linux/filter.h>
#include <linux/icmp.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>

#include "show.h"

#ifndef SOL_RAW
#define SOL_RAW 255
#endif

KIT_FLAGS(icmp);
KIT_FLAGS(packetkind);
KIT_FLAGS(so_ip);
KIT_FLAGS(so_ipv6);
KIT_FLAGS(so_netlink);
KIT_FLAGS(so_packet);
KIT_FLAGS(so_raw);
KIT_FLAGS(so_socket);
KIT_FLAGS(so_tcp);
KIT_FLAGS(txrehash);

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
	case SOL_PACKET:
		return &kit_flags_so_packet;
	case SOL_RAW:
		return &kit_flags_so_raw;
	}
	return NULL;
}

static int level(const struct pure_show *show)
{
	return (int)show->arguments[1];
}

static int option(const struct pure_show *show)
{
	return (int)show->arguments[2];
}

void kit_show_sockoptname(struct pure_show *show, int i)
{
	const struct kit_flags *names = names_of(level(show));
	const unsigned int name = (unsigned int)show->arguments[i];

	if (level(show) == SOL_SOCKET && name == SO_GET_FILTER &&
	    show->number == SYS_getsockopt) {
		if (kit_begin_name(show, name)) {
			pure_put(show->text, "SO_GET_FILTER");
			kit_end_name(show);
		}
	} else if (names) {
		kit_put_one(show, names, name);
	} else {
		pure_put_unsigned(show->text, name);
	}
}

/* A member of a struct, as far as the call has set it. */
struct member {
	const char *name;
	size_t offset;
	/* d: an int, u: without a sign, i: an ID. */
	char kind;
};

/* The COUNT members that there are in LENGTH bytes at ADDRESS, SIZE at most. */
static void put_members(struct pure_show *show, unsigned long address,
			size_t length, size_t size,
			const struct member *members, size_t count)
{
	char bytes[64] = { 0 };
	unsigned int value;
	size_t i;

	if (length > size)
		length = size;
	if (!kit_fetch(show, bytes, address, length))
		return;
	pure_put_char(show->text, '{');
	for (i = 0; i < count && members[i].offset < length; i++) {
		kit_put_name(show, members[i].name);
		memcpy(&value, bytes + members[i].offset, sizeof(value));
		if (length - members[i].offset < sizeof(value))
			kit_put_hex_memory(show, address + members[i].offset,
					   length - members[i].offset);
		else if (members[i].kind == 'd')
			pure_put_signed(show->text, (int)value);
		else if (members[i].kind == 'i')
			kit_put_id(show, value);
		else
			pure_put_unsigned(show->text, value);
	}
	pure_put_char(show->text, '}');
}

static const struct member linger_members[] = {
	{ "l_onoff", offsetof(struct linger, l_onoff), 'd' },
	{ "l_linger", offsetof(struct linger, l_linger), 'd' },
};

static const struct member ucred_members[] = {
	{ "pid", offsetof(struct ucred, pid), 'd' },
	{ "uid", offsetof(struct ucred, uid), 'i' },
	{ "gid", offsetof(struct ucred, gid), 'i' },
};

static const struct member packet_members[] = {
	{ "tp_packets", offsetof(struct tpacket_stats_v3, tp_packets), 'u' },
	{ "tp_drops", offsetof(struct tpacket_stats_v3, tp_drops), 'u' },
	{ "tp_freeze_q_cnt", offsetof(struct tpacket_stats_v3, tp_freeze_q_cnt),
	  'u' },
};

static const struct member ring_members[] = {
	{ "tp_block_size", offsetof(struct tpacket_req, tp_block_size), 'u' },
	{ "tp_block_nr", offsetof(struct tpacket_req, tp_block_nr), 'u' },
	{ "tp_frame_size", offsetof(struct tpacket_req, tp_frame_size), 'u' },
	{ "tp_frame_nr", offsetof(struct tpacket_req, tp_frame_nr), 'u' },
};

#define PUT_MEMBERS(show, address, length, type, members)         \
	put_members(show, address, length, sizeof(type), members, \
		    sizeof(members) / sizeof(*(members)))

/* An int in brackets; FEWER bytes of one are shown as such, if there are some.
 */
static void put_int(struct pure_show *show, unsigned long address, int length,
		    bool fewer)
{
	int value;

	if (length < (int)sizeof(value) && fewer) {
		kit_put_hex_memory(show, address, length);
	} else if (length < (int)sizeof(value)) {
		kit_put_address(show, address);
	} else if (kit_fetch(show, &value, address, sizeof(value))) {
		pure_put_char(show->text, '[');
		pure_put_signed(show->text, value);
		pure_put_char(show->text, ']');
	}
}

static void put_error(struct pure_show *show, unsigned long address, int length)
{
	unsigned int value;

	if (length < (int)sizeof(value)) {
		kit_put_hex_memory(show, address, length);
	} else if (kit_fetch(show, &value, address, sizeof(value))) {
		pure_put_char(show->text, '[');
		kit_put_error(show, (int)value);
		pure_put_char(show->text, ']');
	}
}

static void put_rehash(struct pure_show *show, unsigned long address,
		       int length, bool get)
{
	const char *name;
	int value;

	if (length < (int)sizeof(value)) {
		put_int(show, address, length, get);
		return;
	}
	if (!kit_fetch(show, &value, address, sizeof(value)))
		return;
	name = kit_flag_name(&kit_flags_txrehash, (unsigned int)value);
	pure_put_char(show->text, '[');
	if (name)
		kit_put_named_int(show, value, name);
	else
		pure_put_signed(show->text, value);
	if (!name && show->options->constants != 1)
		pure_put(show->text, " /* SOCK_TXREHASH_??? */");
	pure_put_char(show->text, ']');
}

/* The kinds that aren't let through; of many, those that are. */
static void put_icmp(struct pure_show *show, unsigned long address, int length)
{
	struct icmp_filter filter = { ~0U };
	const char *blank = "";
	unsigned int set, i;

	if (length > (int)sizeof(filter))
		length = sizeof(filter);
	if (length <= 0) {
		kit_put_address(show, address);
		return;
	}
	if (!kit_fetch(show, &filter, address, length))
		return;
	set = filter.data;
	if (__builtin_popcount(set) > 16) {
		set = ~set;
		pure_put_char(show->text, '~');
	}
	pure_put_char(show->text, '[');
	for (i = 0; i < 32; i++)
		if (set >> i & 1) {
			pure_put(show->text, blank);
			kit_put_one(show, &kit_flags_icmp, i);
			blank = " ";
		}
	pure_put_char(show->text, ']');
}

/* Is it an option that is an int, whatever size is given? */
static bool is_int(int name)
{
	switch (name) {
	case SO_DEBUG:
	case SO_REUSEADDR:
	case SO_DONTROUTE:
	case SO_BROADCAST:
	case SO_SNDBUF:
	case SO_RCVBUF:
	case SO_KEEPALIVE:
	case SO_OOBINLINE:
	case SO_NO_CHECK:
	case SO_PRIORITY:
	case SO_BSDCOMPAT:
	case SO_REUSEPORT:
	case SO_PASSCRED:
	case SO_RCVLOWAT:
	case SO_SNDLOWAT:
	case SO_DETACH_FILTER:
	case SO_TIMESTAMP_OLD:
	case SO_ACCEPTCONN:
	case SO_SNDBUFFORCE:
	case SO_RCVBUFFORCE:
	case SO_PASSSEC:
	case SO_TIMESTAMPNS_OLD:
	case SO_MARK:
	case SO_TIMESTAMPING_OLD:
	case SO_RXQ_OVFL:
	case SO_WIFI_STATUS:
	case SO_PEEK_OFF:
	case SO_NOFCS:
	case SO_LOCK_FILTER:
	case SO_SELECT_ERR_QUEUE:
	case SO_BUSY_POLL:
	case SO_INCOMING_CPU:
	case SO_CNX_ADVICE:
	case SO_INCOMING_NAPI_ID:
	case SO_ZEROCOPY:
	case SO_TIMESTAMP_NEW:
	case SO_TIMESTAMPNS_NEW:
	case SO_TIMESTAMPING_NEW:
	case SO_DETACH_REUSEPORT_BPF:
	case SO_PREFER_BUSY_POLL:
	case SO_BUSY_POLL_BUDGET:
	case SO_RESERVE_MEM:
	case SO_RCVMARK:
		return true;
	}
	return false;
}

static void put_other(struct pure_show *show, unsigned long address, int length)
{
	if (length == (int)sizeof(int))
		put_int(show, address, length, false);
	else
		kit_put_memory(show, address, (unsigned int)length);
}

/* What getsockopt says of the socket itself, LENGTH bytes. */
static void put_got_of_socket(struct pure_show *show, unsigned long address,
			      int length)
{
	if (option(show) == SO_LINGER)
		PUT_MEMBERS(show, address, length, struct linger,
			    linger_members);
	else if (option(show) == SO_PEERCRED)
		PUT_MEMBERS(show, address, length, struct ucred, ucred_members);
	else if (option(show) == SO_GET_FILTER && length <= USHRT_MAX)
		kit_put_instructions(show, address, length, false);
	else if (option(show) == SO_GET_FILTER)
		kit_put_address(show, address);
	else if (option(show) == SO_ERROR)
		put_error(show, address, length);
	else if (option(show) == SO_TXREHASH)
		put_rehash(show, address, length, true);
	else if (is_int(option(show)))
		put_int(show, address, length, true);
	else
		put_other(show, address, length);
}

static void put_number(struct pure_show *show, const void *element)
{
	pure_put_unsigned(show->text, *(const unsigned int *)element);
}

/* WANTED bytes have been asked for. */
static void put_got(struct pure_show *show, unsigned long address, int wanted,
		    int length)
{
	const int most = wanted < length ? wanted : length;

	if (wanted <= 0 || length <= 0)
		kit_put_address(show, address);
	else if (level(show) == SOL_SOCKET)
		put_got_of_socket(show, address, length);
	else if (level(show) == SOL_PACKET && option(show) == PACKET_STATISTICS)
		PUT_MEMBERS(show, address, length, struct tpacket_stats_v3,
			    packet_members);
	else if (level(show) == SOL_RAW && option(show) == ICMP_FILTER)
		put_icmp(show, address, length);
	else if (level(show) == SOL_NETLINK &&
		 option(show) == NETLINK_LIST_MEMBERSHIPS)
		kit_put_array(show, address, most / sizeof(int), sizeof(int),
			      put_number);
	else if (level(show) == SOL_NETLINK)
		put_int(show, address, sizeof(int), false);
	else
		put_other(show, address, length);
}

/* Read to OBJECT the SIZE bytes at ADDRESS; or, if there are less, LENGTH, or
 * they can't be read, write the address: false.
 */
static bool fetch_whole(struct pure_show *show, void *object,
			unsigned long address, size_t size, int length)
{
	if (length >= (int)size)
		return kit_fetch(show, object, address, size);
	kit_put_address(show, address);
	return false;
}

static void put_membership(struct pure_show *show, unsigned long address,
			   int length)
{
	struct ip_mreq request;

	if (!fetch_whole(show, &request, address, sizeof(request), length))
		return;
	pure_put_char(show->text, '{');
	kit_put_inet(show, "imr_multiaddr", &request.imr_multiaddr);
	kit_put_inet(show, "imr_interface", &request.imr_interface);
	pure_put_char(show->text, '}');
}

/* struct ipv6_mreq, whose members aren't called the same by kernel and C
 * library.
 */
struct membership6 {
	struct in6_addr group;
	unsigned int interface;
};

static void put_membership6(struct pure_show *show, unsigned long address,
			    int length)
{
	struct membership6 request;

	if (!fetch_whole(show, &request, address, sizeof(request), length))
		return;
	pure_put_char(show->text, '{');
	kit_put_inet6(show, "ipv6mr_multiaddr", &request.group);
	kit_put_name(show, "ipv6mr_interface");
	kit_put_interface(show, request.interface);
	pure_put_char(show->text, '}');
}

static void put_group(struct pure_show *show, unsigned long address, int length)
{
	struct group_req request;

	if (!fetch_whole(show, &request, address, sizeof(request), length))
		return;
	pure_put(show->text, "{gr_interface=");
	kit_put_interface(show, request.gr_interface);
	kit_put_name(show, "gr_group");
	kit_put_sockaddr(show, &request.gr_group, sizeof(request.gr_group));
	pure_put_char(show->text, '}');
}

static void put_packet_membership(struct pure_show *show, unsigned long address,
				  int length)
{
	struct packet_mreq request;
	size_t size = sizeof(request.mr_address);

	if (length != (int)sizeof(request)) {
		kit_put_address(show, address);
		return;
	}
	if (!kit_fetch(show, &request, address, sizeof(request)))
		return;
	pure_put(show->text, "{mr_ifindex=");
	kit_put_interface(show, request.mr_ifindex);
	kit_put_name(show, "mr_type");
	kit_put_one(show, &kit_flags_packetkind, request.mr_type);
	kit_put_unsigned(show, "mr_alen", request.mr_alen);
	kit_put_name(show, "mr_address");
	if (request.mr_alen < sizeof(request.mr_address))
		size = request.mr_alen;
	kit_put_hardware(show, request.mr_address, size, size);
	pure_put_char(show->text, '}');
}

static void put_set_of_socket(struct pure_show *show, unsigned long address,
			      int length)
{
	switch (option(show)) {
	case SO_LINGER:
		if (length < (int)sizeof(struct linger))
			kit_put_address(show, address);
		else
			PUT_MEMBERS(show, address, length, struct linger,
				    linger_members);
		break;
	case SO_ATTACH_FILTER:
	case SO_ATTACH_REUSEPORT_CBPF:
		if (length == (int)sizeof(struct sock_fprog))
			kit_put_filter(show, address, false);
		else
			kit_put_address(show, address);
		break;
	case SO_TXREHASH:
		put_rehash(show, address, length, false);
		break;
	default:
		if (is_int(option(show)))
			put_int(show, address, length, false);
		else
			put_other(show, address, length);
	}
}

/* Groups that the socket joins and leaves. Is it such an option? */
static bool put_set_group(struct pure_show *show, unsigned long address,
			  int length)
{
	const bool v4 = level(show) == SOL_IP, v6 = level(show) == SOL_IPV6;
	const int name = option(show);

	if ((v4 || v6) &&
	    (name == MCAST_JOIN_GROUP || name == MCAST_LEAVE_GROUP))
		put_group(show, address, length);
	else if (v4 &&
		 (name == IP_ADD_MEMBERSHIP || name == IP_DROP_MEMBERSHIP))
		put_membership(show, address, length);
	else if (v6 &&
		 (name == IPV6_ADD_MEMBERSHIP || name == IPV6_DROP_MEMBERSHIP ||
		  name == IPV6_JOIN_ANYCAST || name == IPV6_LEAVE_ANYCAST))
		put_membership6(show, address, length);
	else
		return false;
	return true;
}

static bool put_set_packet(struct pure_show *show, unsigned long address,
			   int length)
{
	switch (option(show)) {
	case PACKET_RX_RING:
	case PACKET_TX_RING:
		if (length == (int)sizeof(struct tpacket_req))
			PUT_MEMBERS(show, address, length, struct tpacket_req,
				    ring_members);
		else
			kit_put_address(show, address);
		return true;
	case PACKET_ADD_MEMBERSHIP:
	case PACKET_DROP_MEMBERSHIP:
		put_packet_membership(show, address, length);
		return true;
	}
	return false;
}

static void put_set(struct pure_show *show, unsigned long address, int length)
{
	if (level(show) == SOL_SOCKET)
		put_set_of_socket(show, address, length);
	else if (level(show) == SOL_RAW && option(show) == ICMP_FILTER)
		put_icmp(show, address, length);
	else if (level(show) == SOL_NETLINK)
		put_int(show, address, length, false);
	else if (!put_set_group(show, address, length) &&
		 !(level(show) == SOL_PACKET &&
		   put_set_packet(show, address, length)))
		put_other(show, address, length);
}

void kit_put_sockopt_at(struct pure_show *show, unsigned long address, int i)
{
	int length = 0;

	if (show->call->arguments[i].kind == PURE_KIND_IN)
		put_set(show, address, (int)show->arguments[4]);
	else if (pure_read(&length, show->arguments[4], sizeof(length)) ==
		 sizeof(length))
		put_got(show, address, (int)show->kept[0], length);
	else
		kit_put_address(show, address);
}
