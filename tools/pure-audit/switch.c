/*
 * Where jump tables lead: those that compilers make of a `switch'. Entries
 * are addresses, or 32-bit offsets from the table. No table says how long it
 * is, nor which jump it is for: a table is each address that the function
 * names, up to the first entry that doesn't lead to an instruction of the
 * function, and each jump of the function may be by any of them. So there are
 * rather more ways than there really are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "steps.h"

#define MAX_ENTRIES 65536

/* How much work may be done, in steps and entries, for each of the steps. */
#define WORK_PER_STEP 64

struct function {
	uint64_t start;
	uint64_t end;
};

/* The function that ADDRESS is in, as well as that is known. */
static struct function function_of(const struct image *image, uint64_t address)
{
	const struct frame *frame = unwind_frame(image, address);
	const struct symbol *symbol;
	const struct stretch *stretch;

	if (frame)
		return (struct function){ frame->start, frame->end };
	symbol = symbols_function(image, address);
	if (symbol && symbol->size)
		return (struct function){ symbol->address,
					  symbol->address + symbol->size };
	stretch = sweep_stretch(image, address);
	return (struct function){ stretch->start, stretch->end };
}

static bool leads_into(const struct image *image,
		       const struct function *function, uint64_t address)
{
	const struct symbol *symbol;

	if (address >= function->start && address < function->end)
		return true;
	symbol = symbols_function(image, address);
	return symbol && symbol_is_cold(symbol) &&
	       symbols_cold_part(image, symbol, function->start);
}

/* Entry INDEX of the table at TABLE, of entries of SIZE bytes. */
static bool read_entry(const struct image *image, uint64_t table,
		       unsigned int index, unsigned int size, uint64_t *target)
{
	struct place place;

	if (size == 4) {
		if (!image_word(image, table + 4 * (uint64_t)index, 4, target))
			return false;
		*target += table;
		return true;
	}
	/* An object file's areas are relocated, and have no slots. */
	if (image->header.e_type == ET_REL)
		return image_word(image, table + 8 * (uint64_t)index, 8,
				  target);
	if (!dynamic_slot(image, table + 8 * (uint64_t)index, &place))
		return false;
	*target = place.address;
	return true;
}

static void read_table(struct image *image, const struct function *function,
		       uint64_t table, unsigned int size, uint64_t *work)
{
	uint64_t target, step;
	unsigned int i;

	for (i = 0; i < MAX_ENTRIES && *work; i++, --*work) {
		if (!read_entry(image, table, i, size, &target) ||
		    !leads_into(image, function, target))
			return;
		step = steps_find(image, target);
		if (step == NO_STEP)
			return;
		list_push(&image->switches, step);
	}
}

/*
 * Add all that FUNCTION's tables lead to to the image's SWITCHES, after a
 * word that says how many they are. Returns where that is.
 */
static uint64_t read_tables(struct image *image,
			    const struct function *function, uint64_t *work)
{
	uint64_t result = image->switches.count, i;
	const struct step *step;

	list_push(&image->switches, 0);
	for (i = steps_from(image, function->start);
	     i < image->steps.count && *work; i++, --*work) {
		step = &image->steps.items[i];
		if (step->address >= function->end)
			break;
		if (step->target == NO_STEP ||
		    (step->op != OP_ADDRESS && step->op != OP_SWITCH))
			continue;
		read_table(image, function, step->target, 4, work);
		read_table(image, function, step->target, 8, work);
	}
	image->switches.items[result] = image->switches.count - result - 1;
	return result;
}

/* Find where each jump by a table leads. */
void switch_resolve(struct image *image)
{
	struct function function, last = { 0, 0 };
	uint64_t work = image->steps.count * WORK_PER_STEP;
	uint64_t *switches = allocate(image->steps.count * sizeof(uint64_t));
	uint64_t where = NO_STEP;
	size_t i;

	for (i = 0; i < image->steps.count; i++) {
		if (image->steps.items[i].op != OP_SWITCH)
			continue;
		function = function_of(image, image->steps.items[i].address);
		if (where == NO_STEP || function.start != last.start ||
		    function.end != last.end)
			where = read_tables(image, &function, &work);
		last = function;
		switches[i] = where;
	}
	for (i = 0; i < image->steps.count; i++)
		if (image->steps.items[i].op == OP_SWITCH)
			image->steps.items[i].target = switches[i];
	free(switches);
}
