/*
 * All instructions, and the sites among them.
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
#define _GNU_SOURCE
#include <capstone/capstone.h>
#include <stdlib.h>
#include <string.h>

#include "audit.h"

#define MAX_LENGTH 15

/* Instructions in instructions are looked for that often, in each other. */
#define MAX_ROUNDS 4

/* At an address: a range starts or ends, or something starts that has none. */
struct mark {
	uint64_t address;
	int functions;
	int objects;
	enum {
		STARTS_AREA = -1,
		STARTS_NOTHING,
		STARTS_FUNCTION,
		STARTS_OBJECT,
	} starts;
};

LIST(marks, struct mark);

static void add_mark(struct marks *marks, struct mark mark)
{
	list_push(marks, mark);
}

/* Add that there are SIZE bytes of a function, or object, at ADDRESS. */
static void add_range(struct marks *marks, const struct area *area,
		      uint64_t address, uint64_t size, bool object)
{
	uint64_t left = area->size - (address - area->start);

	if (size == 0) {
		add_mark(marks, (struct mark){ address, 0, 0,
					       object ? STARTS_OBJECT :
							STARTS_FUNCTION });
		return;
	}
	if (size > left)
		size = left;
	add_mark(marks, (struct mark){ address, !object, object, 0 });
	add_mark(marks, (struct mark){ address + size, -!object, -object, 0 });
}

static void mark_symbols(const struct image *image, struct marks *marks)
{
	const struct symbol *symbol;
	const struct area *area;
	size_t i;

	for (i = 0; i < image->symbols.count; i++) {
		symbol = &image->symbols.items[i];
		area = image_area(image, symbol->address);
		if (!area || !area->code)
			continue;
		if (symbol->type == STT_NOTYPE)
			add_mark(marks,
				 (struct mark){ symbol->address, 0, 0, 0 });
		else
			add_range(marks, area, symbol->address, symbol->size,
				  symbol->type == STT_OBJECT);
	}
}

static void mark_frames(const struct image *image, struct marks *marks)
{
	const struct frame *frame;
	const struct area *area;
	size_t i;

	for (i = 0; i < image->frames.count; i++) {
		frame = &image->frames.items[i];
		area = image_area(image, frame->start);
		if (!area || !area->code)
			continue;
		add_range(marks, area, frame->start, frame->end - frame->start,
			  false);
		/*
		 * A signal's frame has no call that an unwinder could find,
		 * so the table starts a byte before the function.
		 */
		if (frame->signal)
			add_mark(marks,
				 (struct mark){ frame->start + 1, 0, 0, 0 });
	}
}

/* Add ADDRESSES, COUNT of them, SIZE bytes apart. */
static void mark_addresses(struct marks *marks, const void *addresses,
			   size_t count, size_t size)
{
	size_t i;

	for (i = 0; i < count; i++)
		add_mark(marks,
			 (struct mark){
				 read_u64((const char *)addresses + i * size),
				 0, 0, 0 });
}

static void mark_areas(const struct image *image, struct marks *marks)
{
	const struct area *area;
	size_t i;

	for (i = 0; i < image->areas.count; i++) {
		area = &image->areas.items[i];
		if (!area->code)
			continue;
		add_mark(marks,
			 (struct mark){ area->start, 0, 0, STARTS_AREA });
		add_mark(marks,
			 (struct mark){ area->start + area->size, 0, 0, 0 });
	}
}

static int compare_marks(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;

	if (x->address != y->address)
		return x->address < y->address ? -1 : 1;
	return (int)x->starts - (int)y->starts;
}

/* Add what is between START and END, given the marks up to START. */
static void add_stretch(struct image *image, uint64_t start, uint64_t end,
			const struct mark *sum)
{
	struct stretch stretch = { start, end, STRETCH_UNNAMED, 0 };
	const struct area *area = image_area(image, start);

	if (!area || !area->code)
		return;
	if (sum->functions > 0)
		stretch.type = STRETCH_FUNCTION;
	else if (sum->objects > 0)
		stretch.type = STRETCH_DATA;
	else if (sum->starts == STARTS_FUNCTION)
		stretch.type = STRETCH_FUNCTION;
	else if (sum->starts == STARTS_OBJECT)
		stretch.type = STRETCH_DATA;
	list_push(&image->stretches, stretch);
}

/* Turn MARKS into stretches. */
static void split(struct image *image, struct marks *marks)
{
	struct mark sum = { 0, 0, 0, STARTS_NOTHING };
	const struct mark *mark;
	size_t i;

	if (marks->count == 0)
		return;
	qsort(marks->items, marks->count, sizeof(struct mark), compare_marks);
	for (i = 0; i < marks->count; i++) {
		mark = &marks->items[i];
		if (mark->address != sum.address)
			add_stretch(image, sum.address, mark->address, &sum);
		sum.address = mark->address;
		sum.functions += mark->functions;
		sum.objects += mark->objects;
		/* What has no end ends where something else starts. */
		if (mark->starts == STARTS_AREA || mark->functions ||
		    mark->objects)
			sum.starts = STARTS_NOTHING;
		else if (mark->starts)
			sum.starts = mark->starts;
	}
}

static void find_stretches(struct image *image, const struct addresses *starts)
{
	struct marks marks = { NULL, 0 };

	mark_areas(image, &marks);
	mark_symbols(image, &marks);
	mark_frames(image, &marks);
	mark_addresses(&marks, image->records.items, image->records.count,
		       sizeof(struct record));
	mark_addresses(&marks, starts->items, starts->count,
		       sizeof(*starts->items));
	split(image, &marks);
	free(marks.items);
}

static bool has_bytes(const uint8_t *bytes, size_t size, const char *pair)
{
	return memmem(bytes, size, pair, 2) != NULL;
}

/* Can there be a site in STRETCH of AREA? */
static bool is_of_interest(const struct area *area,
			   const struct stretch *stretch)
{
	uint64_t offset = stretch->start - area->start;
	uint64_t size = stretch->end - stretch->start + 1;
	const uint8_t *bytes = area->bytes + offset;

	if (size > area->size - offset)
		size = area->size - offset;
	return has_bytes(bytes, size, "\x0f\x05") ||
	       has_bytes(bytes, size, "\x0f\x34") ||
	       has_bytes(bytes, size, "\xcd\x80");
}

/* Note INSN, which is at BYTES, if it is a site. */
static void note_site(struct image *image, const cs_insn *insn,
		      const uint8_t *bytes)
{
	struct site site = { .address = insn->address, .size = insn->size };

	switch (insn->id) {
	case X86_INS_SYSCALL:
		site.instruction = SITE_SYSCALL;
		break;
	case X86_INS_SYSENTER:
		site.instruction = SITE_SYSENTER;
		break;
	case X86_INS_INT:
		if (bytes[insn->size - 1] != 0x80)
			return;
		site.instruction = SITE_INT80;
		break;
	default:
		return;
	}
	list_push(&image->sites, site);
}

/* An instruction that is only known by its SIZE may have changed anything. */
static void note_unknown(struct image *image, uint64_t address,
			 unsigned int size)
{
	list_push(&image->steps, (struct step){ .address = address,
						.target = NO_STEP,
						.kills = UINT16_MAX,
						.size = size });
}

/* Take one step at ADDRESS in AREA; return how far it goes. */
static unsigned int sweep_step(struct image *image, const struct area *area,
			       struct stretch *stretch, uint64_t address,
			       bool steps)
{
	uint64_t offset = address - area->start;
	uint64_t left = area->size - offset;
	const uint8_t *bytes = area_bytes(area) + offset;
	const cs_insn *insn;
	unsigned int size;

	if (left > MAX_LENGTH)
		left = MAX_LENGTH;
	insn = code_decode(bytes, left, address, steps);
	if (insn) {
		note_site(image, insn, bytes);
		if (steps)
			list_push(&image->steps, steps_read(image, insn));
		return insn->size;
	}
	size = length_of(bytes, left);
	if (size == 0) {
		image->undecoded++;
		if (stretch->lost == 0)
			stretch->lost = address;
		size = 1;
	}
	if (steps)
		note_unknown(image, address, size);
	return size;
}

struct stretch *sweep_stretch(const struct image *image, uint64_t address)
{
	size_t low = 0, high = image->stretches.count, middle;
	struct stretch *stretch;

	while (low < high) {
		middle = low + (high - low) / 2;
		stretch = &image->stretches.items[middle];
		if (address < stretch->start)
			high = middle;
		else if (address >= stretch->end)
			low = middle + 1;
		else
			return stretch;
	}
	return NULL;
}

/*
 * Sweep all stretches. Where an instruction reaches over the end of its one,
 * and nothing is known to start where it ends, add that to STARTS.
 */
static void sweep_stretches(struct image *image, bool steps,
			    struct addresses *starts)
{
	const struct stretch *after;
	struct stretch *stretch;
	const struct area *area;
	uint64_t at;
	size_t i;

	for (i = 0; i < image->stretches.count; i++) {
		stretch = &image->stretches.items[i];
		area = image_area(image, stretch->start);
		if (stretch->type == STRETCH_DATA ||
		    (!steps && !is_of_interest(area, stretch)))
			continue;
		for (at = stretch->start; at < stretch->end;)
			at += sweep_step(image, area, stretch, at, steps);
		after = sweep_stretch(image, at);
		if (at > stretch->end && after && after->start != at)
			list_push(starts, at);
	}
}

/*
 * Add jumps that lead into an instruction to STARTS: around its lock prefix,
 * for instance. What is there is an instruction too.
 */
static void find_inner_targets(const struct image *image,
			       struct addresses *starts)
{
	size_t i;
	const struct stretch *stretch;
	const struct step *step;

	for (i = 0; i < image->steps.count; i++) {
		step = &image->steps.items[i];
		if (!steps_is_jump(step) ||
		    steps_find(image, step->target) != NO_STEP)
			continue;
		stretch = sweep_stretch(image, step->address);
		if (stretch && stretch->type == STRETCH_FUNCTION &&
		    sweep_stretch(image, step->target))
			list_push(starts, step->target);
	}
}

/* The opcode's bytes: what is before them are prefixes. */
static bool is_opcode_of_site(const struct image *image, uint64_t address)
{
	size_t low = 0, high = image->sites.count, middle;
	const struct site *site;

	/* The first site that ends behind ADDRESS. */
	while (low < high) {
		middle = low + (high - low) / 2;
		site = &image->sites.items[middle];
		if (site->address + site->size > address)
			high = middle;
		else
			low = middle + 1;
	}
	if (low == image->sites.count)
		return false;
	site = &image->sites.items[low];
	return site->address + site->size - 2 == address;
}

/* The bytes of a syscall instruction at ADDRESS in AREA, not found as one. */
static void note_lookalike(struct image *image, const struct area *area,
			   uint64_t address)
{
	const struct stretch *stretch = sweep_stretch(image, address);

	if (!area->code || !stretch || stretch->type == STRETCH_DATA) {
		image->lookalikes_data++;
		return;
	}
	image->lookalikes_code++;
	/* Who knows what comes after something unknown. */
	if (stretch->type == STRETCH_FUNCTION && stretch->lost &&
	    address >= stretch->lost)
		list_push(&image->doubts, address);
}

static void find_lookalikes(struct image *image)
{
	const struct area *area;
	const uint8_t *at, *end;
	uint64_t address;
	size_t i;

	for (i = 0; i < image->areas.count; i++) {
		area = &image->areas.items[i];
		if (!area->executable)
			continue;
		end = area->bytes + area->size;
		for (at = area->bytes;
		     (at = memmem(at, end - at, "\x0f\x05", 2)) != NULL; at++) {
			address = area->start + (at - area->bytes);
			if (!is_opcode_of_site(image, address))
				note_lookalike(image, area, address);
		}
	}
}

/* Take the lookalikes that may be none for what they may be. */
static void add_doubts(struct image *image)
{
	size_t i;

	for (i = 0; i < image->doubts.count; i++)
		list_push(&image->sites,
			  (struct site){ .address = image->doubts.items[i],
					 .size = 2,
					 .doubtful = true });
	image->lookalikes_code -= image->doubts.count;
}

/*
 * Find IMAGE's sites. If it has records, all its instructions are kept too,
 * as steps.
 */
void sweep(struct image *image)
{
	struct addresses starts = { NULL, 0 };
	bool steps = image->records.count > 0;
	size_t known;
	int round;

	for (round = 0; round < MAX_ROUNDS; round++) {
		image->sites.count = 0;
		image->steps.count = 0;
		image->stretches.count = 0;
		image->undecoded = 0;
		known = starts.count;
		find_stretches(image, &starts);
		sweep_stretches(image, steps, &starts);
		find_inner_targets(image, &starts);
		if (starts.count == known)
			break;
	}
	free(starts.items);
	list_sort(&image->sites);
	image->lookalikes_code = 0;
	image->lookalikes_data = 0;
	image->doubts.count = 0;
	find_lookalikes(image);
	add_doubts(image);
	list_sort(&image->sites);
}
