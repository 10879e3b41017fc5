/*
 * The fixed sequences that sites are part of, instruction by instruction.
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
 * If it is all there, and is entered at its start only, then the site is
 * guarded. Else that is flow.c's matter.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "verdict.h"

/* One instruction: what it does, and what with. */
struct row {
	uint8_t op;
	uint16_t kills;
	enum { TO_ANYWHERE, TO_SITE, TO_AFTER } target;
	const char *missing;
};

#define MAX_ROWS 3
#define ANY_OP UINT8_MAX

static const struct sequence {
	uint32_t kind;
	/* Where the last jump goes. */
	const char *name;
	/* Those before it, from the last one on. */
	struct row rows[MAX_ROWS];
	/* And before those what tests the pointer, or by its address. */
	uint8_t direct;
	uint8_t by_address;
	/* Without the sequence, a site is none of that kind. */
	bool needed;
} sequences[] = {
	{ RECORD_THUNK,
	  THUNK_NAME,
	  { { OP_ADDRESS, RCX, TO_AFTER,
	      "recorded as going to the thunk, but that would not come back" },
	    { OP_BRANCH_RCX_ZERO, 0, TO_SITE,
	      "recorded as going to the thunk, but there is no jrcxz before "
	      "it" } },
	  OP_WORD,
	  OP_FETCH,
	  true },
	{ RECORD_GUARDED,
	  SITE_NAME,
	  { { OP_ADDRESS, RCX, TO_AFTER, NULL },
	    { ANY_OP, R11, TO_ANYWHERE, NULL },
	    { OP_BRANCH_EQUAL, 0, TO_SITE, NULL } },
	  OP_TEST,
	  OP_TEST_AT,
	  false },
};

static const char no_jump[] =
	"recorded as going to the thunk, but there is no jump to it";

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

static bool is_at(const struct audit *audit, const struct place *place,
		  const struct sequence *sequence)
{
	return place_is_named(audit->code.image, place, sequence->name) ||
	       (sequence->kind == RECORD_THUNK && audit->unnamed_thunk &&
		place->address == audit->unnamed_thunk);
}

/* Does STEP jump where SEQUENCE does, by a stub in the PLT perhaps? */
static bool jumps_right(const struct audit *audit, const struct step *step,
			const struct sequence *sequence)
{
	struct place place;

	if (!jump_place(&audit->code, step, &place))
		return false;
	return is_at(audit, &place, sequence) ||
	       (place.address &&
		graph_stub(&audit->code, place.address, &place) &&
		is_at(audit, &place, sequence));
}

/* Is STEP as ROW says, for a site at SITE? */
static bool is_row(const struct row *row, const struct step *step,
		   const struct site *site)
{
	uint64_t target = row->target == TO_SITE ? site->address :
						   site->address + site->size;

	return (row->op == ANY_OP || step->op == row->op) &&
	       step->kills == row->kills &&
	       (row->target == TO_ANYWHERE || step->target == target);
}

/* The first of the steps that end before INDEX, and test the pointer. */
static uint64_t find_test(const struct code *code, uint64_t index,
			  const struct sequence *sequence)
{
	const struct step *items = code->steps.items, *load;
	uint64_t test = step_before(code, index);

	if (test == NO_STEP || (items[test].kills & ~RCX))
		return NO_STEP;
	if (items[test].op == sequence->direct)
		return items[test].flags & STEP_POINTER ? test : NO_STEP;
	index = step_before(code, test);
	if (items[test].op != sequence->by_address || index == NO_STEP ||
	    items[test].from != NUMBER_RCX)
		return NO_STEP;
	load = &items[index];
	return load->to == NUMBER_RCX && ((load->op == OP_ADDRESS &&
					   (load->flags & STEP_POINTER)) ||
					  (load->op == OP_WORD &&
					   (load->flags & STEP_POINTER_SLOT))) ?
		       index :
		       NO_STEP;
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

static const struct sequence *find_sequence(uint32_t kind)
{
	size_t i;

	for (i = 0; sequences[i].kind != kind; i++)
		;
	return &sequences[i];
}

const char *sequence_check(const struct audit *audit, const struct site *site,
			   uint32_t kind, bool *proved)
{
	const struct sequence *sequence = find_sequence(kind);
	const struct code *code = &audit->code;
	uint64_t index = steps_find(code, site->address), at;
	const struct row *row;

	*proved = false;
	at = step_before(code, index);
	if (at == NO_STEP ||
	    !jumps_right(audit, &code->steps.items[at], sequence))
		return sequence->needed ? no_jump : NULL;
	for (row = sequence->rows; row < sequence->rows + MAX_ROWS && row->op;
	     row++) {
		at = step_before(code, at);
		if (at == NO_STEP || !is_row(row, &code->steps.items[at], site))
			return row->missing;
	}
	at = find_test(code, at, sequence);
	*proved = at != NO_STEP && is_closed(code, at, index);
	return NULL;
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
