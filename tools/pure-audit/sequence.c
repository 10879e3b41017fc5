/*
 * What is before a site that is recorded as going to the thunk (see
 * abi/x86_64/thunk.h):
 *
 *	jrcxz	1f
 *	leaq	2f(%rip), %rcx
 *	jmp	*__pure_thunk@GOTPCREL(%rip)
 *  1:	syscall
 *  2:
 *
 * The linker may have turned the jump into a direct one and a nop, or made it
 * go by the PLT.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "verdict.h"

/* The step before INDEX that does something, if control comes from there. */
static const struct step *step_before(const struct code *code, uint64_t *index)
{
	do {
		if (*index == NO_STEP || *index == 0 ||
		    steps_next(code, *index - 1) != *index)
			return NULL;
		--*index;
	} while (code->steps.items[*index].op == OP_NOP);
	return &code->steps.items[*index];
}

/* Where STEP jumps to, by its operand or by a word in the GOT. */
static bool jump_place(const struct code *code, const struct step *step,
		       struct place *place)
{
	*place = (struct place){ step->target, NULL };
	return step->op == OP_JUMP ||
	       (step->op == OP_JUMP_WORD &&
		slots_find(code->image, step->target, place));
}

/* Does STEP jump to the thunk, by a stub in the PLT perhaps? */
static bool jumps_to_thunk(const struct audit *audit, const struct step *step)
{
	struct place place;

	if (!jump_place(&audit->code, step, &place))
		return false;
	if (place.address)
		graph_stub(&audit->code, place.address, &place);
	return place_is_named(audit->code.image, &place, THUNK_NAME) ||
	       (audit->unnamed_thunk && place.address == audit->unnamed_thunk);
}

bool sequence_check(const struct audit *audit, const struct site *site)
{
	const struct code *code = &audit->code;
	uint64_t index = steps_find(code, site->address);
	const struct step *step = step_before(code, &index);
	struct fact in_rcx = { .what = FACT_ADDRESS, .reg = NUMBER_RCX };

	if (!step || !jumps_to_thunk(audit, step))
		return false;
	step = step_before(code, &index);
	if (!step)
		return false;
	in_rcx = steps_before(code->image, step, in_rcx);
	if (in_rcx.what != FACT_POINTER ||
	    in_rcx.number != site->address + site->size)
		return false;
	step = step_before(code, &index);
	return step && step->op == OP_BRANCH_RCX_ZERO &&
	       step->target == site->address;
}

uint64_t sequence_goes_to(const struct audit *audit, uint64_t address)
{
	uint64_t index = steps_find(&audit->code, address);
	const struct step *step = step_before(&audit->code, &index);
	struct place place;

	return step && jump_place(&audit->code, step, &place) ? place.address :
								0;
}
