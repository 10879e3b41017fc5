/*
 * An object file's sections, placed and relocated as by a linker, so that all
 * that comes after needs to know nothing of relocations: each section gets an
 * address, and so do each undefined symbol and each symbol's place in a GOT.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "image.h"

/*
 * All are within 2 GB of each other, sections in the lowest part, and that
 * where a number in the code that is no address is not taken for one.
 */
#define FIRST_SECTION 0x23570000u
#define FIRST_UNDEFINED 0x50000000u
#define UNDEFINED_SIZE 16
#define FIRST_SLOT 0x68000000u
#define SLOT_SIZE 8
/* What thread-local storage has in the GOT: nothing that matters here. */
#define THREAD_LOCAL 0x70000000u
#define MAX_SYMBOLS 0x1000000u

#define MAX_ALIGNMENT 0x1000u

bool object_place(struct image *image)
{
	uint64_t next = FIRST_SECTION, alignment;
	struct section *section;
	size_t i;

	for (i = 0; i < image->sections.count; i++) {
		section = &image->sections.items[i];
		if (!(section->header.sh_flags & SHF_ALLOC))
			continue;
		alignment = section->header.sh_addralign;
		if (alignment == 0 || (alignment & (alignment - 1)))
			alignment = 1;
		if (alignment > MAX_ALIGNMENT)
			alignment = MAX_ALIGNMENT;
		next = (next + alignment - 1) & -alignment;
		section->address = next;
		section->placed = true;
		if (section->header.sh_size >= FIRST_UNDEFINED - next)
			return image_error(image, "is too large for an object "
						  "file, or damaged");
		/* One byte more: an end is not another one's start. */
		next += section->header.sh_size + 1;
	}
	return true;
}

bool object_symbol(const struct image *image, size_t index, uint64_t *address)
{
	const struct section *section;
	GElf_Sym symbol;

	if (!image->symtab || index >= MAX_SYMBOLS ||
	    !gelf_getsym(image->symtab, index, &symbol))
		return false;
	if (symbol.st_shndx == SHN_ABS) {
		*address = symbol.st_value;
		return true;
	}
	if (symbol.st_shndx == SHN_UNDEF || symbol.st_shndx == SHN_COMMON) {
		*address = FIRST_UNDEFINED + index * UNDEFINED_SIZE;
		return true;
	}
	if (symbol.st_shndx >= image->sections.count)
		return false;
	section = &image->sections.items[symbol.st_shndx];
	*address = section->address + symbol.st_value;
	return section->placed;
}

/*
 * Other relocations than these are left out: no guard needs them, and none of
 * them is of a word that would else name an address of code.
 */
static const struct relocation {
	uint32_t type;
	unsigned int size;
	enum { OF_SYMBOL, OF_SLOT, OF_THREAD_LOCAL } of;
	bool relative;
} relocations[] = {
	{ R_X86_64_64, 8, OF_SYMBOL, false },
	{ R_X86_64_32, 4, OF_SYMBOL, false },
	{ R_X86_64_32S, 4, OF_SYMBOL, false },
	{ R_X86_64_PC64, 8, OF_SYMBOL, true },
	{ R_X86_64_PC32, 4, OF_SYMBOL, true },
	{ R_X86_64_PLT32, 4, OF_SYMBOL, true },
	{ R_X86_64_GOTPCREL, 4, OF_SLOT, true },
	{ R_X86_64_GOTPCRELX, 4, OF_SLOT, true },
	{ R_X86_64_REX_GOTPCRELX, 4, OF_SLOT, true },
	{ R_X86_64_TLSGD, 4, OF_THREAD_LOCAL, true },
	{ R_X86_64_TLSLD, 4, OF_THREAD_LOCAL, true },
	{ R_X86_64_GOTTPOFF, 4, OF_THREAD_LOCAL, true },
	{ R_X86_64_GOTPC32_TLSDESC, 4, OF_THREAD_LOCAL, true },
};

static void add_slot(struct image *image, uint64_t address, uint64_t value)
{
	list_push(&image->slots, (struct slot){ address, { value, NULL } });
}

/*
 * What RELA puts into a word of SECTION: *VALUE. Returns its size, or 0. Notes
 * what words of data, and of the GOT, hold.
 */
static unsigned int relocation_value(struct image *image,
				     const struct section *section,
				     const GElf_Rela *rela, uint64_t *value)
{
	const struct relocation *relocation = relocations;
	size_t left = sizeof(relocations) / sizeof(*relocations);
	size_t index = GELF_R_SYM(rela->r_info);
	uint64_t place = section->address + rela->r_offset;

	while (left && relocation->type != GELF_R_TYPE(rela->r_info))
		relocation++, left--;
	if (!left || !object_symbol(image, index, value))
		return 0;
	if (relocation->of == OF_SLOT) {
		add_slot(image, FIRST_SLOT + index * SLOT_SIZE, *value);
		*value = FIRST_SLOT + index * SLOT_SIZE;
	} else if (relocation->of == OF_THREAD_LOCAL) {
		*value = THREAD_LOCAL;
	}
	*value += rela->r_addend - (relocation->relative ? place : 0);
	if (relocation->type == R_X86_64_64 && section->placed &&
	    !(section->header.sh_flags & SHF_EXECINSTR))
		add_slot(image, place, *value);
	return relocation->size;
}

bool object_relocate_section(struct image *image, size_t number, uint8_t *bytes,
			     size_t size)
{
	const struct section *section = &image->sections.items[number];
	unsigned int width;
	Elf_Data *data;
	GElf_Rela rela;
	uint64_t value;
	size_t i;

	if (section->relocations == 0)
		return true;
	data = elf_getdata(image->sections.items[section->relocations].scn,
			   NULL);
	for (i = 0; data && gelf_getrela(data, i, &rela); i++) {
		width = relocation_value(image, section, &rela, &value);
		if (!width)
			continue;
		if (rela.r_offset > size || width > size - rela.r_offset)
			data = NULL;
		else
			memcpy(bytes + rela.r_offset, &value, width);
	}
	return data || image_damaged(image,
				     "the relocations of section %.64s can't "
				     "be read, or are outside of it",
				     section->name);
}

/* Find which section's relocations are where. */
static bool find_relocations(struct image *image)
{
	const GElf_Shdr *header;
	struct section *target;
	size_t i;

	for (i = 0; i < image->sections.count; i++) {
		header = &image->sections.items[i].header;
		if (header->sh_type != SHT_RELA)
			continue;
		if (header->sh_info >= image->sections.count)
			return image_damaged(image,
					     "relocations of no section");
		target = &image->sections.items[header->sh_info];
		if (target->relocations)
			return image_damaged(image,
					     "section %.64s has relocations "
					     "twice",
					     target->name);
		target->relocations = i;
	}
	return true;
}

bool object_relocate(struct image *image)
{
	const struct section *section;
	struct area *area;
	size_t i;

	if (!find_relocations(image))
		return false;
	for (i = 0; i < image->sections.count; i++) {
		section = &image->sections.items[i];
		if (!section->placed || !section->relocations)
			continue;
		area = list_find(&image->areas, section->address);
		if (!area)
			continue;
		area->relocated = allocate(area->size);
		memcpy(area->relocated, area->bytes, area->size);
		if (!object_relocate_section(image, i, area->relocated,
					     area->size))
			return false;
	}
	return true;
}
