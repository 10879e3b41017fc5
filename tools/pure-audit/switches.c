/*
 * Where jump tables lead: those that compilers make of a `switch'. Entries are
 * 32-bit offsets from the table. (What addresses lead to is named by data, and
 * may be come to from anywhere.) No table says how long it is, nor which jump
 * it is for: a table is each address that the function names, up to the first
 * entry that doesn't lead to an instruction, and each jump of the function may
 * be by any of them. So there are rather more ways than there really are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "flow.h"

#define MAX_ENTRIES 65536

/* How much work may be done, in steps and entries, for each of the steps. */
#define WORK_PER_STEP 64

/* Where the table at TABLE leads to, step JUMP may. */
static void read_table(struct flow *flow, uint64_t jump, uint64_t table,
		       uint64_t *work)
{
	uint64_t target;
	unsigned int i;

	for (i = 0; i < MAX_ENTRIES && *work; i++, --*work) {
		if (!image_word(flow->code->image, table + 4 * (uint64_t)i, 4,
				&target) ||
		    steps_find(flow->code, table + target) == NO_STEP)
			return;
		graph_way(flow, jump, table + target, false);
	}
}

/* Where FUNCTION's tables lead to, step JUMP may. */
static void read_tables(struct flow *flow, const struct range *function,
			uint64_t jump, uint64_t *work)
{
	const struct steps *steps = &flow->code->steps;
	const struct step *step;
	uint64_t i;

	for (i = list_below(steps, function->start);
	     i < steps->count && steps->items[i].address < function->end &&
	     *work;
	     i++, --*work) {
		step = &steps->items[i];
		if (graph_takes_address(flow, step))
			read_table(flow, jump, step->target, work);
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
