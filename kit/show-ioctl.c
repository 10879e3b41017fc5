/*
 * kit: ioctl. Which commands there are, and what they take, is in ioctl.table.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <asm-generic/ioctls.h>
#include <asm-generic/sockios.h>
#include <linux/android/binder.h>
#include <linux/audit.h>
#include <linux/auto_dev-ioctl.h>
#include <linux/auto_fs.h>
#include <linux/blkpg.h>
#include <linux/blktrace_api.h>
#include <linux/blkzoned.h>
#include <linux/btrfs.h>
#include <linux/cdrom.h>
#include <linux/counter.h>
#include <linux/dm-ioctl.h>
#include <linux/dma-buf.h>
#include <linux/dma-heap.h>
#include <linux/f2fs.h>
#include <linux/fb.h>
#include <linux/fd.h>
#include <linux/fiemap.h>
#include <linux/fs.h>
#include <linux/fscrypt.h>
#include <linux/fsverity.h>
#include <linux/fuse.h>
#include <linux/gpio.h>
#include <linux/hdreg.h>
#include <linux/hiddev.h>
#include <linux/hidraw.h>
#include <linux/if.h>
#include <linux/if_arp.h>
#include <linux/if_pppox.h>
#include <linux/if_tun.h>
#include <linux/inotify.h>
#include <linux/input.h>
#include <linux/ipmi_bmc.h>
#include <linux/joystick.h>
#include <linux/kd.h>
#include <linux/loop.h>
#include <linux/mmc/ioctl.h>
#include <linux/msdos_fs.h>
#include <linux/nbd.h>
#include <linux/nsfs.h>
#include <linux/nvme_ioctl.h>
#include <linux/nvram.h>
#include <linux/pcitest.h>
#include <linux/perf_event.h>
#include <linux/phantom.h>
#include <linux/ppp-ioctl.h>
#include <linux/pps.h>
#include <linux/pr.h>
#include <linux/ptp_clock.h>
#include <linux/raid/md_u.h>
#include <linux/random.h>
#include <linux/rfkill.h>
#include <linux/rtc.h>
#include <linux/seccomp.h>
#include <linux/sockios.h>
#include <linux/soundcard.h>
#include <linux/suspend_ioctls.h>
#include <linux/sync_file.h>
#include <linux/tee.h>
#include <linux/udmabuf.h>
#include <linux/uinput.h>
#include <linux/usb/raw_gadget.h>
#include <linux/usbdevice_fs.h>
#include <linux/userfaultfd.h>
#include <linux/vfio.h>
#include <linux/vhost.h>
#include <linux/videodev2.h>
#include <linux/vm_sockets.h>
#include <linux/vt.h>
#include <linux/watchdog.h>
#include <linux/wireless.h>
#include <misc/fastrpc.h>
#include <mtd/mtd-abi.h>
#include <mtd/ubi-user.h>
#include <scsi/scsi_ioctl.h>
#include <scsi/sg.h>
#include <sound/asequencer.h>
#include <sound/asound.h>
#include <stddef.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>

#include "show.h"

/* Names that no header has, or one that doesn't go with the others. */
#define KIT_TCGETS2 0x802c542a
#define KIT_TCSETS2 0x402c542b
#define KIT_TCSETSW2 0x402c542c
#define KIT_TCSETSF2 0x402c542d
#define KIT_INOTIFY_IOC_SETNEXTWD _IOW('I', 0, int)
#define KIT_LO_FLAGS_USE_AOPS 2
#define KIT_NBD_FLAG_ROTATIONAL (1 << 4)
#define KIT_NBD_FLAG_SEND_WRITE_ZEROES (1 << 6)
#define KIT_NBD_FLAG_SEND_DF (1 << 7)
#define KIT_NBD_FLAG_SEND_RESIZE (1 << 9)
#define KIT_NBD_FLAG_SEND_CACHE (1 << 10)
#ifndef SG_GET_ACCESS_COUNT
#define SG_GET_ACCESS_COUNT 0x2289
#endif

/* struct ifreq, as each of the commands has it. The header has macros for it.
 */
#undef ifr_addr
#undef ifr_broadaddr
#undef ifr_dstaddr
#undef ifr_flags
#undef ifr_hwaddr
#undef ifr_ifindex
#undef ifr_map
#undef ifr_metric
#undef ifr_mtu
#undef ifr_name
#undef ifr_netmask
#undef ifr_newname
#undef ifr_qlen
#undef ifr_slave
#define IFREQ(name, member)           \
	struct ifreq_##name {         \
		char ifr_name[16];    \
		union {               \
			member;       \
			char all[24]; \
		};                    \
	}
IFREQ(address, struct sockaddr ifr_addr);
IFREQ(broadcast, struct sockaddr ifr_broadaddr);
IFREQ(destination, struct sockaddr ifr_dstaddr);
IFREQ(netmask, struct sockaddr ifr_netmask);
IFREQ(flags, short ifr_flags);
IFREQ(index, int ifr_ifindex);
IFREQ(name, int ifr_ifindex);
IFREQ(metric, int ifr_metric);
IFREQ(mtu, int ifr_mtu);
IFREQ(qlen, int ifr_qlen);
IFREQ(map, struct ifmap ifr_map);
IFREQ(newname, char ifr_newname[16]);
IFREQ(slave, char ifr_slave[16]);
struct hardware {
	unsigned short sa_family;
	unsigned char sa_data[14];
};
IFREQ(hardware, struct hardware ifr_hwaddr);
IFREQ(port, int ifr_ifindex);

/* Structs of which a command has other members than another. */
#define gpio_v2_get_values gpio_v2_line_values
#define gpio_v2_set_values gpio_v2_line_values
#define ptp_extts_request2 ptp_extts_request
#define ptp_perout_request2 ptp_perout_request
#define ptp_pin_asked ptp_pin_desc
#define ptp_pin_asked2 ptp_pin_desc
#define ptp_pin_set ptp_pin_desc
#define ptp_pin_set2 ptp_pin_desc
#define rtc_param_asked rtc_param
#define rtc_param_got rtc_param
/* struct ff_effect, with the names that its members are shown by. */
struct input_effect {
	unsigned short type;
	short id;
	unsigned short direction;
	struct ff_trigger trigger;
	struct ff_replay replay;
	union {
		struct ff_constant_effect constant;
		struct ff_ramp_effect ramp;
		struct ff_periodic_effect periodic;
		struct ff_rumble_effect rumble;
		struct ff_condition_effect condition[2];
	};
};
_Static_assert(sizeof(struct input_effect) == sizeof(struct ff_effect),
	       "as the kernel has it");
struct gpio_unwatch {
	unsigned int offset;
};

#include "ioctl.inc"

KIT_FLAGS(fiemap);
KIT_FLAGS(fiemapextent);
KIT_FLAGS(fsxflags);

/* The size of a command is a part of its number; of some it may be any. */
#define SIZE_MASK ((unsigned int)_IOC_SIZEMASK << _IOC_SIZESHIFT)

static void put_unknown(struct pure_show *show, unsigned int command)
{
	static const char *const ways[] = { "_IOC_NONE", "_IOC_WRITE",
					    "_IOC_READ",
					    "_IOC_READ|_IOC_WRITE" };

	pure_put(show->text, "_IOC(");
	pure_put(show->text, ways[_IOC_DIR(command)]);
	pure_put(show->text, ", ");
	pure_put_hex(show->text, _IOC_TYPE(command));
	pure_put(show->text, ", ");
	pure_put_hex(show->text, _IOC_NR(command));
	pure_put(show->text, ", ");
	pure_put_hex(show->text, _IOC_SIZE(command));
	pure_put_char(show->text, ')');
}

bool kit_kind_attributes(struct pure_show *show, const struct kit_field *field,
			 const struct kit_data *data)
{
	const bool got = field->mark == '>';
	struct fsxattr a;

	if (!kit_fetch(show, &a, data->address, sizeof(a)))
		return true;
	pure_put(show->text, "{fsx_xflags=");
	kit_put_flags(show, &kit_flags_fsxflags, a.fsx_xflags);
	kit_put_unsigned(show, "fsx_extsize", a.fsx_extsize);
	if (got)
		kit_put_unsigned(show, "fsx_nextents", a.fsx_nextents);
	kit_put_name(show, "fsx_projid");
	pure_put_hex(show->text, a.fsx_projid);
	kit_put_unsigned(show, "fsx_cowextsize", a.fsx_cowextsize);
	pure_put_char(show->text, '}');
	return true;
}

static void put_extent(struct pure_show *show, const void *element)
{
	const struct fiemap_extent *extent = element;

	pure_put_char(show->text, '{');
	kit_put_unsigned(show, "fe_logical", extent->fe_logical);
	kit_put_unsigned(show, "fe_physical", extent->fe_physical);
	kit_put_unsigned(show, "fe_length", extent->fe_length);
	kit_put_name(show, "fe_flags");
	kit_put_flags(show, &kit_flags_fiemapextent, extent->fe_flags);
	pure_put_char(show->text, '}');
}

/* What was asked for, and what came. */
bool kit_kind_extents(struct pure_show *show, const struct kit_field *field,
		      const struct kit_data *data)
{
	struct fiemap map;

	(void)field;
	if (!kit_fetch(show, &map, data->address, sizeof(map)))
		return true;
	pure_put_char(show->text, '{');
	kit_put_unsigned(show, "fm_start", map.fm_start);
	kit_put_unsigned(show, "fm_length", map.fm_length);
	kit_put_name(show, "fm_flags");
	kit_put_flags(show, &kit_flags_fiemap, map.fm_flags);
	kit_put_unsigned(show, "fm_extent_count", map.fm_extent_count);
	pure_put_char(show->text, '}');
	if (data->failed)
		return true;
	pure_put(show->text, " => {fm_flags=");
	kit_put_flags(show, &kit_flags_fiemap, map.fm_flags);
	kit_put_unsigned(show, "fm_mapped_extents", map.fm_mapped_extents);
	if (show->whole) {
		kit_put_name(show, "fm_extents");
		kit_put_array(show, data->address + sizeof(map),
			      map.fm_mapped_extents,
			      sizeof(struct fiemap_extent), put_extent);
	} else {
		pure_put(show->text, ", ...");
	}
	pure_put_char(show->text, '}');
	return true;
}

/* What is known of a command, by its number; or without its size. */
static const struct kit_field *command_of(unsigned int command)
{
	const struct kit_field *field =
		kit_find_field(&kit_fields_ioctl, command);

	if (!field)
		field = kit_find_field(&kit_fields_sized, command & ~SIZE_MASK);
	if (!field)
		field = kit_find_field(&kit_fields_ioctl,
				       kit_input_command(command));
	return field;
}

/* "EVIOCGBIT(EV_KEY, 96)". */
static bool put_input(struct pure_show *show, unsigned int command)
{
	const unsigned int nr = _IOC_NR(command);
	const bool bits = nr >= 0x20 && nr < 0x40;
	const bool set = _IOC_DIR(command) == _IOC_WRITE;
	const struct kit_flags *names =
		bits ? &kit_flags_evtype : &kit_flags_evabs;
	const unsigned int which = nr & (bits ? 0x1f : 0x3f);
	const char *name = kit_flag_name(names, which);

	if (_IOC_TYPE(command) != 'E' ||
	    !(set ? nr >= 0xc0 : _IOC_DIR(command) == _IOC_READ) ||
	    !(set || bits || (nr >= 0x40 && nr < 0x80)))
		return false;
	pure_put(show->text, bits ? "EVIOCGBIT(" :
			     set  ? "EVIOCSABS(" :
				    "EVIOCGABS(");
	if (bits && !which)
		pure_put_char(show->text, '0');
	else if (name)
		pure_put(show->text, name);
	else if (show->options->constants)
		pure_put_hex(show->text, which);
	else
		kit_put_one(show, names, which);
	if (bits) {
		pure_put(show->text, ", ");
		pure_put_unsigned(show->text, _IOC_SIZE(command));
	}
	pure_put_char(show->text, ')');
	return true;
}

/* "EVIOCGNAME(256)". */
static bool put_sized(struct pure_show *show, unsigned int command)
{
	const struct kit_field *field =
		kit_find_field(&kit_fields_sized, command & ~SIZE_MASK);

	if (!field)
		return put_input(show, command);
	pure_put_bytes(show->text, field->name, strcspn(field->name, "("));
	pure_put_char(show->text, '(');
	pure_put_unsigned(show->text, _IOC_SIZE(command));
	pure_put_char(show->text, ')');
	return true;
}

void kit_show_ioctl(struct pure_show *show, int i)
{
	const unsigned int command = (unsigned int)show->arguments[i];
	const struct kit_flag *flag;
	bool named;

	if (!kit_begin_name(show, command))
		return;

	/* Some numbers have several names: it is the file that decides. */
	named = put_sized(show, command);
	for (flag = kit_flags_ioctl.list; flag->name; flag++)
		if (flag->value == command) {
			pure_put(show->text, named ? " or " : "");
			pure_put(show->text, flag->name);
			named = true;
		}
	if (!named)
		put_unknown(show, command);
	kit_end_name(show);
}

bool kit_ioctl_asks(const struct pure_show *show)
{
	const struct kit_field *command =
		command_of((unsigned int)show->arguments[1]);

	return command && (command->mark == '>' || command->mark == '*');
}

bool kit_kind_character(struct pure_show *show, const struct kit_field *field,
			const struct kit_data *data)
{
	(void)field;
	kit_put_memory(show, data->address, 1);
	return true;
}

/* As many characters as the call has set. */
bool kit_kind_text(struct pure_show *show, const struct kit_field *field,
		   const struct kit_data *data)
{
	(void)field;
	kit_put_memory(show, data->address, (unsigned long)show->result);
	return true;
}

bool kit_kind_string(struct pure_show *show, const struct kit_field *field,
		     const struct kit_data *data)
{
	(void)field;
	kit_put_string(show, data->address);
	return true;
}

bool kit_kind_ifname(struct pure_show *show, const struct kit_field *field,
		     const struct kit_data *data)
{
	(void)field;
	kit_put_limited(show, data->address, IFNAMSIZ);
	return true;
}

bool kit_kind_label(struct pure_show *show, const struct kit_field *field,
		    const struct kit_data *data)
{
	(void)field;
	kit_put_limited(show, data->address, FSLABEL_MAX);
	return true;
}

bool kit_kind_pair(struct pure_show *show, const struct kit_field *field,
		   const struct kit_data *data)
{
	struct kit_data both = *data;

	both.size = 2 * field->width;
	return kit_kind_us(show, field, &both);
}

bool kit_kind_triple(struct pure_show *show, const struct kit_field *field,
		     const struct kit_data *data)
{
	struct kit_data all = *data;

	all.size = 3 * field->width;
	return kit_kind_xs(show, field, &all);
}

bool kit_kind_pointer(struct pure_show *show, const struct kit_field *field,
		      const struct kit_data *data)
{
	(void)field;
	kit_put_address(show, kit_number(data->bytes, data->size));
	return true;
}

void kit_put_call_name(struct pure_show *show, int number)
{
	const char *name = pure_call(number)->name;
	char room[64] = "";
	struct pure_text text = PURE_TEXT(room);

	if (!name) {
		pure_put_hex(show->text, (unsigned int)number);
		return;
	}
	pure_put(&text, "__NR_");
	pure_put_bytes(&text, name, strlen(name) + 1);
	kit_put_named_int(show, number, room);
}

bool kit_kind_callname(struct pure_show *show, const struct kit_field *field,
		       const struct kit_data *data)
{
	(void)field;
	kit_put_call_name(show, (int)kit_number(data->bytes, data->size));
	return true;
}

bool kit_kind_sockaddr(struct pure_show *show, const struct kit_field *field,
		       const struct kit_data *data)
{
	(void)field;
	kit_put_sockaddr(show, data->bytes, data->size);
	return true;
}

/* An address of a link, which its type comes before. */
bool kit_kind_linkaddress(struct pure_show *show, const struct kit_field *field,
			  const struct kit_data *data)
{
	const unsigned int type = kit_number(kit_start_of(field, data), 2);
	const bool ether = type == ARPHRD_ETHER || type == ARPHRD_LOOPBACK;

	kit_put_hardware(show, data->bytes, data->size, ether ? 6 : data->size);
	return true;
}

/* A key, of as many bytes as the struct says. */
bool kit_kind_key(struct pure_show *show, const struct kit_field *field,
		  const struct kit_data *data)
{
	const unsigned char *start = kit_start_of(field, data);
	const unsigned int size = kit_number(
		start + (field->width ? offsetof(struct loop_info64,
						 lo_encrypt_key_size) :
					offsetof(struct loop_info,
						 lo_encrypt_key_size)),
		4);

	kit_put_memory(show, data->address,
		       size < data->size ? size : data->size);
	return true;
}

bool kit_kind_entropy(struct pure_show *show, const struct kit_field *field,
		      const struct kit_data *data)
{
	struct rand_pool_info info;

	(void)field;
	if (!kit_fetch(show, &info, data->address, sizeof(info)))
		return true;
	pure_put_char(show->text, '{');
	kit_put_signed(show, "entropy_count", info.entropy_count);
	kit_put_signed(show, "buf_size", info.buf_size);
	kit_put_name(show, "buf");
	kit_put_memory(show, data->address + sizeof(info),
		       (unsigned int)info.buf_size);
	pure_put_char(show->text, '}');
	return true;
}

static void put_length(struct pure_show *show, int length)
{
	const int size = sizeof(struct ifreq);

	pure_put_signed(show->text, length);
	if (length <= 0 || length % size)
		return;
	pure_put(show->text, " /* ");
	pure_put_signed(show->text, length / size);
	pure_put(show->text, " * sizeof(struct ifreq) */");
}

static void put_interface(struct pure_show *show, const void *element)
{
	const struct ifreq_address *request = element;

	pure_put(show->text, "{ifr_name=");
	kit_put_bytes(show, request->ifr_name,
		      strnlen(request->ifr_name, IFNAMSIZ), false);
	kit_put_name(show, "ifr_addr");
	kit_put_sockaddr(show, &request->ifr_addr, sizeof(request->ifr_addr));
	pure_put_char(show->text, '}');
}

bool kit_kind_partition(struct pure_show *show, const struct kit_field *field,
			const struct kit_data *data)
{
	struct blkpg_ioctl_arg request;
	struct blkpg_partition partition;
	const struct kit_data one = { .bytes = (void *)&partition,
				      .size = sizeof(partition) };

	(void)field;
	if (!kit_fetch(show, &request, data->address, sizeof(request)))
		return true;
	pure_put(show->text, "{op=");
	kit_put_one(show, &kit_flags_blkpg, (unsigned int)request.op);
	kit_put_signed(show, "flags", request.flags);
	kit_put_signed(show, "datalen", request.datalen);
	kit_put_name(show, "data");
	if (kit_fetch(show, &partition, (unsigned long)request.data,
		      sizeof(partition)))
		kit_put_members(show, &kit_fields_blkpg_partition, &one);
	pure_put_char(show->text, '}');
	return true;
}

/* kept[0] is which features were asked for. */
bool kit_kind_uffdapi(struct pure_show *show, const struct kit_field *field,
		      const struct kit_data *data)
{
	struct uffdio_api api;

	(void)field;
	if (!kit_fetch(show, &api, data->address, sizeof(api)))
		return true;
	pure_put(show->text, "{api=");
	pure_put_hex(show->text, api.api);
	kit_put_name(show, "features");
	kit_put_flags(show, &kit_flags_uffdfeature, show->kept[0]);
	if (!data->failed && api.features != show->kept[0]) {
		pure_put(show->text, " => features=");
		kit_put_flags(show, &kit_flags_uffdfeature, api.features);
	}
	if (!data->failed) {
		kit_put_name(show, "ioctls");
		kit_put_flags(show, &kit_flags_uffdapi, api.ioctls);
	}
	pure_put_char(show->text, '}');
	return true;
}

/* kept[0] is how much room there was, kept[1] where. */
bool kit_kind_interfaces(struct pure_show *show, const struct kit_field *field,
			 const struct kit_data *data)
{
	const int before = (int)show->kept[0];
	const bool asks = !show->kept[1];
	struct ifconf list;

	(void)field;
	if (!kit_fetch(show, &list, data->address, sizeof(list)))
		return true;
	pure_put(show->text, "{ifc_len=");
	if (!asks)
		put_length(show, before);
	if (!asks && before != list.ifc_len)
		pure_put(show->text, " => ");
	if (asks || before != list.ifc_len)
		put_length(show, list.ifc_len);
	kit_put_name(show, "ifc_buf");
	if (asks || data->failed)
		kit_put_address(show, show->kept[1]);
	else
		kit_put_array(show, (unsigned long)list.ifc_buf,
			      list.ifc_len / sizeof(struct ifreq),
			      sizeof(struct ifreq), put_interface);
	pure_put_char(show->text, '}');
	return true;
}

void kit_keep_ioctl(struct pure_show *show)
{
	const unsigned long address = show->arguments[2];
	struct uffdio_api api = { 0 };
	struct ifconf list = { 0 };

	switch ((unsigned int)show->arguments[1]) {
	case HDIO_DRIVE_CMD:
		pure_read(&show->kept[0], address, 4);
		break;
	case UFFDIO_API:
		pure_read(&api, address, sizeof(api));
		show->kept[0] = api.features;
		break;
	case SIOCGIFCONF:
		pure_read(&list, address, sizeof(list));
		show->kept[0] = (unsigned int)list.ifc_len;
		show->kept[1] = (unsigned long)list.ifc_buf;
	}
}

/* What there is at ADDRESS: a number in brackets, a struct, or another kind,
   which reads it itself. */
static void put_pointed(struct pure_show *show, const struct kit_field *command,
			unsigned long address)
{
	unsigned char bytes[sizeof(long)];
	struct kit_data data = { .address = address,
				 .bytes = bytes,
				 .failed = kit_failed(show) };

	if (command->kind == kit_kind_struct) {
		kit_put_struct(show, command->with, address);
	} else if (!command->width || command->kind == kit_kind_pair ||
		   command->kind == kit_kind_triple) {
		command->kind(show, command, &data);
	} else if (kit_fetch(show, bytes, address, command->width)) {
		data.size = data.known = command->width;
		pure_put_char(show->text, '[');
		command->kind(show, command, &data);
		pure_put_char(show->text, ']');
	}
}

void kit_put_command_argument(struct pure_show *show,
			      const struct kit_field *command,
			      unsigned long value)
{
	const struct kit_data data = { .bytes = (const unsigned char *)&value,
				       .size = sizeof(value),
				       .known = sizeof(value) };

	if (!command || (!command->kind && command->mark != '-') ||
	    (command->mark == '>' && kit_failed(show)))
		kit_put_address(show, value);
	else if (command->mark == '-')
		return;
	else if (command->mark)
		put_pointed(show, command, value);
	else
		command->kind(show, command, &data);
}

void kit_show_ioctlarg(struct pure_show *show, int i)
{
	const unsigned long value = show->arguments[i];
	const unsigned int number = (unsigned int)show->arguments[i - 1];
	const struct kit_field *command = command_of(number);
	const unsigned int way = _IOC_DIR(number);
	const bool address =
		_IOC_TYPE(number) == 'E' ?
			way == _IOC_READ || way == _IOC_WRITE :
			_IOC_TYPE(number) == 0x89 &&
				kit_flag_name(&kit_flags_ioctl, number);

	if (!address && (!command || (!command->kind && command->mark != '-')))
		pure_put_hex(show->text, value);
	else
		kit_put_command_argument(show, command, value);
}
