/*
 * The words that the dynamic linker fills in: the GOT, and addresses in data.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "image.h"

/* Since binutils 2.38; not in every elf.h. */
#ifndef SHT_RELR
#define SHT_RELR 19
#endif

/* Who is to see the addresses of code that there are in the data. */
struct walk {
	const struct image *image;
	void (*see)(void *data, uint64_t value);
	void *data;
};

static void see(const struct walk *walk, uint64_t value)
{
	if (area_of_code(walk->image, value))
		walk->see(walk->data, value);
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

/* What RELA puts there: nothing that is known, where it isn't one of these. */
static struct place relocated(const struct image *image,
			      const struct section *section,
			      const GElf_Rela *rela)
{
	switch (GELF_R_TYPE(rela->r_info)) {
	case R_X86_64_GLOB_DAT:
	case R_X86_64_JUMP_SLOT:
	case R_X86_64_64:
		return symbol_place(image, section, rela);
	case R_X86_64_RELATIVE:
		return (struct place){ rela->r_addend, NULL };
	default:
		return (struct place){ 0, NULL };
	}
}

void slots_read(struct image *image)
{
	const struct section *section;
	Elf_Data *data;
	GElf_Rela rela;
	size_t i, k;

	for (i = 0; i < image->sections.count; i++) {
		section = &image->sections.items[i];
		if (!(section->header.sh_flags & SHF_ALLOC) ||
		    section->header.sh_type != SHT_RELA)
			continue;
		data = elf_getdata(section->scn, NULL);
		for (k = 0; data && gelf_getrela(data, k, &rela); k++)
			list_push(&image->slots,
				  (struct slot){
					  rela.r_offset,
					  relocated(image, section, &rela) });
	}
	list_sort(&image->slots);
}

bool slots_find(const struct image *image, uint64_t address,
		struct place *value)
{
	const struct slot *slot;

	if (image_is_object(image))
		return object_slot(image, address, value);
	slot = list_find(&image->slots, address);
	if (slot) {
		*value = slot->value;
		return true;
	}
	value->name = NULL;
	return image_word(image, address, 8, &value->address);
}

/* A word that is moved with the program; its address is in the file. */
static void walk_relative(const struct walk *walk, uint64_t address)
{
	uint64_t value;

	if (image_word(walk->image, address, 8, &value))
		see(walk, value);
}

/*
 * The compact form of such words: an even number is an address, an odd one
 * has a bit for each of the 63 words that follow.
 */
static void walk_compact(const struct walk *walk, const struct section *section)
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
			walk_relative(walk, entry);
			next = entry + 8;
			continue;
		}
		for (bits = entry >> 1, at = next; bits; bits >>= 1, at += 8)
			if (bits & 1)
				walk_relative(walk, at);
		next += 63 * 8;
	}
}

/* The pointers to code in an object file's data. */
static void walk_object(const struct walk *walk, const struct section *section)
{
	const struct section *relocations;
	Elf_Data *data;
	GElf_Rela rela;
	size_t i;

	if (!section->placed || !section->relocations ||
	    (section->header.sh_flags & SHF_EXECINSTR))
		return;
	relocations = &walk->image->sections.items[section->relocations];
	data = elf_getdata(relocations->scn, NULL);
	for (i = 0; data && gelf_getrela(data, i, &rela); i++)
		see(walk, object_pointer(walk->image, &rela));
}

/*
 * Without relocations, as in a program that is not moved, whatever looks like
 * an address of code may be one.
 */
static void walk_words(const struct walk *walk, const struct area *area)
{
	uint64_t at;

	if (area->code || area->headers)
		return;
	/* Words are aligned by their addresses. */
	for (at = -area->start & 7; at + 8 <= area->size; at += 8)
		see(walk, read_u64(area->bytes + at));
}

void slots_walk(const struct image *image,
		void (*see_one)(void *data, uint64_t value), void *data)
{
	const struct walk walk = { image, see_one, data };
	const struct section *section;
	size_t i;

	for (i = 0; i < image->sections.count; i++) {
		section = &image->sections.items[i];
		if (image_is_object(image))
			walk_object(&walk, section);
		else if ((section->header.sh_flags & SHF_ALLOC) &&
			 section->header.sh_type == SHT_RELR)
			walk_compact(&walk, section);
	}
	for (i = 0; i < image->slots.count; i++)
		see(&walk, image->slots.items[i].value.address);
	for (i = 0; image->header.e_type == ET_EXEC && i < image->areas.count;
	     i++)
		walk_words(&walk, &image->areas.items[i]);
}
