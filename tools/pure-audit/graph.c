/*
 * Where each step leads, and where control can come from that is not seen:
 * functions are called, and code whose address is taken may be jumped to.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "flow.h"

static void flag(struct code *code, uint64_t index, uint16_t flags)
{
	struct step *step;

	if (index >= code->steps.count)
		return;
	step = &code->steps.items[index];
	step->flags |= flags;
	if ((flags & STEP_TARGET) && step->op == OP_SITE &&
	    step->from != UINT8_MAX)
		step->from++;
}

static void flag_address(struct code *code, uint64_t address, uint16_t flags)
{
	flag(code, steps_find(code, address), flags);
}

/*
 * Is ADDRESS after a site? The runtime goes on there, and keeps all general
 * registers that a site keeps.
 */
static bool is_resumed(const struct image *image, uint64_t address)
{
	const struct record *record = list_find(&image->records, address - 2);

	return record &&
	       (record->kind == RECORD_THUNK || record->kind == RECORD_GUARDED);
}

static void link_step(struct flow *flow, struct step *step)
{
	struct code *code = flow->code;
	uint64_t i;

	if (steps_is_jump(step)) {
		flag_address(code, step->target, STEP_TARGET | STEP_LEADER);
	} else if (step->op == OP_CALL ||
		   (step->op == OP_ADDRESS &&
		    !is_resumed(code->image, step->target))) {
		flag_address(code, step->target, STEP_ENTRY);
	} else if (step->op == OP_SWITCH) {
		for (i = 1; i <= flow->switches.items[step->target]; i++)
			flag(code, flow->switches.items[step->target + i],
			     STEP_TARGET | STEP_LEADER);
	}
}

static void flag_symbols(struct code *code)
{
	const struct symbol *symbol;
	size_t i;

	for (i = 0; i < code->image->symbols.count; i++) {
		symbol = &code->image->symbols.items[i];
		if (symbol_is_code(symbol))
			flag_address(code, symbol->address, STEP_START);
		if (symbol->type != STT_OBJECT && !symbol_is_cold(symbol))
			flag_address(code, symbol->address, STEP_ENTRY);
	}
}

/*
 * What has unwind tables of its own is a function, but for parts of functions
 * that the compiler has put elsewhere: those are jumped to.
 */
static void flag_frames(struct code *code)
{
	uint64_t index;
	size_t i;

	for (i = 0; i < code->image->frames.count; i++) {
		index = steps_find(code, code->image->frames.items[i].start);
		if (index == NO_STEP)
			continue;
		flag(code, index, STEP_START);
		if (!(code->steps.items[index].flags & STEP_TARGET))
			flag(code, index, STEP_ENTRY);
	}
}

static void flag_taken(void *code, uint64_t value)
{
	flag_address(code, value, STEP_ENTRY);
}

static void flag_leaders(struct code *code)
{
	struct step *items = code->steps.items;
	size_t i;

	for (i = 0; i < code->steps.count; i++) {
		if (i == 0 || (items[i].flags & (STEP_ENTRY | STEP_START)) ||
		    graph_ends(&items[i - 1]))
			items[i].flags |= STEP_LEADER;
		/* It reaches over the start of others, or to no other. */
		if (steps_next(code, i) != i + 1) {
			flag(code, i + 1, STEP_LEADER);
			flag(code, steps_next(code, i), STEP_LEADER);
		}
	}
}

/* Find the landing pad, if there is one, of each step. */
static void find_landings(struct flow *flow)
{
	const struct image *image = flow->code->image;
	struct landings landings = { NULL, 0 };
	const struct frame *frame;
	uint64_t last = 0, step, pad;
	size_t i;

	for (i = 0; i < image->frames.count; i++) {
		frame = &image->frames.items[i];
		/* Functions don't overlap, but in a damaged file. */
		if (frame->start >= last && frame->lsda &&
		    steps_find(flow->code, frame->start) != NO_STEP)
			frames_landings(image, frame, &landings);
		if (frame->end > last)
			last = frame->end;
	}
	flow->landings = allocate(flow->code->steps.count * sizeof(uint32_t));
	for (i = 0; i < flow->code->steps.count; i++)
		flow->landings[i] = NO_LANDING;
	for (i = 0; i < landings.count; i++) {
		pad = steps_find(flow->code, landings.items[i].pad);
		if (pad == NO_STEP)
			continue;
		flag(flow->code, pad, STEP_TARGET | STEP_LEADER);
		step = steps_from(flow->code, landings.items[i].start);
		for (; step < flow->code->steps.count &&
		       flow->code->steps.items[step].address <
			       landings.items[i].end;
		     step++)
			flow->landings[step] = pad;
	}
	free(landings.items);
}

void graph_open(struct flow *flow, struct code *code)
{
	const struct image *image = code->image;
	size_t i;

	*flow = (struct flow){ .code = code };
	switches_find(flow);
	returns_find(code);
	for (i = 0; i < code->steps.count; i++)
		link_step(flow, &code->steps.items[i]);
	find_landings(flow);
	for (i = 0; i < image->areas.count; i++)
		flag_address(code, image->areas.items[i].start, STEP_START);
	flag_symbols(code);
	flag_frames(code);
	slots_walk(image, flag_taken, code);
	if (!image_is_object(image))
		flag_address(code, image->header.e_entry, STEP_ENTRY);
	flag_leaders(code);
}

void graph_close(struct flow *flow)
{
	free(flow->landings);
	free(flow->switches.items);
}

bool graph_ends(const struct step *step)
{
	switch (step->op) {
	case OP_JUMP:
	case OP_JUMP_WORD:
	case OP_SWITCH:
	case OP_END:
	case OP_STOP:
		return true;
	default:
		return step->flags & STEP_LAST;
	}
}

bool graph_stub(const struct code *code, uint64_t address, struct place *place)
{
	const struct area *area = area_at(code->image, address);
	struct step step;

	if (!area)
		return false;
	step = ranges_read(code, area, address);
	/* endbr64 */
	if (step.op == OP_OTHER && step.kills == 0 &&
	    area_at(code->image, address + step.size) == area)
		step = ranges_read(code, area, address + step.size);
	return step.op == OP_JUMP_WORD &&
	       slots_find(code->image, step.target, place);
}
