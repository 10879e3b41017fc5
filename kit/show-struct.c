/*
 * kit: structs, and values of kinds that tables name: make-flags.sh.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <endian.h>
#include <netinet/in.h>
#include <string.h>

#include "show.h"

/* The longest address of a device's. */
#define HARDWARE_SIZE 32

unsigned long kit_number(const void *bytes, unsigned int size)
{
	unsigned long value = 0;

	memcpy(&value, bytes, size < sizeof(value) ? size : sizeof(value));
	return value;
}

bool kit_known(struct pure_show *show, const struct kit_data *data,
	       unsigned int size)
{
	if (data->known >= size)
		return true;
	kit_put_address(show, data->address);
	return false;
}

const struct kit_field *kit_find_field(const struct kit_fields *fields,
				       unsigned int number)
{
	const struct kit_field *field;

	for (field = fields->list; field->name; field++)
		if (field->at == number)
			return field;
	return NULL;
}

/* What a number has: NOT is no number, GONE is shown already. */
enum state { NOT, GONE, THERE };

static enum state get(struct pure_show *show, const struct kit_field *field,
		      const struct kit_data *data, unsigned long *value)
{
	const unsigned int size = field->width ? field->width : data->size;

	if (size > data->size || size > sizeof(*value))
		return NOT;
	if (!kit_known(show, data, size))
		return GONE;
	*value = kit_number(data->bytes, size);
	return THERE;
}

/* A kind that is shown by what is to be done with VALUE. */
#define KIND(kind, action)                                               \
	bool kit_kind_##kind(struct pure_show *show,                     \
			     const struct kit_field *field,              \
			     const struct kit_data *data)                \
	{                                                                \
		unsigned long value;                                     \
		const enum state state = get(show, field, data, &value); \
                                                                         \
		if (state == THERE)                                      \
			action;                                          \
		return state != NOT;                                     \
	}

/* VALUE of the size of DATA as one with a sign. */
static long sign(const struct kit_field *field, const struct kit_data *data,
		 unsigned long value)
{
	const unsigned int size = field->width ? field->width : data->size;
	const unsigned int rest = 64 - 8 * size;

	return (long)(value << rest) >> rest;
}

static void put_padded(struct pure_show *show, const struct kit_field *field,
		       const struct kit_data *data, unsigned long value)
{
	const unsigned int size = field->width ? field->width : data->size;

	if (value) {
		pure_put(show->text, "0x");
		pure_put_digits(show->text, value, 16, 2 * size - 2);
	} else {
		pure_put_digits(show->text, 0, 16, 2 * size);
	}
}

void kit_put_function(struct pure_show *show, const char *function,
		      unsigned long value)
{
	pure_put(show->text, function);
	pure_put_char(show->text, '(');
	pure_put_unsigned(show->text, value);
	pure_put_char(show->text, ')');
}

void kit_put_negative(struct pure_show *show, int error)
{
	const char *name = error < 0 ? strerrorname_np(-error) : NULL;
	char room[32];
	struct pure_text text = PURE_TEXT(room);

	if (!name) {
		pure_put_signed(show->text, error);
		return;
	}
	pure_put_char(&text, '-');
	pure_put(&text, name);
	pure_put_bytes(&text, "", 1);
	kit_put_named_int(show, error, room);
}

static void put_ether(struct pure_show *show, const struct kit_flags *set,
		      unsigned int protocol)
{
	pure_put(show->text, "htons(");
	kit_put_one(show, set, ntohs(protocol));
	pure_put_char(show->text, ')');
}

static void put_network_hex(struct pure_show *show, unsigned int value)
{
	pure_put(show->text, "htonl(");
	pure_put_hex(show->text, ntohl(value));
	pure_put_char(show->text, ')');
}

KIND(u, pure_put_unsigned(show->text, value))
KIND(d, pure_put_signed(show->text, sign(field, data, value)))
KIND(x, pure_put_hex(show->text, value))
KIND(X, put_padded(show, field, data, value))
KIND(one, kit_put_one(show, field->with, value))
KIND(both, kit_put_verbose(show, field->with, value))
KIND(flags, kit_put_flags(show, field->with, value))
KIND(ifindex, kit_put_interface(show, value))
KIND(id, kit_put_id(show, value))
KIND(fd, kit_put_fd(show, (int)value))
KIND(dev, kit_put_dev(show, value))
KIND(ticks, kit_put_ticks(show, NULL, value))
KIND(port, kit_put_port(show, value))
KIND(htons, kit_put_function(show, "htons", ntohs(value)))
KIND(htobe, kit_put_function(show, "htobe64", be64toh(value)))
KIND(htonl, put_network_hex(show, value))
KIND(error, kit_put_negative(show, (int)value))
KIND(etherproto, put_ether(show, field->with, value))

/* Flags whose names no header has: with what they stand for. */
bool kit_kind_vflags(struct pure_show *show, const struct kit_field *field,
		     const struct kit_data *data)
{
	unsigned long flags;
	const enum state state = get(show, field, data, &flags);

	if (state != THERE)
		return state != NOT;
	if (!flags || show->options->constants ||
	    !kit_knows_flags(field->with, flags)) {
		kit_put_flags(show, field->with, flags);
		return true;
	}
	pure_put_hex(show->text, flags);
	pure_put(show->text, " /* ");
	kit_put_names(show, field->with, flags);
	pure_put(show->text, " */");
	return true;
}

static bool is_zero(const struct kit_data *data)
{
	unsigned int i;

	for (i = 0; i < data->size; i++)
		if (data->bytes[i])
			return false;
	return true;
}

/* A member's bytes in hexadecimal. Pads are shown only if one isn't 0. */
bool kit_kind_hex(struct pure_show *show, const struct kit_field *field,
		  const struct kit_data *data)
{
	(void)field;
	kit_put_hex_bytes(show, data->bytes, data->size);
	return true;
}

bool kit_kind_pad(struct pure_show *show, const struct kit_field *field,
		  const struct kit_data *data)
{
	return !is_zero(data) && kit_kind_x(show, field, data);
}

bool kit_kind_padarray(struct pure_show *show, const struct kit_field *field,
		       const struct kit_data *data)
{
	return !is_zero(data) && kit_kind_hex(show, field, data);
}

/* A string; a NUL at its end isn't shown, but has to be there. */
bool kit_kind_str(struct pure_show *show, const struct kit_field *field,
		  const struct kit_data *data)
{
	const unsigned int most = show->options->string_size;
	const unsigned int size = data->size;

	(void)field;
	if (size && size <= data->known && !data->bytes[size - 1])
		kit_put_memory(show, data->address, size - 1);
	else if (kit_known(show, data, size < most ? size : most))
		kit_put_bytes(show, (const char *)data->bytes,
			      size < most ? size : most, true);
	return true;
}

/* Characters, up to a NUL; the last one is taken for it if there is none. */
bool kit_kind_chars(struct pure_show *show, const struct kit_field *field,
		    const struct kit_data *data)
{
	const char *text = (const char *)data->bytes;
	const size_t length = strnlen(text, data->size);
	const bool ends = length < data->size;

	(void)field;
	kit_put_bytes(show, text, ends ? length : length - 1, !ends);
	return true;
}

/* A string that ends with its first NUL. */
bool kit_kind_cstr(struct pure_show *show, const struct kit_field *field,
		   const struct kit_data *data)
{
	(void)field;
	kit_put_limited(show, data->address, data->size);
	return true;
}

bool kit_kind_mac(struct pure_show *show, const struct kit_field *field,
		  const struct kit_data *data)
{
	(void)field;
	kit_put_hardware(show, data->bytes, data->size, data->size);
	return true;
}

bool kit_kind_hwaddr(struct pure_show *show, const struct kit_field *field,
		     const struct kit_data *data)
{
	if (data->size > HARDWARE_SIZE)
		return false;
	return !kit_known(show, data, data->size) ||
	       kit_kind_mac(show, field, data);
}

bool kit_kind_in_addr(struct pure_show *show, const struct kit_field *field,
		      const struct kit_data *data)
{
	(void)field;
	if (data->size < sizeof(struct in_addr))
		return false;
	if (kit_known(show, data, sizeof(struct in_addr)))
		kit_put_inet(show, NULL, data->bytes);
	return true;
}

bool kit_kind_in6_addr(struct pure_show *show, const struct kit_field *field,
		       const struct kit_data *data)
{
	(void)field;
	if (data->size < sizeof(struct in6_addr))
		return false;
	if (kit_known(show, data, sizeof(struct in6_addr)))
		kit_put_inet6(show, NULL, data->bytes);
	return true;
}

/* Elements of numbers, and how many have been shown. */
struct numbers {
	const struct kit_field *field;
	kit_kind *kind;
	unsigned long count;
};

static void put_number(struct pure_show *show, const void *element, void *with)
{
	struct numbers *numbers = with;
	const unsigned int width = numbers->field->width;
	const struct kit_data data = { .bytes = element,
				       .size = width,
				       .known = width };

	if (numbers->field->with) {
		pure_put_char(show->text, '[');
		kit_put_one_unsigned(show, numbers->field->with,
				     numbers->count++);
		pure_put(show->text, "]=");
	}
	numbers->kind(show, numbers->field, &data);
}

static bool put_numbers(struct pure_show *show, const struct kit_field *field,
			const struct kit_data *data, kit_kind *kind)
{
	struct numbers numbers = { .field = field, .kind = kind };

	if (data->size < field->width)
		return false;
	kit_put_elements(show, data->address, data->size / field->width,
			 field->width, put_number, &numbers);
	return true;
}

bool kit_kind_us(struct pure_show *show, const struct kit_field *field,
		 const struct kit_data *data)
{
	return put_numbers(show, field, data, kit_kind_u);
}

bool kit_kind_xs(struct pure_show *show, const struct kit_field *field,
		 const struct kit_data *data)
{
	return put_numbers(show, field, data, kit_kind_x);
}

bool kit_kind_ds(struct pure_show *show, const struct kit_field *field,
		 const struct kit_data *data)
{
	return put_numbers(show, field, data, kit_kind_d);
}

bool kit_kind_padxs(struct pure_show *show, const struct kit_field *field,
		    const struct kit_data *data)
{
	return !is_zero(data) && kit_kind_xs(show, field, data);
}

void kit_put_padding(struct pure_show *show, const char *name,
		     const void *values, unsigned int size, unsigned int width)
{
	const struct kit_field field = { .width = width };
	const struct kit_data data = { .address = (unsigned long)values,
				       .bytes = values,
				       .size = size };
	const unsigned int end = show->text->end;

	kit_put_name(show, name);
	if (!kit_kind_padxs(show, &field, &data))
		show->text->end = end;
}

bool kit_kind_Xs(struct pure_show *show, const struct kit_field *field,
		 const struct kit_data *data)
{
	return put_numbers(show, field, data, kit_kind_X);
}

/* "[[NAME]=1, ...]". */
bool kit_kind_indexed(struct pure_show *show, const struct kit_field *field,
		      const struct kit_data *data)
{
	return put_numbers(show, field, data, kit_kind_u);
}

bool kit_kind_dindexed(struct pure_show *show, const struct kit_field *field,
		       const struct kit_data *data)
{
	return put_numbers(show, field, data, kit_kind_d);
}

/* An address of the message's family. */
static void put_inet(struct pure_show *show, const struct kit_field *field,
		     const struct kit_data *data)
{
	if (data->message->family == AF_INET) {
		kit_put_inet(show, field->name, data->bytes);
	} else if (data->message->family == AF_INET6) {
		kit_put_inet6(show, field->name, data->bytes);
	} else {
		kit_put_name(show, field->name);
		kit_kind_hex(show, field, data);
	}
}

bool kit_kind_inet(struct pure_show *show, const struct kit_field *field,
		   const struct kit_data *data)
{
	if (data->message->family == AF_INET)
		return kit_kind_in_addr(show, field, data);
	return data->message->family == AF_INET6 &&
	       kit_kind_in6_addr(show, field, data);
}

void kit_put_fields(struct pure_show *show, const struct kit_field *field,
		    unsigned int end, const struct kit_data *data)
{
	struct kit_data member = *data;
	unsigned int start;

	for (; field->name && field->at + field->size <= end; field++) {
		if (field->mark == '?' && data->failed)
			break;
		if (strcmp(field->name, "=>") == 0) {
			if (data->failed)
				break;
			pure_put(show->text, "} => {");
			continue;
		}
		if (strcmp(field->name, "...") == 0) {
			if (!show->whole) {
				pure_put(show->text, ", ...");
				break;
			}
			continue;
		}
		if (field->mark == '+' && !show->whole)
			continue;
		member.address = data->address + field->at;
		member.bytes = data->bytes + field->at;
		member.size = member.known = field->size;
		if (field->kind == kit_kind_inet) {
			put_inet(show, field, &member);
			continue;
		}
		start = show->text->end;
		kit_put_name(show, field->name);
		if (!field->kind(show, field, &member))
			show->text->end = start;
	}
}

void kit_put_members(struct pure_show *show, const struct kit_fields *fields,
		     const struct kit_data *data)
{
	pure_put_char(show->text, '{');
	kit_put_fields(show, fields->list, data->size, data);
	pure_put_char(show->text, '}');
}

void kit_put_struct(struct pure_show *show, const struct kit_fields *fields,
		    unsigned long address)
{
	unsigned char bytes[KIT_STRUCT_SIZE];
	const struct kit_data data = { .address = address,
				       .size = fields->size,
				       .known = fields->size,
				       .bytes = bytes,
				       .failed = kit_failed(show) };

	if (kit_fetch(show, bytes, address, fields->size))
		kit_put_members(show, fields, &data);
}

/* How much of SIZE bytes is the struct: all of it, all up to something that
   needn't be there, or nothing. */
static unsigned int struct_size(const struct kit_fields *fields,
				unsigned int size)
{
	const struct kit_field *field;

	if (size >= fields->size)
		return fields->size;
	for (field = fields->list; field->name; field++)
		if (field->mark == '?' && field->at == size)
			return size;
	return 0;
}

bool kit_kind_struct(struct pure_show *show, const struct kit_field *field,
		     const struct kit_data *data)
{
	const struct kit_fields *fields = field->with;
	struct kit_data whole = *data;

	whole.size = struct_size(fields, data->size);
	if (!whole.size)
		return false;
	if (kit_known(show, data, whole.size))
		kit_put_members(show, fields, &whole);
	return true;
}

/* What comes after the struct is shown, too. */
bool kit_kind_tail(struct pure_show *show, const struct kit_field *field,
		   const struct kit_data *data)
{
	const unsigned int size =
		((const struct kit_fields *)field->with)->size;

	if (!kit_kind_struct(show, field, data))
		return false;
	if (data->size > size && data->known >= size) {
		pure_put(show->text, ", ");
		kit_put_hex_memory(show, data->address + size,
				   data->size - size);
	}
	return true;
}

/* An address in an element is of the family that it begins with. */
static void put_struct(struct pure_show *show, const void *element, void *with)
{
	const struct kit_fields *const *fields = with;
	struct kit_message message = { .family = *(unsigned char *)element };
	const struct kit_data data = { .bytes = element,
				       .size = (*fields)->size,
				       .known = (*fields)->size,
				       .message = &message };

	kit_put_members(show, *fields, &data);
}

bool kit_kind_array(struct pure_show *show, const struct kit_field *field,
		    const struct kit_data *data)
{
	const struct kit_fields *fields = field->with;

	if (data->size < fields->size)
		return false;
	kit_put_elements(show, data->address, data->size / fields->size,
			 fields->size, put_struct, &fields);
	return true;
}
