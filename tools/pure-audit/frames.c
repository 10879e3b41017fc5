/*
 * Where functions are by .eh_frame, which is there when symbols are not, and
 * where exceptions lead by .gcc_except_table.
 *
 * The format of the first is that of the Linux Standard Base, Core, 10.6:
 * entries of a length and a number, which is 0 in a CIE and in an FDE says how
 * far back its CIE is. Of a CIE is read how the FDEs' addresses are written,
 * and whether they are about a signal's frame; of an FDE, the addresses.
 *
 * A function's table of landing pads (see GCC's except.cc) has, after a header
 * that says how it is written, an entry for each part of the function: where
 * that starts and how long it is, and its landing pad, or 0 if exceptions go
 * through it.
 *
 * What can't be read is left out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "image.h"

/* How a pointer is written: DW_EH_PE_*. */
#define FORMAT_MASK 0x0f
#define FORMAT_ABSPTR 0x00
#define FORMAT_ULEB128 0x01
#define FORMAT_UDATA2 0x02
#define FORMAT_UDATA4 0x03
#define FORMAT_UDATA8 0x04
#define FORMAT_SIGNED 0x08
#define BASE_MASK 0x70
#define BASE_ABSOLUTE 0x00
#define BASE_PCREL 0x10
#define INDIRECT 0x80
#define ENCODING_OMIT 0xff

/* A place in the tables, up to whose END may be read. */
struct cursor {
	const uint8_t *at;
	const uint8_t *end;
	/* The address that AT has in the program. */
	uint64_t address;
	/* There was not as much as should be. */
	bool short_of;
};

/* What an entry of the first kind says of those of the second. */
struct cie {
	uint8_t encoding;
	/* How an FDE's pointer to a table of landing pads is written. */
	uint8_t lsda_encoding;
	bool signal;
};

static void skip(struct cursor *c, uint64_t size)
{
	if (size > (uint64_t)(c->end - c->at)) {
		c->short_of = true;
		size = c->end - c->at;
	}
	c->at += size;
	c->address += size;
}

/* A number of SIZE bytes, of at most 8. */
static uint64_t get(struct cursor *c, unsigned int size)
{
	uint64_t value = 0;

	if (size <= (uint64_t)(c->end - c->at))
		memcpy(&value, c->at, size);
	skip(c, size);
	return value;
}

/* A number in LEB128; what does not fit is lost. */
static uint64_t get_leb128(struct cursor *c)
{
	uint64_t value = 0;
	unsigned int shift = 0;
	uint8_t byte;

	do {
		byte = get(c, 1);
		if (shift < 64)
			value |= (uint64_t)(byte & 0x7f) << shift;
		shift += 7;
	} while ((byte & 0x80) && !c->short_of);
	return value;
}

/* The size of a pointer, or 0 if it isn't written in a known way. */
static unsigned int pointer_size(uint8_t encoding)
{
	if (encoding == ENCODING_OMIT || (encoding & INDIRECT))
		return 0;
	switch (encoding & FORMAT_MASK & ~FORMAT_SIGNED) {
	case FORMAT_ABSPTR:
	case FORMAT_UDATA8:
		return 8;
	case FORMAT_UDATA4:
		return 4;
	case FORMAT_UDATA2:
		return 2;
	default:
		return 0;
	}
}

static uint64_t get_pointer(struct cursor *c, uint8_t encoding)
{
	unsigned int size = pointer_size(encoding), unused = 64 - 8 * size;
	uint64_t base = (encoding & BASE_MASK) == BASE_PCREL ? c->address : 0;
	uint64_t value = get(c, size);

	if ((encoding & FORMAT_SIGNED) && size)
		value = (uint64_t)((int64_t)(value << unused) >> unused);
	return base + value;
}

/* Set C to what is at ADDRESS, to the end of its section or segment. */
static bool set_cursor(const struct image *image, uint64_t address,
		       struct cursor *c)
{
	size_t left;

	memset(c, 0, sizeof(*c));
	c->at = image_bytes(image, address, &left);
	c->end = c->at ? c->at + left : NULL;
	c->address = address;
	return c->at;
}

/*
 * Read the CIE whose length was read. What its augmentation has other letters
 * than these in is not known; compilers begin it with `z'.
 */
static bool read_cie(struct cursor c, struct cie *cie)
{
	unsigned int id = get(&c, 4), version = get(&c, 1);
	const char *letter = (const char *)c.at;

	*cie = (struct cie){ FORMAT_ABSPTR, ENCODING_OMIT, false };
	while (get(&c, 1) != 0)
		;
	if (c.short_of || id != 0 || (version != 1 && version != 3) ||
	    *letter != 'z')
		return false;
	/*
	 * How code and data are counted, the return address's register, and the
	 * size of what follows. The register is a byte in version 1, which is
	 * read as LEB128 too: it is 16.
	 */
	get_leb128(&c);
	get_leb128(&c);
	get_leb128(&c);
	get_leb128(&c);
	while (*++letter) {
		if (*letter == 'R')
			cie->encoding = get(&c, 1);
		else if (*letter == 'L')
			cie->lsda_encoding = get(&c, 1);
		else if (*letter == 'P')
			skip(&c, pointer_size(get(&c, 1) & ~INDIRECT));
		else if (*letter == 'S')
			cie->signal = true;
		else
			return false;
	}
	return !c.short_of;
}

/*
 * An entry at C, which is moved after it; *ENTRY is what follows its length.
 * Returns false at the end of the table.
 */
static bool next_entry(struct cursor *c, struct cursor *entry)
{
	uint32_t length = get(c, 4);

	/* 0 ends the table; the 64-bit form is not used in .eh_frame. */
	if (c->short_of || length < 4 || length == UINT32_MAX)
		return false;
	*entry = *c;
	skip(c, length);
	entry->end = c->at;
	return !c->short_of;
}

/* Where the landing pads' table of FDE is, or 0. */
static uint64_t read_lsda(struct cursor *fde, const struct cie *cie)
{
	struct cursor c;

	if (!pointer_size(cie->lsda_encoding))
		return 0;
	get_leb128(fde);
	c = *fde;
	/* A pointer to nothing is 0 without what it would be relative to. */
	if (get(&c, pointer_size(cie->lsda_encoding)) == 0)
		return 0;
	return get_pointer(fde, cie->lsda_encoding);
}

/* Read FDE, which is in TABLE, with its CIE. */
static void read_fde(struct image *image, const struct cursor *table,
		     struct cursor fde)
{
	uint64_t offset = fde.at - table->at, back = get(&fde, 4);
	struct cursor c = *table, entry;
	struct frame frame;
	struct cie cie;

	if (back > offset)
		return;
	skip(&c, offset - back);
	if (!next_entry(&c, &entry) || !read_cie(entry, &cie) ||
	    !pointer_size(cie.encoding) ||
	    ((cie.encoding & BASE_MASK) != BASE_ABSOLUTE &&
	     (cie.encoding & BASE_MASK) != BASE_PCREL))
		return;
	frame.start = get_pointer(&fde, cie.encoding);
	frame.end = frame.start + get_pointer(&fde, cie.encoding & FORMAT_MASK);
	frame.signal = cie.signal;
	frame.lsda = read_lsda(&fde, &cie);
	if (!fde.short_of && frame.end > frame.start)
		list_push(&image->frames, frame);
}

void frames_read(struct image *image)
{
	struct cursor table, c, entry;
	size_t i;

	for (i = 0; i < image->areas.count; i++) {
		if (strcmp(image->areas.items[i].name, ".eh_frame") != 0 ||
		    !set_cursor(image, image->areas.items[i].start, &table))
			continue;
		for (c = table; next_entry(&c, &entry);)
			if (read_u32(entry.at) != 0)
				read_fde(image, &table, entry);
	}
	list_sort(&image->frames);
}

const struct frame *frames_find(const struct image *image, uint64_t address)
{
	const struct frame *frame = list_last(&image->frames, address);

	return frame && address < frame->end ? frame : NULL;
}

/* Set ENTRIES to the landing pads of FRAME, which are relative to *PADS. */
static bool open_landings(const struct image *image, const struct frame *frame,
			  struct cursor *entries, uint8_t *encoding,
			  uint64_t *pads)
{
	struct cursor c;
	uint64_t size;

	if (!frame->lsda || !set_cursor(image, frame->lsda, &c))
		return false;
	*pads = frame->start;
	*encoding = get(&c, 1);
	if (*encoding != ENCODING_OMIT)
		*pads = get_pointer(&c, *encoding);
	/* The types that are caught. */
	if (get(&c, 1) != ENCODING_OMIT)
		get_leb128(&c);
	*encoding = get(&c, 1);
	size = get_leb128(&c);
	if (c.short_of || size > (uint64_t)(c.end - c.at))
		return false;
	*entries = c;
	entries->end = c.at + size;
	return *encoding == FORMAT_ULEB128 || pointer_size(*encoding);
}

/* An address or a length in the entries. */
static uint64_t get_number(struct cursor *entries, uint8_t encoding)
{
	if (encoding == FORMAT_ULEB128)
		return get_leb128(entries);
	return get(entries, pointer_size(encoding));
}

void frames_landings(const struct image *image, const struct frame *frame,
		     struct landings *landings)
{
	uint64_t pads, pad, last = frame->start;
	struct landing landing;
	struct cursor entries;
	uint8_t encoding;

	if (!open_landings(image, frame, &entries, &encoding, &pads))
		return;
	while (entries.at < entries.end) {
		landing.start = frame->start + get_number(&entries, encoding);
		landing.end = landing.start + get_number(&entries, encoding);
		pad = get_number(&entries, encoding);
		get_leb128(&entries);
		if (entries.short_of || landing.start < last ||
		    landing.end < landing.start || landing.end > frame->end)
			return;
		last = landing.end;
		landing.pad = pads + pad;
		if (pad)
			list_push(landings, landing);
	}
}
