/*
 * Which function an address is in, which address a name has.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "audit.h"

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

static bool is_of_interest(const GElf_Sym *symbol)
{
	switch (GELF_ST_TYPE(symbol->st_info)) {
	case STT_NOTYPE:
	case STT_OBJECT:
	case STT_FUNC:
	case STT_GNU_IFUNC:
		return true;
	default:
		return false;
	}
}

/* Where symbol INDEX is; false if it is nowhere. */
static bool symbol_address(const struct image *image, size_t index,
			   const GElf_Sym *symbol, uint64_t *address)
{
	if (image->header.e_type == ET_REL)
		return symbol->st_shndx != SHN_ABS &&
		       object_symbol(image, index, address);
	*address = symbol->st_value;
	return symbol->st_shndx != SHN_UNDEF && symbol->st_shndx != SHN_ABS &&
	       symbol->st_shndx != SHN_COMMON;
}

static bool read_table(struct image *image, const struct section *table)
{
	Elf_Data *data = elf_getdata(table->scn, NULL);
	struct symbol symbol;
	GElf_Sym entry;
	size_t i;

	if (!data)
		return image_error(image,
				   "is damaged: its symbol table %.64s "
				   "can't be read",
				   table->name);
	for (i = 1; gelf_getsym(data, i, &entry); i++) {
		if (!is_of_interest(&entry) ||
		    !symbol_address(image, i, &entry, &symbol.address))
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

/* The symbol table that relocations are about. */
static void find_object_table(struct image *image)
{
	const struct section *section;
	size_t i;

	for (i = 0; i < image->sections.count; i++) {
		section = &image->sections.items[i];
		if (section->header.sh_type == SHT_SYMTAB && !image->symtab)
			image->symtab = elf_getdata(section->scn, NULL);
		if (section->header.sh_type == SHT_SYMTAB_SHNDX)
			image->symtab_numbers = elf_getdata(section->scn, NULL);
	}
}

static int compare_names(const void *a, const void *b)
{
	const struct symbol *const *x = a, *const *y = b;

	return strcmp((*x)->name, (*y)->name);
}

static void sort_symbols(struct image *image)
{
	size_t i;

	if (!image->symbols.count)
		return;
	qsort(image->symbols.items, image->symbols.count, sizeof(struct symbol),
	      compare_symbols);
	for (i = 0; i < image->symbols.count; i++)
		list_push(&image->names, &image->symbols.items[i]);
	qsort(image->names.items, image->names.count,
	      sizeof(*image->names.items), compare_names);
}

bool symbols_read(struct image *image)
{
	const struct section *section;
	size_t i;

	find_object_table(image);
	for (i = 0; i < image->sections.count; i++) {
		section = &image->sections.items[i];
		if (section->header.sh_type != SHT_SYMTAB &&
		    section->header.sh_type != SHT_DYNSYM)
			continue;
		if (section->header.sh_type == SHT_SYMTAB)
			image->has_symtab = true;
		if (!read_table(image, section))
			return false;
	}
	sort_symbols(image);
	return true;
}

/* The number of symbols whose address is less than ADDRESS. */
static size_t count_below(const struct image *image, uint64_t address)
{
	size_t low = 0, high = image->symbols.count, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (image->symbols.items[middle].address < address)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The best symbol at ADDRESS itself, or NULL. */
const struct symbol *symbols_at(const struct image *image, uint64_t address)
{
	size_t i = count_below(image, address);

	if (i == image->symbols.count ||
	    image->symbols.items[i].address != address)
		return NULL;
	return &image->symbols.items[i];
}

/* The next one at the same address, or NULL. */
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
	const struct symbol *symbol;

	for (symbol = symbols_at(image, address); symbol;
	     symbol = symbols_next(image, symbol))
		if (strcmp(symbol->name, name) == 0)
			return true;
	return false;
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

bool symbol_is_cold(const struct symbol *symbol)
{
	const char *cold = strstr(symbol->name, ".cold");

	return cold && (cold[5] == '\0' || cold[5] == '.') &&
	       symbol->binding == STB_LOCAL;
}

/* Compares the name of SYMBOL with the first LENGTH characters of NAME. */
static int compare_start(const struct symbol *symbol, const char *name,
			 size_t length)
{
	int order = strncmp(symbol->name, name, length);

	return order ? order : symbol->name[length] != '\0';
}

/*
 * Compilers name the cold part of "f" "f.cold". A function has other names as
 * well, so that "f" need not be one that is known; but if it is, and only
 * elsewhere, then the part is not this function's.
 */
bool symbols_cold_part(const struct image *image, const struct symbol *cold,
		       uint64_t start)
{
	size_t low = 0, high = image->names.count, middle, looked;
	size_t length = strstr(cold->name, ".cold") - cold->name;
	const struct symbol *symbol;

	while (low < high) {
		middle = low + (high - low) / 2;
		symbol = image->names.items[middle];
		if (compare_start(symbol, cold->name, length) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (looked = 0; low < image->names.count; low++, looked++) {
		symbol = image->names.items[low];
		if (compare_start(symbol, cold->name, length))
			break;
		if (symbol->address == start || looked == LOOK_BACK)
			return true;
	}
	return looked == 0;
}

/* The best name of the function that starts where SYMBOL is. */
static const struct symbol *best_name(const struct image *image,
				      const struct symbol *symbol)
{
	const struct symbol *best =
		&image->symbols.items[count_below(image, symbol->address)];

	while (best->type == STT_OBJECT || (symbol->size && !best->size))
		best++;
	return best;
}

/*
 * The function that ADDRESS is in, or NULL. One that says how long it is goes
 * before one that doesn't, which ends where another one starts.
 */
const struct symbol *symbols_function(const struct image *image,
				      uint64_t address)
{
	const struct area *area = image_area(image, address);
	const struct symbol *symbol, *open = NULL;
	size_t i, looked;

	if (!area || address == UINT64_MAX)
		return NULL;
	i = count_below(image, address + 1);
	for (looked = 0; i > 0 && looked < LOOK_BACK; looked++) {
		symbol = &image->symbols.items[--i];
		if (symbol->address < area->start)
			break;
		if (symbol->type == STT_OBJECT)
			continue;
		if (address - symbol->address < symbol->size)
			return best_name(image, symbol);
		if (symbol->size == 0 && !open)
			open = best_name(image, symbol);
	}
	return open;
}

bool place_is_named(const struct image *image, const struct place *place,
		    const char *name)
{
	if (place->name)
		return strcmp(place->name, name) == 0;
	return place->address && symbols_named(image, place->address, name);
}
