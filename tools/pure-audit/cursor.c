/*
 * Reading unwind tables: numbers and pointers, and never beyond the end.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "cursor.h"

void cursor_skip(struct cursor *c, uint64_t size)
{
	if (size > (uint64_t)(c->end - c->at)) {
		c->short_of = true;
		size = c->end - c->at;
	}
	c->at += size;
	c->address += size;
}

uint64_t cursor_get(struct cursor *c, unsigned int size)
{
	uint64_t value = 0;

	if (size <= (uint64_t)(c->end - c->at))
		memcpy(&value, c->at, size);
	cursor_skip(c, size);
	return value;
}

uint64_t cursor_leb128(struct cursor *c)
{
	uint64_t value = 0;
	unsigned int shift = 0;
	uint8_t byte;

	do {
		byte = cursor_get(c, 1);
		if (shift < 64)
			value |= (uint64_t)(byte & 0x7f) << shift;
		shift += 7;
	} while ((byte & 0x80) && !c->short_of);
	return value;
}

unsigned int cursor_pointer_size(uint8_t encoding)
{
	switch (encoding & FORMAT_MASK) {
	case FORMAT_ABSPTR:
	case FORMAT_UDATA8:
	case FORMAT_SDATA8:
		return 8;
	case FORMAT_UDATA4:
	case FORMAT_SDATA4:
		return 4;
	case FORMAT_UDATA2:
	case FORMAT_SDATA2:
		return 2;
	default:
		return 0;
	}
}

uint64_t cursor_pointer(struct cursor *c, uint8_t encoding)
{
	unsigned int size = cursor_pointer_size(encoding);
	uint64_t base = (encoding & BASE_MASK) == BASE_PCREL ? c->address : 0;
	uint64_t value = cursor_get(c, size);

	if ((encoding & FORMAT_MASK) == FORMAT_SDATA4)
		value = (int64_t)(int32_t)value;
	if ((encoding & FORMAT_MASK) == FORMAT_SDATA2)
		value = (int64_t)(int16_t)value;
	return base + value;
}

bool cursor_at(const struct image *image, uint64_t address, struct cursor *c)
{
	size_t left;

	memset(c, 0, sizeof(*c));
	c->at = image_bytes(image, address, &left);
	if (!c->at)
		return false;
	c->end = c->at + left;
	c->address = address;
	return true;
}
