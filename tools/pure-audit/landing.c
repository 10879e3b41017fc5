/*
 * Where exceptions lead: the landing pads of .gcc_except_table.
 *
 * A function's table (see GCC's except.cc) has, behind a header that says how
 * it is written, an entry for each part of the function: where that starts and
 * how long it is, and its landing pad, or 0 if exceptions go through it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "cursor.h"

#define FORMAT_ULEB128 0x01

struct table {
	/* What is left of the entries, and how they are written. */
	struct cursor entries;
	uint8_t encoding;
	/* What parts, and landing pads, are relative to. */
	uint64_t start;
	uint64_t pads;
};

/* An address or a length in the entries. */
static uint64_t get_number(struct table *table)
{
	if (table->encoding == FORMAT_ULEB128)
		return cursor_leb128(&table->entries);
	return cursor_get(&table->entries,
			  cursor_pointer_size(table->encoding));
}

static bool open_table(const struct image *image, const struct frame *frame,
		       struct table *table)
{
	struct cursor c;
	uint8_t encoding;
	uint64_t size;

	if (!cursor_at(image, frame->lsda, &c))
		return false;
	table->start = frame->start;
	table->pads = frame->start;
	encoding = cursor_get(&c, 1);
	if (encoding != ENCODING_OMIT)
		table->pads = cursor_pointer(&c, encoding);
	/* The types that are caught. */
	if (cursor_get(&c, 1) != ENCODING_OMIT)
		cursor_leb128(&c);
	table->encoding = cursor_get(&c, 1);
	size = cursor_leb128(&c);
	if (c.short_of || size > (uint64_t)(c.end - c.at) ||
	    (table->encoding != FORMAT_ULEB128 &&
	     !cursor_pointer_size(table->encoding)))
		return false;
	table->entries = c;
	table->entries.end = c.at + size;
	return true;
}

/* Exceptions between START and END lead to PAD. */
static void set_landing(struct image *image, uint64_t start, uint64_t end,
			uint64_t pad)
{
	const struct step *items = image->steps.items;
	uint64_t to = steps_find(image, pad), i;

	for (i = steps_from(image, start);
	     i < image->steps.count && items[i].address < end; i++)
		image->landings[i] = to;
}

static void read_landings(struct image *image, const struct frame *frame)
{
	uint64_t start, end, pad, last = frame->start;
	struct table table;

	if (!open_table(image, frame, &table))
		return;
	while (table.entries.at < table.entries.end) {
		start = table.start + get_number(&table);
		end = start + get_number(&table);
		pad = get_number(&table);
		cursor_leb128(&table.entries);
		/* They are in order, and each step is looked at once. */
		if (table.entries.short_of || start < last || end < start ||
		    end > frame->end)
			return;
		last = end;
		if (pad)
			set_landing(image, start, end, table.pads + pad);
	}
}

/* Find the landing pad, if there is one, of each step. */
void landing_read(struct image *image)
{
	uint64_t last = 0;
	size_t i;

	image->landings = allocate(image->steps.count * sizeof(uint32_t));
	for (i = 0; i < image->steps.count; i++)
		image->landings[i] = NO_LANDING;
	if (image->steps.count >= NO_LANDING)
		return;
	for (i = 0; i < image->frames.count; i++) {
		/* Functions don't overlap, but in a hostile file. */
		if (image->frames.items[i].lsda &&
		    image->frames.items[i].start >= last)
			read_landings(image, &image->frames.items[i]);
		if (image->frames.items[i].end > last)
			last = image->frames.items[i].end;
	}
}
