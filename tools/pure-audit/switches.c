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
#include "flow.h"

#define MAX_ENTRIES 65536

/* How much work may be done, in steps and entries, for each of the steps. */
#define WORK_PER_STEP 64

static bool leads_into(const struct code *code, const struct range *function,
		       uint64_t address)
{
	const struct symbol *symbol;

	if (address >= function->start && address < function->end)
		return true;
	symbol = symbols_function(code->image, address);
	return symbol && symbol_is_cold(symbol) &&
	       symbols_cold_part(code->image, symbol, function->start);
}

/* The address in entry INDEX of the table at TABLE, of SIZE bytes each. */
static bool read_entry(const struct image *image, uint64_t table,
		       unsigned int index, unsigned int size, uint64_t *target)
{
	uint64_t at = table + (uint64_t)size * index;
	struct place place;

	if (size == 4) {
		if (!image_word(image, at, 4, target))
			return false;
		*target += table;
		return true;
	}
	if (!slots_find(image, at, &place))
		return false;
	*target = place.address;
	return true;
}

/* Where the table at TABLE leads to, step JUMP may. */
static void read_table(struct flow *flow, const struct range *function,
		       uint64_t jump, uint64_t table, unsigned int size,
		       uint64_t *work)
{
	uint64_t target;
	unsigned int i;

	for (i = 0; i < MAX_ENTRIES && *work; i++, --*work) {
		if (!read_entry(flow->code->image, table, i, size, &target) ||
		    steps_find(flow->code, target) == NO_STEP ||
		    !leads_into(flow->code, function, target))
			return;
		graph_way(flow, jump, target, false);
	}
}

/* Where FUNCTION's tables lead to, step JUMP may. */
static void read_tables(struct flow *flow, const struct range *function,
			uint64_t jump, uint64_t *work)
{
	const struct steps *steps = &flow->code->steps;
	const struct step *step;
	uint64_t i;

	for (i = steps_from(flow->code, function->start);
	     i < steps->count && steps->items[i].address < function->end &&
	     *work;
	     i++, --*work) {
		step = &steps->items[i];
		if (step->target == NO_STEP ||
		    (step->op != OP_ADDRESS && step->op != OP_SWITCH))
			continue;
		read_table(flow, function, jump, step->target, 4, work);
		read_table(flow, function, jump, step->target, 8, work);
	}
}

void switches_find(struct flow *flow)
{
	const struct steps *steps = &flow->code->steps;
	uint64_t work = steps->count * WORK_PER_STEP, first = NO_STEP, i;
	struct range function, last = { 0 };

	for (i = 0; i < steps->count; i++) {
		if (steps->items[i].op != OP_SWITCH)
			continue;
		function = ranges_function(flow->code, steps->items[i].address);
		if (first != NO_STEP && function.start == last.start &&
		    function.end == last.end) {
			/* As if it went to the first jump, and by that. */
			graph_way(flow, i, steps->items[first].address, false);
			continue;
		}
		read_tables(flow, &function, i, &work);
		first = i;
		last = function;
	}
}
