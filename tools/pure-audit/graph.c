/*
 * Where each step leads, and where control can come from that is not seen:
 * functions are called, and code whose address is taken may be jumped to.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "flow.h"

/* How much may be asked in all, for each step; and in the smallest file. */
#define WORK_PER_STEP 64
#define MIN_WORK 0x10000

static void flag(struct code *code, uint64_t address, uint8_t flags)
{
	uint64_t index = steps_find(code, address);

	if (index != NO_STEP)
		code->steps.items[index].flags |= flags;
}

void graph_way(struct flow *flow, uint64_t from, uint64_t address, bool unwinds)
{
	uint64_t to = steps_find(flow->code, address);

	if (to == NO_STEP)
		return;
	list_push(&flow->to, (struct way){ to, from, unwinds });
	list_push(&flow->from, (struct way){ from, to, unwinds });
}

/*
 * But for where a site goes on: the runtime comes to that, and keeps all
 * general registers that a site keeps.
 */
bool graph_takes_address(const struct flow *flow, const struct step *step)
{
	const struct record *record;

	if (step->op != OP_ADDRESS)
		return false;
	record = list_find(&flow->code->image->records, step->target - 2);
	return !record ||
	       (record->kind != RECORD_THUNK && record->kind != RECORD_GUARDED);
}

static void link_step(struct flow *flow, uint64_t index)
{
	const struct step *step = &flow->code->steps.items[index];

	if (steps_is_jump(step))
		graph_way(flow, index, step->target, false);
	else if (step->op == OP_CALL || graph_takes_address(flow, step))
		flag(flow->code, step->target, STEP_ENTRY);
}

static void flag_symbols(struct code *code)
{
	const struct symbol *symbol;
	size_t i;

	for (i = 0; i < code->image->symbols.count; i++) {
		symbol = &code->image->symbols.items[i];
		if (symbol_is_code(symbol))
			flag(code, symbol->address, STEP_START);
		if (symbol_is_entry(symbol))
			flag(code, symbol->address, STEP_ENTRY);
	}
}

/*
 * What has unwind tables of its own is a function, but for parts of functions
 * that the compiler has put elsewhere: those are jumped to.
 */
static void flag_frames(struct flow *flow)
{
	struct code *code = flow->code;
	uint64_t address, index;
	size_t i;

	for (i = 0; i < code->image->frames.count; i++) {
		address = code->image->frames.items[i].start;
		index = steps_find(code, address);
		flag(code, address, STEP_START);
		if (index != NO_STEP && !list_find(&flow->to, index))
			flag(code, address, STEP_ENTRY);
	}
}

/* Lead each step of a function to its landing pad, if there is one. */
static void find_landings(struct flow *flow)
{
	const struct image *image = flow->code->image;
	const struct steps *steps = &flow->code->steps;
	struct landings landings = { NULL, 0 };
	const struct landing *landing;
	const struct frame *frame;
	uint64_t last = 0, step;
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
	for (i = 0; i < landings.count; i++) {
		landing = &landings.items[i];
		for (step = list_below(steps, landing->start);
		     step < steps->count &&
		     steps->items[step].address < landing->end;
		     step++)
			graph_way(flow, step, landing->pad, true);
	}
	free(landings.items);
}

/* Mark all that control comes to from the step INDEX on. */
static void reach(struct flow *flow, uint64_t index)
{
	struct step *steps = flow->code->steps.items;
	struct addresses waiting = { NULL, 0 };
	uint64_t next;
	size_t i;

	list_push(&waiting, index);
	while (waiting.count) {
		next = waiting.items[--waiting.count];
		do {
			index = next;
			if (steps[index].flags & STEP_REACHED)
				break;
			steps[index].flags |= STEP_REACHED;
			for (i = list_below(&flow->from, index);
			     i < flow->from.count &&
			     flow->from.items[i].here == index;
			     i++)
				list_push(&waiting, flow->from.items[i].there);
			next = steps_next(flow->code, index);
		} while (graph_goes_on(flow->code, index, next));
	}
	free(waiting.items);
}

/*
 * Where nothing known leads to, control comes by jumps whose target isn't
 * known; but for padding.
 */
static void reach_rest(struct flow *flow)
{
	struct steps *steps = &flow->code->steps;
	/* The step before wasn't reached, and leads here. */
	bool on = false;
	struct step *step;
	size_t i;

	for (i = 0; i < steps->count; i++) {
		step = &steps->items[i];
		on = on && steps_next(flow->code, i - 1) == i &&
		     graph_goes_on(flow->code, i - 1, i);
		if (!(step->flags & STEP_REACHED) && !on &&
		    !graph_is_padding(step) && !list_find(&flow->to, i)) {
			step->flags |= STEP_ENTRY;
			reach(flow, i);
		}
		on = !(step->flags & STEP_REACHED) &&
		     (on || !graph_is_padding(step));
	}
}

void graph_open(struct flow *flow, struct code *code,
		const struct known *pointer)
{
	const struct image *image = code->image;
	struct addresses taken = { NULL, 0 };
	size_t i;

	*flow = (struct flow){ .code = code,
			       .pointer = pointer,
			       .work = MIN_WORK +
				       code->steps.count * WORK_PER_STEP };
	switches_find(flow);
	returns_find(code);
	for (i = 0; i < code->steps.count; i++)
		link_step(flow, i);
	find_landings(flow);
	list_sort(&flow->to);
	list_sort(&flow->from);
	for (i = 0; i < image->areas.count; i++)
		flag(code, image->areas.items[i].start, STEP_START);
	flag_symbols(code);
	flag_frames(flow);
	slots_taken(image, &taken);
	for (i = 0; i < taken.count; i++)
		flag(code, taken.items[i], STEP_ENTRY);
	free(taken.items);
	if (!image_is_object(image))
		flag(code, image->header.e_entry, STEP_ENTRY);
	for (i = 0; i < code->steps.count; i++)
		if (code->steps.items[i].flags & STEP_ENTRY)
			reach(flow, i);
	reach_rest(flow);
}

void graph_close(struct flow *flow)
{
	free(flow->to.items);
	free(flow->from.items);
}

bool graph_is_padding(const struct step *step)
{
	return step->op == OP_NOP || step->op == OP_TRAP;
}

bool graph_goes_on(const struct code *code, uint64_t index, uint64_t next)
{
	const struct step *step = &code->steps.items[index];
	bool call = step->op == OP_CALL || step->op == OP_CALL_WORD;

	if (next == NO_STEP || (step->flags & STEP_LAST) ||
	    step->op == OP_JUMP || step->op == OP_JUMP_WORD ||
	    step->op == OP_SWITCH || step->op == OP_END || step->op == OP_STOP)
		return false;
	if (!(code->steps.items[next].flags & STEP_START))
		return true;
	/* A call that ends a function doesn't come back; and what is between
	 * sections is padding. */
	return !call &&
	       area_at(code->image, step->address) ==
		       area_at(code->image, code->steps.items[next].address);
}

bool graph_stub(const struct code *code, uint64_t address, struct place *place)
{
	static const uint8_t endbr64[] = { 0xf3, 0x0f, 0x1e, 0xfa };
	size_t left;
	const uint8_t *bytes = image_bytes(code->image, address, &left);
	struct step step;

	if (bytes && left > sizeof(endbr64) &&
	    memcmp(bytes, endbr64, sizeof(endbr64)) == 0)
		address += sizeof(endbr64);
	step = steps_read(code->image, address);
	return step.op == OP_JUMP_WORD &&
	       slots_find(code->image, step.target, place);
}
