/*
 * The fixed sequences that sites are part of.
 *
 * The thunk's:				The one in a statement of its own:
 *
 *	movq	__pure_syscall, %rcx	cmpq	$0, __pure_syscall
 *	jrcxz	1f			je	1f
 *					movl	$WHAT, %r11d
 *	leaq	2f(%rip), %rcx		leaq	2f(%rip), %rcx
 *	jmp	*__pure_thunk@GOT	jmp	*__pure_site@GOT
 *  1:	syscall			    1:	syscall
 *  2:				    2:
 *
 * The pointer may be reached by its address, which is put into rcx before. The
 * linker may have turned the last jump into a direct one and a nop, or made it
 * go by the PLT.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <abi/x86_64/thunk.h>
#include <string.h>

#include "verdict.h"

/* The instructions, a letter each. */
enum {
	ANOTHER = '?',
	JUMP_TO_RUNTIME = 'J',
	/* Of what follows the site, into rcx. */
	ADDRESS_AFTER = 'A',
	CHANGES_R11 = '1',
	/* To the site. */
	BRANCH_EQUAL = 'E',
	BRANCH_RCX_ZERO = 'R',
	/* The pointer itself; what rcx points to; its address into rcx. */
	TEST = 'T',
	TEST_AT_RCX = 't',
	VALUE_TO_RCX = 'V',
	VALUE_AT_RCX = 'v',
	POINTER_TO_RCX = 'P',
};

#define MAX_LETTERS 6

/* The thunk's sequence, as the compiler or the prelude has put it there. */
#define LETTER(role, ...) role,
static const char thunk_sequence[] = { PURE_THUNK_SEQUENCE(LETTER, ) '\0' };

/* What every site has that is recorded as going to the thunk. */
#define THUNK_END (thunk_sequence + 2)

/* Those before a site. */
static const struct {
	uint32_t kind;
	const char *letters;
} sequences[] = {
	{ RECORD_GUARDED, "TE1AJ" },
	{ RECORD_GUARDED, "PtE1AJ" },
	{ RECORD_THUNK, "VRAJ" },
	{ RECORD_THUNK, thunk_sequence },
};

/* The step before INDEX that does something, if control comes from there. */
static uint64_t step_before(const struct code *code, uint64_t index)
{
	do {
		if (index == NO_STEP || index == 0 ||
		    steps_next(code, index - 1) != index)
			return NO_STEP;
		index--;
	} while (code->steps.items[index].op == OP_NOP);
	return index;
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

/* Does STEP jump to what takes sites of KIND, by a stub in the PLT perhaps? */
static bool jumps_to_runtime(const struct audit *audit, const struct step *step,
			     uint32_t kind)
{
	const char *name = kind == RECORD_THUNK ? THUNK_NAME : SITE_NAME;
	struct place place;

	if (!jump_place(&audit->code, step, &place))
		return false;
	if (place.address)
		graph_stub(&audit->code, place.address, &place);
	return place_is_named(audit->code.image, &place, name) ||
	       (kind == RECORD_THUNK && audit->unnamed_thunk &&
		place.address == audit->unnamed_thunk);
}

static char letter(const struct audit *audit, const struct step *step,
		   const struct site *site, uint32_t kind)
{
	bool pointer = step->flags & STEP_POINTER;
	bool to_rcx = step->kills == RCX && step->to == NUMBER_RCX;

	if (jumps_to_runtime(audit, step, kind))
		return JUMP_TO_RUNTIME;
	if (step->op == OP_BRANCH_EQUAL && step->target == site->address)
		return BRANCH_EQUAL;
	if (step->op == OP_BRANCH_RCX_ZERO && step->target == site->address)
		return BRANCH_RCX_ZERO;
	if (step->op == OP_TEST && pointer)
		return TEST;
	if (step->op == OP_TEST_AT && step->from == NUMBER_RCX)
		return TEST_AT_RCX;
	if (step->op == OP_WORD && pointer && to_rcx)
		return VALUE_TO_RCX;
	if (step->op == OP_FETCH && step->from == NUMBER_RCX && to_rcx)
		return VALUE_AT_RCX;
	if (to_rcx && ((step->op == OP_ADDRESS && pointer) ||
		       (step->flags & STEP_POINTER_SLOT)))
		return POINTER_TO_RCX;
	if (to_rcx && step->op == OP_ADDRESS &&
	    step->target == site->address + site->size)
		return ADDRESS_AFTER;
	return step->kills == R11 ? CHANGES_R11 : ANOTHER;
}

/* Does control come to the steps after FIRST, up to SITE, from there only? */
static bool is_closed(const struct code *code, uint64_t first, uint64_t site)
{
	const struct step *items = code->steps.items;

	if ((items[site].flags & STEP_ENTRY) || items[site].from != 1)
		return false;
	while (++first < site)
		if (items[first].flags & (STEP_TARGET | STEP_ENTRY))
			return false;
	return true;
}

/* Do LETTERS, the last one first, begin with SEQUENCE? */
static bool is_sequence(const char *letters, const char *sequence)
{
	size_t left = strlen(sequence);

	while (left && *letters == sequence[left - 1])
		letters++, left--;
	return left == 0;
}

bool sequence_check(const struct audit *audit, const struct site *site,
		    uint32_t kind, bool *proved)
{
	const struct code *code = &audit->code;
	uint64_t index = steps_find(code, site->address), at = index;
	uint64_t steps[MAX_LETTERS];
	char letters[MAX_LETTERS + 1] = "";
	size_t i;

	for (i = 0; i < MAX_LETTERS; i++) {
		steps[i] = at = step_before(code, at);
		if (at == NO_STEP)
			break;
		letters[i] = letter(audit, &code->steps.items[at], site, kind);
	}
	*proved = false;
	for (i = 0; i < sizeof(sequences) / sizeof(*sequences); i++) {
		size_t length = strlen(sequences[i].letters);

		if (sequences[i].kind == kind &&
		    is_sequence(letters, sequences[i].letters) &&
		    is_closed(code, steps[length - 1], index))
			*proved = true;
	}
	return kind != RECORD_THUNK || is_sequence(letters, THUNK_END);
}

uint64_t sequence_goes_to(const struct audit *audit, uint64_t address)
{
	uint64_t index = steps_find(&audit->code, address);
	struct place place;

	index = step_before(&audit->code, index);
	if (index == NO_STEP ||
	    !jump_place(&audit->code, &audit->code.steps.items[index], &place))
		return 0;
	return place.address;
}
