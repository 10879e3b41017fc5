/*
 * kit: attributes of netlink's messages that aren't only numbers, structs or
 * attributes.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include <linux/filter.h>
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/inet_diag.h>
#include <linux/netlink_diag.h>
#include <linux/packet_diag.h>
#include <linux/rtnetlink.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>

#include "show.h"

KIT_FLAGS(family);

KIT_FIELDS(br_mdb_entry);
KIT_FIELDS(ifla_af);
KIT_FIELDS(ifla_br);
KIT_FIELDS(ifla_bridge);
KIT_FIELDS(ifla_brport);
KIT_FIELDS(ifla_inet6);
KIT_FIELDS(ifla_tun);
KIT_FIELDS(inet_diag_bc_op);
KIT_FIELDS(inet_diag_hostcond);
KIT_FIELDS(inet_diag_markcond);
KIT_FIELDS(mdba_mdb_eattr);
KIT_FIELDS(mdba_router_pattr);
KIT_FIELDS(rta);
KIT_FIELDS(rtnexthop);

/* Attributes that depend on the family of the message. */
bool kit_kind_protinfo(struct pure_show *show, const struct kit_field *field,
		       const struct kit_data *data)
{
	const unsigned char family = data->message->family;

	(void)field;
	if (family != AF_BRIDGE && family != AF_INET6)
		return false;
	kit_put_attributes(show,
			   family == AF_BRIDGE ? &kit_fields_ifla_brport :
						 &kit_fields_ifla_inet6,
			   data->address, data->size, data->message);
	return true;
}

bool kit_kind_afspec(struct pure_show *show, const struct kit_field *field,
		     const struct kit_data *data)
{
	(void)field;
	kit_put_attributes(show,
			   data->message->family == AF_BRIDGE ?
				   &kit_fields_ifla_bridge :
				   &kit_fields_ifla_af,
			   data->address, data->size, data->message);
	return true;
}

/* What kind of link it is says what there is in the attributes after that. */
bool kit_kind_linkkind(struct pure_show *show, const struct kit_field *field,
		       const struct kit_data *data)
{
	char *kind = data->message->kind[field->at == IFLA_INFO_SLAVE_KIND];
	const size_t size = sizeof(data->message->kind[0]);

	memset(kind, 0, size);
	if (data->size < size && data->known == data->size)
		memcpy(kind, data->bytes, data->size);
	return kit_kind_cstr(show, field, data);
}

bool kit_kind_linkdata(struct pure_show *show, const struct kit_field *field,
		       const struct kit_data *data)
{
	const bool slave = field->at == IFLA_INFO_SLAVE_DATA;
	const char *kind = data->message->kind[slave];
	const struct kit_fields *fields = NULL;

	if (strcmp(kind, "bridge") == 0)
		fields = slave ? &kit_fields_ifla_brport : &kit_fields_ifla_br;
	else if (!slave && strcmp(kind, "tun") == 0)
		fields = &kit_fields_ifla_tun;
	if (fields)
		kit_put_attributes(show, fields, data->address, data->size,
				   data->message);
	return fields != NULL;
}

bool kit_kind_linkxstats(struct pure_show *show, const struct kit_field *field,
			 const struct kit_data *data)
{
	return strcmp(data->message->kind[0], "can") == 0 &&
	       kit_kind_struct(show, field, data);
}

/* A GUID comes after the number, aligned or not. */
bool kit_kind_guid(struct pure_show *show, const struct kit_field *field,
		   const struct kit_data *data)
{
	(void)field;
	if (data->size != 12 && data->size != 16)
		return false;
	if (!kit_known(show, data, data->size))
		return true;
	pure_put_char(show->text, '{');
	kit_put_unsigned(show, "vf", kit_number(data->bytes, 4));
	kit_put_name(show, "guid");
	pure_put_hex(show->text, kit_number(data->bytes + data->size - 8, 8));
	pure_put_char(show->text, '}');
	return true;
}

/* Next hops, each with attributes of its own, in some length, as they say. */
bool kit_kind_multipath(struct pure_show *show, const struct kit_field *field,
			const struct kit_data *data)
{
	const unsigned int head = RTNH_ALIGN(sizeof(struct rtnexthop));
	unsigned int done = 0, size, length;
	struct rtnexthop hop;
	struct kit_data one = { .bytes = (void *)&hop,
				.message = data->message };
	bool several = false;

	(void)field;
	if (data->size < sizeof(hop))
		return false;
	while (data->size - done >= sizeof(hop)) {
		one.address = data->address + done;
		if (!kit_fetch(show, &hop, one.address, sizeof(hop)))
			break;
		length = hop.rtnh_len < data->size - done ? hop.rtnh_len :
							    data->size - done;
		if (!done && hop.rtnh_len < data->size) {
			pure_put_char(show->text, '[');
			several = true;
		}
		pure_put(show->text, done ? ", " : "");
		pure_put(show->text, length > head ? "[" : "");
		one.size = one.known = sizeof(hop);
		kit_put_members(show, &kit_fields_rtnexthop, &one);
		one.size = length;
		kit_put_rest(show, &kit_fields_rta, &one, head);
		pure_put(show->text, length > head ? "]" : "");
		size = RTNH_ALIGN(length);
		if (!size || size >= data->size - done)
			break;
		done += size;
	}
	pure_put(show->text, several ? "]" : "");
	return true;
}

/* SIZE bytes of an address of FAMILY, of the program's. */
static void put_inet(struct pure_show *show, const char *name,
		     unsigned char family, unsigned long address,
		     unsigned int size)
{
	const unsigned int wanted =
		family == AF_INET  ? sizeof(struct in_addr) :
		family == AF_INET6 ? sizeof(struct in6_addr) :
				     0;
	struct in6_addr addr;

	if (!wanted || size < wanted) {
		kit_put_name(show, name);
		kit_put_hex_memory(show, address, size);
	} else if (pure_read(&addr, address, wanted) != wanted) {
		kit_put_name(show, name);
		kit_put_address(show, address);
	} else if (family == AF_INET) {
		kit_put_inet(show, name, &addr);
	} else {
		kit_put_inet6(show, name, &addr);
	}
}

bool kit_kind_via(struct pure_show *show, const struct kit_field *field,
		  const struct kit_data *data)
{
	const unsigned int head = offsetof(struct rtvia, rtvia_addr);
	unsigned short family;

	(void)field;
	if (data->size < head)
		return false;
	if (!kit_known(show, data, head))
		return true;
	family = kit_number(data->bytes, sizeof(family));
	pure_put(show->text, "{rtvia_family=");
	kit_put_one(show, &kit_flags_family, family);
	if (data->size > head)
		put_inet(show, "rtvia_addr", family, data->address + head,
			 data->size - head);
	pure_put_char(show->text, '}');
	return true;
}

/* A value, and attributes after it. */
bool kit_kind_router(struct pure_show *show, const struct kit_field *field,
		     const struct kit_data *data)
{
	if (!kit_kind_ifindex(show, field, data))
		return false;
	if (data->known >= sizeof(int))
		kit_put_rest(show, &kit_fields_mdba_router_pattr, data,
			     sizeof(int));
	return true;
}

bool kit_kind_mdbentry(struct pure_show *show, const struct kit_field *field,
		       const struct kit_data *data)
{
	const unsigned int size = sizeof(struct br_mdb_entry);
	struct br_mdb_entry entry;
	unsigned int family;

	(void)field;
	if (data->size < size)
		return false;
	if (!kit_known(show, data, size))
		return true;
	memcpy(&entry, data->bytes, size);
	family = ntohs(entry.addr.proto);
	pure_put_char(show->text, '{');
	kit_put_fields(show, kit_fields_br_mdb_entry.list, size, data);
	pure_put(show->text, ", addr={");
	put_inet(show, "u", family,
		 data->address + offsetof(struct br_mdb_entry, addr),
		 sizeof(entry.addr.u));
	pure_put(show->text, ", proto=htons(");
	kit_put_one(show, &kit_flags_family, family);
	pure_put(show->text, ")}}");
	kit_put_rest(show, &kit_fields_mdba_mdb_eattr, data, size);
	return true;
}

/* A number, if there are as many bytes as one has. */
bool kit_kind_xint(struct pure_show *show, const struct kit_field *field,
		   const struct kit_data *data)
{
	return __builtin_popcount(data->size) == 1 &&
	       kit_kind_x(show, field, data);
}

/* A member of which another one has the LENGTH. */
static bool put_counted(struct pure_show *show, const struct kit_data *data,
			unsigned int length)
{
	kit_put_hex_bytes(show, data->bytes,
			  length < data->size ? length : data->size);
	return true;
}

bool kit_kind_mcaddress(struct pure_show *show, const struct kit_field *field,
			const struct kit_data *data)
{
	const struct packet_diag_mclist *list = kit_start_of(field, data);

	return put_counted(show, data, list->pdmc_alen);
}

bool kit_kind_md5key(struct pure_show *show, const struct kit_field *field,
		     const struct kit_data *data)
{
	const struct tcp_diag_md5sig *sig = kit_start_of(field, data);

	return put_counted(show, data, sig->tcpm_keylen);
}

/* A protocol of netlink's, or all. */
bool kit_kind_protocol(struct pure_show *show, const struct kit_field *field,
		       const struct kit_data *data)
{
	if (data->bytes[0] == NDIAG_PROTO_ALL)
		kit_put_named_int(show, NDIAG_PROTO_ALL, "NDIAG_PROTO_ALL");
	else
		kit_put_one(show, field->with, data->bytes[0]);
	return true;
}

static void put_sockaddr(struct pure_show *show, const void *element)
{
	kit_put_sockaddr(show, element, sizeof(struct sockaddr_storage));
}

bool kit_kind_sockaddrs(struct pure_show *show, const struct kit_field *field,
			const struct kit_data *data)
{
	const unsigned int size = sizeof(struct sockaddr_storage);

	(void)field;
	if (data->size < size)
		return false;
	kit_put_array(show, data->address, data->size / size, size,
		      put_sockaddr);
	return true;
}

bool kit_kind_filter(struct pure_show *show, const struct kit_field *field,
		     const struct kit_data *data)
{
	const unsigned int count = data->size / sizeof(struct sock_filter);

	(void)field;
	if (!count || count != (unsigned short)count)
		return false;
	kit_put_instructions(show, data->address, count, false);
	return true;
}

/* Bits, in their order; those that are 0 only if all is to be shown. */
bool kit_kind_sockopt(struct pure_show *show, const struct kit_field *field,
		      const struct kit_data *data)
{
	static const char *const names[] = {
		"recverr",	   "is_icsk",	   "freebind",
		"hdrincl",	   "mc_loop",	   "transparent",
		"mc_all",	   "nodefrag",	   "bind_address_no_port",
		"recverr_rfc4884", "defer_connect"
	};
	const unsigned int count = sizeof(names) / sizeof(*names);
	unsigned int bits, i;

	(void)field;
	if (data->size < 2)
		return false;
	if (!kit_known(show, data, 2))
		return true;
	bits = kit_number(data->bytes, 2);
	pure_put_char(show->text, '{');
	for (i = 0; i < count; i++)
		if (show->whole || bits >> i & 1)
			kit_put_unsigned(show, names[i], bits >> i & 1);
	if (show->whole || bits >> count) {
		kit_put_name(show, "unused");
		pure_put_hex(show->text, bits >> count);
		pure_put(show->text, " /* bits 3..8 */");
	}
	pure_put_char(show->text, '}');
	kit_put_tail(show, data->address, 2, data->size);
	return true;
}

static void put_condition(struct pure_show *show, const struct kit_data *data)
{
	const unsigned int size = sizeof(struct inet_diag_hostcond);

	pure_put_char(show->text, '{');
	kit_put_fields(show, kit_fields_inet_diag_hostcond.list, size, data);
	if (data->size > size)
		put_inet(show, "addr", data->bytes[0], data->address + size,
			 data->size - size);
	pure_put_char(show->text, '}');
}

/* What is after an instruction of CODE. Returns false if it isn't known. */
static bool put_operand(struct pure_show *show, unsigned char code,
			const struct kit_data *data)
{
	static const struct kit_field number = { .width = sizeof(int) };
	struct kit_field one = { .with = &kit_fields_inet_diag_bc_op };

	switch (code) {
	case INET_DIAG_BC_S_COND:
	case INET_DIAG_BC_D_COND:
		if (data->size < sizeof(struct inet_diag_hostcond))
			return false;
		if (kit_known(show, data, sizeof(struct inet_diag_hostcond)))
			put_condition(show, data);
		return true;
	case INET_DIAG_BC_DEV_COND:
		return kit_kind_ifindex(show, &number, data);
	case INET_DIAG_BC_MARK_COND:
		one.with = &kit_fields_inet_diag_markcond;
		return kit_kind_struct(show, &one, data);
	case INET_DIAG_BC_S_GE:
	case INET_DIAG_BC_S_LE:
	case INET_DIAG_BC_D_GE:
	case INET_DIAG_BC_D_LE:
		return kit_kind_struct(show, &one, data);
	}
	return false;
}

bool kit_kind_bytecode(struct pure_show *show, const struct kit_field *field,
		       const struct kit_data *data)
{
	const unsigned int size = sizeof(struct inet_diag_bc_op);
	const struct kit_field one = { .with = &kit_fields_inet_diag_bc_op };
	struct kit_data rest = *data;

	(void)field;
	if (data->size < size)
		return false;
	if (!kit_known(show, data, size))
		return true;
	kit_kind_struct(show, &one, data);
	if (data->size == size)
		return true;
	pure_put(show->text, ", ");
	rest.address += size;
	rest.bytes += size;
	rest.size -= size;
	rest.known -= size;
	if (!put_operand(show, data->bytes[0], &rest))
		kit_put_hex_memory(show, rest.address, rest.size);
	return true;
}
