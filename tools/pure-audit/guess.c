/*
 * The pointer of a file in which it has no name: one that was stripped, and
 * has a pointer of its own. It is an address that the code before the first
 * recorded site names, by which that one is guarded; and it is good for
 * something only if all recorded sites are guarded by it. In the same way, what
 * the first site goes to when the pointer is set.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "verdict.h"

/* How many steps before a site are looked at. */
#define MAX_STEPS 64

/*
 * Is the site at INDEX guarded by what is at ADDRESS, if that may be the
 * pointer?
 */
static bool try_address(struct audit *audit, uint64_t index, uint64_t address)
{
	const struct image *image = audit->code.image;
	const struct area *area = area_at(image, address);

	if (!address || symbols_at(image, address) ||
	    (area && area->executable))
		return false;
	audit->pointer.unnamed = address;
	return flow_guards(&audit->flow, index);
}

/* Try what the code before the site at ADDRESS names, the nearest first. */
static void try_site(struct audit *audit, uint64_t address)
{
	uint64_t site = steps_find(&audit->code, address), i;
	const struct step *step;
	struct place place;

	for (i = site; site != NO_STEP && i-- > 0 && site - i <= MAX_STEPS;) {
		step = &audit->code.steps.items[i];
		if (step->op != OP_ADDRESS && step->op != OP_WORD)
			continue;
		if (try_address(audit, site, step->target) ||
		    (slots_find(audit->code.image, step->target, &place) &&
		     !place.name && try_address(audit, site, place.address)))
			return;
	}
	audit->pointer.unnamed = 0;
}

/* Does RECORD say that there is a test of the pointer? */
static bool is_tested(const struct record *record)
{
	return record->kind == RECORD_GUARDED || record->kind == RECORD_THUNK;
}

/* Take where the site of RECORD goes for what has no name, if it has none. */
static void guess_function(struct audit *audit, const struct record *record)
{
	const struct image *image = audit->code.image;
	bool thunk = record->kind == RECORD_THUNK;
	struct known *function = thunk ? &audit->thunk : &audit->entry;
	const struct site *site =
		list_find(&audit->code.sites, record->address);
	uint64_t address;

	if (!site || function->unnamed || symbols_have(image, function->name))
		return;
	address = sequence_goes_to(audit, site, thunk);
	if (!symbols_at(image, address))
		function->unnamed = address;
}

void guess_names(struct audit *audit)
{
	const struct image *image = audit->code.image;
	bool pointer = !symbols_have(image, audit->pointer.name);
	const struct record *record;
	size_t i;

	for (i = 0; !image->has_symtab && i < image->records.count; i++) {
		record = &image->records.items[i];
		if (!is_tested(record))
			continue;
		guess_function(audit, record);
		if (pointer && !audit->pointer.unnamed)
			try_site(audit, record->address);
	}
}
