/*
 * Which function an address is in, which address a name has.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "image.h"

/* How many symbols before an address may be looked at for its function. */
#define LOOK_BACK 64

/* The better a symbol names its address, the lower the number. */
static int rank(const struct symbol *symbol)
{
	static const uint8_t bindings[] = { STB_GLOBAL, STB_WEAK, STB_LOCAL };
	int result = 0;

	while (result < 3 && bindings[result] != symbol->binding)
		result++;
	return symbol->type == STT_NOTYPE ? result + 4 : result;
}

/* By address; those of one address, the best name first. */
static int compare_symbols(const void *a, const void *b)
{
	const struct symbol *x = a, *y = b;

	if (x->address != y->address)
		return x->address < y->address ? -1 : 1;
	if (rank(x) != rank(y))
		return rank(x) - rank(y);
	return strcmp(x->name, y->name);
}

/* Where symbol INDEX is; false if it is nowhere, or of no interest. */
static bool symbol_address(const struct image *image, size_t index,
			   const GElf_Sym *symbol, uint64_t *address)
{
	unsigned int type = GELF_ST_TYPE(symbol->st_info);

	if (symbol->st_shndx == SHN_ABS ||
	    (type != STT_NOTYPE && type != STT_OBJECT && type != STT_FUNC &&
	     type != STT_GNU_IFUNC))
		return false;
	if (image_is_object(image))
		return object_symbol(image, index, address);
	*address = symbol->st_value;
	return symbol->st_shndx != SHN_UNDEF && symbol->st_shndx != SHN_COMMON;
}

static bool read_table(struct image *image, const struct section *table)
{
	Elf_Data *data = elf_getdata(table->scn, NULL);
	struct symbol symbol;
	GElf_Sym entry;
	size_t i;

	if (!data)
		return image_damaged(image,
				     "its symbol table %.64s can't be read",
				     table->name);
	for (i = 1; gelf_getsym(data, i, &entry); i++) {
		if (!symbol_address(image, i, &entry, &symbol.address))
			continue;
		symbol.name = elf_strptr(image->elf, table->header.sh_link,
					 entry.st_name);
		if (!symbol.name || !*symbol.name)
			continue;
		symbol.size = entry.st_size;
		symbol.type = GELF_ST_TYPE(entry.st_info);
		symbol.binding = GELF_ST_BIND(entry.st_info);
		list_push(&image->symbols, symbol);
	}
	return true;
}

bool symbols_read(struct image *image)
{
	const struct section *section;
	size_t i;

	/* The tables that an object file's relocations are about. */
	for (i = 0; i < image->sections.count; i++) {
		section = &image->sections.items[i];
		if (section->header.sh_type == SHT_SYMTAB && !image->symtab)
			image->symtab = elf_getdata(section->scn, NULL);
	}
	for (i = 0; i < image->sections.count; i++) {
		section = &image->sections.items[i];
		if (section->header.sh_type == SHT_SYMTAB)
			image->has_symtab = true;
		else if (section->header.sh_type != SHT_DYNSYM)
			continue;
		if (!read_table(image, section))
			return false;
	}
	if (image->symbols.count)
		qsort(image->symbols.items, image->symbols.count,
		      sizeof(struct symbol), compare_symbols);
	return true;
}

const struct symbol *symbols_at(const struct image *image, uint64_t address)
{
	size_t i = list_below(&image->symbols, address);

	if (i == image->symbols.count ||
	    image->symbols.items[i].address != address)
		return NULL;
	return &image->symbols.items[i];
}

const struct symbol *symbols_next(const struct image *image,
				  const struct symbol *symbol)
{
	const struct symbol *end = image->symbols.items + image->symbols.count;

	if (symbol + 1 == end || symbol[1].address != symbol->address)
		return NULL;
	return symbol + 1;
}

bool symbols_named(const struct image *image, uint64_t address,
		   const char *name)
{
	const struct symbol *symbol = symbols_at(image, address);

	while (symbol && strcmp(symbol->name, name) != 0)
		symbol = symbols_next(image, symbol);
	return symbol;
}

bool symbols_have(const struct image *image, const char *name)
{
	size_t i;

	for (i = 0; i < image->symbols.count; i++)
		if (strcmp(image->symbols.items[i].name, name) == 0)
			return true;
	for (i = 0; i < image->slots.count; i++)
		if (image->slots.items[i].value.name &&
		    strcmp(image->slots.items[i].value.name, name) == 0)
			return true;
	return false;
}

bool symbol_is_code(const struct symbol *symbol)
{
	return symbol->type == STT_FUNC || symbol->type == STT_GNU_IFUNC;
}

bool symbol_is_entry(const struct symbol *symbol)
{
	const char *cold = strstr(symbol->name, ".cold");

	return symbol->type != STT_OBJECT &&
	       (!cold || (cold[5] != '\0' && cold[5] != '.') ||
		symbol->binding != STB_LOCAL);
}

/* The best name of the function that starts where SYMBOL is. */
static const struct symbol *best_name(const struct image *image,
				      const struct symbol *symbol)
{
	const struct symbol *best = symbols_at(image, symbol->address);

	while (best->type == STT_OBJECT || (symbol->size && !best->size))
		best++;
	return best;
}

/*
 * What symbols say of ADDRESS: which function it is in, or NULL, and what kind
 * of thing goes to CONTENT. One that says how long it is goes before one that
 * doesn't, which ends where another one starts.
 */
static const struct symbol *look_up(const struct image *image, uint64_t address,
				    enum content *content)
{
	const struct area *area = area_at(image, address);
	size_t next = list_not_above(&image->symbols, address), i;
	const struct symbol *symbol, *closed = NULL, *open = NULL;
	bool nearest = true;

	*content = CONTENT_UNNAMED;
	for (i = 0; i < LOOK_BACK && area && next-- > 0; i++) {
		bool inside;

		symbol = &image->symbols.items[next];
		if (symbol->address < area->start)
			break;
		inside = address - symbol->address < symbol->size;
		if (symbol->type != STT_OBJECT && inside && !closed)
			closed = symbol;
		if (symbol->type != STT_OBJECT && !symbol->size && !open)
			open = symbol;
		if (symbol->type == STT_NOTYPE)
			continue;
		if (*content != CONTENT_FUNCTION &&
		    (inside || (nearest && symbol->size == 0)))
			*content = symbol_is_code(symbol) ? CONTENT_FUNCTION :
							    CONTENT_DATA;
		nearest = false;
	}
	return closed ? closed : open;
}

const struct symbol *symbols_function(const struct image *image,
				      uint64_t address)
{
	enum content unused;
	const struct symbol *symbol = look_up(image, address, &unused);

	return symbol ? best_name(image, symbol) : NULL;
}

bool symbols_where(const struct image *image, uint64_t address,
		   struct function *function)
{
	const struct symbol *symbol = symbols_function(image, address);
	const struct frame *frame = frames_find(image, address);

	*function = (struct function){ NULL, 0, 0 };
	if (frame) {
		function->start = frame->start;
		function->end = frame->end;
	}
	if (symbol) {
		function->name = symbol->name;
		function->start = symbol->address;
		if (symbol->size)
			function->end = symbol->address + symbol->size;
	}
	return symbol || frame;
}

enum content symbols_say(const struct image *image, uint64_t address)
{
	enum content result;

	look_up(image, address, &result);
	return result;
}

bool place_is_named(const struct image *image, const struct place *place,
		    const char *name)
{
	if (place->name)
		return strcmp(place->name, name) == 0;
	return place->address && symbols_named(image, place->address, name);
}
