/*
 * The gateway, by name or by code: the functions of the runtime from which
 * the kernel is entered. A file that was stripped has no names; there it is
 * a function whose code starts as the gateway's does. What such functions
 * jump to is a part of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "verdict.h"

/* Names, and what begins with one and has an underscore or dot after it. */
static const char *const gateways[] = { PURE_TEXT(PURE_GATEWAY_SYMBOL),
					PURE_TEXT(PURE_RAW_GATEWAY_SYMBOL),
					PURE_TEXT(PURE_PASS_SYMBOL),
					PURE_TEXT(PURE_LIBC_PASS_SYMBOL),
					THUNK_NAME };

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
		length = strlen(gateways[i]);
		if (strncmp(name, gateways[i], length) == 0 &&
		    (name[length] == '\0' || name[length] == '_' ||
		     name[length] == '.'))
			return true;
	}
	return false;
}

static bool starts_as_gateway(const struct image *image, uint64_t start)
{
	size_t left;
	const uint8_t *bytes = image_bytes(image, start, &left);

	return bytes && left >= sizeof(start_of_code) &&
	       memcmp(bytes, start_of_code, sizeof(start_of_code)) == 0;
}

/* Is ADDRESS in the gateway itself? Where the function starts goes to START. */
static bool is_in_gateway(const struct image *image, uint64_t address,
			  uint64_t *start)
{
	struct function function;
	bool known = symbols_where(image, address, &function);

	*start = function.start;
	if (function.name)
		return is_name(function.name);
	return known && !image->has_symtab &&
	       starts_as_gateway(image, function.start);
}

void gateway_find(struct audit *audit)
{
	const struct steps *steps = &audit->code.steps;
	const struct image *image = audit->code.image;
	uint64_t start;
	size_t i;

	for (i = 0; i < steps->count; i++) {
		if (!steps_is_jump(&steps->items[i]) ||
		    !is_in_gateway(image, steps->items[i].address, &start))
			continue;
		is_in_gateway(image, steps->items[i].target, &start);
		if (start)
			list_push(&audit->gateways, start);
	}
	list_sort(&audit->gateways);
}

bool gateway_is_at(const struct audit *audit, uint64_t address)
{
	uint64_t start;

	return is_in_gateway(audit->code.image, address, &start) ||
	       (start && list_find(&audit->gateways, start));
}
