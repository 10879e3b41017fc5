/*
 * Which sites are behind a test of the pointer on every path.
 *
 * A path is behind a test if it has come to no system call since
 *
 *	cmpq	$0, __pure_syscall(%rip)
 *	jne	...
 *
 * and the jump was not taken; or since a je that was; or since a jrcxz that
 *was, rcx being the pointer's value. The pointer may be reached by its address
 *in a register, which compilers load long before, and keep on the stack around
 *calls.
 *
 * It is worked out as a compiler does: each leader, that is a step that is
 * come to otherwise than from the step before, has a state, which is what all
 * paths to it have in common. At first no leader has been reached; entries are
 * reached with nothing known. What a reached leader's state makes of the
 * steps up to the next one goes into the states of those that it leads to,
 * until no state changes. States only ever get worse, so that this ends.
 *
 * Then there may be leaders that no path was found to: behind a jump whose
 * target isn't known. Nothing is known of how they are come to.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "steps.h"

/* How many words on the stack may be known to hold the pointer's address. */
#define MAX_SLOTS 4

/* A word on the stack: how far from rsp or rbp it is. */
struct stack_slot {
	int32_t offset;
	/* NUMBER_RSP, NUMBER_RBP, or 0 if there is none. */
	uint8_t base;
};

struct state {
	/* The registers that have the pointer's address, a bit each. */
	uint16_t registers;
	/* The flags are those of the test. */
	bool tested;
	/* rcx has the pointer's value. */
	bool loaded;
	/* Behind the test. */
	bool guarded;
	/* What has the pointer's address in memory. */
	struct stack_slot slots[MAX_SLOTS];
};

struct leader {
	struct state state;
	bool reached;
	bool waiting;
};

struct flow {
	struct image *image;
	struct leader *leaders;
	/* For each step, which of them it is, if it is one. */
	uint32_t *numbers;
	struct addresses waiting;
};

static const struct state unknown;

static struct leader *leader_of(const struct flow *flow, uint64_t index)
{
	return &flow->leaders[flow->numbers[index]];
}

static bool has_slot(const struct state *state, uint8_t base, int64_t offset)
{
	unsigned int i;

	for (i = 0; i < MAX_SLOTS; i++)
		if (state->slots[i].base == base &&
		    state->slots[i].offset == offset)
			return true;
	return false;
}

static void add_slot(struct state *state, uint8_t base, int64_t offset)
{
	unsigned int i;

	for (i = 0; i < MAX_SLOTS && state->slots[i].base; i++)
		;
	if (i < MAX_SLOTS && offset == (int32_t)offset)
		state->slots[i] = (struct stack_slot){ offset, base };
}

/* Forget the slots that the bytes from START to END from BASE are part of. */
static void drop_slots(struct state *state, uint8_t base, int64_t start,
		       int64_t end)
{
	struct stack_slot *slot;
	unsigned int i;

	for (i = 0; i < MAX_SLOTS; i++) {
		slot = &state->slots[i];
		if (slot->base == base && slot->offset < end &&
		    slot->offset + (int64_t)8 > start)
			*slot = (struct stack_slot){ 0, 0 };
	}
}

/* rsp is DISTANCE more than it was. What is below it is anybody's. */
static void move_stack(struct state *state, int64_t distance)
{
	struct stack_slot *slot;
	int64_t offset;
	unsigned int i;

	for (i = 0; i < MAX_SLOTS; i++) {
		slot = &state->slots[i];
		if (slot->base != NUMBER_RSP)
			continue;
		offset = slot->offset - distance;
		if (offset < (distance < 0 ? -distance : 0) ||
		    offset != (int32_t)offset)
			*slot = (struct stack_slot){ 0, 0 };
		else
			slot->offset = offset;
	}
}

/* Keep in STATE what OTHER has too. Returns whether that is less. */
static bool meet(struct state *state, const struct state *other)
{
	const struct state before = *state;
	struct stack_slot *slot;
	bool less = false;
	unsigned int i;

	state->registers &= other->registers;
	state->tested &= other->tested;
	state->loaded &= other->loaded;
	state->guarded &= other->guarded;
	for (i = 0; i < MAX_SLOTS; i++) {
		slot = &state->slots[i];
		if (!slot->base || has_slot(other, slot->base, slot->offset))
			continue;
		*slot = (struct stack_slot){ 0, 0 };
		less = true;
	}
	return less || state->registers != before.registers ||
	       state->tested != before.tested ||
	       state->loaded != before.loaded ||
	       state->guarded != before.guarded;
}

/* A path comes to step INDEX, a leader, with STATE. */
static void arrive(struct flow *flow, uint64_t index, const struct state *state)
{
	struct leader *leader;

	if (index == NO_STEP)
		return;
	leader = leader_of(flow, index);
	if (!leader->reached)
		leader->state = *state;
	else if (!meet(&leader->state, state))
		return;
	leader->reached = true;
	if (!leader->waiting) {
		leader->waiting = true;
		list_push(&flow->waiting, index);
	}
}

/* What STEP makes of the slots. */
static void apply_to_stack(struct state *state, const struct step *step)
{
	int64_t offset = step->target;

	if (step->op == OP_CALL)
		drop_slots(state, NUMBER_RSP, INT32_MIN, 0);
	if (step->op == OP_SPILL)
		drop_slots(state, step->to, offset, offset + 8);
	if (step->op == OP_SPILL && (state->registers & 1u << step->from))
		add_slot(state, step->to, offset);
	if (step->op == OP_STORE && step->from == STORE_SOMEWHERE)
		drop_slots(state, step->to, INT32_MIN, INT32_MAX);
	else if (step->op == OP_STORE)
		drop_slots(state, step->to, offset, offset + step->from);
	if (step->op == OP_STACK)
		move_stack(state, offset);
	else if (step->kills & RSP)
		drop_slots(state, NUMBER_RSP, INT32_MIN, INT32_MAX);
	if (step->kills & RBP)
		drop_slots(state, NUMBER_RBP, INT32_MIN, INT32_MAX);
}

/* Does STEP put the pointer's address into its register TO? */
static bool gets_address(const struct state *state, const struct step *step)
{
	switch (step->op) {
	case OP_POINTER:
		return true;
	case OP_COPY:
		return state->registers & 1u << step->from;
	case OP_RELOAD:
		return has_slot(state, step->from, (int64_t)step->target);
	default:
		return false;
	}
}

/* Does STEP put the pointer's value into rcx? */
static bool gets_value(const struct state *state, const struct step *step)
{
	return step->op == OP_LOAD || (step->op == OP_LOAD_AT &&
				       (state->registers & 1u << step->from));
}

/* What STEP makes of STATE. */
static void apply(struct state *state, const struct step *step)
{
	bool address = gets_address(state, step);
	bool value = gets_value(state, step);

	if (step->op == OP_NOP)
		return;
	state->tested =
		step->op == OP_TEST || (step->op == OP_TEST_AT &&
					(state->registers & 1u << step->from));
	apply_to_stack(state, step);
	state->registers &= ~step->kills;
	if (address)
		state->registers |= 1u << step->to;
	if (step->kills & RCX)
		state->loaded = value;
	if (step->op == OP_SITE)
		state->guarded = false;
}

/* Go where STEP leads but to the next one, with STATE as it was before. */
static void follow(struct flow *flow, const struct step *step,
		   struct state state)
{
	const uint64_t *targets;
	uint64_t i;

	if (step->op == OP_BRANCH_NOT_EQUAL && state.tested)
		state.guarded = false;
	if (step->op == OP_BRANCH_EQUAL && state.tested)
		state.guarded = true;
	if (step->op == OP_BRANCH_RCX_ZERO && state.loaded)
		state.guarded = true;
	state.tested = false;
	switch (step->op) {
	case OP_BRANCH_NOT_EQUAL:
	case OP_BRANCH_EQUAL:
	case OP_BRANCH_RCX_ZERO:
	case OP_BRANCH:
	case OP_JUMP:
		arrive(flow, step->target, &state);
		break;
	case OP_SWITCH:
		targets = flow->image->switches.items + step->target;
		for (i = 1; i <= targets[0]; i++)
			arrive(flow, targets[i], &state);
		break;
	}
}

/*
 * An exception that comes out of step INDEX, with STATE as it was before it,
 * leads to a landing pad. The unwinder restores what functions keep.
 */
static void unwind(struct flow *flow, uint64_t index, struct state state)
{
	if (!flow->image->landings ||
	    flow->image->landings[index] == NO_LANDING)
		return;
	state.registers &= ~CALL_KILLS;
	state.tested = state.loaded = state.guarded = false;
	drop_slots(&state, NUMBER_RSP, INT32_MIN, INT32_MAX);
	arrive(flow, flow->image->landings[index], &state);
}

/* Can control come from STEP, the one before number INDEX, to that? */
static bool goes_on(const struct flow *flow, const struct step *step,
		    uint64_t index)
{
	const struct step *next;

	if (graph_ends(step) || index == NO_STEP)
		return false;
	next = &flow->image->steps.items[index];
	/* A call that ends a function doesn't come back. */
	if (step->op == OP_CALL)
		return !(next->flags & STEP_START);
	/* What is between sections is padding. */
	return !(next->flags & STEP_START) ||
	       image_area(flow->image, step->address) ==
		       image_area(flow->image, next->address);
}

/* Follow the path from leader INDEX to the next one. */
static void walk(struct flow *flow, uint64_t index)
{
	struct state state = leader_of(flow, index)->state;
	struct step *items = flow->image->steps.items;
	struct step *step;
	bool passed, failed;

	for (;;) {
		step = &items[index];
		if (step->op == OP_SITE && state.guarded)
			step->flags |= STEP_GUARDED;
		else
			step->flags &= ~STEP_GUARDED;
		follow(flow, step, state);
		unwind(flow, index, state);
		passed = step->op == OP_BRANCH_NOT_EQUAL && state.tested;
		failed = step->op == OP_BRANCH_EQUAL && state.tested;
		apply(&state, step);
		if (passed)
			state.guarded = true;
		if (failed)
			state.guarded = false;
		index = steps_next(flow->image, index);
		if (!goes_on(flow, step, index))
			return;
		if (items[index].flags & STEP_LEADER) {
			arrive(flow, index, &state);
			return;
		}
	}
}

static void run(struct flow *flow)
{
	uint64_t index;

	while (flow->waiting.count) {
		index = flow->waiting.items[--flow->waiting.count];
		leader_of(flow, index)->waiting = false;
		walk(flow, index);
	}
}

/* Only padding from step INDEX to the next leader: nobody goes there. */
static bool is_padding(const struct image *image, size_t index)
{
	const struct step *items = image->steps.items;

	do {
		if ((items[index].op != OP_NOP && items[index].op != OP_TRAP) ||
		    (items[index].flags & (STEP_TARGET | STEP_ENTRY)))
			return false;
		index++;
	} while (index < image->steps.count &&
		 !(items[index].flags & STEP_LEADER));
	return true;
}

/* Arrive at all leaders with FLAGS, of those in MASK, that aren't reached. */
static void enter(struct flow *flow, uint8_t mask, uint8_t flags)
{
	const struct image *image = flow->image;
	size_t i;

	for (i = 0; i < image->steps.count; i++)
		if ((image->steps.items[i].flags & mask) == flags &&
		    !leader_of(flow, i)->reached && !is_padding(image, i))
			arrive(flow, i, &unknown);
	run(flow);
}

void flow_run(struct image *image)
{
	struct flow flow = { .image = image };
	uint32_t count = 0;
	size_t i;

	flow.numbers = allocate(image->steps.count * sizeof(*flow.numbers));
	for (i = 0; i < image->steps.count; i++)
		if (image->steps.items[i].flags & STEP_LEADER)
			flow.numbers[i] = count++;
	flow.leaders = allocate(count * sizeof(*flow.leaders));
	enter(&flow, STEP_ENTRY, STEP_ENTRY);
	enter(&flow, STEP_LEADER | STEP_TARGET, STEP_LEADER);
	enter(&flow, STEP_LEADER, STEP_LEADER);
	free(flow.leaders);
	free(flow.numbers);
	free(flow.waiting.items);
}

bool flow_is_guarded(const struct image *image, uint64_t address)
{
	uint64_t index = steps_find(image, address);

	return index != NO_STEP &&
	       (image->steps.items[index].flags & STEP_GUARDED);
}
