/*
 * kit: addresses of sockets of rare families. What is in them is in
 * sockaddr.table.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include <arpa/inet.h>
#include <linux/if_alg.h>
#include <linux/if_packet.h>
#include <linux/if_xdp.h>
#include <linux/mctp.h>
#include <linux/qrtr.h>
#include <linux/vm_sockets.h>
#include <linux/x25.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>

#include "show.h"

/* Bluetooth's, which no header of the kernel's has. */
#define KIT_BDADDR_BREDR 0
#define KIT_BDADDR_LE_PUBLIC 1
#define KIT_BDADDR_LE_RANDOM 2
#define KIT_HCI_CHANNEL_RAW 0
#define KIT_HCI_CHANNEL_USER 1
#define KIT_HCI_CHANNEL_MONITOR 2
#define KIT_HCI_CHANNEL_CONTROL 3
#define KIT_HCI_CHANNEL_LOGGING 4
#define KIT_L2CAP_CID_SIGNALING 1
#define KIT_L2CAP_CID_CONN_LESS 2
#define KIT_L2CAP_CID_A2MP 3
#define KIT_L2CAP_CID_ATT 4
#define KIT_L2CAP_CID_LE_SIGNALING 5
#define KIT_L2CAP_CID_SMP 6
#define KIT_L2CAP_CID_SMP_BREDR 7
#define KIT_L2CAP_CID_DYN_START 0x40
#define KIT_L2CAP_CID_LE_DYN_END 0x7f
#define KIT_L2CAP_CID_DYN_END 0xffff
#define KIT_L2CAP_PSM_SDP 1
#define KIT_L2CAP_PSM_RFCOMM 3
#define KIT_L2CAP_PSM_3DSP 0x21
#define KIT_L2CAP_PSM_IPSP 0x23
#define KIT_L2CAP_PSM_LE_DYN_START 0x80
#define KIT_L2CAP_PSM_LE_DYN_END 0xff
#define KIT_L2CAP_PSM_DYN_START 0x1001
#define KIT_L2CAP_PSM_AUTO_END 0x10ff
#define KIT_L2CAP_PSM_DYN_END 0xffff

struct sockaddr_hci {
	unsigned short hci_family, hci_dev, hci_channel;
};
struct sockaddr_sco {
	unsigned short sco_family;
	unsigned char sco_bdaddr[6];
};
struct sockaddr_rc {
	unsigned short rc_family;
	unsigned char rc_bdaddr[6], rc_channel;
};
struct sockaddr_l2 {
	unsigned short l2_family, l2_psm;
	unsigned char l2_bdaddr[6];
	unsigned short l2_cid;
	unsigned char l2_bdaddr_type;
};

/* The headers have these with a sign, or not at all. */
#define KIT_CRYPTO_ALG_KERN_DRIVER_ONLY 0x1000
#define KIT_VMADDR_CID_ANY 0xffffffff
#define KIT_VMADDR_PORT_ANY 0xffffffff

#include "sockaddr.inc"

bool kit_kind_htobs(struct pure_show *show, const struct kit_field *field,
		    const struct kit_data *data)
{
	(void)field;
	kit_put_function(show, "htobs", kit_number(data->bytes, data->size));
	return true;
}

/* "htobs(L2CAP_CID_DYN_START + 5)": a number of its own, or one from there on
   that something begins at. */
bool kit_kind_dynamic(struct pure_show *show, const struct kit_field *field,
		      const struct kit_data *data)
{
	const unsigned int value = kit_number(data->bytes, data->size);
	const struct kit_flags *set = field->with;
	const struct kit_flag *flag, *start = NULL;

	for (flag = set->list; flag->name; flag++)
		if (flag->value == value ||
		    (flag->value < value && strstr(flag->name, "DYN_START")))
			start = flag;
	pure_put(show->text, "htobs(");
	if (!start) {
		kit_put_one(show, set, value);
	} else if (kit_begin_name(show, value)) {
		pure_put(show->text, start->name);
		if (value > start->value) {
			pure_put(show->text, " + ");
			pure_put_unsigned(show->text, value - start->value);
		}
		kit_end_name(show);
	}
	pure_put_char(show->text, ')');
	return true;
}

bool kit_kind_llprotocol(struct pure_show *show, const struct kit_field *field,
			 const struct kit_data *data)
{
	const unsigned int protocol = ntohs(kit_number(data->bytes, 2));
	const struct kit_flags *set = field->with;
	const char *name = kit_flag_name(set, protocol);

	if (!kit_begin_bytes(show, data->bytes, 2))
		return true;
	pure_put(show->text, "htons(");
	if (name) {
		pure_put(show->text, name);
	} else {
		pure_put_hex(show->text, protocol);
		kit_put_comment(show, set->other);
	}
	pure_put_char(show->text, ')');
	kit_end_name(show);
	return true;
}

/* As many bytes as the address has, if there are so many. */
static void put_hardware(struct pure_show *show, const struct sockaddr_ll *ll,
			 size_t size)
{
	const size_t there = size - offsetof(struct sockaddr_ll, sll_addr);
	const unsigned char *bytes = ll->sll_addr;
	size_t i;

	if (!ll->sll_halen)
		return;
	pure_put(show->text, ", sll_addr=[");
	for (i = 0; i < ll->sll_halen; i++) {
		pure_put(show->text, i ? ", " : "");
		if (i >= there) {
			pure_put(show->text, "...");
			break;
		}
		pure_put(show->text, bytes[i] ? "0x" : "0");
		pure_put_digits(show->text, bytes[i], 16, 0);
	}
	pure_put_char(show->text, ']');
}

static void put_algorithm(struct pure_show *show, const void *address,
			  size_t size)
{
	const size_t at = offsetof(struct sockaddr_alg, salg_name);
	const struct kit_data name = { .bytes = (unsigned char *)address + at,
				       .size = size - at };

	kit_put_name(show, "salg_name");
	kit_kind_chars(show, NULL, &name);
}

static void put_umem(struct pure_show *show, const struct sockaddr_xdp *xdp)
{
	if (xdp->sxdp_flags & XDP_SHARED_UMEM) {
		kit_put_name(show, "sxdp_shared_umem_fd");
		kit_put_fd(show, (int)xdp->sxdp_shared_umem_fd);
	} else if (xdp->sxdp_shared_umem_fd) {
		kit_put_name(show, "sxdp_shared_umem_fd");
		pure_put_hex(show->text, xdp->sxdp_shared_umem_fd);
	}
}

/* Which of Bluetooth's protocols it is of is said by its size. */
static const struct kit_fields *bluetooth(size_t size)
{
	switch (size) {
	case offsetof(struct sockaddr_hci, hci_channel):
	case sizeof(struct sockaddr_hci):
		return &kit_fields_sockaddr_hci;
	case sizeof(struct sockaddr_sco):
		return &kit_fields_sockaddr_sco;
	case sizeof(struct sockaddr_rc):
		return &kit_fields_sockaddr_rc;
	case offsetof(struct sockaddr_l2, l2_bdaddr_type):
	case sizeof(struct sockaddr_l2):
		return &kit_fields_sockaddr_l2;
	}
	return NULL;
}

static const struct kit_fields *members(unsigned int family, size_t size)
{
	switch (family) {
	case AF_ALG:
		return size > sizeof(struct sockaddr_alg) - 64 ?
			       &kit_fields_sockaddr_alg :
			       NULL;
	case AF_BLUETOOTH:
		return bluetooth(size);
	case AF_MCTP:
		return &kit_fields_sockaddr_mctp;
	case AF_PACKET:
		return &kit_fields_sockaddr_ll;
	case AF_QIPCRTR:
		return &kit_fields_sockaddr_qrtr;
	case AF_VSOCK:
		return &kit_fields_sockaddr_vm;
	case AF_X25:
		return &kit_fields_sockaddr_x25;
	case AF_XDP:
		return &kit_fields_sockaddr_xdp;
	}
	return NULL;
}

bool kit_put_rare_sockaddr(struct pure_show *show, const void *address,
			   size_t size)
{
	const unsigned int family =
		((const struct sockaddr *)address)->sa_family;
	const struct kit_fields *fields = members(family, size);
	const struct kit_data data = { .bytes = address,
				       .size = size,
				       .known = size };

	if (!fields ||
	    (size < fields->size && family != AF_ALG && family != AF_BLUETOOTH))
		return false;
	kit_put_fields(show, fields->list, size, &data);
	if (family == AF_PACKET)
		put_hardware(show, address, size);
	else if (family == AF_ALG)
		put_algorithm(show, address, size);
	else if (family == AF_XDP)
		put_umem(show, address);
	return true;
}
