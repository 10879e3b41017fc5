/*
 * Reading unwind tables: numbers and pointers, and never beyond the end.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef PURE_AUDIT_CURSOR_H
#define PURE_AUDIT_CURSOR_H

#include "audit.h"

/* How a pointer is written: DW_EH_PE_*. */
#define FORMAT_MASK 0x0f
#define FORMAT_ABSPTR 0x00
#define FORMAT_UDATA2 0x02
#define FORMAT_UDATA4 0x03
#define FORMAT_UDATA8 0x04
#define FORMAT_SDATA2 0x0a
#define FORMAT_SDATA4 0x0b
#define FORMAT_SDATA8 0x0c
#define BASE_MASK 0x70
#define BASE_ABSOLUTE 0x00
#define BASE_PCREL 0x10
#define ENCODING_OMIT 0xff

/* A place in the tables, up to whose END may be read. */
struct cursor {
	const uint8_t *at;
	const uint8_t *end;
	/* The address that AT has in the program. */
	uint64_t address;
	/* There was not as much as should be. */
	bool short_of;
};

/* Set C to what is at ADDRESS, to the end of its section or segment. */
bool cursor_at(const struct image *image, uint64_t address, struct cursor *c);
void cursor_skip(struct cursor *c, uint64_t size);
/* A number of SIZE bytes, of at most 8. */
uint64_t cursor_get(struct cursor *c, unsigned int size);
/* A number in LEB128; what does not fit is lost. */
uint64_t cursor_leb128(struct cursor *c);
/* The size of a pointer, or 0 if it isn't written in a known way. */
unsigned int cursor_pointer_size(uint8_t encoding);
uint64_t cursor_pointer(struct cursor *c, uint8_t encoding);

#endif
