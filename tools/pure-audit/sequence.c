/*
 * The thunk's sequence around a residual site:
 *
 *	movq	__pure_syscall@GOTPCREL(%rip), %rcx
 *	movq	(%rcx), %rcx
 *	jrcxz	1f
 *	leaq	2f(%rip), %rcx
 *	jmp	*__pure_thunk@GOTPCREL(%rip)
 *  1:	syscall
 *  2:
 *
 * That every path to the site comes from the jrcxz, the pointer being NULL,
 * is flow.c's matter. Here it is checked that the others go to the thunk. The
 * linker may have turned the jump into a direct one, and a nop.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "steps.h"

/* The step before INDEX, if there is nothing in between, or NO_STEP. */
static uint64_t step_before(const struct image *image, uint64_t index)
{
	if (index == NO_STEP || index == 0 ||
	    steps_next(image, index - 1) != index)
		return NO_STEP;
	return index - 1;
}

static bool is_thunk(const struct image *image, const struct place *place)
{
	if (place_is_named(image, place, THUNK_NAME))
		return true;
	return image->unnamed_thunk && place->address == image->unnamed_thunk;
}

/* Does the step INDEX jump to the thunk, by a stub in the PLT perhaps? */
static bool jumps_to_thunk(const struct image *image, uint64_t index)
{
	const cs_insn *insn = code_at(image, image->steps.items[index].address);
	struct place place;

	if (!insn || !stub_jump(image, insn, &place))
		return false;
	if (is_thunk(image, &place))
		return true;
	return place.address && stub_place(image, place.address, &place) &&
	       is_thunk(image, &place);
}

/* Does the step INDEX put ADDRESS into rcx? */
static bool loads_address(const struct image *image, uint64_t index,
			  uint64_t address)
{
	const struct step *step = &image->steps.items[index];

	return step->op == OP_ADDRESS && step->kills == RCX &&
	       step->target == address;
}

/* The step that jumps to the thunk, or NO_STEP; SITE is the site's. */
static uint64_t find_jump(const struct image *image, uint64_t site)
{
	uint64_t jump = step_before(image, site);

	if (jump != NO_STEP && image->steps.items[jump].op == OP_NOP)
		jump = step_before(image, jump);
	return jump;
}

/*
 * Where the sequence of the site at ADDRESS goes, by the jump itself, if that
 * is to an address in the file, or 0.
 */
uint64_t sequence_thunk(const struct image *image, uint64_t address)
{
	uint64_t jump = find_jump(image, steps_find(image, address));
	const cs_insn *insn;
	struct place place;

	if (jump == NO_STEP)
		return 0;
	insn = code_at(image, image->steps.items[jump].address);
	return insn && stub_jump(image, insn, &place) ? place.address : 0;
}

/*
 * Does SITE belong to a thunk's sequence? Returns NULL, or what is wrong.
 */
const char *sequence_check(const struct image *image, const struct site *site)
{
	uint64_t index = steps_find(image, site->address);
	uint64_t jump = find_jump(image, index);
	uint64_t load = step_before(image, jump);
	uint64_t branch = step_before(image, load);

	if (branch == NO_STEP ||
	    image->steps.items[branch].op != OP_BRANCH_RCX_ZERO ||
	    image->steps.items[branch].target != index)
		return "recorded as going to the thunk, but there is no jrcxz "
		       "before it";
	if (!jumps_to_thunk(image, jump))
		return "recorded as going to the thunk, but there is no jump "
		       "to it";
	if (!loads_address(image, load, site->address + site->size))
		return "recorded as going to the thunk, but that would not "
		       "come back";
	return NULL;
}
