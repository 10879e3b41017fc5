/*
 * kit: io_uring_register.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include <linux/io_uring.h>
#include <string.h>

#include "show.h"

KIT_FLAGS(uringop);
KIT_FLAGS(uringopflags);
KIT_FLAGS(uringregister);
KIT_FLAGS(uringresource);
KIT_FLAGS(uringrestriction);
KIT_FLAGS(uringsqe);
KIT_FLAGS(uringworkers);

/* Structs whose members have other names in other headers. */
struct buffer_ring {
	unsigned long address;
	unsigned int entries;
	unsigned short group, pad;
	unsigned long reserved[3];
};
struct resources {
	unsigned int count, flags;
	unsigned long reserved, data, tags;
};
struct update {
	unsigned int offset, reserved;
	unsigned long data;
};
struct update2 {
	struct update first;
	unsigned long tags;
	unsigned int count, reserved;
};
struct restriction {
	unsigned short what;
	unsigned char value, reserved;
	unsigned int reserved2[3];
};
struct operation {
	unsigned char number, reserved;
	unsigned short flags;
	unsigned int reserved2;
};
struct probe {
	unsigned char last, count;
	unsigned short reserved;
	unsigned int reserved2[3];
};

/* The kernel has no more. */
#define MOST_OPERATIONS 256

static unsigned int command_of(const struct pure_show *show)
{
	return (unsigned int)show->arguments[1];
}

/* ", NAME=VALUE", unless it is 0 as it should be. */
static void put_reserved(struct pure_show *show, const char *name,
			 unsigned long value)
{
	if (!value)
		return;
	kit_put_name(show, name);
	pure_put_hex(show->text, value);
}

static void put_file(struct pure_show *show, const void *element)
{
	kit_put_fd(show, *(const int *)element);
}

static void put_file_or_skip(struct pure_show *show, const void *element)
{
	const int fd = *(const int *)element;

	if (fd == IORING_REGISTER_FILES_SKIP)
		kit_put_named_int(show, fd, "IORING_REGISTER_FILES_SKIP");
	else
		kit_put_fd(show, fd);
}

static void put_tag(struct pure_show *show, const void *element)
{
	pure_put_hex(show->text, *(const unsigned long *)element);
}

/* COUNT files or buffers, and what is given back with each. */
static void put_data(struct pure_show *show, unsigned long data,
		     unsigned long tags, unsigned int count, bool buffers,
		     kit_element *file)
{
	kit_put_name(show, "data");
	if (buffers)
		kit_put_vector_addresses(show, data, count, true);
	else
		kit_put_array(show, data, count, sizeof(int), file);
	kit_put_name(show, "tags");
	kit_put_array(show, tags, count, sizeof(long), put_tag);
}

/* Fetch KNOWN bytes of a struct of SIZE, if it has so many. */
static bool fetch_sized(struct pure_show *show, void *to, unsigned long address,
			unsigned long size, size_t known)
{
	if (size >= known)
		return kit_fetch(show, to, address, known);
	kit_put_address(show, address);
	return false;
}

/* SIZE bytes, the last argument: those that aren't known follow. */
static void put_resources(struct pure_show *show, unsigned long address,
			  unsigned long size, bool buffers)
{
	struct resources all;

	if (!fetch_sized(show, &all, address, size, sizeof(all)))
		return;
	pure_put_char(show->text, '{');
	kit_put_unsigned(show, "nr", all.count);
	kit_put_name(show, "flags");
	kit_put_flags(show, &kit_flags_uringresource, all.flags);
	put_reserved(show, "resv2", all.reserved);
	put_data(show, all.data, all.tags, all.count, buffers, put_file);
	kit_put_tail(show, address, sizeof(all), size);
	pure_put_char(show->text, '}');
}

static void put_update2(struct pure_show *show, unsigned long address,
			unsigned long size, bool buffers)
{
	struct update2 all;

	if (!fetch_sized(show, &all, address, size, sizeof(all)))
		return;
	pure_put_char(show->text, '{');
	kit_put_unsigned(show, "offset", all.first.offset);
	put_reserved(show, "resv", all.first.reserved);
	put_data(show, all.first.data, all.tags, all.count, buffers,
		 put_file_or_skip);
	kit_put_unsigned(show, "nr", all.count);
	put_reserved(show, "resv2", all.reserved);
	kit_put_tail(show, address, sizeof(all), size);
	pure_put_char(show->text, '}');
}

static void put_update(struct pure_show *show, unsigned long address,
		       unsigned long count)
{
	struct update update;

	if (!kit_fetch(show, &update, address, sizeof(update)))
		return;
	pure_put_char(show->text, '{');
	kit_put_unsigned(show, "offset", update.offset);
	put_reserved(show, "resv", update.reserved);
	kit_put_name(show, "fds");
	kit_put_array(show, update.data, count, sizeof(int), put_file_or_skip);
	pure_put_char(show->text, '}');
}

/* A ring's own file, or where it was. */
static void put_ring(struct pure_show *show, const void *element)
{
	const bool sets = command_of(show) == IORING_REGISTER_RING_FDS;
	const struct update *ring = element;

	pure_put_char(show->text, '{');
	if (sets && ring->offset == -1U)
		kit_put_signed(show, "offset", -1);
	else
		kit_put_unsigned(show, "offset", ring->offset);
	put_reserved(show, "resv", ring->reserved);
	if (sets) {
		kit_put_name(show, "data");
		kit_put_fd(show, (int)ring->data);
	} else {
		put_reserved(show, "data", ring->data);
	}
	pure_put_char(show->text, '}');
}

static void put_restriction(struct pure_show *show, const void *element)
{
	const struct restriction *one = element;

	pure_put(show->text, "{opcode=");
	kit_put_one(show, &kit_flags_uringrestriction, one->what);
	switch (one->what) {
	case IORING_RESTRICTION_REGISTER_OP:
		kit_put_name(show, "register_op");
		kit_put_one(show, &kit_flags_uringregister, one->value);
		break;
	case IORING_RESTRICTION_SQE_OP:
		kit_put_name(show, "sqe_op");
		kit_put_one(show, &kit_flags_uringop, one->value);
		break;
	case IORING_RESTRICTION_SQE_FLAGS_ALLOWED:
	case IORING_RESTRICTION_SQE_FLAGS_REQUIRED:
		kit_put_name(show, "sqe_flags");
		kit_put_flags(show, &kit_flags_uringsqe, one->value);
		break;
	default:
		pure_put(show->text, " /* op: ");
		pure_put_hex(show->text, one->value);
		pure_put(show->text, " */");
	}
	put_reserved(show, "resv", one->reserved);
	kit_put_padding(show, "resv2", one->reserved2, sizeof(one->reserved2),
			sizeof(int));
	pure_put_char(show->text, '}');
}

static void put_buffer_ring(struct pure_show *show, unsigned long address)
{
	struct buffer_ring ring;

	if (!kit_fetch(show, &ring, address, sizeof(ring)))
		return;
	pure_put(show->text, "{ring_addr=");
	kit_put_address(show, ring.address);
	kit_put_unsigned(show, "ring_entries", ring.entries);
	kit_put_unsigned(show, "bgid", ring.group);
	put_reserved(show, "pad", ring.pad);
	kit_put_padding(show, "resv", ring.reserved, sizeof(ring.reserved),
			sizeof(long));
	pure_put_char(show->text, '}');
}

static void put_operation(struct pure_show *show, const void *element)
{
	const struct operation *operation = element;

	pure_put(show->text, "{op=");
	kit_put_one_unsigned(show, &kit_flags_uringop, operation->number);
	put_reserved(show, "resv", operation->reserved);
	kit_put_name(show, "flags");
	kit_put_flags(show, &kit_flags_uringopflags, operation->flags);
	put_reserved(show, "resv2", operation->reserved2);
	pure_put_char(show->text, '}');
}

/* A probe, with COUNT operations, of THERE. */
static void put_probe(struct pure_show *show, unsigned long address,
		      const struct probe *probe, unsigned int count,
		      unsigned int there)
{
	pure_put(show->text, "{last_op=");
	kit_put_one_unsigned(show, &kit_flags_uringop, probe->last);
	kit_put_unsigned(show, "ops_len", probe->count);
	put_reserved(show, "resv", probe->reserved);
	kit_put_padding(show, "resv2", probe->reserved2,
			sizeof(probe->reserved2), sizeof(int));
	kit_put_name(show, "ops");
	kit_put_first(show, address + sizeof(*probe), count, there,
		      sizeof(struct operation), put_operation);
	pure_put_char(show->text, '}');
}

/* How many bytes a probe for COUNT operations is, or 0. */
static unsigned long probe_size(unsigned long count)
{
	return count > MOST_OPERATIONS ?
		       0 :
		       sizeof(struct probe) + count * sizeof(struct operation);
}

/* What is asked for should be zeros: kept[0] says whether it was. Then only
   the answer is shown. */
static void put_answer(struct pure_show *show, unsigned long address,
		       unsigned long count)
{
	unsigned char bytes[sizeof(struct probe) +
			    MOST_OPERATIONS * sizeof(struct operation)];
	const unsigned long size = probe_size(count);
	struct probe probe;
	unsigned int there;

	if (!size || (kit_failed(show) && !show->kept[0])) {
		kit_put_address(show, address);
		return;
	}
	if (!kit_fetch(show, bytes, address, size))
		return;
	memcpy(&probe, bytes, sizeof(probe));
	if (show->kept[0])
		put_probe(show, address, &probe, count, count);
	if (kit_failed(show))
		return;
	pure_put(show->text, show->kept[0] ? " => " : "");
	there = probe.count < count ? probe.count : count;
	put_probe(show, address, &probe, there, probe.count);
}

static void put_workers(struct pure_show *show, const unsigned int *workers,
			unsigned long count)
{
	unsigned long i;

	for (i = 0; i < count; i++) {
		pure_put(show->text, i ? ", [" : "[[");
		kit_put_one_unsigned(show, &kit_flags_uringworkers, i);
		pure_put(show->text, "]=");
		pure_put_unsigned(show->text, workers[i]);
	}
	pure_put_char(show->text, ']');
}

/* Those that were there, and instead of them, are in sizes; kept[0] is how many
   of them were read. */
static void put_limits(struct pure_show *show, unsigned long address,
		       unsigned long count)
{
	static const struct kit_field field = { .with = &kit_flags_uringworkers,
						.width = sizeof(int) };
	const struct kit_data data = { .address = address,
				       .size = count * sizeof(int) };
	unsigned int now[PURE_SHOW_SIZES];

	if (!count || count != show->kept[0]) {
		if (count)
			kit_kind_us(show, &field, &data);
		else
			kit_put_array(show, address, 0, 1, put_tag);
		return;
	}
	put_workers(show, show->sizes, count);
	pure_put(show->text, " => ");
	if (kit_failed(show))
		kit_put_address(show, address);
	else if (kit_fetch(show, now, address, count * sizeof(*now)))
		put_workers(show, now, count);
}

bool kit_uring_asks(const struct pure_show *show)
{
	return command_of(show) == IORING_REGISTER_PROBE ||
	       command_of(show) == IORING_REGISTER_IOWQ_MAX_WORKERS;
}

void kit_keep_uring(struct pure_show *show)
{
	unsigned char bytes[sizeof(struct probe) +
			    MOST_OPERATIONS * sizeof(struct operation)];
	const unsigned long address = show->arguments[2];
	const unsigned long count = (unsigned int)show->arguments[3];
	unsigned long size = probe_size(count);

	if (command_of(show) == IORING_REGISTER_PROBE) {
		if (pure_read(bytes, address, size) != size)
			return;
		while (size && !bytes[size - 1])
			size--;
		show->kept[0] = size;
	} else if (count <= PURE_SHOW_SIZES &&
		   pure_read(show->sizes, address, count * sizeof(int)) ==
			   count * sizeof(int)) {
		show->kept[0] = count;
	}
}

/* Files and buffers. */
static bool put_registered(struct pure_show *show, unsigned long address,
			   unsigned long count)
{
	switch (command_of(show)) {
	case IORING_REGISTER_BUFFERS:
		kit_put_vector_addresses(show, address, count, true);
		return true;
	case IORING_REGISTER_FILES:
	case IORING_REGISTER_EVENTFD:
	case IORING_REGISTER_EVENTFD_ASYNC:
		kit_put_array(show, address, count, sizeof(int), put_file);
		return true;
	case IORING_REGISTER_FILES_UPDATE:
		put_update(show, address, count);
		return true;
	case IORING_REGISTER_FILES2:
		put_resources(show, address, count, false);
		return true;
	case IORING_REGISTER_BUFFERS2:
		put_resources(show, address, count, true);
		return true;
	case IORING_REGISTER_FILES_UPDATE2:
		put_update2(show, address, count, false);
		return true;
	case IORING_REGISTER_BUFFERS_UPDATE:
		put_update2(show, address, count, true);
		return true;
	}
	return false;
}

void kit_show_uringarg(struct pure_show *show, int i)
{
	const unsigned long address = show->arguments[i];
	const unsigned long count = kit_size(show, i);

	if (put_registered(show, address, count))
		return;
	switch (command_of(show)) {
	case IORING_REGISTER_PROBE:
		put_answer(show, address, count);
		break;
	case IORING_REGISTER_RESTRICTIONS:
		kit_put_array(show, address, count, sizeof(struct restriction),
			      put_restriction);
		break;
	case IORING_REGISTER_IOWQ_AFF:
		kit_put_cpuset(show, address, count);
		break;
	case IORING_REGISTER_IOWQ_MAX_WORKERS:
		put_limits(show, address, count);
		break;
	case IORING_REGISTER_RING_FDS:
	case IORING_UNREGISTER_RING_FDS:
		kit_put_array(show, address, count, sizeof(struct update),
			      put_ring);
		break;
	case IORING_REGISTER_PBUF_RING:
	case IORING_UNREGISTER_PBUF_RING:
		put_buffer_ring(show, address);
		break;
	default:
		kit_put_address(show, address);
	}
}
