/*
 * The kind of each site.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "audit.h"

/*
 * Sites that stay native: by the function, and all of its code up to the
 * site's end. In a file without symbols, a function with a signal's unwind
 * tables may have any name.
 */
static const struct {
	const char *function;
	bool signal;
	const char *code;
	size_t size;
	const char *reason;
} natives[] = {
	/* mov $15, %rax; syscall */
	{ "__restore_rt", true, "\x48\xc7\xc0\x0f\0\0\0\x0f\x05", 9,
	  "the return from a signal handler: debuggers and unwinders know it "
	  "by these very bytes, and the kernel takes the signal's frame from "
	  "where the stack pointer is" },
};

static void set(struct site *site, enum kind kind, const char *reason)
{
	site->kind = kind;
	site->reason = reason;
}

static void check_guarded(const struct image *image, struct site *site)
{
	if (flow_is_guarded(image, site->address))
		set(site, KIND_GUARDED, NULL);
	else
		set(site, KIND_RAW,
		    "recorded as guarded, but there is a way to "
		    "it without a test of the pointer");
}

static void check_thunk(const struct image *image, struct site *site)
{
	const char *wrong = sequence_check(image, site);

	if (wrong)
		set(site, KIND_RAW, wrong);
	else if (!flow_is_guarded(image, site->address))
		set(site, KIND_RAW,
		    "recorded as going to the thunk, but there "
		    "is a way to it without a test of the "
		    "pointer");
	else
		set(site, KIND_THUNK, NULL);
}

static void check_gateway(const struct image *image, struct site *site)
{
	if (gateway_is_at(image, site->address))
		set(site, KIND_GATEWAY, NULL);
	else
		set(site, KIND_RAW,
		    "recorded as the gateway, but in another "
		    "function");
}

/* Does the function of SITE start at START, or may it? */
static bool is_native(const struct image *image, const struct site *site,
		      size_t number, uint64_t start)
{
	const struct symbol *symbol = symbols_function(image, site->address);
	const struct frame *frame;

	if (symbol)
		return symbol->address == start &&
		       symbols_named(image, start, natives[number].function);
	frame = unwind_frame(image, site->address);
	return natives[number].signal && !image->has_symtab && frame &&
	       frame->signal && frame->start + 1 == start;
}

static void check_native(const struct image *image, struct site *site)
{
	const struct stretch *stretch;
	uint64_t start;
	const uint8_t *bytes;
	size_t left, i;

	for (i = 0; i < sizeof(natives) / sizeof(*natives); i++) {
		start = site->address + site->size - natives[i].size;
		bytes = image_bytes(image, start, &left);
		if (bytes && left >= natives[i].size &&
		    memcmp(bytes, natives[i].code, natives[i].size) == 0 &&
		    is_native(image, site, i, start)) {
			set(site, KIND_NATIVE, natives[i].reason);
			return;
		}
	}
	stretch = sweep_stretch(image, site->address);
	if (stretch && stretch->type == STRETCH_UNNAMED && stretch->lost)
		set(site, KIND_RAW,
		    "perhaps data: no symbol and no unwind table speaks of "
		    "this place, and not all of it is code");
	else
		set(site, KIND_RAW, "no record of it");
}

static void classify_site(const struct image *image, struct site *site)
{
	const struct record *record = records_find(image, site->address);

	if (site->doubtful) {
		set(site, KIND_RAW,
		    "perhaps none: instructions before it in "
		    "the function are not known");
		return;
	}
	if (!record) {
		check_native(image, site);
		return;
	}
	switch (record->kind) {
	case RECORD_GUARDED:
		check_guarded(image, site);
		break;
	case RECORD_THUNK:
		check_thunk(image, site);
		break;
	case RECORD_GATEWAY:
		check_gateway(image, site);
		break;
	default:
		set(site, KIND_RAW,
		    "its record is damaged, or there are two "
		    "that contradict");
		break;
	}
}

/* Without a name, the pointer is what all recorded sites test. */
static void check_unnamed(struct image *image)
{
	const char *reason = "the pointer has no name in this file, and not "
			     "all recorded sites test the same";
	struct site *site;
	bool all = true;
	size_t i;

	for (i = 0; i < image->sites.count; i++) {
		site = &image->sites.items[i];
		if (site->kind == KIND_RAW &&
		    records_find(image, site->address))
			all = false;
	}
	for (i = 0; !all && i < image->sites.count; i++) {
		site = &image->sites.items[i];
		if (site->kind == KIND_GUARDED || site->kind == KIND_THUNK)
			set(site, KIND_RAW, reason);
	}
}

static void count_stale_records(struct image *image)
{
	const struct record *record;
	size_t i;

	for (i = 0; i < image->records.count; i++) {
		record = &image->records.items[i];
		if (!list_find(&image->sites, record->address))
			image->stale_records++;
	}
}

/* Find IMAGE's sites, and say of what kind each is. */
void classify(struct image *image)
{
	size_t i;

	sweep(image);
	if (image->records.count) {
		guess_pointer(image);
		if (image->unnamed_pointer)
			sweep(image);
		switch_resolve(image);
		return_check(image);
		landing_read(image);
		graph_link(image);
		flow_run(image);
		gateway_find(image);
	}
	for (i = 0; i < image->sites.count; i++)
		classify_site(image, &image->sites.items[i]);
	if (image->unnamed_pointer || image->unnamed_thunk)
		check_unnamed(image);
	count_stale_records(image);
}
