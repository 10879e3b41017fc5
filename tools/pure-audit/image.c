/*
 * The image's sections and segments: what is code, what data.
 *
 * The sections say where code is. In a linked file the segments say what is
 * mapped, and that is what runs: sections have to agree with them, and what
 * is executable and in no section is taken for code.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audit.h"

/* More than that in one file is an attack on the time that it takes. */
#define MAX_SEGMENTS 1024

/* How much code may be followed; a byte of it may take 40 of memory. */
#define MAX_CODE (256u << 20)

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

static bool check_machine(struct image *image)
{
	unsigned int number = image->header.e_machine;
	size_t i;

	if (number == EM_X86_64) {
		if (image->header.e_ident[EI_CLASS] == ELFCLASS64)
			return true;
		return image_error(image, "is for x32, not for x86-64 with "
					  "64-bit pointers");
	}
	for (i = 0; i < sizeof(machines) / sizeof(*machines); i++)
		if (machines[i].number == number)
			return image_error(image, "is for %s, not for x86-64",
					   machines[i].name);
	return image_error(image, "is for machine %u, not for x86-64", number);
}

static bool check_header(struct image *image)
{
	static const char *const no_code[] = {
		[ET_NONE] = "of no type", [ET_CORE] = "a core dump"
	};
	unsigned int type;

	if (elf_kind(image->elf) != ELF_K_ELF ||
	    !gelf_getehdr(image->elf, &image->header))
		return image_error(image, "is truncated or damaged: "
					  "it has no whole ELF header");
	if (!check_machine(image))
		return false;
	type = image->header.e_type;
	if (type == ET_REL || type == ET_EXEC || type == ET_DYN)
		return true;
	return image_error(image,
			   "is not a program, library or object file "
			   "but %s",
			   type <= ET_CORE ? no_code[type] :
					     "of a type of its own");
}

/* Are SIZE bytes from OFFSET on in the file? */
static bool in_file(const struct image *image, uint64_t offset, uint64_t size)
{
	return offset <= image->size && size <= image->size - offset;
}

static bool check_section(struct image *image, const struct section *section,
			  uint64_t *total)
{
	const GElf_Shdr *header = &section->header;

	if (header->sh_type == SHT_NOBITS || header->sh_type == SHT_NULL)
		return true;
	if (!in_file(image, header->sh_offset, header->sh_size))
		return image_error(image,
				   "is truncated: it ends before or in "
				   "its section %.64s",
				   section->name);
	*total += header->sh_size;
	/* What follows may take time by the section and by their size. */
	if (*total > image->size)
		return image_error(image, "is damaged: its sections overlap");
	return true;
}

/* Are the section headers there that the ELF header speaks of? */
static bool check_section_table(struct image *image, size_t *count)
{
	const GElf_Ehdr *header = &image->header;
	size_t wanted = header->e_shnum ? header->e_shnum : 1;

	*count = 0;
	if (header->e_shoff == 0)
		return true;
	if (!in_file(image, header->e_shoff, wanted * sizeof(Elf64_Shdr)))
		return image_error(image, "is truncated: its section headers "
					  "are missing");
	if (elf_getshdrnum(image->elf, count) != 0)
		return image_error(image, "is damaged: its section headers "
					  "can't be read");
	return true;
}

static bool read_sections(struct image *image)
{
	struct section section;
	size_t count, names, i;
	uint64_t total = 0;

	if (!check_section_table(image, &count))
		return false;
	if (count && elf_getshdrstrndx(image->elf, &names) != 0)
		return image_error(image, "is damaged: its sections have no "
					  "names");
	for (i = 0; i < count; i++) {
		memset(&section, 0, sizeof(section));
		section.scn = elf_getscn(image->elf, i);
		if (!section.scn || !gelf_getshdr(section.scn, &section.header))
			return image_error(image,
					   "is damaged: bad section "
					   "header %zu",
					   i);
		section.name =
			elf_strptr(image->elf, names, section.header.sh_name);
		if (!section.name)
			section.name = "(unnamed)";
		/* Whatever else its header says, there is nothing. */
		if (section.header.sh_type == SHT_NULL)
			section.header.sh_size = section.header.sh_flags = 0;
		if (!check_section(image, &section, &total))
			return false;
		list_push(&image->sections, section);
	}
	return true;
}

static bool is_code(const GElf_Shdr *header)
{
	return (header->sh_flags & SHF_ALLOC) &&
	       (header->sh_flags & SHF_EXECINSTR);
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
		if (!is_code(&section->header) || section->header.sh_size == 0)
			continue;
		if (section->header.sh_type == SHT_NOBITS)
			return image_error(image, "has debugging information "
						  "only, its code is in "
						  "another file");
		code = true;
	}
	if (intermediate && !code && image->header.e_type == ET_REL)
		return image_error(image, "has code for link-time optimization "
					  "only: audit what is linked of it");
	return true;
}

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

/* Take in what SECTION holds, if it is part of the program. */
static void add_section(struct image *image, const struct section *section)
{
	const GElf_Shdr *header = &section->header;

	if (!section->placed || header->sh_type == SHT_NOBITS ||
	    header->sh_size == 0)
		return;
	list_push(&image->areas,
		  (struct area){
			  .name = text("%s", section->name),
			  .start = section->address,
			  .size = header->sh_size,
			  .bytes = image->bytes + header->sh_offset,
			  .executable = is_code(header),
			  .code = is_code(header),
		  });
}

/* A part of SEGMENT, which is number INDEX, that is in no section. */
static void add_rest(struct image *image, const GElf_Phdr *segment,
		     size_t index, uint64_t start, uint64_t end)
{
	bool executable = segment->p_flags & PF_X;

	if (start >= end)
		return;
	list_push(&image->areas,
		  (struct area){
			  .name = text("segment %zu", index),
			  .start = start,
			  .size = end - start,
			  .bytes = image->bytes + segment->p_offset +
				   (start - segment->p_vaddr),
			  .executable = executable,
			  .code = executable,
		  });
}

/* Take in what SEGMENT maps and no section describes. */
static void add_segment(struct image *image, const GElf_Phdr *segment,
			size_t index)
{
	/* New ones come behind these, which are in order. */
	size_t count = image->areas.count, i;
	uint64_t at = segment->p_vaddr;
	uint64_t end = segment->p_vaddr + segment->p_filesz;

	for (i = 0; i < count; i++) {
		uint64_t start = image->areas.items[i].start;
		uint64_t size = image->areas.items[i].size;

		if (start + size <= at || start >= end)
			continue;
		if (segment->p_flags & PF_X)
			image->areas.items[i].executable = true;
		if (start > at)
			add_rest(image, segment, index, at, start);
		at = start + size;
	}
	add_rest(image, segment, index, at, end);
	list_sort(&image->areas);
}

/* The file's headers are mapped too, and are no code. */
static void add_headers(struct image *image, const GElf_Phdr *segment)
{
	const GElf_Ehdr *header = &image->header;
	const uint64_t table[][2] = {
		{ 0, header->e_ehsize },
		{ header->e_phoff,
		  (uint64_t)header->e_phnum * header->e_phentsize },
	};
	uint64_t start, size;
	size_t i;

	for (i = 0; i < 2; i++) {
		start = table[i][0];
		size = table[i][1];
		if (size == 0 || start < segment->p_offset ||
		    start - segment->p_offset > segment->p_filesz ||
		    size > segment->p_filesz - (start - segment->p_offset))
			continue;
		list_push(&image->areas,
			  (struct area){
				  .name = text("ELF headers"),
				  .start = segment->p_vaddr +
					   (start - segment->p_offset),
				  .size = size,
				  .bytes = image->bytes + start,
				  .headers = true,
			  });
	}
}

/* Does SEGMENT map AREA's bytes to AREA's address? */
static bool maps(const struct image *image, const GElf_Phdr *segment,
		 const struct area *area)
{
	uint64_t offset = area->start - segment->p_vaddr;

	return segment->p_type == PT_LOAD && area->start >= segment->p_vaddr &&
	       offset <= segment->p_filesz &&
	       area->size <= segment->p_filesz - offset &&
	       image->bytes + segment->p_offset + offset == area->bytes;
}

static bool check_code(struct image *image, const GElf_Phdr *segments,
		       size_t count)
{
	const struct area *area;
	size_t i, k;

	for (i = 0; i < image->areas.count; i++) {
		area = &image->areas.items[i];
		if (!area->code)
			continue;
		for (k = 0; k < count && !maps(image, &segments[k], area); k++)
			;
		if (k == count)
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
	GElf_Phdr *segment;
	size_t total = *count, i;

	*count = 0;
	for (i = 0; i < total; i++) {
		segment = &segments[*count];
		if (!gelf_getphdr(image->elf, i, segment))
			return image_error(image,
					   "is damaged: bad program "
					   "header %zu",
					   i);
		if (segment->p_type != PT_LOAD || segment->p_filesz == 0)
			continue;
		if (!in_file(image, segment->p_offset, segment->p_filesz))
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
		++*count;
	}
	return true;
}

static bool add_segments(struct image *image)
{
	GElf_Phdr *segments;
	size_t count, i;
	bool ok;

	if (elf_getphdrnum(image->elf, &count) != 0 || count > MAX_SEGMENTS ||
	    /* libelf counts those that are there; the header knows better. */
	    (count < image->header.e_phnum && image->header.e_phnum != PN_XNUM))
		return image_error(image, "is truncated or damaged: its "
					  "program headers can't be read");
	segments = allocate(count * sizeof(*segments));
	ok = read_segments(image, segments, &count);
	if (ok && count)
		ok = check_code(image, segments, count);
	for (i = 0; ok && i < count; i++)
		add_headers(image, &segments[i]);
	list_sort(&image->areas);
	for (i = 0; ok && i < count; i++)
		add_segment(image, &segments[i], i);
	free(segments);
	return ok;
}

static bool find_areas(struct image *image)
{
	struct section *section;
	size_t i;

	if (image->header.e_type == ET_REL && !object_place(image))
		return false;
	for (i = 0; i < image->sections.count; i++) {
		section = &image->sections.items[i];
		if (image->header.e_type != ET_REL &&
		    (section->header.sh_flags & SHF_ALLOC)) {
			section->address = section->header.sh_addr;
			section->placed = true;
		}
		add_section(image, section);
	}
	if (!check_areas(image))
		return false;
	if (image->header.e_type != ET_REL && !add_segments(image))
		return false;
	return check_areas(image);
}

/* With records, all of the code is kept as steps: that takes memory. */
static bool check_size(struct image *image)
{
	uint64_t size = 0;
	size_t i;

	for (i = 0; i < image->areas.count; i++)
		if (image->areas.items[i].code)
			size += image->areas.items[i].size;
	if (image->records.count && size > MAX_CODE)
		return image_error(image,
				   "has more than %u MiB of code, which is "
				   "more than can be followed",
				   MAX_CODE >> 20);
	return true;
}

/*
 * Read IMAGE, of which FILE, MEMBER, ELF and POINTER are set. Returns false
 * and sets its ERROR if it can't be told what is in it.
 */
bool image_load(struct image *image)
{
	image->bytes = (const uint8_t *)elf_rawfile(image->elf, &image->size);
	if (!image->bytes)
		return image_error(image, "can't be read: %s", elf_errmsg(-1));
	if (!check_header(image) || !read_sections(image) ||
	    !check_contents(image) || !find_areas(image) ||
	    !symbols_read(image))
		return false;
	if (image->header.e_type == ET_REL) {
		if (!object_relocate(image))
			return false;
	} else {
		dynamic_read(image);
	}
	unwind_read(image);
	return records_read(image) && check_size(image);
}

void image_free(struct image *image)
{
	size_t i;

	for (i = 0; i < image->areas.count; i++) {
		free(image->areas.items[i].name);
		free(image->areas.items[i].relocated);
	}
	free(image->areas.items);
	free(image->sections.items);
	free(image->symbols.items);
	free(image->names.items);
	free(image->frames.items);
	free(image->slots.items);
	free(image->taken.items);
	free(image->records.items);
	free(image->stretches.items);
	free(image->sites.items);
	free(image->steps.items);
	free(image->landings);
	free(image->switches.items);
	free(image->gateways.items);
	free(image->doubts.items);
}

struct area *image_area(const struct image *image, uint64_t address)
{
	size_t low = 0, high = image->areas.count, middle;
	struct area *area;

	while (low < high) {
		middle = low + (high - low) / 2;
		area = &image->areas.items[middle];
		if (address < area->start)
			high = middle;
		else if (address - area->start >= area->size)
			low = middle + 1;
		else
			return area;
	}
	return NULL;
}

const uint8_t *area_bytes(const struct area *area)
{
	return area->relocated ? area->relocated : area->bytes;
}

const uint8_t *image_bytes(const struct image *image, uint64_t address,
			   size_t *left)
{
	const struct area *area = image_area(image, address);

	if (!area)
		return NULL;
	*left = area->size - (address - area->start);
	return area_bytes(area) + (address - area->start);
}

/* Read SIZE bytes, 4 or 8, at ADDRESS into *VALUE, as a signed number. */
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
