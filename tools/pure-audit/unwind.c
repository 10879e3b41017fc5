/*
 * Where functions are by .eh_frame, which is there when symbols are not.
 *
 * The format is that of the Linux Standard Base, Core, 10.6: entries of a
 * length and a number, which is 0 in a CIE and in an FDE says how far back
 * its CIE is. Of a CIE is read how the FDEs' addresses are written, and
 * whether they are about a signal's frame; of an FDE, the addresses.
 * What can't be read is left out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "cursor.h"

struct cie {
	uint8_t encoding;
	/* How an FDE's pointer to a table of landing pads is written. */
	uint8_t lsda_encoding;
	bool augmented;
	bool signal;
};

/* The data that AUGMENTATION, the letters behind `z', announces. */
static bool read_augmentation(struct cursor *c, const char *augmentation,
			      struct cie *cie)
{
	uint8_t encoding;

	for (; *augmentation; augmentation++) {
		switch (*augmentation) {
		case 'R':
			cie->encoding = cursor_get(c, 1);
			break;
		case 'S':
			cie->signal = true;
			break;
		case 'L':
			cie->lsda_encoding = cursor_get(c, 1);
			break;
		case 'P':
			encoding = cursor_get(c, 1);
			if (!cursor_pointer_size(encoding))
				return false;
			cursor_skip(c, cursor_pointer_size(encoding));
			break;
		case 'B':
			break;
		default:
			return false;
		}
	}
	return !c->short_of;
}

/* Read the CIE whose length was read. */
static bool read_cie(struct cursor c, struct cie *cie)
{
	const char *augmentation;
	unsigned int version;

	cie->encoding = FORMAT_ABSPTR;
	cie->lsda_encoding = ENCODING_OMIT;
	cie->augmented = false;
	cie->signal = false;
	if (cursor_get(&c, 4) != 0)
		return false;
	version = cursor_get(&c, 1);
	if (version != 1 && version != 3)
		return false;
	augmentation = (const char *)c.at;
	while (cursor_get(&c, 1) != 0)
		;
	if (c.short_of)
		return false;
	cursor_leb128(&c);
	cursor_leb128(&c);
	if (version == 1)
		cursor_get(&c, 1);
	else
		cursor_leb128(&c);
	if (*augmentation == '\0')
		return !c.short_of;
	if (*augmentation != 'z')
		return false;
	cursor_leb128(&c);
	cie->augmented = true;
	return read_augmentation(&c, augmentation + 1, cie);
}

/*
 * An entry at C, which is moved behind it; *ENTRY is what follows its length.
 * Returns false at the end of the table.
 */
static bool next_entry(struct cursor *c, struct cursor *entry)
{
	uint32_t length = cursor_get(c, 4);

	/* 0 ends the table; the 64-bit form is not used in .eh_frame. */
	if (c->short_of || length == 0 || length == UINT32_MAX)
		return false;
	*entry = *c;
	cursor_skip(c, length);
	entry->end = c->at;
	return !c->short_of;
}

/* Find the CIE of the FDE at FDE in TABLE. */
static bool find_cie(const struct cursor *table, const struct cursor *fde,
		     struct cie *cie)
{
	struct cursor c = *table, entry;
	uint64_t back = read_u32(fde->at);
	uint64_t offset = fde->at - table->at;

	if (back > offset)
		return false;
	cursor_skip(&c, offset - back);
	return next_entry(&c, &entry) && read_cie(entry, cie);
}

/* Where the landing pads' table of FDE is, or 0. */
static uint64_t read_lsda(struct cursor *fde, const struct cie *cie)
{
	struct cursor c;

	if (!cie->augmented || !cursor_pointer_size(cie->lsda_encoding) ||
	    (cie->lsda_encoding & 0x80))
		return 0;
	cursor_leb128(fde);
	c = *fde;
	/* A pointer to nothing is 0 without what it would be relative to. */
	if (cursor_get(&c, cursor_pointer_size(cie->lsda_encoding)) == 0)
		return 0;
	return cursor_pointer(fde, cie->lsda_encoding);
}

static void read_fde(struct image *image, const struct cursor *table,
		     struct cursor fde)
{
	struct frame frame;
	struct cie cie;
	uint64_t size;

	if (!find_cie(table, &fde, &cie) || cie.encoding == ENCODING_OMIT ||
	    !cursor_pointer_size(cie.encoding) || (cie.encoding & 0x80) ||
	    ((cie.encoding & BASE_MASK) != BASE_ABSOLUTE &&
	     (cie.encoding & BASE_MASK) != BASE_PCREL))
		return;
	cursor_get(&fde, 4);
	frame.start = cursor_pointer(&fde, cie.encoding);
	size = cursor_pointer(&fde, cie.encoding & FORMAT_MASK);
	frame.end = frame.start + size;
	frame.signal = cie.signal;
	frame.lsda = read_lsda(&fde, &cie);
	if (!fde.short_of && frame.end > frame.start)
		list_push(&image->frames, frame);
}

static void read_table(struct image *image, struct cursor table)
{
	struct cursor c = table, entry;

	while (next_entry(&c, &entry)) {
		if (entry.end - entry.at < 4)
			break;
		if (read_u32(entry.at) != 0)
			read_fde(image, &table, entry);
	}
}

/* Without section headers, the segment .eh_frame_hdr says where they are. */
static void read_by_header(struct image *image)
{
	struct cursor c, table;
	GElf_Phdr segment;
	uint8_t encoding;
	int i;

	for (i = 0; gelf_getphdr(image->elf, i, &segment); i++) {
		if (segment.p_type != PT_GNU_EH_FRAME ||
		    !cursor_at(image, segment.p_vaddr, &c) ||
		    cursor_get(&c, 1) != 1)
			continue;
		encoding = cursor_get(&c, 1);
		cursor_get(&c, 2);
		if (cursor_at(image, cursor_pointer(&c, encoding), &table))
			read_table(image, table);
		return;
	}
}

void unwind_read(struct image *image)
{
	struct cursor table;
	size_t i;

	for (i = 0; i < image->areas.count; i++)
		if (strcmp(image->areas.items[i].name, ".eh_frame") == 0 &&
		    cursor_at(image, image->areas.items[i].start, &table))
			read_table(image, table);
	if (image->sections.count == 0)
		read_by_header(image);
	list_sort(&image->frames);
}

/* The frame that ADDRESS is in, or NULL. */
const struct frame *unwind_frame(const struct image *image, uint64_t address)
{
	size_t low = 0, high = image->frames.count, middle;
	const struct frame *frame;

	while (low < high) {
		middle = low + (high - low) / 2;
		frame = &image->frames.items[middle];
		if (address < frame->start)
			high = middle;
		else if (address >= frame->end)
			low = middle + 1;
		else
			return frame;
	}
	return NULL;
}
