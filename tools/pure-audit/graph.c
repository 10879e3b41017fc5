/*
 * Where each step leads, and where control can come from that is not seen:
 * functions are called, and code whose address is taken may be jumped to.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "steps.h"

static void flag(struct image *image, uint64_t step, uint8_t flags)
{
	if (step < image->steps.count)
		image->steps.items[step].flags |= flags;
}

static void flag_address(struct image *image, uint64_t address, uint8_t flags)
{
	flag(image, steps_find(image, address), flags);
}

/*
 * Is ADDRESS behind a site? The runtime goes on there, and keeps all general
 * registers that a site keeps.
 */
static bool is_resumed(const struct image *image, uint64_t address)
{
	const struct record *record = records_find(image, address - 2);

	return record &&
	       (record->kind == RECORD_THUNK || record->kind == RECORD_GUARDED);
}

static void link_step(struct image *image, struct step *step)
{
	uint64_t i;

	switch (step->op) {
	case OP_BRANCH:
	case OP_BRANCH_NOT_EQUAL:
	case OP_BRANCH_EQUAL:
	case OP_BRANCH_RCX_ZERO:
	case OP_JUMP:
		step->target = steps_find(image, step->target);
		flag(image, step->target, STEP_TARGET | STEP_LEADER);
		break;
	case OP_CALL:
		flag_address(image, step->target, STEP_ENTRY);
		break;
	case OP_ADDRESS:
		if (!is_resumed(image, step->target))
			flag_address(image, step->target, STEP_ENTRY);
		break;
	case OP_SWITCH:
		for (i = 1; i <= image->switches.items[step->target]; i++)
			flag(image, image->switches.items[step->target + i],
			     STEP_TARGET | STEP_LEADER);
		break;
	}
}

static void flag_symbols(struct image *image)
{
	const struct symbol *symbol;
	size_t i;

	for (i = 0; i < image->symbols.count; i++) {
		symbol = &image->symbols.items[i];
		if (symbol_is_code(symbol))
			flag_address(image, symbol->address, STEP_START);
		if (symbol->type != STT_OBJECT && !symbol_is_cold(symbol))
			flag_address(image, symbol->address, STEP_ENTRY);
	}
}

/*
 * What has unwind tables of its own is a function, but for parts of functions
 * that the compiler has put elsewhere: those are jumped to.
 */
static void flag_frames(struct image *image)
{
	uint64_t step;
	size_t i;

	for (i = 0; i < image->frames.count; i++) {
		step = steps_find(image, image->frames.items[i].start);
		if (step == NO_STEP)
			continue;
		flag(image, step, STEP_START);
		if (!(image->steps.items[step].flags & STEP_TARGET))
			flag(image, step, STEP_ENTRY);
	}
}

/* Does control never come from STEP to the next one? */
bool graph_ends(const struct step *step)
{
	return step->op == OP_JUMP || step->op == OP_SWITCH ||
	       step->op == OP_END || step->op == OP_STOP ||
	       (step->flags & STEP_LAST);
}

static void flag_leaders(struct image *image)
{
	struct step *items = image->steps.items;
	size_t i;

	for (i = 0; i < image->steps.count; i++) {
		if (i == 0 || (items[i].flags & (STEP_ENTRY | STEP_START)) ||
		    graph_ends(&items[i - 1]))
			items[i].flags |= STEP_LEADER;
		/* An instruction that reaches over the start of others. */
		if (steps_next(image, i) != i + 1) {
			flag(image, i + 1, STEP_LEADER);
			flag(image, steps_next(image, i), STEP_LEADER);
		}
	}
}

void graph_link(struct image *image)
{
	size_t i;

	for (i = 0; i < image->steps.count; i++)
		link_step(image, &image->steps.items[i]);
	for (i = 0; i < image->steps.count && image->landings; i++)
		if (image->landings[i] != NO_LANDING)
			flag(image, image->landings[i],
			     STEP_TARGET | STEP_LEADER);
	for (i = 0; i < image->areas.count; i++)
		flag_address(image, image->areas.items[i].start, STEP_START);
	flag_symbols(image);
	flag_frames(image);
	for (i = 0; i < image->taken.count; i++)
		flag_address(image, image->taken.items[i], STEP_ENTRY);
	if (image->header.e_type != ET_REL)
		flag_address(image, image->header.e_entry, STEP_ENTRY);
	flag_leaders(image);
}
