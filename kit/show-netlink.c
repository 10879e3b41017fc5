/*
 * kit: netlink's messages. What is in them is in netlink.table.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <linux/audit.h>
#include <linux/bpf.h>
#include <linux/cryptouser.h>
#include <linux/dcbnl.h>
#include <linux/fib_rules.h>
#include <linux/filter.h>
#include <linux/gen_stats.h>
#include <linux/genetlink.h>
#include <linux/if.h>
#include <linux/if_addrlabel.h>
#include <linux/if_arp.h>
#include <linux/if_bonding.h>
#include <linux/if_bridge.h>
#include <linux/if_ether.h>
#include <linux/if_link.h>
#include <linux/if_packet.h>
#include <linux/if_tun.h>
#include <linux/inet_diag.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/lwtunnel.h>
#include <linux/mpls.h>
#include <linux/mptcp.h>
#include <linux/mroute.h>
#include <linux/mroute6.h>
#include <linux/neighbour.h>
#include <linux/net_namespace.h>
#include <linux/netconf.h>
#include <linux/netfilter/ipset/ip_set.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nf_tables_compat.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_acct.h>
#include <linux/netfilter/nfnetlink_conntrack.h>
#include <linux/netfilter/nfnetlink_cthelper.h>
#include <linux/netfilter/nfnetlink_cttimeout.h>
#include <linux/netfilter/nfnetlink_hook.h>
#include <linux/netfilter/nfnetlink_log.h>
#include <linux/netfilter/nfnetlink_osf.h>
#include <linux/netfilter/nfnetlink_queue.h>
#include <linux/netlink.h>
#include <linux/netlink_diag.h>
#include <linux/nexthop.h>
#include <linux/packet_diag.h>
#include <linux/pkt_cls.h>
#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>
#include <linux/selinux_netlink.h>
#include <linux/snmp.h>
#include <linux/sock_diag.h>
#include <linux/tcp.h>
#include <linux/tls.h>
#include <linux/unix_diag.h>
#include <linux/xfrm.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include "show.h"

/* What the kernel's headers don't let out. */
enum {
	TCP_ESTABLISHED = 1,
	TCP_SYN_SENT,
	TCP_SYN_RECV,
	TCP_FIN_WAIT1,
	TCP_FIN_WAIT2,
	TCP_TIME_WAIT,
	TCP_CLOSE,
	TCP_CLOSE_WAIT,
	TCP_LAST_ACK,
	TCP_LISTEN,
	TCP_CLOSING,
	TCP_NEW_SYN_RECV
};
enum { RCV_SHUTDOWN = 1, SEND_SHUTDOWN = 2 };
enum {
	IF_RS_SENT = 0x10,
	IF_RA_RCVD = 0x20,
	IF_RA_MANAGED = 0x40,
	IF_RA_OTHERCONF = 0x80,
	IF_READY = 0x80000000
};

/* That of CAN devices, whose header has more; and udev's, which has none. */
struct can_device_stats {
	unsigned int bus_error, error_warning, error_passive, bus_off,
		arbitration_lost, restarts;
};
struct udev_header {
	char prefix[8];
	unsigned int magic, header_size, properties_off, properties_len,
		filter_subsystem_hash, filter_devtype_hash, filter_tag_bloom_hi,
		filter_tag_bloom_lo;
};

/* struct nexthop_grp, whose third member has another name in newer headers. */
struct nexthop {
	unsigned int id;
	unsigned char weight, resvd1;
	unsigned short resvd2;
};

/* The family that all others' names are sent by. */
#define KIT_nlctrl GENL_ID_CTRL

/* A struct rtgenmsg that is shown otherwise. */
struct cachereport {
	unsigned char rtgen_family;
};

#include "netlink.inc"

/* As much of an attribute or of the head of a message is looked at. */
#define DATA_SIZE 512

/* A program can put attributes and messages into one another that the kernel
   doesn't. */
#define MOST_DEPTH 20

int kit_netlink_protocol(int fd)
{
	int domain = 0, protocol = -1;
	unsigned int size = sizeof(int);

	if (PURE_OWN_CALL(SYS_getsockopt, fd, SOL_SOCKET, SO_DOMAIN, &domain,
			  &size) != 0 ||
	    domain != AF_NETLINK)
		return -1;
	PURE_OWN_CALL(SYS_getsockopt, fd, SOL_SOCKET, SO_PROTOCOL, &protocol,
		      &size);
	return protocol;
}

/*
 * Messages follow one another as attributes do: at its beginning, each says how
 * long it is, and the next begins at a multiple of four bytes. ONE shows the
 * one at ADDRESS, of which SIZE bytes are left, and HEADER has been read.
 */
union header {
	struct nlmsghdr message;
	struct nlattr attribute;
};
typedef void put_one(struct pure_show *show, const union header *header,
		     unsigned long address, unsigned int size,
		     const void *with);

struct chain {
	size_t header;
	put_one *one;
};

static void put_chain(struct pure_show *show, const struct chain *chain,
		      unsigned long address, unsigned int size,
		      const void *with)
{
	const bool messages = chain->header == sizeof(struct nlmsghdr);
	bool several = false;
	unsigned int i, length, aligned;
	union header header;

	for (i = 0;; i++, address += aligned, size -= aligned) {
		if (size < chain->header) {
			kit_put_hex_memory(show, address, size);
			break;
		}
		if (pure_read(&header, address, chain->header) !=
		    chain->header) {
			pure_put(show->text, several ? "... /* " : "");
			kit_put_address(show, address);
			pure_put(show->text, several ? " */" : "");
			break;
		}
		if (i >= show->options->string_size && !show->whole) {
			pure_put(show->text, "...");
			break;
		}
		length = messages ? header.message.nlmsg_len :
				    header.attribute.nla_len;
		aligned = NLMSG_ALIGN(length);
		if (length < chain->header || !aligned || aligned >= size)
			aligned = 0;
		if (aligned && !several)
			pure_put_char(show->text, '[');
		several = several || aligned;
		chain->one(show, &header, address, size, with);
		if (!aligned)
			break;
		pure_put(show->text, ", ");
	}
	pure_put(show->text, several ? "]" : "");
}

/* What attributes are of, and in which message. */
struct list {
	const struct kit_fields *fields;
	struct kit_message *message;
};

/* The name of VALUE, or of what it could be. */
static void put_type(struct pure_show *show, const struct kit_fields *fields,
		     unsigned int value)
{
	const struct kit_field *field = kit_find_field(fields, value);
	const struct kit_flag list[] = {
		{ value, field	       ? field->name :
			 fields->names ? kit_flag_name(fields->names, value) :
					 NULL },
		{ 0, NULL }
	};
	const struct kit_flags one = { fields->other, list };

	kit_put_one(show, &one, value);
}

static void put_flag(struct pure_show *show, unsigned int type,
		     unsigned int flag, const char *name)
{
	if (!(type & flag))
		return;
	if (kit_begin_name(show, flag)) {
		pure_put(show->text, name);
		kit_end_name(show);
	}
	pure_put_char(show->text, '|');
}

static void put_value(struct pure_show *show, const struct list *list,
		      unsigned int type, unsigned long address,
		      unsigned int size)
{
	const struct kit_field *field = kit_find_field(list->fields, type);
	unsigned char bytes[DATA_SIZE];
	struct kit_data data = { .address = address,
				 .size = size,
				 .bytes = bytes,
				 .message = list->message };

	if (field && field->kind) {
		data.known = pure_read(bytes, address,
				       size < DATA_SIZE ? size : DATA_SIZE);
		if (field->kind(show, field, &data))
			return;
	}
	kit_put_hex_memory(show, address, size);
}

static void put_attribute(struct pure_show *show, const union header *header,
			  unsigned long address, unsigned int size,
			  const void *with)
{
	const unsigned int type = header->attribute.nla_type & NLA_TYPE_MASK;
	const struct list *list = with;

	if (size > header->attribute.nla_len)
		size = header->attribute.nla_len;
	pure_put(show->text, size > NLA_HDRLEN ? "[{" : "{");
	kit_put_unsigned(show, "nla_len", header->attribute.nla_len);
	kit_put_name(show, "nla_type");
	put_flag(show, header->attribute.nla_type, NLA_F_NESTED,
		 "NLA_F_NESTED");
	put_flag(show, header->attribute.nla_type, NLA_F_NET_BYTEORDER,
		 "NLA_F_NET_BYTEORDER");
	put_type(show, list->fields, type);
	pure_put_char(show->text, '}');
	if (size <= NLA_HDRLEN)
		return;
	pure_put(show->text, ", ");
	put_value(show, list, type, address + NLA_HDRLEN, size - NLA_HDRLEN);
	pure_put_char(show->text, ']');
}

void kit_put_attributes(struct pure_show *show, const struct kit_fields *fields,
			unsigned long address, unsigned int size,
			struct kit_message *message)
{
	static const struct chain chain = { sizeof(struct nlattr),
					    put_attribute };
	const struct list list = { fields, message };

	if (message->depth >= MOST_DEPTH) {
		kit_put_hex_memory(show, address, size);
		return;
	}
	message->depth++;
	put_chain(show, &chain, address, size, &list);
	message->depth--;
}

bool kit_kind_attrs(struct pure_show *show, const struct kit_field *field,
		    const struct kit_data *data)
{
	kit_put_attributes(show, field->with, data->address, data->size,
			   data->message);
	return true;
}

void kit_put_rest(struct pure_show *show, const struct kit_fields *fields,
		  const struct kit_data *data, unsigned int size)
{
	if (data->size <= NLMSG_ALIGN(size))
		return;
	pure_put(show->text, ", ");
	kit_put_attributes(show, fields, data->address + NLMSG_ALIGN(size),
			   data->size - NLMSG_ALIGN(size), data->message);
}

/* A message: its header, and which protocol it is of. */
struct message {
	const struct nlmsghdr *header;
	int protocol;
	/* How many others it is in. */
	unsigned int depth;
};

/* What a message begins with, and which attributes follow. */
struct form {
	const struct kit_fields *head, *attributes;
};

/* The first member is there also where the struct isn't as a whole. */
static bool put_head(struct pure_show *show, const struct kit_fields *head,
		     struct kit_data *data)
{
	const struct kit_field *first = head->list;
	const bool whole = data->size >= head->size;
	const bool known = data->known >= head->size;

	pure_put_char(show->text, '{');
	kit_put_fields(show, first, first->size, data);
	if (!first[1].name) {
		pure_put_char(show->text, '}');
		return true;
	}
	if (whole && known) {
		kit_put_fields(show, first + 1, head->size, data);
	} else if (whole) {
		pure_put(show->text, ", ");
		kit_put_address(show, data->address + first->size);
	} else {
		pure_put(show->text, ", ...");
	}
	pure_put_char(show->text, '}');
	return whole && known;
}

static void put_form(struct pure_show *show, const struct form *form,
		     struct kit_data *data)
{
	if (put_head(show, form->head, data) && form->attributes)
		kit_put_rest(show, form->attributes, data, form->head->size);
}

/* A message of which only the family is known. */
static void put_family(struct pure_show *show, const struct kit_data *data)
{
	pure_put(show->text, "{family=");
	kit_put_one(show, &kit_flags_family, data->message->family);
	if (data->size > 1) {
		kit_put_name(show, "data");
		kit_put_hex_memory(show, data->address + 1, data->size - 1);
	}
	pure_put_char(show->text, '}');
}

/* By types, of which four belong together: new, delete, get and set. */
#define ROUTE(type, head, attributes)                   \
	[(type - RTM_BASE) / 4] = { &kit_fields_##head, \
				    &kit_fields_##attributes }
static const struct form route_forms[] = {
	ROUTE(RTM_NEWLINK, ifinfomsg, ifla),
	ROUTE(RTM_NEWADDR, ifaddrmsg, ifa),
	ROUTE(RTM_NEWROUTE, rtmsg, rta),
	ROUTE(RTM_NEWNEIGH, ndmsg, nda),
	ROUTE(RTM_NEWRULE, fib_rule_hdr, fra),
	ROUTE(RTM_NEWQDISC, tcmsg, tca),
	ROUTE(RTM_NEWTCLASS, tcmsg, tca),
	ROUTE(RTM_NEWTFILTER, tcmsg, tca),
	ROUTE(RTM_NEWACTION, tcamsg, tca_act),
	ROUTE(RTM_GETMULTICAST, ifaddrmsg, ifa),
	ROUTE(RTM_GETANYCAST, ifaddrmsg, ifa),
	ROUTE(RTM_NEWNEIGHTBL, ndtmsg, ndta),
	ROUTE(RTM_NEWADDRLABEL, ifaddrlblmsg, ifal),
	ROUTE(RTM_GETDCB, dcbmsg, dcb_attr),
	ROUTE(RTM_NEWNETCONF, netconfmsg, netconfa),
	ROUTE(RTM_NEWMDB, br_port_msg, mdba),
	ROUTE(RTM_NEWNSID, rtgenmsg, netnsa),
	ROUTE(RTM_NEWSTATS, if_stats_msg, ifla_stats),
	ROUTE(RTM_NEWCACHEREPORT, cachereport, ipmra_creport),
	ROUTE(RTM_NEWCHAIN, tcmsg, tca),
	ROUTE(RTM_NEWNEXTHOP, nhmsg, nha),
};

bool kit_kind_rtnlfamily(struct pure_show *show, const struct kit_field *field,
			 const struct kit_data *data)
{
	const unsigned char family = data->bytes[0];

	(void)field;
	kit_put_one(show,
		    kit_flag_name(&kit_flags_family, family) ?
			    &kit_flags_family :
			    &kit_flags_rtnl_family,
		    family);
	return true;
}

static void put_cachereport(struct pure_show *show, struct kit_data *data)
{
	const unsigned char family = data->message->family;
	const unsigned int head = NLMSG_ALIGN(sizeof(struct cachereport));

	put_head(show, &kit_fields_cachereport, data);
	if (family == RTNL_FAMILY_IPMR || family == RTNL_FAMILY_IP6MR) {
		kit_put_rest(show,
			     family == RTNL_FAMILY_IPMR ?
				     &kit_fields_ipmra_creport :
				     &kit_fields_ip6mra_creport,
			     data, sizeof(struct cachereport));
	} else if (data->size > head) {
		pure_put(show->text, ", ");
		kit_put_hex_memory(show, data->address + head,
				   data->size - head);
	}
}

static bool put_route(struct pure_show *show, unsigned int type,
		      struct kit_data *data)
{
	const unsigned int number = (type - RTM_BASE) / 4;
	const struct form *form = &route_forms[number];

	if (type == RTM_NEWCACHEREPORT)
		put_cachereport(show, data);
	else if (number >= sizeof(route_forms) / sizeof(*route_forms) ||
		 !form->head || !kit_flag_name(&kit_flags_rtm, type))
		put_family(show, data);
	else if (type == RTM_GETNEIGH && data->message->family == AF_BRIDGE)
		put_form(show, &route_forms[0], data);
	else
		put_form(show, form, data);
	return true;
}

#define DIAG(family, request, request_attributes, answer, attributes) \
	[family] = { { &kit_fields_##request, request_attributes },   \
		     { &kit_fields_##answer, &kit_fields_##attributes } }
static const struct form diag_forms[][2] = {
	DIAG(AF_UNIX, unix_diag_req, NULL, unix_diag_msg, unix_diag),
	DIAG(AF_INET, inet_diag_req_v2, &kit_fields_inet_diag_req_attrs,
	     inet_diag_msg, inet_diag),
	DIAG(AF_INET6, inet_diag_req_v2, &kit_fields_inet_diag_req_attrs,
	     inet_diag_msg, inet_diag),
	DIAG(AF_NETLINK, netlink_diag_req, NULL, netlink_diag_msg,
	     netlink_diag),
	DIAG(AF_PACKET, packet_diag_req, NULL, packet_diag_msg, packet_diag),
};

static bool put_diag(struct pure_show *show, const struct nlmsghdr *header,
		     struct kit_data *data)
{
	static const struct form old = { &kit_fields_inet_diag_req,
					 &kit_fields_inet_diag_req_attrs };
	const unsigned char family = data->message->family;
	const bool request = header->nlmsg_flags & NLM_F_REQUEST;

	if (family >= sizeof(diag_forms) / sizeof(*diag_forms) ||
	    !diag_forms[family][0].head || data->size <= 1)
		put_family(show, data);
	else if (request && (family == AF_INET || family == AF_INET6) &&
		 (header->nlmsg_type == TCPDIAG_GETSOCK ||
		  header->nlmsg_type == DCCPDIAG_GETSOCK))
		put_form(show, &old, data);
	else
		put_form(show, &diag_forms[family][!request], data);
	return true;
}

/* The number of a subsystem is there in either order of bytes. */
static void put_resource(struct pure_show *show, unsigned int subsystem,
			 unsigned short value)
{
	const bool tables = subsystem == NFNL_SUBSYS_NFTABLES;

	kit_put_name(show, "res_id");
	if (tables && ntohs(value) == NFNL_SUBSYS_NFTABLES)
		kit_put_named_int(show, value, "htons(NFNL_SUBSYS_NFTABLES)");
	else if (tables && value == NFNL_SUBSYS_NFTABLES)
		kit_put_named_int(show, value, "NFNL_SUBSYS_NFTABLES");
	else
		kit_put_function(show, "htons", ntohs(value));
}

static bool put_netfilter(struct pure_show *show, unsigned int type,
			  struct kit_data *data)
{
	static const struct kit_field none = { .name = NULL };
	static const struct kit_fields unknown = { &none, NULL, "", 0 };
	const unsigned int size = sizeof(struct nfgenmsg);
	struct nfgenmsg head;

	if (data->size < size)
		return false;
	if (!kit_known(show, data, size))
		return true;
	memcpy(&head, data->bytes, size);
	pure_put_char(show->text, '{');
	kit_put_fields(show, kit_fields_nfgenmsg.list, size, data);
	put_resource(show, type >> 8, head.res_id);
	pure_put_char(show->text, '}');
	if (data->size <= size)
		return true;
	if (type <= NFNL_MSG_BATCH_END) {
		pure_put(show->text, ", ");
		kit_put_hex_memory(show, data->address + size,
				   data->size - size);
	} else {
		kit_put_rest(show, &unknown, data, size);
	}
	return true;
}

static bool put_selinux(struct pure_show *show, unsigned int type,
			struct kit_data *data)
{
	struct kit_field one = { .with = &kit_fields_selnl_msg_setenforce };

	if (type == SELNL_MSG_POLICYLOAD)
		one.with = &kit_fields_selnl_msg_policyload;
	else if (type != SELNL_MSG_SETENFORCE)
		return false;
	return kit_kind_struct(show, &one, data);
}

/* Returns false if nothing is known of such messages. */
static bool put_of_protocol(struct pure_show *show,
			    const struct message *message,
			    unsigned long address, unsigned int size)
{
	const unsigned int type = message->header->nlmsg_type;
	unsigned char bytes[DATA_SIZE];
	struct kit_message context = { 0 };
	struct kit_data data = { .address = address,
				 .size = size,
				 .bytes = bytes,
				 .message = &context };
	const bool family = message->protocol == NETLINK_ROUTE ||
			    message->protocol == NETLINK_SOCK_DIAG;

	if (type < NLMSG_MIN_TYPE)
		return false;
	data.known =
		pure_read(bytes, address, size < DATA_SIZE ? size : DATA_SIZE);
	if (family && !kit_known(show, &data, 1))
		return true;
	context.family = bytes[0];
	switch (message->protocol) {
	case NETLINK_ROUTE:
		return put_route(show, type, &data);
	case NETLINK_SOCK_DIAG:
		return put_diag(show, message->header, &data);
	case NETLINK_NETFILTER:
		return put_netfilter(show, type, &data);
	case NETLINK_SELINUX:
		return put_selinux(show, type, &data);
	}
	return false;
}

/* The types of a protocol's messages. */
static const struct kit_flags *const types[] = {
	[NETLINK_AUDIT] = &kit_flags_audit,
	[NETLINK_CRYPTO] = &kit_flags_crypto_msg,
	[NETLINK_GENERIC] = &kit_flags_genl,
	[NETLINK_ROUTE] = &kit_flags_rtm,
	[NETLINK_SELINUX] = &kit_flags_selnl,
	[NETLINK_SOCK_DIAG] = &kit_flags_sock_diag,
	[NETLINK_XFRM] = &kit_flags_xfrm,
};

static const struct kit_flags *const netfilter_types[] = {
	[NFNL_SUBSYS_CTNETLINK] = &kit_flags_ipctnl_ct,
	[NFNL_SUBSYS_CTNETLINK_EXP] = &kit_flags_ipctnl_exp,
	[NFNL_SUBSYS_QUEUE] = &kit_flags_nfqnl,
	[NFNL_SUBSYS_ULOG] = &kit_flags_nfulnl,
	[NFNL_SUBSYS_OSF] = &kit_flags_osf,
	[NFNL_SUBSYS_IPSET] = &kit_flags_ipset,
	[NFNL_SUBSYS_ACCT] = &kit_flags_nfacct,
	[NFNL_SUBSYS_CTNETLINK_TIMEOUT] = &kit_flags_cttimeout,
	[NFNL_SUBSYS_CTHELPER] = &kit_flags_cthelper,
	[NFNL_SUBSYS_NFTABLES] = &kit_flags_nft,
	[NFNL_SUBSYS_NFT_COMPAT] = &kit_flags_nft_compat,
	[NFNL_SUBSYS_HOOK] = &kit_flags_nft_hook,
};

/* The set that the name of TYPE is in, or in which it is for a subsystem. */
static const struct kit_flags *types_of(int protocol, unsigned int type)
{
	const unsigned int subsystem = type >> 8;

	if (type < NLMSG_MIN_TYPE)
		return &kit_flags_nlmsg;
	if (protocol == NETLINK_NETFILTER)
		return kit_flag_name(&kit_flags_nfnl_msg, type) ?
			       &kit_flags_nfnl_msg :
		       subsystem < sizeof(netfilter_types) /
					       sizeof(*netfilter_types) ?
			       netfilter_types[subsystem] :
			       NULL;
	if (protocol >= 0 &&
	    (unsigned int)protocol < sizeof(types) / sizeof(*types) &&
	    types[protocol])
		return types[protocol];
	return &kit_flags_nlmsg;
}

static void put_message_type(struct pure_show *show, int protocol,
			     unsigned int type)
{
	const struct kit_flags *set = types_of(protocol, type);

	if (protocol != NETLINK_NETFILTER || type < NLMSG_MIN_TYPE ||
	    set == &kit_flags_nfnl_msg) {
		kit_put_one(show, set, type);
		return;
	}
	kit_put_one(show, &kit_flags_nfnl_subsys, type >> 8);
	pure_put(show->text, "<<8|");
	if (set)
		kit_put_one(show, set, type & 0xff);
	else
		pure_put_hex(show->text, type & 0xff);
}

/* Which flags a message has its type's name says: RTM_NEWLINK. */
static const struct kit_flags *flags_of(int protocol, unsigned int type)
{
	const struct kit_flags *set = types_of(protocol, type);
	const char *name;

	if (type < NLMSG_MIN_TYPE)
		return type == NLMSG_ERROR ? &kit_flags_nlm_ack :
					     &kit_flags_nlm_f;
	if (protocol == NETLINK_SOCK_DIAG ||
	    (protocol == NETLINK_ROUTE && type == RTM_DELACTION))
		return &kit_flags_nlm_get;
	if (protocol == NETLINK_NETFILTER && set != &kit_flags_nfnl_msg)
		type &= 0xff;
	name = set ? kit_flag_name(set, type) : NULL;
	if (!name || protocol == NETLINK_AUDIT)
		return &kit_flags_nlm_f;
	return strstr(name, "_NEW") ? &kit_flags_nlm_new :
	       strstr(name, "_GET") ? &kit_flags_nlm_get :
	       strstr(name, "_DEL") ? &kit_flags_nlm_delete :
				      &kit_flags_nlm_f;
}

static void put_header(struct pure_show *show, const struct message *message)
{
	const struct nlmsghdr *header = message->header;

	pure_put_char(show->text, '{');
	kit_put_unsigned(show, "nlmsg_len", header->nlmsg_len);
	kit_put_name(show, "nlmsg_type");
	put_message_type(show, message->protocol, header->nlmsg_type);
	kit_put_name(show, "nlmsg_flags");
	kit_put_flags(show, flags_of(message->protocol, header->nlmsg_type),
		      header->nlmsg_flags);
	kit_put_unsigned(show, "nlmsg_seq", header->nlmsg_seq);
	kit_put_signed(show, "nlmsg_pid", (int)header->nlmsg_pid);
	pure_put_char(show->text, '}');
}

static void put_message(struct pure_show *show, const struct message *message,
			unsigned long address, unsigned int size);

/* What was wrong, the message that it was wrong with, and more of it. */
static void put_error(struct pure_show *show, const struct message *message,
		      unsigned long address, unsigned int size)
{
	const unsigned int head = offsetof(struct nlmsgerr, msg);
	unsigned int inner = sizeof(struct nlmsghdr);
	struct nlmsgerr error;
	const struct message about = { &error.msg, message->protocol,
				       message->depth + 1 };
	struct kit_message none = { 0 };

	if (size < sizeof(error)) {
		kit_put_hex_memory(show, address, size);
		return;
	}
	if (!kit_fetch(show, &error, address, sizeof(error)))
		return;
	address += head;
	size -= head;
	if (!(message->header->nlmsg_flags & NLM_F_CAPPED) &&
	    error.msg.nlmsg_len > inner)
		inner = error.msg.nlmsg_len;
	if (inner > size)
		inner = size;
	pure_put(show->text, size > inner ? "[{error=" : "{error=");
	kit_put_negative(show, error.error);
	kit_put_name(show, "msg");
	put_message(show, &about, address, inner);
	pure_put_char(show->text, '}');
	if (size <= inner)
		return;
	pure_put(show->text, ", ");
	kit_put_attributes(show, &kit_fields_nlmsgerr_attr, address + inner,
			   size - inner, &none);
	pure_put_char(show->text, ']');
}

static void put_payload(struct pure_show *show, const struct message *message,
			unsigned long address, unsigned int size)
{
	const unsigned int type = message->header->nlmsg_type;
	int number;

	if (type == NLMSG_ERROR && message->depth < MOST_DEPTH) {
		put_error(show, message, address, size);
	} else if (put_of_protocol(show, message, address, size)) {
		;
	} else if (type == NLMSG_DONE && size == sizeof(number)) {
		if (kit_fetch(show, &number, address, sizeof(number)))
			pure_put_signed(show->text, number);
	} else {
		kit_put_hex_memory(show, address, size);
	}
}

static void put_message(struct pure_show *show, const struct message *message,
			unsigned long address, unsigned int size)
{
	if (size > message->header->nlmsg_len)
		size = message->header->nlmsg_len;
	pure_put(show->text, size > NLMSG_HDRLEN ? "[" : "");
	put_header(show, message);
	if (size <= NLMSG_HDRLEN)
		return;
	pure_put(show->text, ", ");
	put_payload(show, message, address + NLMSG_HDRLEN, size - NLMSG_HDRLEN);
	pure_put_char(show->text, ']');
}

static void put_one_message(struct pure_show *show, const union header *header,
			    unsigned long address, unsigned int size,
			    const void *with)
{
	const struct message message = { .header = &header->message,
					 .protocol = *(const int *)with };

	put_message(show, &message, address, size);
}

/* Of the kernel, text; of udev, with a header before it. */
static void put_event(struct pure_show *show, unsigned long address,
		      unsigned long size)
{
	struct udev_header header;
	const struct kit_data data = { .address = address,
				       .size = sizeof(header),
				       .known = sizeof(header),
				       .bytes = (void *)&header };

	if (size < sizeof(header) || kit_failed(show) ||
	    pure_read(&header, address, sizeof(header)) != sizeof(header) ||
	    strcmp(header.prefix, "libudev") != 0) {
		kit_put_memory(show, address, size);
		return;
	}
	pure_put(show->text, size > sizeof(header) ? "[" : "");
	kit_put_members(show, &kit_fields_udev_header, &data);
	if (size == sizeof(header))
		return;
	pure_put(show->text, ", ");
	kit_put_memory(show, address + sizeof(header), size - sizeof(header));
	pure_put_char(show->text, ']');
}

void kit_put_netlink(struct pure_show *show, int protocol,
		     unsigned long address, unsigned long size)
{
	static const struct chain chain = { sizeof(struct nlmsghdr),
					    put_one_message };

	if (protocol == NETLINK_KOBJECT_UEVENT)
		put_event(show, address, size);
	else
		put_chain(show, &chain, address, size, &protocol);
}
