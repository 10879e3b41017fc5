/*
 * The gateway, by name or by code: the functions of the runtime from which
 * the kernel is entered. A file that was stripped has no names; there it is
 * a function whose code starts as the gateway's does. What such functions
 * jump to is a part of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "audit.h"

/* Names, and what begins with one and has an underscore or dot behind. */
static const struct {
	const char *name;
} gateways[] = {
	{ "__pure_gateway" },
	{ "__pure_raw_gateway" },
	{ "__pure_thunk" },
};

/*
 * A C function's arguments moved to where the kernel takes them:
 * mov %rdi, %rax; mov %rsi, %rdi; mov %rdx, %rsi; mov %rcx, %rdx;
 * mov %r8, %r10; mov %r9, %r8; mov 8(%rsp), %r9
 */
static const uint8_t start_of_code[] = {
	0x48, 0x89, 0xf8, 0x48, 0x89, 0xf7, 0x48, 0x89, 0xd6, 0x48, 0x89, 0xca,
	0x4d, 0x89, 0xc2, 0x4d, 0x89, 0xc8, 0x4c, 0x8b, 0x4c, 0x24, 0x08,
};

static bool is_name(const char *name)
{
	size_t i, length;

	for (i = 0; i < sizeof(gateways) / sizeof(*gateways); i++) {
		length = strlen(gateways[i].name);
		if (strncmp(name, gateways[i].name, length) == 0 &&
		    (name[length] == '\0' || name[length] == '_' ||
		     name[length] == '.'))
			return true;
	}
	return false;
}

static bool starts_as_gateway(const struct image *image,
			      const struct frame *frame)
{
	size_t left;
	const uint8_t *bytes = image_bytes(image, frame->start, &left);

	return bytes && left >= sizeof(start_of_code) &&
	       memcmp(bytes, start_of_code, sizeof(start_of_code)) == 0;
}

/* Is ADDRESS in the gateway itself? */
static bool is_in_gateway(const struct image *image, uint64_t address)
{
	const struct symbol *symbol = symbols_function(image, address);
	const struct frame *frame;

	if (symbol)
		return is_name(symbol->name);
	frame = unwind_frame(image, address);
	return !image->has_symtab && frame && starts_as_gateway(image, frame);
}

/* Where the function starts that ADDRESS is in, or 0. */
static uint64_t function_start(const struct image *image, uint64_t address)
{
	const struct symbol *symbol = symbols_function(image, address);
	const struct frame *frame;

	if (symbol)
		return symbol->address;
	frame = unwind_frame(image, address);
	return frame ? frame->start : 0;
}

/* Find the functions that the gateway jumps to. */
void gateway_find(struct image *image)
{
	const struct step *items = image->steps.items;
	uint64_t target;
	size_t i;

	for (i = 0; i < image->steps.count; i++) {
		if (!steps_is_jump(&items[i]))
			continue;
		target = function_start(image, items[items[i].target].address);
		if (target && is_in_gateway(image, items[i].address))
			list_push(&image->gateways, target);
	}
	list_sort(&image->gateways);
}

/* Is the code at ADDRESS the gateway's? */
bool gateway_is_at(const struct image *image, uint64_t address)
{
	uint64_t start = function_start(image, address);

	if (is_in_gateway(image, address))
		return true;
	return start && list_find(&image->gateways, start);
}
