/*
 * The kind of each site: the record, and the code's agreement with it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "verdict.h"

/*
 * Sites that stay native: by the function, and all of its code up to the
 * site's end. In a file without symbols, a function with a signal's unwind
 * tables may have any name.
 */
static const struct native {
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

static struct verdict raw(const char *reason)
{
	return (struct verdict){ KIND_RAW, reason };
}

static struct verdict good(enum kind kind)
{
	return (struct verdict){ kind, NULL };
}

static struct verdict check_guarded(struct audit *audit,
				    const struct site *site, uint32_t kind)
{
	uint64_t index = steps_find(&audit->code, site->address);
	bool thunk = kind == RECORD_THUNK;

	if (thunk && !sequence_check(audit, site))
		return raw("recorded as going to the thunk, but it is not at "
			   "the end of the sequence that does");
	if (!thunk && sequence_is_spliced(audit, site) &&
	    !sequence_check_stub(audit, site))
		return raw("recorded as guarded, but where it goes when the "
			   "pointer is set is no stub that the plugin makes");
	if (flow_guards(&audit->flow, index))
		return good(thunk ? KIND_THUNK : KIND_GUARDED);
	if (thunk)
		return raw("recorded as going to the thunk, but there is a way "
			   "to it without a test of the pointer");
	return raw("recorded as guarded, but there is a way to it without a "
		   "test of the pointer");
}

/* Does the function of SITE start at START, or may it? */
static bool is_function_of(const struct image *image, const struct site *site,
			   const struct native *native, uint64_t start)
{
	const struct symbol *symbol = symbols_function(image, site->address);
	const struct frame *frame;

	if (symbol)
		return symbol->address == start &&
		       symbols_named(image, start, native->function);
	frame = frames_find(image, site->address);
	return native->signal && !image->has_symtab && frame && frame->signal &&
	       frame->start + 1 == start;
}

static bool is_native(const struct image *image, const struct site *site,
		      const struct native *native)
{
	uint64_t start = site->address + site->size - native->size;
	size_t left;
	const uint8_t *bytes = image_bytes(image, start, &left);

	return bytes && left >= native->size &&
	       memcmp(bytes, native->code, native->size) == 0 &&
	       is_function_of(image, site, native, start);
}

/* Why a site may be none. */
static struct verdict check_doubtful(const struct range *range)
{
	if (range->content == CONTENT_UNNAMED)
		return raw("perhaps data: no symbol and no unwind table speaks "
			   "of this place, and not all of it is code");
	return raw("perhaps none: instructions before it in the "
		   "function are not known");
}

static struct verdict check_unrecorded(const struct code *code,
				       const struct site *site)
{
	const struct range *range = list_last(&code->ranges, site->address);
	size_t i;

	for (i = 0; i < sizeof(natives) / sizeof(*natives); i++)
		if (is_native(code->image, site, &natives[i]))
			return (struct verdict){ KIND_NATIVE,
						 natives[i].reason };
	if (range->content == CONTENT_UNNAMED && range->lost)
		return check_doubtful(range);
	return raw("no record of it: made without the plugin, or left native");
}

static struct verdict check_site(struct audit *audit, const struct site *site)
{
	const struct record *record =
		list_find(&audit->code.image->records, site->address);

	if (site->doubtful)
		return check_doubtful(
			list_last(&audit->code.ranges, site->address));
	if (!record)
		return check_unrecorded(&audit->code, site);
	switch (record->kind) {
	case RECORD_GUARDED:
	case RECORD_THUNK:
		return check_guarded(audit, site, record->kind);
	case RECORD_GATEWAY:
		if (gateway_is_at(audit, site->address))
			return good(KIND_GATEWAY);
		return raw("recorded as the gateway, but in another function");
	default:
		return raw("its record is damaged, or there are two that "
			   "contradict");
	}
}

/* Without a name, the pointer is what all recorded sites test. */
static void check_unnamed(struct audit *audit)
{
	const struct site *site;
	struct verdict *verdict;
	bool all = true;
	size_t i;

	for (i = 0; i < audit->code.sites.count; i++) {
		site = &audit->code.sites.items[i];
		if (audit->verdicts[i].kind == KIND_RAW &&
		    list_find(&audit->code.image->records, site->address))
			all = false;
	}
	for (i = 0; !all && i < audit->code.sites.count; i++) {
		verdict = &audit->verdicts[i];
		if (verdict->kind == KIND_GUARDED ||
		    verdict->kind == KIND_THUNK)
			*verdict = raw("the pointer has no name in this file, "
				       "and not all recorded sites test the "
				       "same");
	}
}

void verdict_find(struct audit *audit, const struct image *image,
		  const char *pointer)
{
	const struct records *records = &image->records;
	size_t i;

	*audit = (struct audit){ .pointer = { .name = pointer },
				 .thunk = { .name = THUNK_NAME },
				 .entry = { .name = ENTRY_NAME } };
	code_read(&audit->code, image);
	if (records->count) {
		graph_open(&audit->flow, &audit->code, &audit->pointer);
		guess_names(audit);
		gateway_find(audit);
	}
	audit->verdicts =
		allocate(audit->code.sites.count * sizeof(*audit->verdicts));
	for (i = 0; i < audit->code.sites.count; i++)
		audit->verdicts[i] =
			check_site(audit, &audit->code.sites.items[i]);
	if (audit->pointer.unnamed || audit->thunk.unnamed ||
	    audit->entry.unnamed)
		check_unnamed(audit);
	for (i = 0; i < records->count; i++)
		if (!list_find(&audit->code.sites, records->items[i].address))
			audit->stale_records++;
}

void verdict_free(struct audit *audit)
{
	graph_close(&audit->flow);
	code_free(&audit->code);
	free(audit->gateways.items);
	free(audit->verdicts);
}
