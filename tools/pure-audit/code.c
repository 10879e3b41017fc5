/*
 * The sites, and the instructions around them.
 *
 * Code is disassembled from each address where an instruction is known to
 * start: symbols, unwind tables, records, and in files with records, where
 * jumps lead. An instruction that reaches over such an address counts, and
 * so does the one that starts there.
 *
 * What symbols say is data is left out. What nothing speaks of is taken for
 * code: padding, mostly.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>

#include "code.h"

/* How often what was found may lead to more that is to be disassembled. */
#define MAX_ROUNDS 6

/*
 * Where nothing says what is there, how far before and after the bytes of a
 * site is far; and if they are recorded to be one.
 */
#define FAR 512
#define FAR_FROM_RECORD 0x4000

/* After that many bytes disassembly is right again, whatever it started in. */
#define UNSURE 256

/* The second byte of a site's opcode, by which the first one is known. */
static bool is_opcode(const uint8_t *p)
{
	switch (p[1]) {
	case 0x05:
	case 0x34:
		return p[0] == 0x0f;
	case 0x80:
		return p[0] == 0xcd;
	default:
		return false;
	}
}

static void find_candidates(struct code *code)
{
	const struct area *area;
	uint64_t at;
	size_t i;

	for (i = 0; i < code->image->areas.count; i++) {
		area = &code->image->areas.items[i];
		for (at = 0; area->executable && at + 1 < area->size; at++) {
			if (is_opcode(area->bytes + at))
				list_push(&code->candidates, area->start + at);
			if (at % AREA_PART == AREA_PART - 1)
				area_forget(area, at + 1 - AREA_PART,
					    AREA_PART);
		}
	}
}

/* Keep each range of RANGES once, in order. */
static void sort_ranges(struct ranges *ranges)
{
	size_t count = 0, i;

	list_sort(ranges);
	for (i = 0; i < ranges->count; i++)
		if (count == 0 ||
		    ranges->items[count - 1].start != ranges->items[i].start)
			ranges->items[count++] = ranges->items[i];
	ranges->count = count;
}

/* Take in FUNCTION, in all of its parts. */
static void add_function(struct code *code, const struct range *function)
{
	uint64_t address;

	for (address = function->start; address < function->end;) {
		list_push(&code->ranges, ranges_at(code, address));
		address = code->ranges.items[code->ranges.count - 1].end;
	}
}

/* What is to be disassembled: where candidates are, and FUNCTIONS. */
static void find_ranges(struct code *code, const struct ranges *functions)
{
	struct range function = { 0 }, *range;
	const struct range *known;
	uint64_t address;
	size_t i;

	code->ranges.count = 0;
	for (i = 0; i < code->candidates.count; i++) {
		address = code->candidates.items[i];
		if (!area_of_code(code->image, address) ||
		    (address >= function.start && address < function.end))
			continue;
		function = ranges_function(code, address);
		add_function(code, &function);
	}
	for (i = 0; i < functions->count; i++)
		add_function(code, &functions->items[i]);
	sort_ranges(&code->ranges);
	for (i = 0; i < code->ranges.count; i++) {
		range = &code->ranges.items[i];
		known = list_last(functions, range->start);
		range->whole = known && range->start < known->end;
	}
}

/* Take one step at ADDRESS in RANGE; return how far it goes. */
static unsigned int take_step(struct code *code, struct range *range,
			      uint64_t address)
{
	struct step step = steps_read(code->image, address);

	if (step.instruction != NO_SITE)
		list_push(&code->sites,
			  (struct site){ .address = address,
					 .size = step.size,
					 .instruction = step.instruction });
	if (step.op == OP_UNKNOWN) {
		list_push(&code->lost, address);
		if (range->lost == 0)
			range->lost = address;
	}
	if (range->whole)
		list_push(&code->steps, step);
	return step.size;
}

/* How far from CANDIDATE, in RANGE, code may matter. */
static uint64_t reach(const struct code *code, const struct range *range,
		      uint64_t candidate)
{
	if (range->content != CONTENT_UNNAMED)
		return range->whole ? UINT64_MAX : 0;
	if (!list_find(&code->image->records, candidate))
		return range->whole ? FAR : 0;
	return FAR_FROM_RECORD;
}

/*
 * Disassemble RANGE, and add to STARTS where an instruction reaches over its
 * end, and nothing is known to start where that one ends.
 */
static void sweep(struct code *code, struct range *range,
		  struct addresses *starts)
{
	uint64_t at = range->start, seen = at, wanted, far;
	size_t next = list_below(&code->candidates, at);

	while (at < range->end) {
		while (next < code->candidates.count &&
		       code->candidates.items[next] < at)
			seen = code->candidates.items[next++];
		wanted = next < code->candidates.count ?
				 code->candidates.items[next] :
				 UINT64_MAX;
		if (at - seen >= reach(code, range, seen)) {
			/* A recorded site ends the range that it is reached by.
			 */
			if (wanted > range->end)
				return;
			far = FAR + reach(code, range, wanted);
			if (range->content == CONTENT_UNNAMED &&
			    wanted - at > 4 * far)
				at = ranges_approach(code, at, wanted, far);
		}
		at += take_step(code, range, at);
	}
	/* What reaches into a sequence is data before it. */
	if (at > range->end && area_of_code(code->image, at) &&
	    !ranges_starts_sequence(code->image, range->end) &&
	    !list_find(&code->bounds, at))
		list_push(starts, at);
}

/*
 * Add jumps that lead into an instruction to STARTS: around its lock prefix,
 * for instance. What is there is an instruction too.
 */
static void find_inner_targets(const struct code *code,
			       struct addresses *starts)
{
	const struct step *step, *around;
	size_t i;

	for (i = 0; i < code->steps.count; i++) {
		step = &code->steps.items[i];
		if (!steps_is_jump(step))
			continue;
		around = list_last(&code->steps, step->target);
		if (around && around->address != step->target &&
		    step->target - around->address < around->size &&
		    ranges_at(code, step->address).content == CONTENT_FUNCTION)
			list_push(starts, step->target);
	}
}

/*
 * Disassemble what has to be, until that leads to nothing more. The functions
 * that have a record, and what jumps into them, have to be known all.
 */
static void sweep_all(struct code *code)
{
	const struct records *records = &code->image->records;
	struct ranges functions = { NULL, 0 };
	struct addresses starts = { NULL, 0 };
	int rounds = MAX_ROUNDS;
	size_t known, i;

	for (i = 0; i < records->count; i++)
		list_push(&functions,
			  ranges_function(code, records->items[i].address));
	sort_ranges(&functions);
	do {
		known = functions.count;
		find_ranges(code, &functions);
		code->sites.count = code->steps.count = code->lost.count = 0;
		starts.count = 0;
		for (i = 0; i < code->ranges.count; i++)
			if (code->ranges.items[i].content != CONTENT_DATA)
				sweep(code, &code->ranges.items[i], &starts);
		find_inner_targets(code, &starts);
		rounds--;
		references_find(code, &functions, !rounds, &starts);
		sort_ranges(&functions);
		for (i = 0; i < starts.count; i++)
			list_push(&code->bounds, starts.items[i]);
		list_sort(&code->bounds);
	} while (rounds && (starts.count || functions.count != known));
	free(functions.items);
	free(starts.items);
}

/* Are the bytes at ADDRESS the opcode of a site? Prefixes are before it. */
static bool is_in_site(const struct code *code, uint64_t address)
{
	const struct site *site = list_last(&code->sites, address);

	return site && site->address + site->size - 2 == address;
}

/*
 * May what is at ADDRESS be a site? What follows the unknown may be
 * disassembled wrongly: in a function all of it, since compilers know each
 * instruction. What nothing names has data in it, and then code again.
 */
static bool is_doubtful(const struct code *code, uint64_t address)
{
	const struct range *range = list_last(&code->ranges, address);
	const uint64_t *lost = list_last(&code->lost, address);

	if (range->content == CONTENT_FUNCTION)
		return range->lost && address >= range->lost;
	return lost && *lost >= range->start && address - *lost < UNSURE;
}

/* Count the bytes of a syscall instruction that are none. */
static void find_lookalikes(struct code *code)
{
	struct addresses doubts = { NULL, 0 };
	const struct area *area;
	uint64_t address;
	size_t i;

	list_sort(&code->lost);
	for (i = 0; i < code->candidates.count; i++) {
		address = code->candidates.items[i];
		area = area_at(code->image, address);
		if (area->bytes[address - area->start + 1] != 0x05 ||
		    is_in_site(code, address))
			continue;
		if (!area->code ||
		    ranges_at(code, address).content == CONTENT_DATA)
			code->lookalikes_data++;
		else if (is_doubtful(code, address))
			list_push(&doubts, address);
		else
			code->lookalikes_code++;
	}
	for (i = 0; i < doubts.count; i++)
		list_push(&code->sites,
			  (struct site){ .address = doubts.items[i],
					 .size = 2,
					 .instruction = SITE_SYSCALL,
					 .doubtful = true });
	list_sort(&code->sites);
	free(doubts.items);
}

void code_read(struct code *code, const struct image *image)
{
	code->image = image;
	ranges_bound(code);
	find_candidates(code);
	sweep_all(code);
	find_lookalikes(code);
}

void code_free(struct code *code)
{
	free(code->bounds.items);
	free(code->candidates.items);
	free(code->ranges.items);
	free(code->steps.items);
	free(code->sites.items);
	free(code->lost.items);
}
