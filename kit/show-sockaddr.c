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
#include <linux/nfc.h>
#include <linux/qrtr.h>
#include <linux/rxrpc.h>
#include <linux/vm_sockets.h>
#include <linux/x25.h>
#include <netinet/in.h>
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

/* IEEE 802.15.4's, NFC's and AFS's, the same. */
#define KIT_IEEE802154_ADDR_NONE 0
#define KIT_IEEE802154_ADDR_SHORT 2
#define KIT_IEEE802154_ADDR_LONG 3
#define KIT_IEEE802154_PANID_BROADCAST 0xffff
#define KIT_IEEE802154_ADDR_UNDEF 0xfffe
#define KIT_IEEE802154_ADDR_BROADCAST 0xffff
#define KIT_LLCP_SAP_SDP 1
#define KIT_LLCP_SAP_IP 2
#define KIT_LLCP_SAP_OBEX 3
#define KIT_LLCP_SAP_SNEP 4
#define KIT_LLCP_SAP_MAX 0xff
#define KIT_CM_SERVICE 1
#define KIT_YFS_FS_SERVICE 2500
#define KIT_YFS_CM_SERVICE 2501
#define KIT_YFS_VL_SERVICE 2503

struct ieee802154_address {
	int addr_type;
	unsigned short pan_id;
	union {
		unsigned char hwaddr[8];
		unsigned short short_addr;
	};
};
struct sockaddr_ieee802154 {
	unsigned short family;
	struct ieee802154_address addr;
};
struct ipx_address {
	unsigned short sipx_family, sipx_port;
	unsigned int sipx_network;
	unsigned char sipx_node[6], sipx_type, sipx_zero;
};

/* A station's call, each character shifted, and a number; and which stations
   pass a message on. */
#define AX25_CALL 7
#define AX25_DIGIPEATERS 8
struct ax25 {
	unsigned short family;
	unsigned char call[AX25_CALL];
	int digipeaters;
	unsigned char digipeater[AX25_DIGIPEATERS][AX25_CALL];
};
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

KIT_FLAGS(family);

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

/* Of an IEEE 802.15.4 address: the one that its type says. */
static bool ieee_is_short(const struct kit_field *field,
			  const struct kit_data *data)
{
	const struct ieee802154_address *address = kit_start_of(field, data);

	return address->addr_type == KIT_IEEE802154_ADDR_SHORT;
}

bool kit_kind_ieeeshort(struct pure_show *show, const struct kit_field *field,
			const struct kit_data *data)
{
	return ieee_is_short(field, data) && kit_kind_both(show, field, data);
}

bool kit_kind_ieeelong(struct pure_show *show, const struct kit_field *field,
		       const struct kit_data *data)
{
	const struct ieee802154_address *address = kit_start_of(field, data);

	if (address->addr_type == KIT_IEEE802154_ADDR_NONE ||
	    ieee_is_short(field, data))
		return false;
	kit_put_hardware(show, data->bytes, data->size, data->size);
	return true;
}

/* As much of the name as the address says that there is. */
bool kit_kind_nfcservice(struct pure_show *show, const struct kit_field *field,
			 const struct kit_data *data)
{
	const struct sockaddr_nfc_llcp *nfc = kit_start_of(field, data);
	const size_t size = nfc->service_name_len < data->size ?
				    nfc->service_name_len :
				    data->size;

	kit_put_bytes(show, (const char *)data->bytes, size, false);
	return true;
}

/* What AF_RXRPC goes over, of as many bytes as the address says. */
bool kit_kind_transport(struct pure_show *show, const struct kit_field *field,
			const struct kit_data *data)
{
	const struct sockaddr_rxrpc *rxrpc = kit_start_of(field, data);
	const size_t size = rxrpc->transport_len;
	const bool known = rxrpc->transport.family == AF_INET ||
			   rxrpc->transport.family == AF_INET6;
	const bool six = rxrpc->transport.family == AF_INET6;

	pure_put(show->text, !known ? "{" : six ? "{sin6={" : "{sin={");
	kit_put_name(show, !known ? "family" :
			   six	  ? "sin6_family" :
				    "sin_family");
	kit_put_one(show, &kit_flags_family, rxrpc->transport.family);
	if (six && size >= offsetof(struct sockaddr_in6, sin6_scope_id)) {
		kit_put_internet6(show, &rxrpc->transport.sin6, size);
	} else if (known && !six && size >= sizeof(struct sockaddr_in)) {
		kit_put_internet(show, &rxrpc->transport.sin);
	} else if (size > sizeof(rxrpc->transport.family)) {
		pure_put(show->text, ", ");
		kit_put_bytes(show, (const char *)data->bytes + 2,
			      (size < data->size ? size : data->size) - 2,
			      false);
	}
	pure_put(show->text, known ? "}}" : "}");
	return true;
}

/* How a station's call is shown: by its name, if it is a sane one; by its bytes
   and by what they look like; by its bytes. */
enum { CALL_NAME, CALL_BOTH, CALL_BYTES };

static int call_style(const unsigned char *call)
{
	bool blank = false, sane = true;
	int i, c;

	for (i = 0; i < AX25_CALL - 1; i++) {
		c = call[i] >> 1;
		if (c < ' ' || c > '~' || c == '*' || c == '/')
			return CALL_BYTES;
		if ((call[i] & 1) || (blank && c != ' ') ||
		    !((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
		      c == ' '))
			sane = false;
		blank = c == ' ';
	}
	if ((call[i] & ~0x1e) || (call[0] >> 1 == ' ' && call[i]))
		sane = false;
	return sane ? CALL_NAME : CALL_BOTH;
}

static void put_call_name(struct pure_show *show, const unsigned char *call)
{
	const unsigned int number = (call[AX25_CALL - 1] >> 1) & 0xf;
	int size = AX25_CALL - 1, i;

	while (size && call[size - 1] >> 1 == ' ')
		size--;
	if (!size && !number) {
		pure_put_char(show->text, '*');
		return;
	}
	for (i = 0; i < size; i++)
		pure_put_char(show->text, (char)(call[i] >> 1));
	pure_put_char(show->text, '-');
	pure_put_unsigned(show->text, number);
}

static void put_call(struct pure_show *show, const void *element)
{
	const unsigned char *call = element;
	int style = call_style(call);

	if (style == CALL_NAME && show->options->constants)
		style = show->options->constants == 1 ? CALL_BYTES : CALL_BOTH;
	if (style != CALL_NAME) {
		pure_put(show->text, "{ax25_call=");
		kit_put_hex_bytes(show, call, AX25_CALL);
		pure_put_char(show->text, '}');
	}
	if (style == CALL_BYTES)
		return;
	pure_put(show->text, style == CALL_BOTH ? " /* " : "");
	put_call_name(show, call);
	pure_put(show->text, style == CALL_BOTH ? " */" : "");
}

/* The digipeaters that are said to be there, and of these the THERE ones that
   are. */
static void put_digipeaters(struct pure_show *show, const struct ax25 *ax25,
			    size_t there)
{
	const size_t said = ax25->digipeaters < 0 ? 0 : ax25->digipeaters;
	const size_t count = said < AX25_DIGIPEATERS ? said : AX25_DIGIPEATERS;
	size_t i;

	if (!count)
		return;
	kit_put_name(show, "fsa_digipeater");
	pure_put_char(show->text, '[');
	for (i = 0; i < count && i < there; i++) {
		pure_put(show->text, i ? ", " : "");
		put_call(show, ax25->digipeater[i]);
	}
	if (i < count)
		pure_put(show->text, i ? ", ..." : "...");
	pure_put_char(show->text, ']');
}

static void put_ax25(struct pure_show *show, const struct ax25 *ax25,
		     size_t size)
{
	const size_t start = offsetof(struct ax25, digipeater);
	const bool full = ax25->digipeaters || size > start;
	size_t there = (size - start) / AX25_CALL;

	if (there > AX25_DIGIPEATERS)
		there = AX25_DIGIPEATERS;
	pure_put(show->text, full ? ", fsa_ax25={" : "");
	kit_put_name(show, "sax25_call");
	put_call(show, ax25->call);
	kit_put_signed(show, "sax25_ndigis", ax25->digipeaters);
	if (!full)
		return;
	pure_put_char(show->text, '}');
	put_digipeaters(show, ax25, there);
	if (size > start + there * AX25_CALL)
		pure_put(show->text, ", ...");
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
	case AF_IEEE802154:
		return &kit_fields_sockaddr_ieee802154;
	case AF_IPX:
		return &kit_fields_ipx_address;
	case AF_MCTP:
		return &kit_fields_sockaddr_mctp;
	case AF_NFC:
		return size < sizeof(struct sockaddr_nfc_llcp) ?
			       &kit_fields_sockaddr_nfc :
			       &kit_fields_sockaddr_nfc_llcp;
	case AF_PACKET:
		return &kit_fields_sockaddr_ll;
	case AF_QIPCRTR:
		return &kit_fields_sockaddr_qrtr;
	case AF_RXRPC:
		return &kit_fields_sockaddr_rxrpc;
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
	const struct kit_data data = { .address = (unsigned long)address,
				       .bytes = address,
				       .size = size,
				       .known = size };

	if (family == AF_AX25 && size >= offsetof(struct ax25, digipeater)) {
		put_ax25(show, address, size);
		return true;
	}
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
	else if (family == AF_NFC && size > fields->size &&
		 fields == &kit_fields_sockaddr_nfc)
		pure_put(show->text, ", ...");
	return true;
}
