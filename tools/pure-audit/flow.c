/*
 * Is a site guarded by a test of the pointer on every path?
 *
 * A path is guarded if it has come to no system call since
 *
 *	cmpq	$0, __pure_syscall(%rip)
 *	jne	...
 *
 * and the jump was not taken; or since a jrcxz that was, rcx being the
 * pointer's value. The pointer may be reached by its address in a register,
 * which compilers load long before, and keep on the stack around calls.
 *
 * It is asked backwards: what is to be a fact before a step has to be one after
 * each of those that control comes from. There it is one; or is none; or that
 * depends on another fact before that step, which is asked then. If nothing is
 * left to be asked, it is a fact: what leads back to itself adds no path.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include <abi/entry.h>
#include <abi/text.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "flow.h"

/* FACT is to be so before step INDEX. */
struct goal {
	uint64_t index;
	struct fact fact;
};

struct search {
	struct flow *flow;
	/* All that was asked, as tsearch(3) has it. */
	void *asked;
	/* What of it is still to be looked at. */
	LIST(, struct goal *) waiting;
};

static bool prove(struct flow *flow, uint64_t index, struct fact fact);

static int compare_goals(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct goal));
}

/* Is FACT to be looked at, or is it settled? Returns false if it is none. */
static bool ask(struct search *search, uint64_t index, struct fact fact)
{
	struct goal *goal;

	if (fact.what == FACT_NEVER || search->flow->work == 0)
		return false;
	search->flow->work--;
	goal = allocate(sizeof(*goal));
	goal->index = index;
	goal->fact = fact;
	if (*(struct goal **)tsearch(goal, &search->asked, compare_goals) !=
	    goal) {
		free(goal);
		return true;
	}
	list_push(&search->waiting, goal);
	return true;
}

/* Is the pointer at ADDRESS? */
static bool is_pointer(const struct image *image, const struct known *pointer,
		       uint64_t address)
{
	if (address == 0)
		return false;
	if (pointer->unnamed)
		return pointer->unnamed == address;
	return symbols_named(image, address, pointer->name);
}

/*
 * Is what the word at ADDRESS holds the address of the pointer? In an object of
 * libc.a it may be a word of another one.
 */
static bool is_slot(const struct image *image, const struct known *pointer,
		    uint64_t address)
{
	struct place place;

	if (!slots_find(image, address, &place))
		return !pointer->unnamed &&
		       symbols_named(image, address,
				     PURE_TEXT(PURE_TESTED_SYMBOL));
	if (place.name)
		return place_is_named(image, &place, pointer->name);
	return is_pointer(image, pointer, place.address);
}

/*
 * Settle that the call after step INDEX is guarded, control going on if ON, or
 * else by its jump. Returns 1 or 0, or -1 if it depends on what is before.
 */
static int settle_guard(struct flow *flow, uint64_t index, bool on)
{
	struct step *step = &flow->code->steps.items[index];
	struct fact tested = { .what = FACT_TESTED };
	struct fact value = { .what = FACT_VALUE };

	switch (step->op) {
	case OP_SITE:
		return 0;
	case OP_BRANCH_NOT_EQUAL:
		return on && prove(flow, index, tested) ? 1 : -1;
	case OP_BRANCH_RCX_ZERO:
		return !on && prove(flow, index, value) ? 1 : -1;
	default:
		return -1;
	}
}

/*
 * FACT is to be so after step INDEX, from where control goes on if ON, or else
 * by its jump.
 */
static bool go_back(struct search *search, uint64_t index, bool on,
		    struct fact fact)
{
	const struct flow *flow = search->flow;
	const struct step *step = &flow->code->steps.items[index];
	int settled;

	if (!(step->flags & STEP_REACHED))
		return graph_is_padding(step);
	if (fact.what == FACT_GUARDED) {
		settled = settle_guard(search->flow, index, on);
		return settled < 0 ? ask(search, index, fact) : settled;
	}
	if (fact.what == FACT_TESTED && !on)
		return false;
	fact = steps_before(flow->code->image, step, fact);
	if (fact.what == FACT_POINTER)
		return is_pointer(flow->code->image, flow->pointer,
				  fact.number);
	if (fact.what == FACT_SLOT)
		return is_slot(flow->code->image, flow->pointer, fact.number);
	return ask(search, index, fact);
}

/* GOAL's fact is to be so wherever control comes from. */
static bool look_at(struct search *search, const struct goal *goal)
{
	const struct flow *flow = search->flow;
	const struct step *steps = flow->code->steps.items;
	uint64_t at = steps[goal->index].address, i;
	const struct way *way;
	size_t k;

	if (steps[goal->index].flags & STEP_ENTRY)
		return false;
	for (i = goal->index; i-- > 0 && at - steps[i].address <= MAX_LENGTH;)
		if (steps[i].address + steps[i].size == at &&
		    graph_goes_on(flow->code, i, goal->index) &&
		    !go_back(search, i, true, goal->fact))
			return false;
	for (k = list_below(&flow->to, goal->index);
	     k < flow->to.count && flow->to.items[k].here == goal->index; k++) {
		way = &flow->to.items[k];
		if (way->unwinds ?
			    !ask(search, way->there,
				 steps_unwound(goal->fact)) :
			    !go_back(search, way->there, false, goal->fact))
			return false;
	}
	return true;
}

static bool prove(struct flow *flow, uint64_t index, struct fact fact)
{
	struct search search = { .flow = flow };
	bool result = ask(&search, index, fact);

	while (result && search.waiting.count)
		result = look_at(&search,
				 search.waiting.items[--search.waiting.count]);
	tdestroy(search.asked, free);
	free(search.waiting.items);
	return result;
}

bool flow_guards(struct flow *flow, uint64_t index)
{
	const struct step *steps = flow->code->steps.items;
	struct fact guarded = { .what = FACT_GUARDED };

	return index != NO_STEP && steps[index].op == OP_SITE &&
	       (steps[index].flags & STEP_REACHED) &&
	       prove(flow, index, guarded);
}
