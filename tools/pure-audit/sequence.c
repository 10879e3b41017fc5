/*
 * What is right before a site: where it goes when the pointer is set.
 *
 * A site that is recorded as going to the thunk has one of these before it
 * (see abi/x86_64/thunk.h):
 *
 *	cmpq	$0, (%rcx)
 *	leaq	2f(%rip), %rcx
 *	jne	__pure_stub_thunk
 *	syscall
 *  2:
 *
 *	jrcxz	1f
 *	leaq	2f(%rip), %rcx
 *	jmp	*__pure_thunk@GOTPCREL(%rip)
 *  1:	syscall
 *  2:
 *
 * A guarded one that the plugin has spliced has the first, with another stub
 * (see abi/x86_64/stub.h), and the comparison before or after the leaq.
 *
 * The linker may have turned a jump by the GOT into a direct one and a nop, or
 * made it go by the PLT.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "verdict.h"

/* Between the address's load and the jump there is at most the comparison. */
#define MAX_STEPS 2

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

/* Does STEP jump to FUNCTION, by a stub in the PLT perhaps? */
static bool jumps_to(const struct audit *audit, const struct step *step,
		     const struct known *function)
{
	struct place place;

	if (!jump_place(&audit->code, step, &place))
		return false;
	if (place.address)
		graph_stub(&audit->code, place.address, &place);
	return place_is_named(audit->code.image, &place, function->name) ||
	       (function->unnamed && place.address == function->unnamed);
}

/* The jump that a stub at ADDRESS ends in, after a NUMBER if it has one. */
static struct step jump_of_stub(const struct image *image, uint64_t address,
				bool number)
{
	/* movl $NUMBER, %r11d */
	static const uint8_t load[] = { 0x41, 0xbb };
	size_t left;
	const uint8_t *bytes = image_bytes(image, address, &left);
	struct step none = { .op = OP_UNKNOWN };

	if (!number)
		return steps_read(image, address);
	if (!bytes || left < sizeof(load) ||
	    memcmp(bytes, load, sizeof(load)) != 0)
		return none;
	return steps_read(image, address + sizeof(load) + 4);
}

/* Is the address after SITE in rcx before the step at INDEX? */
static bool comes_back(const struct audit *audit, const struct site *site,
		       uint64_t index)
{
	struct fact in_rcx = { .what = FACT_ADDRESS, .reg = NUMBER_RCX };
	const struct step *step;
	unsigned int i;

	for (i = 0; i < MAX_STEPS && in_rcx.what == FACT_ADDRESS; i++) {
		step = step_before(&audit->code, &index);
		if (!step)
			return false;
		in_rcx = steps_before(audit->code.image, step, in_rcx);
	}
	return in_rcx.what == FACT_POINTER &&
	       in_rcx.number == site->address + site->size;
}

/* Is the jump before SITE one to a stub? Goes to *INDEX. */
static bool by_stub(const struct audit *audit, const struct site *site,
		    uint64_t *index)
{
	const struct step *step;

	*index = steps_find(&audit->code, site->address);
	step = step_before(&audit->code, index);
	return step && step->op == OP_BRANCH_NOT_EQUAL &&
	       comes_back(audit, site, *index);
}

bool sequence_check(const struct audit *audit, const struct site *site)
{
	const struct code *code = &audit->code;
	const struct step *step;
	struct step jump;
	uint64_t index;

	if (by_stub(audit, site, &index)) {
		jump = jump_of_stub(code->image,
				    code->steps.items[index].target, false);
		return jumps_to(audit, &jump, &audit->thunk);
	}
	index = steps_find(code, site->address);
	step = step_before(code, &index);
	if (!step || !jumps_to(audit, step, &audit->thunk) ||
	    !comes_back(audit, site, index) || !step_before(code, &index))
		return false;
	step = step_before(code, &index);
	return step && step->op == OP_BRANCH_RCX_ZERO &&
	       step->target == site->address;
}

bool sequence_is_spliced(const struct audit *audit, const struct site *site)
{
	uint64_t index;

	return by_stub(audit, site, &index);
}

bool sequence_check_stub(const struct audit *audit, const struct site *site)
{
	struct step jump;
	uint64_t index;

	if (!by_stub(audit, site, &index))
		return false;
	jump = jump_of_stub(audit->code.image,
			    audit->code.steps.items[index].target, true);
	return jumps_to(audit, &jump, &audit->entry);
}

uint64_t sequence_goes_to(const struct audit *audit, const struct site *site,
			  bool thunk)
{
	const struct code *code = &audit->code;
	uint64_t index;
	const struct step *step;
	struct step jump;
	struct place place;

	if (by_stub(audit, site, &index)) {
		jump = jump_of_stub(code->image,
				    code->steps.items[index].target, !thunk);
		return jump_place(code, &jump, &place) ? place.address : 0;
	}
	index = steps_find(code, site->address);
	step = step_before(code, &index);
	return thunk && step && jump_place(code, step, &place) ? place.address :
								 0;
}
