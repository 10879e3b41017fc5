/*
 * Where something starts or ends, by symbols, unwind tables and records, and
 * what is in between; and where instructions start there.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "code.h"

/* That many bytes before an instruction disassembly is all but sure right. */
#define NEAR 256

static void add_bound(struct code *code, uint64_t address)
{
	if (area_of_code(code->image, address))
		list_push(&code->bounds, address);
}

static void add_symbols(struct code *code)
{
	const struct symbol *symbol;
	size_t i;

	for (i = 0; i < code->image->symbols.count; i++) {
		symbol = &code->image->symbols.items[i];
		if (!area_of_code(code->image, symbol->address))
			continue;
		list_push(&code->bounds, symbol->address);
		if (symbol->type != STT_NOTYPE && symbol->size)
			add_bound(code, symbol->address + symbol->size);
	}
}

/* Are the SIZE bytes that are DISTANCE before ADDRESS these? */
static bool are_before(const struct image *image, uint64_t address,
		       unsigned int distance, const char *bytes, size_t size)
{
	size_t left;
	const uint8_t *there = image_bytes(image, address - distance, &left);

	return there && left >= distance && memcmp(there, bytes, size) == 0;
}

/*
 * How long the thunk's sequence (abi/x86_64/thunk.h) before the site at ADDRESS
 * is, or 0.
 */
static unsigned int sequence_length(const struct image *image, uint64_t address)
{
	/* cmpq $0, (%rcx), after the pointer's address; leaq; jne */
	if (are_before(image, address, 6, "\x0f\x85", 2) &&
	    are_before(image, address, 17, "\x48\x83\x39\0\x48\x8d\x0d", 7))
		return 24;
	/* jrcxz to the site */
	if (!are_before(image, address, 15, "\xe3\x0d", 2))
		return 0;
	/* movq (%rcx), %rcx, after the pointer's address; movq pointer, %rcx */
	if (are_before(image, address, 18, "\x48\x8b\x09", 3))
		return 25;
	return are_before(image, address, 22, "\x48\x8b\x0d", 3) ? 22 : 0;
}

/*
 * An instruction starts at a record's address, and at the start of the sequence
 * that it ends, even if there is data before it. But a record of no site says
 * nothing.
 */
static void add_record(struct code *code, uint64_t address)
{
	if (!are_before(code->image, address, 0, "\x0f\x05", 2))
		return;
	add_bound(code, address);
	add_bound(code, address - sequence_length(code->image, address));
}

bool ranges_starts_sequence(const struct image *image, uint64_t address)
{
	static const unsigned int lengths[] = { 22, 24, 25 };
	size_t i;

	for (i = 0; i < sizeof(lengths) / sizeof(*lengths); i++)
		if (list_find(&image->records, address + lengths[i]) &&
		    sequence_length(image, address + lengths[i]) == lengths[i])
			return true;
	return false;
}

/* Is the bound at ADDRESS a record's, so that the function goes on there? */
static bool is_inner(const struct image *image, uint64_t address)
{
	return list_find(&image->records, address) ||
	       ranges_starts_sequence(image, address);
}

void ranges_bound(struct code *code)
{
	const struct image *image = code->image;
	const struct frame *frame;
	const struct area *area;
	size_t i;

	for (i = 0; i < image->areas.count; i++) {
		area = &image->areas.items[i];
		if (area->code)
			list_push(&code->bounds, area->start);
	}
	add_symbols(code);
	for (i = 0; i < image->frames.count; i++) {
		frame = &image->frames.items[i];
		add_bound(code, frame->start);
		add_bound(code, frame->end);
	}
	for (i = 0; i < image->records.count; i++)
		add_record(code, image->records.items[i].address);
	list_sort(&code->bounds);
}

struct range ranges_at(const struct code *code, uint64_t address)
{
	const struct area *area = area_at(code->image, address);
	size_t next = list_not_above(&code->bounds, address);
	struct range range = { .start = code->bounds.items[next - 1],
			       .end = area->start + area->size };

	if (next < code->bounds.count && code->bounds.items[next] < range.end)
		range.end = code->bounds.items[next];
	range.content = frames_find(code->image, address) ?
				CONTENT_FUNCTION :
				symbols_say(code->image, address);
	return range;
}

/* Where it is said that a function is, ADDRESS in it: *START to *END. */
static bool said_function(const struct image *image, uint64_t address,
			  uint64_t *start, uint64_t *end)
{
	const struct frame *frame = frames_find(image, address);
	const struct symbol *symbol = symbols_function(image, address);

	if (frame) {
		*start = frame->start;
		*end = frame->end;
	} else if (symbol && symbol->size) {
		*start = symbol->address;
		*end = symbol->address + symbol->size;
	}
	return frame || (symbol && symbol->size);
}

struct range ranges_function(const struct code *code, uint64_t address)
{
	const struct area *area = area_at(code->image, address);
	struct range result = ranges_at(code, address);
	uint64_t start, end;

	if (said_function(code->image, address, &start, &end)) {
		result.start = start < area->start ? area->start : start;
		if (end - area->start > area->size)
			end = area->start + area->size;
		result.end = end;
		return result;
	}
	/* A record is no end of a function. */
	while (is_inner(code->image, result.start) &&
	       result.start > area->start)
		result.start = ranges_at(code, result.start - 1).start;
	while (is_inner(code->image, result.end) &&
	       result.end < area->start + area->size)
		result.end = ranges_at(code, result.end).end;
	return result;
}

/*
 * No instruction is longer than MAX_LENGTH, so whatever was disassembled
 * before, it came by one of that many addresses from AT on. From all of them it
 * is gone on, always with the one that has come least far, until all have come
 * to the same, which most have after a few instructions; but not after LIMIT.
 */
static uint64_t meet(const struct image *image, uint64_t at, uint64_t limit)
{
	/* Bit N: one has come to AT + N. */
	uint32_t others = (1u << MAX_LENGTH) - 1;
	unsigned int skip;

	while (others != 1 && at < limit) {
		others |= 1u << steps_read(image, at).size;
		others &= ~1u;
		skip = __builtin_ctz(others);
		others >>= skip;
		at += skip;
	}
	return others == 1 ? at : 0;
}

uint64_t ranges_approach(const struct code *code, uint64_t start,
			 uint64_t address, uint64_t distance)
{
	uint64_t met;

	/* Not where there is padding, or data: then from farther away. */
	for (; 2 * distance < address - start; distance *= 2) {
		met = meet(code->image, address - 2 * distance,
			   address - distance);
		if (met)
			return met;
	}
	return start;
}

struct step ranges_step(const struct code *code, uint64_t address)
{
	uint64_t at = ranges_approach(code, ranges_at(code, address).start,
				      address, NEAR);
	struct step step;

	do {
		step = steps_read(code->image, at);
		at += step.size;
	} while (at <= address);
	return step;
}
