/*
 * The file: its headers and sections, and whether it can be audited.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "image.h"

static const struct {
	unsigned int number;
	const char *name;
} machines[] = {
	{ EM_386, "32-bit x86" },     { EM_ARM, "32-bit ARM" },
	{ EM_AARCH64, "AArch64" },    { EM_RISCV, "RISC-V" },
	{ EM_PPC, "32-bit PowerPC" }, { EM_PPC64, "PowerPC" },
	{ EM_S390, "S/390" },	      { EM_MIPS, "MIPS" },
	{ EM_SPARCV9, "SPARC" },      { EM_LOONGARCH, "LoongArch" },
};

bool image_error(struct image *image, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	vsnprintf(image->error, sizeof(image->error), format, list);
	va_end(list);
	return false;
}

bool image_is_object(const struct image *image)
{
	return image->header.e_type == ET_REL;
}

static bool check_machine(struct image *image)
{
	unsigned int number = image->header.e_machine;
	size_t i;

	if (number == EM_X86_64)
		return image->header.e_ident[EI_CLASS] == ELFCLASS64 ||
		       image_error(image, "is for x32, not for x86-64 with "
					  "64-bit pointers");
	for (i = 0; i < sizeof(machines) / sizeof(*machines); i++)
		if (machines[i].number == number)
			return image_error(image, "is for %s, not for x86-64",
					   machines[i].name);
	return image_error(image, "is for machine %u, not for x86-64", number);
}

static bool check_header(struct image *image)
{
	static const char *const types[] = {
		[ET_NONE] = "of no type",  [ET_REL] = NULL,
		[ET_EXEC] = NULL,	   [ET_DYN] = NULL,
		[ET_CORE] = "a core dump",
	};
	const char *other = "of a type of its own";

	if (elf_kind(image->elf) != ELF_K_ELF ||
	    !gelf_getehdr(image->elf, &image->header))
		return image_error(image, "is truncated or damaged: "
					  "it has no whole ELF header");
	if (!check_machine(image))
		return false;
	if (image->header.e_type <= ET_CORE)
		other = types[image->header.e_type];
	return !other || image_error(image,
				     "is not a program, library or object "
				     "file but %s",
				     other);
}

/* Are SIZE bytes from OFFSET on in the file? */
static bool in_file(const struct image *image, uint64_t offset, uint64_t size)
{
	return offset <= image->size && size <= image->size - offset;
}

/* Are the section headers there that the ELF header speaks of? */
static bool count_sections(struct image *image, size_t *count)
{
	const GElf_Ehdr *header = &image->header;
	size_t wanted = header->e_shnum ? header->e_shnum : 1;

	if (header->e_shoff == 0)
		return image_error(image, "has no section headers, which say "
					  "where code is");
	if (!in_file(image, header->e_shoff, wanted * sizeof(Elf64_Shdr)))
		return image_error(image, "is truncated: its section headers "
					  "are missing");
	if (elf_getshdrnum(image->elf, count) != 0)
		return image_damaged(image,
				     "its section headers can't be read");
	/* Symbols would need another table for their sections' numbers. */
	return !image_is_object(image) || *count < SHN_LORESERVE ||
	       image_error(image, "has too many sections");
}

/* Read section NUMBER; NAMES is the number of that of their names. */
static bool read_section(struct image *image, size_t number, size_t names)
{
	struct section section = { .scn = elf_getscn(image->elf, number) };
	GElf_Shdr *header = &section.header;

	if (!section.scn || !gelf_getshdr(section.scn, header))
		return image_damaged(image, "bad section header %zu", number);
	section.name = elf_strptr(image->elf, names, header->sh_name);
	if (!section.name)
		section.name = "(unnamed)";
	/* Whatever else its header says, there is nothing. */
	if (header->sh_type == SHT_NULL)
		header->sh_size = header->sh_flags = 0;
	if (header->sh_type != SHT_NULL && header->sh_type != SHT_NOBITS &&
	    !in_file(image, header->sh_offset, header->sh_size))
		return image_error(image,
				   "is truncated: it ends before or in "
				   "its section %.64s",
				   section.name);
	list_push(&image->sections, section);
	return true;
}

static bool read_sections(struct image *image)
{
	size_t count, names = 0, i;
	uint64_t total = 0;

	if (!count_sections(image, &count))
		return false;
	if (count && elf_getshdrstrndx(image->elf, &names) != 0)
		return image_damaged(image, "its sections have no names");
	for (i = 0; i < count; i++) {
		if (!read_section(image, i, names))
			return false;
		if (image->sections.items[i].header.sh_type != SHT_NOBITS)
			total += image->sections.items[i].header.sh_size;
		/* Else it may take time by their number and by their size. */
		if (total > image->size)
			return image_damaged(image, "its sections overlap");
	}
	return true;
}

/* What GCC has left for the linker to compile is no code yet. */
static bool check_contents(struct image *image)
{
	const struct section *section;
	bool intermediate = false, code = false;
	size_t i;

	for (i = 0; i < image->sections.count; i++) {
		section = &image->sections.items[i];
		if (strncmp(section->name, ".gnu.lto_", 9) == 0)
			intermediate = true;
		if (!(section->header.sh_flags & SHF_ALLOC) ||
		    !(section->header.sh_flags & SHF_EXECINSTR) ||
		    section->header.sh_size == 0)
			continue;
		if (section->header.sh_type == SHT_NOBITS)
			return image_error(image, "has debugging information "
						  "only, its code is in "
						  "another file");
		code = true;
	}
	image->uncompiled = intermediate && !code && image_is_object(image);
	if (image->uncompiled)
		return image_error(image, "has code for link-time optimization "
					  "only: audit what is linked of it");
	return true;
}

bool image_load(struct image *image)
{
	image->bytes = (const uint8_t *)elf_rawfile(image->elf, &image->size);
	if (!image->bytes)
		return image_error(image, "can't be read: %s", elf_errmsg(-1));
	if (!check_header(image) || !read_sections(image) ||
	    !check_contents(image) || !area_find_all(image) ||
	    !symbols_read(image))
		return false;
	if (image_is_object(image) && !object_relocate(image))
		return false;
	frames_read(image);
	if (!records_read(image))
		return false;
	/* Where nothing is recorded it doesn't matter what code refers to. */
	if (image->records.count && !image_is_object(image))
		slots_read(image);
	list_sort(&image->slots);
	return true;
}

void image_free(struct image *image)
{
	size_t i;

	for (i = 0; i < image->areas.count; i++)
		free(image->areas.items[i].relocated);
	free(image->areas.items);
	free(image->sections.items);
	free(image->symbols.items);
	free(image->frames.items);
	free(image->slots.items);
	free(image->records.items);
}
