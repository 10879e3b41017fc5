/*
 * What is code and what is data.
 *
 * The sections say where code is. In a linked file the segments say what is
 * mapped, and that is what runs: sections have to agree with them, and what
 * is executable and in no section is taken for code.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../common/common.h"
#include "image.h"

/* No file has that many, and the time grows with their square. */
#define MAX_SEGMENTS 1024

/* They may not overlap, so that an address says what is there. */
static bool check_areas(struct image *image)
{
	const struct area *area;
	size_t i;

	list_sort(&image->areas);
	for (i = 0; i < image->areas.count; i++) {
		area = &image->areas.items[i];
		if (area->start + area->size < area->start)
			return image_error(image,
					   "is damaged: %.64s ends "
					   "beyond the last address",
					   area->name);
		if (i + 1 < image->areas.count &&
		    area->start + area->size > area[1].start)
			return image_error(image,
					   "is damaged: %.64s and %.64s "
					   "have the same addresses",
					   area->name, area[1].name);
	}
	return true;
}

static void add_area(struct image *image, char *name, uint64_t start,
		     uint64_t size, uint64_t offset, bool code)
{
	list_push(&image->areas, (struct area){
					 .start = start,
					 .size = size,
					 .name = name,
					 .bytes = image->bytes + offset,
					 .executable = code,
					 .code = code,
				 });
}

/* Take in what sections there are in the program. */
static void add_sections(struct image *image)
{
	struct section *section;
	const GElf_Shdr *header;
	size_t i;

	for (i = 0; i < image->sections.count; i++) {
		section = &image->sections.items[i];
		header = &section->header;
		if (!image_is_object(image) && (header->sh_flags & SHF_ALLOC)) {
			section->address = header->sh_addr;
			section->placed = true;
		}
		if (section->placed && header->sh_type != SHT_NOBITS &&
		    header->sh_size)
			add_area(image, text("%s", section->name),
				 section->address, header->sh_size,
				 header->sh_offset,
				 header->sh_flags & SHF_EXECINSTR);
	}
}

/* Take in what SEGMENT, which is number INDEX, maps and no area describes. */
static void add_segment(struct image *image, const GElf_Phdr *segment,
			size_t index)
{
	/* New ones come after these, which are in order. */
	size_t count = image->areas.count, i;
	uint64_t at = segment->p_vaddr;
	uint64_t end = segment->p_vaddr + segment->p_filesz;
	struct area *area;

	for (i = 0; i <= count; i++) {
		uint64_t start = end, after = end;

		if (i < count) {
			area = &image->areas.items[i];
			start = area->start;
			after = start + area->size;
			if (after <= at || start >= end)
				continue;
			if (segment->p_flags & PF_X)
				area->executable = true;
		}
		if (start > at)
			add_area(image, text("segment %zu", index), at,
				 start - at,
				 segment->p_offset + (at - segment->p_vaddr),
				 segment->p_flags & PF_X);
		at = after;
	}
	list_sort(&image->areas);
}

/* If SEGMENT maps SIZE bytes of headers at OFFSET, they are no code. */
static void add_headers(struct image *image, const GElf_Phdr *segment,
			uint64_t offset, uint64_t size)
{
	if (size == 0 || offset < segment->p_offset ||
	    offset - segment->p_offset > segment->p_filesz ||
	    size > segment->p_filesz - (offset - segment->p_offset))
		return;
	add_area(image, text("ELF headers"),
		 segment->p_vaddr + (offset - segment->p_offset), size, offset,
		 false);
	image->areas.items[image->areas.count - 1].headers = true;
}

/* Does SEGMENT map AREA's bytes to AREA's address? */
static bool maps(const struct image *image, const GElf_Phdr *segment,
		 const struct area *area)
{
	uint64_t offset = area->start - segment->p_vaddr;

	return area->start >= segment->p_vaddr && offset <= segment->p_filesz &&
	       area->size <= segment->p_filesz - offset &&
	       image->bytes + segment->p_offset + offset == area->bytes;
}

static bool check_code(struct image *image, const GElf_Phdr *segments,
		       size_t count)
{
	const struct area *area;
	size_t i, k;

	for (i = 0; i < image->areas.count && count; i++) {
		area = &image->areas.items[i];
		for (k = 0; k < count && !maps(image, &segments[k], area); k++)
			;
		if (area->code && k == count)
			return image_error(image,
					   "is damaged: by its program "
					   "headers section %.64s is "
					   "not what is mapped",
					   area->name);
	}
	return true;
}

/* Read the loadable segments into SEGMENTS, which has room for all. */
static bool read_segments(struct image *image, GElf_Phdr *segments,
			  size_t *count)
{
	GElf_Phdr *segment = segments;
	size_t total = *count, i;

	for (i = 0; i < total; i++) {
		if (!gelf_getphdr(image->elf, i, segment))
			return image_error(image,
					   "is damaged: bad program "
					   "header %zu",
					   i);
		if (segment->p_type != PT_LOAD || segment->p_filesz == 0)
			continue;
		if (segment->p_offset > image->size ||
		    segment->p_filesz > image->size - segment->p_offset)
			return image_error(image,
					   "is truncated: it ends "
					   "before or in its segment "
					   "%zu",
					   i);
		if (segment->p_vaddr + segment->p_filesz < segment->p_vaddr)
			return image_error(image,
					   "is damaged: segment %zu "
					   "ends beyond the last "
					   "address",
					   i);
		segment++;
	}
	*count = segment - segments;
	return true;
}

static bool add_segments(struct image *image)
{
	const GElf_Ehdr *header = &image->header;
	GElf_Phdr *segments;
	size_t count, i;
	bool ok;

	if (elf_getphdrnum(image->elf, &count) != 0 || count > MAX_SEGMENTS ||
	    /* libelf counts those that are there; the header knows better. */
	    (count < header->e_phnum && header->e_phnum != PN_XNUM))
		return image_error(image, "is truncated or damaged: its "
					  "program headers can't be read");
	segments = allocate(count * sizeof(*segments));
	ok = read_segments(image, segments, &count) &&
	     check_code(image, segments, count);
	for (i = 0; ok && i < count; i++) {
		add_headers(image, &segments[i], 0, header->e_ehsize);
		add_headers(image, &segments[i], header->e_phoff,
			    (uint64_t)header->e_phnum * header->e_phentsize);
	}
	list_sort(&image->areas);
	for (i = 0; ok && i < count; i++)
		add_segment(image, &segments[i], i);
	free(segments);
	return ok;
}

bool area_find_all(struct image *image)
{
	if (image_is_object(image) && !object_place(image))
		return false;
	add_sections(image);
	return check_areas(image) &&
	       (image_is_object(image) || add_segments(image)) &&
	       check_areas(image);
}

const struct area *area_at(const struct image *image, uint64_t address)
{
	const struct area *area = list_last(&image->areas, address);

	return area && address - area->start < area->size ? area : NULL;
}

const struct area *area_of_code(const struct image *image, uint64_t address)
{
	const struct area *area = area_at(image, address);

	return area && area->code ? area : NULL;
}

const uint8_t *area_bytes(const struct area *area)
{
	return area->relocated ? area->relocated : area->bytes;
}

void area_forget(const struct area *area, uint64_t offset, uint64_t size)
{
	uintptr_t page = sysconf(_SC_PAGESIZE);
	uintptr_t start = (uintptr_t)area->bytes + offset, end = start + size;

	start = (start + page - 1) & -page;
	end &= -page;
	if (start < end)
		madvise((void *)start, end - start, MADV_DONTNEED);
}

const uint8_t *image_bytes(const struct image *image, uint64_t address,
			   size_t *left)
{
	const struct area *area = area_at(image, address);

	if (!area)
		return NULL;
	*left = area->size - (address - area->start);
	return area_bytes(area) + (address - area->start);
}

bool image_word(const struct image *image, uint64_t address, unsigned int size,
		uint64_t *value)
{
	size_t left;
	const uint8_t *bytes = image_bytes(image, address, &left);

	if (!bytes || left < size)
		return false;
	*value = size == 8 ? read_u64(bytes) :
			     (uint64_t)(int64_t)(int32_t)read_u32(bytes);
	return true;
}
