/*
 * What in the code that was not disassembled refers to that which was: jumps,
 * calls, and instructions that have its address. Few bytes look like one of
 * these and lead there; of those it is looked whether an instruction is there.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "code.h"

/* Addresses of interest are noted by blocks of that many bytes. */
#define BLOCK_BITS 6

/* What is longer is not taken in for a jump. */
#define MAX_RANGE 0x100000u

/* The longest of what is looked for, without its prefixes. */
#define MAX_FORM 9

struct search {
	struct code *code;
	struct ranges *functions;
	bool last;
	struct addresses *starts;
	/* The blocks from LOW on in which something is that was disassembled.
	 */
	uint64_t low;
	uint64_t count;
	uint8_t *blocks;
};

/* Note the steps of the functions. */
static void note_blocks(struct search *search)
{
	const struct steps *steps = &search->code->steps;
	const struct range *function = search->functions->items;
	const struct range *end = function + search->functions->count;
	uint64_t block, address;
	size_t i;

	search->low = steps->items[0].address >> BLOCK_BITS;
	search->count = (steps->items[steps->count - 1].address >> BLOCK_BITS) +
			2 - search->low;
	search->blocks = allocate(search->count / 8 + 1);
	for (i = 0; i < steps->count; i++) {
		address = steps->items[i].address;
		while (function < end && function->end <= address)
			function++;
		if (function == end || address < function->start)
			continue;
		/* An instruction may reach into the next block. */
		block = (address >> BLOCK_BITS) - search->low;
		search->blocks[block / 8] |= 1u << block % 8;
		block++;
		search->blocks[block / 8] |= 1u << block % 8;
	}
}

static bool may_be_of_interest(const struct search *search, uint64_t address)
{
	uint64_t block = (address >> BLOCK_BITS) - search->low;

	return block < search->count &&
	       (search->blocks[block / 8] & 1u << block % 8);
}

/* Has what starts at ADDRESS a name, so that anybody may come there? */
static bool is_known_entry(const struct image *image, uint64_t address)
{
	const struct symbol *symbol = symbols_at(image, address);

	for (; symbol; symbol = symbols_next(image, symbol))
		if (symbol_is_entry(symbol))
			return true;
	return false;
}

/* The step that ADDRESS is in, or NULL. */
static struct step *step_around(const struct code *code, uint64_t address)
{
	struct step *step = list_last(&code->steps, address);

	return step && address - step->address < step->size ? step : NULL;
}

/* The instruction FROM, in RANGE, leads to TARGET, which is in step TO. */
static void take_in(struct search *search, const struct step *from,
		    const struct range *range, uint64_t target, struct step *to)
{
	bool jump = steps_is_jump(from);

	if (to->address != target) {
		if (jump && range->content == CONTENT_FUNCTION)
			list_push(search->starts, target);
	} else if (jump && !search->last &&
		   range->end - range->start <= MAX_RANGE) {
		list_push(search->functions, *range);
	} else if (jump || from->op == OP_CALL || from->op == OP_ADDRESS) {
		to->flags |= STEP_ENTRY;
	}
}

/* The bytes at ADDRESS look as if they led to TARGET. */
static void see_reference(struct search *search, uint64_t address,
			  uint64_t target)
{
	struct step *to = step_around(search->code, target), from;
	struct range range;

	if (!to || step_around(search->code, address) ||
	    (to->address == target &&
	     ((to->flags & STEP_ENTRY) ||
	      is_known_entry(search->code->image, target))))
		return;
	range = ranges_function(search->code, address);
	if (range.content == CONTENT_DATA)
		return;
	from = ranges_step(search->code, address);
	if (from.target == target && from.address <= address)
		take_in(search, &from, &range, target, to);
}

static int64_t number(const uint8_t *p)
{
	return (int32_t)read_u32(p);
}

/*
 * Where the instruction at P, which has the address AT, leads to if it is one
 * of these: 0 if it is none.
 */
static uint64_t target_of(const uint8_t *p, uint64_t at)
{
	switch (p[0]) {
	case 0x70 ... 0x7f: /* jcc */
	case 0xe0 ... 0xe3: /* loop, jrcxz */
	case 0xeb:	    /* jmp */
		return at + 2 + (int8_t)p[1];
	case 0xe8: /* call */
	case 0xe9: /* jmp */
		return at + 5 + number(p + 1);
	case 0x0f: /* jcc */
		return (p[1] & 0xf0) == 0x80 ? at + 6 + number(p + 2) : 0;
	case 0x8d: /* lea */
		if ((p[1] & 0xc7) == 0x05)
			return at + 6 + number(p + 2);
		return (p[1] & 0xc7) == 0x04 && p[2] == 0x25 ? number(p + 3) :
							       0;
	case 0xb8 ... 0xbf: /* mov, of 64 bits if addresses are that large */
		return at >> 32 ? read_u64(p + 1) : read_u32(p + 1);
	case 0xc7: /* mov, xbegin */
		if (p[1] == 0xf8)
			return at + 6 + number(p + 2);
		return (p[1] & 0xf8) == 0xc0 ? number(p + 2) : 0;
	default:
		return 0;
	}
}

/* The bytes by which target_of() knows all instructions but none of others. */
static const bool leads[256] = {
	[0x0f] = true,		[0x70 ... 0x7f] = true, [0x8d] = true,
	[0xb8 ... 0xbf] = true, [0xc7] = true,		[0xe0 ... 0xe3] = true,
	[0xe8 ... 0xe9] = true, [0xeb] = true,
};

/* Search what is at BYTES and has ADDRESS: COUNT bytes, and some more. */
static void search_bytes(struct search *search, const uint8_t *bytes,
			 uint64_t address, uint64_t count)
{
	uint64_t i, target;

	for (i = 0; i < count; i++) {
		if (!leads[bytes[i]])
			continue;
		target = target_of(bytes + i, address + i);
		if (target && may_be_of_interest(search, target))
			see_reference(search, address + i, target);
	}
}

static void search_area(struct search *search, const struct area *area)
{
	const uint8_t *bytes = area_bytes(area);
	uint64_t end = area->size < MAX_FORM ? 0 : area->size - MAX_FORM;
	uint8_t last[2 * MAX_FORM] = { 0 };
	uint64_t at, part;

	for (at = 0; at < end; at += part) {
		part = end - at < AREA_PART ? end - at : AREA_PART;
		search_bytes(search, bytes + at, area->start + at, part);
		area_forget(area, at, part);
	}
	memcpy(last, bytes + end, area->size - end);
	search_bytes(search, last, area->start + end, area->size - end);
}

void references_find(struct code *code, struct ranges *functions, bool last,
		     struct addresses *starts)
{
	struct search search = { .code = code,
				 .functions = functions,
				 .last = last,
				 .starts = starts };
	const struct area *area;
	size_t i;

	if (!code->steps.count || !functions->count)
		return;
	note_blocks(&search);
	for (i = 0; i < code->image->areas.count; i++) {
		area = &code->image->areas.items[i];
		if (area->code)
			search_area(&search, area);
	}
	free(search.blocks);
}
