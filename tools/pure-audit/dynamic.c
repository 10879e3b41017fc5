/*
 * The words that the dynamic linker fills in: the GOT.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "audit.h"

/* Since binutils 2.38; not in every elf.h. */
#ifndef SHT_RELR
#define SHT_RELR 19
#endif

static void note_taken(struct image *image, uint64_t value)
{
	const struct area *area = image_area(image, value);

	if (area && area->code)
		list_push(&image->taken, value);
}

/* The symbol that RELA names, in the table of SECTION. */
static struct place symbol_place(const struct image *image,
				 const struct section *section,
				 const GElf_Rela *rela)
{
	struct place place = { 0, NULL };
	const struct section *table;
	Elf_Data *data;
	GElf_Sym symbol;

	if (section->header.sh_link >= image->sections.count)
		return place;
	table = &image->sections.items[section->header.sh_link];
	data = elf_getdata(table->scn, NULL);
	if (!data || !gelf_getsym(data, GELF_R_SYM(rela->r_info), &symbol))
		return place;
	if (symbol.st_shndx != SHN_UNDEF)
		place.address = symbol.st_value + rela->r_addend;
	if (rela->r_addend == 0)
		place.name = elf_strptr(image->elf, table->header.sh_link,
					symbol.st_name);
	return place;
}

static void read_relocation(struct image *image, const struct section *section,
			    const GElf_Rela *rela)
{
	struct slot slot = { .address = rela->r_offset };

	switch (GELF_R_TYPE(rela->r_info)) {
	case R_X86_64_GLOB_DAT:
	case R_X86_64_JUMP_SLOT:
	case R_X86_64_64:
		slot.value = symbol_place(image, section, rela);
		break;
	case R_X86_64_RELATIVE:
		slot.value.address = rela->r_addend;
		break;
	default:
		/* The word is not what it is in the file. */
		break;
	}
	if (slot.value.address)
		note_taken(image, slot.value.address);
	list_push(&image->slots, slot);
}

/* A word that is moved with the program; its address is in the file. */
static void read_relative(struct image *image, uint64_t address)
{
	uint64_t value;

	if (image_word(image, address, 8, &value))
		note_taken(image, value);
}

/*
 * The compact form of such words: an even number is an address, an odd one
 * has a bit for each of the 63 words that follow.
 */
static void read_compact(struct image *image, const struct section *section)
{
	uint64_t next = 0, entry, bits;
	Elf_Data *data = elf_rawdata(section->scn, NULL);
	const uint64_t *entries;
	size_t i, at;

	if (!data || !data->d_buf)
		return;
	entries = data->d_buf;
	for (i = 0; i < data->d_size / sizeof(entry); i++) {
		entry = read_u64(&entries[i]);
		if (!(entry & 1)) {
			read_relative(image, entry);
			next = entry + 8;
			continue;
		}
		for (bits = entry >> 1, at = next; bits; bits >>= 1, at += 8)
			if (bits & 1)
				read_relative(image, at);
		next += 63 * 8;
	}
}

/*
 * Without relocations, as in a program that is not moved, whatever looks like
 * an address of code may be one.
 */
static void read_words(struct image *image, const struct area *area)
{
	uint64_t at;

	if (area->code || area->headers)
		return;
	/* Words are aligned by their addresses. */
	for (at = -area->start & 7; at + 8 <= area->size; at += 8)
		note_taken(image, read_u64(area->bytes + at));
}

void dynamic_read(struct image *image)
{
	const struct section *section;
	Elf_Data *data;
	GElf_Rela rela;
	size_t i, k;

	for (i = 0; i < image->sections.count; i++) {
		section = &image->sections.items[i];
		if (!(section->header.sh_flags & SHF_ALLOC))
			continue;
		if (section->header.sh_type == SHT_RELR)
			read_compact(image, section);
		if (section->header.sh_type != SHT_RELA)
			continue;
		data = elf_getdata(section->scn, NULL);
		for (k = 0; data && gelf_getrela(data, k, &rela); k++)
			read_relocation(image, section, &rela);
	}
	for (i = 0; image->header.e_type == ET_EXEC && i < image->areas.count;
	     i++)
		read_words(image, &image->areas.items[i]);
	list_sort(&image->slots);
}

bool dynamic_slot(const struct image *image, uint64_t address,
		  struct place *value)
{
	const struct slot *slot;

	if (image->header.e_type == ET_REL)
		return object_slot(image, address, value);
	slot = list_find(&image->slots, address);
	if (slot) {
		*value = slot->value;
		return true;
	}
	value->name = NULL;
	return image_word(image, address, 8, &value->address);
}
