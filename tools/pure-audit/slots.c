/*
 * The words that the dynamic linker fills in: the GOT, and addresses in data.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "image.h"

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
}

bool slots_find(const struct image *image, uint64_t address,
		struct place *value)
{
	const struct slot *slot = list_find(&image->slots, address);

	if (slot) {
		*value = slot->value;
		return true;
	}
	value->name = NULL;
	return image_word(image, address, 8, &value->address);
}

/*
 * Whatever looks like an address of code may be one: in a program that is not
 * moved, which has no relocations, anywhere; else where the loader may have
 * relocated it by the compact form (SHT_RELR).
 */
static void add_words(const struct image *image, const struct area *area,
		      struct addresses *taken)
{
	uint64_t at, value;

	/* Words are aligned by their addresses. */
	for (at = -area->start & 7; at + 8 <= area->size; at += 8) {
		value = read_u64(area->bytes + at);
		if (value && area_of_code(image, value))
			list_push(taken, value);
	}
}

void slots_taken(const struct image *image, struct addresses *taken)
{
	const struct area *area;
	size_t i;

	for (i = 0; i < image->slots.count; i++)
		list_push(taken, image->slots.items[i].value.address);
	for (i = 0; !image_is_object(image) && i < image->areas.count; i++) {
		area = &image->areas.items[i];
		if (!area->code &&
		    (area->writable || image->header.e_type == ET_EXEC))
			add_words(image, area, taken);
	}
}
