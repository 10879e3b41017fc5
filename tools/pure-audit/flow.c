/*
 * Which sites are guarded by a test of the pointer on every path.
 *
 * A path is guarded if it has come to no system call since
 *
 *	cmpq	$0, __pure_syscall(%rip)
 *	jne	...
 *
 * and the jump was not taken; or since a je that was; or since a jrcxz that
 *was, rcx being the pointer's value. The pointer may be reached by its address
 *in a register, which compilers load long before, and keep on the stack around
 * calls.
 *
 * It is worked out as a compiler does: each leader, that is a step that is
 * come to otherwise than from the step before, has a state, which is what all
 * paths to it have in common. At first no leader has been reached; entries are
 * reached with nothing known. What a reached leader's state makes of the
 * steps up to the next one goes into the states of those that it leads to,
 * until no state changes. States only ever get worse, so that this ends.
 *
 * Then there may be leaders that no path was found to: after a jump whose
 * target isn't known. Nothing is known of how they are come to.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "flow.h"

struct state {
	/* The registers that have the pointer's address, a bit each. */
	uint16_t registers;
	/* The flags are those of the test. */
	bool tested;
	/* rcx has the pointer's value. */
	bool loaded;
	/* After the test, and before a site. */
	bool guarded;
	/*
	 * A word on the stack that has the pointer's address: how far it is
	 * from NUMBER_RSP or NUMBER_RBP; 0 if there is none.
	 */
	uint8_t base;
	int32_t offset;
	/* A path was found; what it leads to is still to be looked at. */
	bool reached;
	bool waiting;
};

struct work {
	const struct flow *flow;
	struct step *steps;
	size_t count;
	/* One for each step; those of leaders are used. */
	struct state *states;
	struct addresses waiting;
};

static const struct state unknown;

static bool has_address(const struct state *state, unsigned int number)
{
	return number < 16 && (state->registers & 1u << number);
}

/* The bytes from START to END from BASE are something else now. */
static void overwrite(struct state *state, uint8_t base, int64_t start,
		      int64_t end)
{
	if (state->base == base && state->offset < end &&
	    state->offset + (int64_t)8 > start)
		state->base = 0;
}

/* rsp is DISTANCE more than it was. What is below it is anybody's. */
static void move_stack(struct state *state, int64_t distance)
{
	int64_t offset = state->offset - distance;

	if (state->base != NUMBER_RSP)
		return;
	if (offset < (distance < 0 ? -distance : 0) ||
	    offset != (int32_t)offset)
		state->base = 0;
	else
		state->offset = offset;
}

/* Keep in STATE what OTHER has too. Returns whether that is less. */
static bool meet(struct state *state, const struct state *other)
{
	const struct state before = *state;

	state->registers &= other->registers;
	state->tested &= other->tested;
	state->loaded &= other->loaded;
	state->guarded &= other->guarded;
	if (state->base != other->base || state->offset != other->offset)
		state->base = 0;
	return state->registers != before.registers ||
	       state->tested != before.tested ||
	       state->loaded != before.loaded ||
	       state->guarded != before.guarded || state->base != before.base;
}

/* A path comes to step INDEX, a leader, with STATE. */
static void arrive(struct work *work, uint64_t index, const struct state *state)
{
	struct state *leader = &work->states[index];
	bool waiting;

	if (index == NO_STEP)
		return;
	waiting = leader->waiting;
	if (!leader->reached)
		*leader = *state;
	else if (!meet(leader, state))
		return;
	leader->reached = leader->waiting = true;
	if (!waiting)
		list_push(&work->waiting, index);
}

/* What STEP makes of the word on the stack. */
static void apply_to_stack(struct state *state, const struct step *step)
{
	int64_t offset = step->target;

	if (step->op == OP_CALL || step->op == OP_CALL_WORD)
		overwrite(state, NUMBER_RSP, INT32_MIN, 0);
	if (step->op == OP_SPILL)
		overwrite(state, step->to, offset, offset + 8);
	if (step->op == OP_SPILL && has_address(state, step->from)) {
		state->base = step->to;
		state->offset = offset;
	}
	if (step->op == OP_STORE && step->from == STORE_SOMEWHERE)
		overwrite(state, step->to, INT32_MIN, INT32_MAX);
	else if (step->op == OP_STORE)
		overwrite(state, step->to, offset, offset + step->from);
	if (step->op == OP_STACK)
		move_stack(state, offset);
	else if (step->kills & RSP)
		overwrite(state, NUMBER_RSP, INT32_MIN, INT32_MAX);
	if (step->kills & RBP)
		overwrite(state, NUMBER_RBP, INT32_MIN, INT32_MAX);
}

/* Does STEP put the pointer's address into its register TO? */
static bool gets_address(const struct state *state, const struct step *step)
{
	switch (step->op) {
	case OP_ADDRESS:
		return step->flags & STEP_POINTER;
	case OP_WORD:
		return step->flags & STEP_POINTER_SLOT;
	case OP_COPY:
		return has_address(state, step->from);
	case OP_RELOAD:
		return state->base == step->from &&
		       state->offset == (int64_t)step->target;
	default:
		return false;
	}
}

/* Does STEP put the pointer's value into rcx? */
static bool gets_value(const struct state *state, const struct step *step)
{
	return step->to == NUMBER_RCX &&
	       ((step->op == OP_WORD && (step->flags & STEP_POINTER)) ||
		(step->op == OP_FETCH && has_address(state, step->from)));
}

static bool is_test(const struct state *state, const struct step *step)
{
	return (step->op == OP_TEST && (step->flags & STEP_POINTER)) ||
	       (step->op == OP_TEST_AT && has_address(state, step->from));
}

/* What STEP makes of STATE, if it goes on to the next one. */
static void apply(struct state *state, const struct step *step)
{
	const struct state before = *state;

	if (step->op == OP_NOP)
		return;
	state->tested = is_test(&before, step);
	apply_to_stack(state, step);
	state->registers &= ~step->kills;
	if (gets_address(&before, step))
		state->registers |= 1u << step->to;
	if (step->kills & RCX)
		state->loaded = gets_value(&before, step);
	if (step->op == OP_SITE ||
	    (step->op == OP_BRANCH_EQUAL && before.tested))
		state->guarded = false;
	if (step->op == OP_BRANCH_NOT_EQUAL && before.tested)
		state->guarded = true;
}

/* Go where STEP leads but to the next one, with STATE as it was before. */
static void follow(struct work *work, const struct step *step,
		   struct state state)
{
	const uint64_t *targets = work->flow->switches.items;
	uint64_t i;

	if (step->op == OP_BRANCH_NOT_EQUAL && state.tested)
		state.guarded = false;
	if ((step->op == OP_BRANCH_EQUAL && state.tested) ||
	    (step->op == OP_BRANCH_RCX_ZERO && state.loaded))
		state.guarded = true;
	state.tested = false;
	if (steps_is_jump(step))
		arrive(work, steps_find(work->flow->code, step->target),
		       &state);
	if (step->op != OP_SWITCH)
		return;
	for (i = 1; i <= targets[step->target]; i++)
		arrive(work, targets[step->target + i], &state);
}

/*
 * An exception that comes out of step INDEX, with STATE as it was before it,
 * leads to a landing pad. The unwinder restores what functions keep.
 */
static void unwind(struct work *work, uint64_t index, struct state state)
{
	if (work->flow->landings[index] == NO_LANDING)
		return;
	state.registers &= ~CALL_KILLS;
	state.tested = state.loaded = state.guarded = false;
	if (state.base == NUMBER_RSP)
		state.base = 0;
	arrive(work, work->flow->landings[index], &state);
}

/* Can control come from STEP, the one before number INDEX, to that? */
static bool goes_on(const struct work *work, const struct step *step,
		    uint64_t index)
{
	const struct image *image = work->flow->code->image;
	const struct step *next;

	if (graph_ends(step) || index == NO_STEP)
		return false;
	next = &work->steps[index];
	if (!(next->flags & STEP_START))
		return true;
	/* A call that ends a function doesn't come back; and what is between
	 * sections is padding. */
	return step->op != OP_CALL && step->op != OP_CALL_WORD &&
	       area_at(image, step->address) == area_at(image, next->address);
}

/* Follow the path from leader INDEX to the next one. */
static void walk(struct work *work, uint64_t index)
{
	struct state state = work->states[index];
	struct step *step;

	for (;;) {
		step = &work->steps[index];
		if (step->op == OP_SITE && state.guarded)
			step->flags |= STEP_GUARDED;
		else
			step->flags &= ~STEP_GUARDED;
		follow(work, step, state);
		unwind(work, index, state);
		apply(&state, step);
		index = steps_next(work->flow->code, index);
		if (!goes_on(work, step, index))
			return;
		if (work->steps[index].flags & STEP_LEADER) {
			arrive(work, index, &state);
			return;
		}
	}
}

/* Only padding from step INDEX to the next leader: nobody goes there. */
static bool is_padding(const struct work *work, size_t index)
{
	const struct step *steps = work->steps;

	do {
		if ((steps[index].op != OP_NOP && steps[index].op != OP_TRAP) ||
		    (steps[index].flags & (STEP_TARGET | STEP_ENTRY)))
			return false;
		index++;
	} while (index < work->count && !(steps[index].flags & STEP_LEADER));
	return true;
}

/*
 * Arrive at all leaders with FLAGS, of those in MASK, that aren't reached, and
 * go on from there.
 */
static void enter(struct work *work, uint16_t mask, uint16_t flags)
{
	uint64_t index;
	size_t i;

	for (i = 0; i < work->count; i++)
		if ((work->steps[i].flags & mask) == flags &&
		    !work->states[i].reached && !is_padding(work, i))
			arrive(work, i, &unknown);
	while (work->waiting.count) {
		index = work->waiting.items[--work->waiting.count];
		work->states[index].waiting = false;
		walk(work, index);
	}
}

void flow_run(struct flow *flow)
{
	struct work work = { .flow = flow,
			     .steps = flow->code->steps.items,
			     .count = flow->code->steps.count };

	work.states = allocate(work.count * sizeof(*work.states));
	enter(&work, STEP_LEADER | STEP_ENTRY, STEP_LEADER | STEP_ENTRY);
	enter(&work, STEP_LEADER | STEP_TARGET, STEP_LEADER);
	enter(&work, STEP_LEADER, STEP_LEADER);
	free(work.states);
	free(work.waiting.items);
}

/* Is the pointer at ADDRESS? */
static bool is_pointer(const struct image *image, const struct pointer *pointer,
		       uint64_t address)
{
	if (address == 0)
		return false;
	if (pointer->unnamed)
		return pointer->unnamed == address;
	return symbols_named(image, address, pointer->name);
}

/* Is what the word at ADDRESS holds the address of the pointer? */
static bool is_slot(const struct image *image, const struct pointer *pointer,
		    uint64_t address)
{
	struct place place;

	if (!slots_find(image, address, &place))
		return false;
	if (place.name)
		return place_is_named(image, &place, pointer->name);
	return is_pointer(image, pointer, place.address);
}

void flow_name(struct flow *flow, const struct pointer *pointer)
{
	const struct image *image = flow->code->image;
	struct step *step;
	size_t i;

	for (i = 0; i < flow->code->steps.count; i++) {
		step = &flow->code->steps.items[i];
		step->flags &= ~(STEP_POINTER | STEP_POINTER_SLOT);
		if (step->op != OP_ADDRESS && step->op != OP_WORD &&
		    step->op != OP_TEST)
			continue;
		if (is_pointer(image, pointer, step->target))
			step->flags |= STEP_POINTER;
		if (step->op == OP_WORD &&
		    is_slot(image, pointer, step->target))
			step->flags |= STEP_POINTER_SLOT;
	}
}
