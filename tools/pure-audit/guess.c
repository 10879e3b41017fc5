/*
 * The pointer of a file in which it has no name: one that was stripped, and
 * has a pointer of its own. It is an address that the code before the first
 * recorded site names, by which that one is guarded; and it is good for
 * something only if all recorded sites are guarded by it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "verdict.h"

/* How many steps before a site are looked at, and how often flow.c is run. */
#define MAX_STEPS 64
#define MAX_TRIES 64

/* What STEP has to do with, if that may be a pointer: its address, or 0. */
static uint64_t named_address(const struct image *image,
			      const struct step *step)
{
	struct place place = { 0, NULL };
	const struct area *area;

	if (step->op == OP_TEST || step->op == OP_ADDRESS)
		place.address = step->target;
	else if (step->op == OP_WORD)
		slots_find(image, step->target, &place);
	/* The value itself is loaded into rcx alone. */
	if (step->op == OP_WORD && step->to == NUMBER_RCX && !place.address)
		place.address = step->target;
	area = area_at(image, place.address);
	return place.name || symbols_at(image, place.address) ||
			       (area && area->executable) ?
		       0 :
		       place.address;
}

/* Try what the code before the site at ADDRESS names, the nearest first. */
static bool try_site(struct audit *audit, uint64_t address, unsigned int *tries)
{
	struct pointer *pointer = &audit->pointer;
	uint64_t site = steps_find(&audit->code, address), i;

	for (i = site; i-- > 0 && site - i <= MAX_STEPS && *tries;) {
		pointer->unnamed = named_address(audit->code.image,
						 &audit->code.steps.items[i]);
		if (!pointer->unnamed)
			continue;
		--*tries;
		flow_name(&audit->flow, pointer);
		flow_run(&audit->flow);
		if (audit->code.steps.items[site].flags & STEP_GUARDED)
			return true;
	}
	pointer->unnamed = 0;
	return false;
}

void guess_pointer(struct audit *audit)
{
	const struct image *image = audit->code.image;
	bool pointer = !symbols_have(image, audit->pointer.name);
	bool thunk = !symbols_have(image, THUNK_NAME);
	unsigned int tries = MAX_TRIES;
	const struct record *record;
	uint64_t address;
	size_t i;

	for (i = 0; !image->has_symtab && i < image->records.count; i++) {
		record = &image->records.items[i];
		if (record->kind == RECORD_THUNK && thunk &&
		    !audit->unnamed_thunk) {
			address = sequence_goes_to(audit, record->address);
			if (!symbols_at(image, address))
				audit->unnamed_thunk = address;
		}
		if ((record->kind == RECORD_GUARDED ||
		     record->kind == RECORD_THUNK) &&
		    pointer && !audit->pointer.unnamed &&
		    steps_find(&audit->code, record->address) != NO_STEP)
			try_site(audit, record->address, &tries);
	}
}
