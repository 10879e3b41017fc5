/*
 * kit: control messages of sockets.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>

#include "show.h"

/* As much of a message is looked at. */
#define DATA_SIZE 512

/* The most that the kernel takes, if nobody has said otherwise. */
#define CONTROL_SIZE 131072

#ifndef SCM_SECURITY
#define SCM_SECURITY 3
#endif

KIT_FLAGS(cmsg);
KIT_FLAGS(cmsg_ip);
KIT_FLAGS(level);

/* What is at DATA, in the program's memory. */
struct data {
	unsigned long address;
	size_t size;
	char bytes[DATA_SIZE];
	/* As far as they are in BYTES. */
	size_t known;
};

static void put_fd(struct pure_show *show, const void *element)
{
	kit_put_fd(show, *(const int *)element);
}

static void put_number(struct pure_show *show, const void *element)
{
	pure_put_unsigned(show->text, *(const unsigned int *)element);
}

static void put_byte(struct pure_show *show, const void *element)
{
	pure_put_hex(show->text, *(const unsigned char *)element);
}

static void put_credentials(struct pure_show *show, const struct data *data)
{
	struct ucred who;

	memcpy(&who, data->bytes, sizeof(who));
	pure_put_char(show->text, '{');
	kit_put_signed(show, "pid", who.pid);
	kit_put_name(show, "uid");
	kit_put_id(show, who.uid);
	kit_put_name(show, "gid");
	kit_put_id(show, who.gid);
	pure_put_char(show->text, '}');
}

/* One time or COUNT of them, of which PART is the second's part. */
static void put_times(struct pure_show *show, const struct data *data,
		      unsigned int count, const char *part)
{
	long time[2];
	unsigned int i;

	if (data->known < count * sizeof(time)) {
		pure_put(show->text, "???");
		return;
	}
	pure_put(show->text, count > 1 ? "[" : "");
	for (i = 0; i < count; i++) {
		memcpy(time, data->bytes + i * sizeof(time), sizeof(time));
		pure_put(show->text, i ? ", " : "");
		kit_put_seconds(show, time[0], time[1], part);
	}
	pure_put(show->text, count > 1 ? "]" : "");
}

/* Of messages of SOL_SOCKET. Returns false if there is nothing of them. */
static void put_of_socket(struct pure_show *show, int type,
			  const struct data *data)
{
	switch (type) {
	case SCM_RIGHTS:
		kit_put_array(show, data->address, data->size / sizeof(int),
			      sizeof(int), put_fd);
		break;
	case SCM_CREDENTIALS:
		put_credentials(show, data);
		break;
	case SCM_SECURITY:
		kit_put_bytes(show, data->bytes, data->known, false);
		break;
	case SO_TIMESTAMP_OLD:
	case SO_TIMESTAMP_NEW:
		put_times(show, data, 1, "tv_usec");
		break;
	case SO_TIMESTAMPNS_OLD:
	case SO_TIMESTAMPNS_NEW:
		put_times(show, data, 1, "tv_nsec");
		break;
	case SO_TIMESTAMPING_OLD:
	case SO_TIMESTAMPING_NEW:
		put_times(show, data, 3, "tv_nsec");
		break;
	}
}

/* The least that a message of the type has, or 0 if it isn't known. */
static size_t least_of_socket(int type)
{
	switch (type) {
	case SCM_RIGHTS:
		return sizeof(int);
	case SCM_CREDENTIALS:
		return sizeof(struct ucred);
	case SCM_SECURITY:
	case SO_TIMESTAMP_OLD:
	case SO_TIMESTAMP_NEW:
	case SO_TIMESTAMPNS_OLD:
	case SO_TIMESTAMPNS_NEW:
	case SO_TIMESTAMPING_OLD:
	case SO_TIMESTAMPING_NEW:
		return 1;
	}
	return 0;
}

/* struct sock_extended_err, and who has sent it. */
struct error {
	unsigned int number;
	unsigned char origin, type, code, pad;
	unsigned int info, data;
	struct sockaddr_in offender;
};

static void put_packet(struct pure_show *show, const struct data *data)
{
	struct in_pktinfo info;

	memcpy(&info, data->bytes, sizeof(info));
	pure_put(show->text, "{ipi_ifindex=");
	kit_put_interface(show, info.ipi_ifindex);
	kit_put_inet(show, "ipi_spec_dst", &info.ipi_spec_dst);
	kit_put_inet(show, "ipi_addr", &info.ipi_addr);
	pure_put_char(show->text, '}');
}

static void put_error(struct pure_show *show, const struct data *data)
{
	struct error error;

	memcpy(&error, data->bytes, sizeof(error));
	pure_put_char(show->text, '{');
	kit_put_unsigned(show, "ee_errno", error.number);
	kit_put_unsigned(show, "ee_origin", error.origin);
	kit_put_unsigned(show, "ee_type", error.type);
	kit_put_unsigned(show, "ee_code", error.code);
	kit_put_unsigned(show, "ee_info", error.info);
	kit_put_unsigned(show, "ee_data", error.data);
	kit_put_name(show, "offender");
	kit_put_sockaddr(show, &error.offender, sizeof(error.offender));
	pure_put_char(show->text, '}');
}

static void put_of_ip(struct pure_show *show, int type, const struct data *data)
{
	switch (type) {
	case IP_PKTINFO:
		put_packet(show, data);
		break;
	case IP_TTL:
	case IP_CHECKSUM:
		kit_put_array(show, data->address, data->size / sizeof(int),
			      sizeof(int), put_number);
		break;
	case IP_TOS:
	case IP_RECVOPTS:
	case IP_RETOPTS:
		kit_put_array(show, data->address, data->size, 1, put_byte);
		break;
	case IP_RECVERR:
		put_error(show, data);
		break;
	case IP_ORIGDSTADDR:
		kit_put_sockaddr(show, data->bytes, data->known);
		break;
	case SCM_SECURITY:
		kit_put_bytes(show, data->bytes, data->known, false);
		break;
	}
}

static size_t least_of_ip(int type)
{
	switch (type) {
	case IP_PKTINFO:
		return sizeof(struct in_pktinfo);
	case IP_TTL:
	case IP_CHECKSUM:
		return sizeof(int);
	case IP_RECVERR:
		return sizeof(struct error);
	case IP_ORIGDSTADDR:
		return sizeof(struct sockaddr_in);
	case IP_TOS:
	case IP_RECVOPTS:
	case IP_RETOPTS:
	case SCM_SECURITY:
		return 1;
	}
	return 0;
}

/* A message, which has SIZE bytes at ADDRESS after its header. */
static void put_message(struct pure_show *show, const struct cmsghdr *header,
			unsigned long address, size_t size)
{
	const bool socket = header->cmsg_level == SOL_SOCKET;
	const bool ip = header->cmsg_level == SOL_IP;
	const size_t least = socket ? least_of_socket(header->cmsg_type) :
			     ip	    ? least_of_ip(header->cmsg_type) :
				      0;
	struct data data = { .address = address, .size = size };

	pure_put_char(show->text, '{');
	kit_put_unsigned(show, "cmsg_len", header->cmsg_len);
	kit_put_name(show, "cmsg_level");
	kit_put_one(show, &kit_flags_level, (unsigned int)header->cmsg_level);
	kit_put_name(show, "cmsg_type");
	if (socket || ip)
		kit_put_one(show, socket ? &kit_flags_cmsg : &kit_flags_cmsg_ip,
			    (unsigned int)header->cmsg_type);
	else
		pure_put_hex(show->text, (unsigned int)header->cmsg_type);
	if (least && size >= least) {
		data.known = pure_read(data.bytes, address,
				       size < DATA_SIZE ? size : DATA_SIZE);
		kit_put_name(show, "cmsg_data");
		if (socket)
			put_of_socket(show, header->cmsg_type, &data);
		else
			put_of_ip(show, header->cmsg_type, &data);
	}
	pure_put_char(show->text, '}');
}

void kit_put_controls(struct pure_show *show, unsigned long address,
		      unsigned long size)
{
	const unsigned long end =
		address + (size < CONTROL_SIZE ? size : CONTROL_SIZE);
	struct cmsghdr header;
	unsigned long at = address, length;
	char last;

	/* What can't be read to its end isn't shown at all. */
	if (size < sizeof(header) || pure_read(&last, end - 1, 1) != 1 ||
	    !kit_fetch(show, &header, address, sizeof(header))) {
		if (size < sizeof(header) || pure_read(&last, end - 1, 1) != 1)
			kit_put_address(show, address);
		return;
	}
	pure_put_char(show->text, '[');
	while (end - at >= sizeof(header) &&
	       pure_read(&header, at, sizeof(header)) == sizeof(header)) {
		length =
			header.cmsg_len < end - at ? header.cmsg_len : end - at;
		pure_put(show->text, at > address ? ", " : "");
		put_message(show, &header, at + sizeof(header),
			    length > sizeof(header) ? length - sizeof(header) :
						      0);
		if (length < sizeof(header)) {
			at += sizeof(header);
			break;
		}
		length = CMSG_ALIGN(header.cmsg_len);
		at = length < end - at ? at + length : end;
	}
	if (at < end) {
		pure_put(show->text, ", ... /* ");
		pure_put_hex(show->text, at);
		pure_put(show->text, " */");
	} else if (size > CONTROL_SIZE) {
		pure_put(show->text, ", ...");
	}
	pure_put_char(show->text, ']');
}
