/*
 * What is code and what is data.
 *
 * The sections say where code is. In a linked file the segments say what is
 * mapped, and that is what runs: sections of code have to agree with them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <sys/mman.h>
#include <unistd.h>

#include "image.h"

/* No file has that many, and the time grows with their square. */
#define MAX_SEGMENTS 1024

/* Take in what sections there are in the program. */
static void add_sections(struct image *image)
{
	struct section *section;
	const GElf_Shdr *header;
	bool code;
	size_t i;

	for (i = 0; i < image->sections.count; i++) {
		section = &image->sections.items[i];
		header = &section->header;
		code = header->sh_flags & SHF_EXECINSTR;
		if (!image_is_object(image) && (header->sh_flags & SHF_ALLOC)) {
			section->address = header->sh_addr;
			section->placed = true;
		}
		if (section->placed && header->sh_type != SHT_NOBITS &&
		    header->sh_size)
			list_push(&image->areas,
				  (struct area){
					  .start = section->address,
					  .size = header->sh_size,
					  .name = section->name,
					  .bytes = image->bytes +
						   header->sh_offset,
					  .executable = code,
					  .code = code,
					  .writable =
						  header->sh_flags & SHF_WRITE,
				  });
	}
	list_sort(&image->areas);
}

/* They may not overlap, so that an address says what is there. */
static bool check_areas(struct image *image)
{
	const struct area *area;
	size_t i;

	for (i = 0; i < image->areas.count; i++) {
		area = &image->areas.items[i];
		if (area->start + area->size < area->start ||
		    (i + 1 < image->areas.count &&
		     area->start + area->size > area[1].start))
			return image_damaged(image,
					     "%.64s ends beyond what is after "
					     "it, or the last address",
					     area->name);
	}
	return true;
}

/* Does SEGMENT map AREA's bytes to AREA's address? */
static bool maps(const struct image *image, const GElf_Phdr *segment,
		 const struct area *area)
{
	uint64_t offset = area->start - segment->p_vaddr;

	return segment->p_type == PT_LOAD && area->start >= segment->p_vaddr &&
	       offset <= segment->p_filesz &&
	       area->size <= segment->p_filesz - offset &&
	       (uint64_t)(area->bytes - image->bytes) ==
		       segment->p_offset + offset;
}

/* Is AREA executable in one of COUNT segments, or in none if it is no code? */
static bool check_mapping(struct image *image, struct area *area, size_t count)
{
	bool mapped = false;
	GElf_Phdr segment;
	size_t i;

	for (i = 0; i < count; i++) {
		if (!gelf_getphdr(image->elf, i, &segment) ||
		    !maps(image, &segment, area))
			continue;
		mapped = true;
		if (segment.p_flags & PF_X)
			area->executable = true;
	}
	return mapped || !area->code || count == 0 ||
	       image_damaged(image,
			     "by its program headers section %.64s is not what "
			     "is mapped",
			     area->name);
}

static bool check_segments(struct image *image)
{
	const GElf_Ehdr *header = &image->header;
	size_t count, i;

	if (elf_getphdrnum(image->elf, &count) != 0 || count > MAX_SEGMENTS ||
	    /* libelf counts those that are there; the header knows better. */
	    (count < header->e_phnum && header->e_phnum != PN_XNUM))
		return image_error(image, "is truncated or damaged: its "
					  "program headers can't be read");
	for (i = 0; i < image->areas.count; i++)
		if (!check_mapping(image, &image->areas.items[i], count))
			return false;
	return true;
}

bool area_find_all(struct image *image)
{
	if (image_is_object(image) && !object_place(image))
		return false;
	add_sections(image);
	return check_areas(image) &&
	       (image_is_object(image) || check_segments(image));
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
