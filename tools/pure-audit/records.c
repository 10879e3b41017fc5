/*
 * purecc_sites: what the compiler, or the assembler's prelude, says of each
 * site.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <abi/text.h>
#include <stdlib.h>
#include <string.h>

#include "image.h"

#define SECTION_NAME PURE_TEXT(PURE_RECORD_SECTION)

static void read_record(struct image *image,
			const struct pure_site_record *written)
{
	struct record record = { written->address, written->kind };

	/* The linker has left out the code that it was about. */
	if (record.address == 0 || !area_of_code(image, record.address)) {
		image->dead_records++;
		return;
	}
	if (record.kind < RECORD_GUARDED || record.kind > RECORD_GATEWAY ||
	    written->zero != 0) {
		image->bad_records++;
		record.kind = RECORD_BAD;
	}
	list_push(&image->records, record);
}

static bool read_section(struct image *image, size_t number)
{
	const struct section *section = &image->sections.items[number];
	size_t size = section->header.sh_size, i;
	struct pure_site_record *records;
	bool ok = true;

	if ((section->header.sh_flags & SHF_COMPRESSED) ||
	    section->header.sh_type == SHT_NOBITS ||
	    size % sizeof(*records) != 0)
		return image_error(image, "has a damaged section " SECTION_NAME
					  ": no whole number of records");
	records = allocate(size);
	memcpy(records, image->bytes + section->header.sh_offset, size);
	if (image_is_object(image))
		ok = object_relocate_section(image, number, (uint8_t *)records,
					     size);
	for (i = 0; ok && i < size / sizeof(*records); i++)
		read_record(image, &records[i]);
	free(records);
	return ok;
}

/* Keep one record of an instruction; those that contradict are all bad. */
static void merge_records(struct records *records)
{
	struct record *items = records->items;
	size_t count = 0, i;

	for (i = 0; i < records->count; i++) {
		if (count && items[count - 1].address == items[i].address) {
			if (items[count - 1].kind != items[i].kind)
				items[count - 1].kind = RECORD_BAD;
		} else {
			items[count++] = items[i];
		}
	}
	records->count = count;
}

bool records_read(struct image *image)
{
	size_t i;

	for (i = 0; i < image->sections.count; i++)
		if (strcmp(image->sections.items[i].name, SECTION_NAME) == 0 &&
		    !read_section(image, i))
			return false;
	list_sort(&image->records);
	merge_records(&image->records);
	return true;
}
