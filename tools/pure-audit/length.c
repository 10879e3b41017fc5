/*
 * The length of an instruction that Capstone doesn't know: AVX-512 and what
 * came after it. Such an instruction is not of interest, but the next one
 * is, and it has to be known where that starts.
 *
 * The encodings are those of the Intel manual, volume 2, chapter 2 and
 * appendix A: prefixes, opcode, ModRM, SIB, displacement, immediate. Opcodes
 * of one byte are not looked at: Capstone knows those.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "audit.h"

#define MAX_LENGTH 15

/* Opcode maps, numbered as in VEX.mmmmm and EVEX.mmm. */
enum { MAP_0F = 1, MAP_0F38 = 2, MAP_0F3A = 3, MAP_5 = 5, MAP_6 = 6 };

/* The bytes of ModRM, SIB and displacement at P, or 0. */
static unsigned int operand_length(const uint8_t *p, size_t size)
{
	unsigned int length = 1;
	uint8_t modrm, mode, rm;

	if (size < 1)
		return 0;
	modrm = p[0];
	mode = modrm >> 6;
	rm = modrm & 7;
	if (mode == 3)
		return length;
	if (rm == 4) {
		if (size < 2)
			return 0;
		length++;
		if (mode == 0 && (p[1] & 7) == 5)
			length += 4;
	}
	if (mode == 1)
		length += 1;
	else if (mode == 2 || rm == 5)
		length += 4;
	return length;
}

/* Has OPCODE of MAP an immediate, of one byte? */
static bool has_immediate(unsigned int map, uint8_t opcode)
{
	if (map == MAP_0F3A)
		return true;
	if (map != MAP_0F)
		return false;
	return (opcode >= 0x70 && opcode <= 0x73) || opcode == 0xa4 ||
	       opcode == 0xac || opcode == 0xba || opcode == 0xc2 ||
	       (opcode >= 0xc4 && opcode <= 0xc6);
}

/* Opcodes of map 0F that are followed by nothing, or by an address. */
static bool has_no_operand(uint8_t opcode)
{
	return (opcode >= 0x05 && opcode <= 0x0c) || opcode == 0x0e ||
	       (opcode >= 0x30 && opcode <= 0x37) || opcode == 0x77 ||
	       (opcode >= 0x80 && opcode <= 0x8f) ||
	       (opcode >= 0xa0 && opcode <= 0xa2) ||
	       (opcode >= 0xa8 && opcode <= 0xaa) ||
	       (opcode >= 0xc8 && opcode <= 0xcf);
}

/* An opcode of MAP at P, and what follows it. */
static unsigned int opcode_length(unsigned int map, const uint8_t *p,
				  size_t size)
{
	unsigned int length;

	if (size < 1)
		return 0;
	length = operand_length(p + 1, size - 1);
	return length ? 1 + length + has_immediate(map, *p) : 0;
}

/* Without VEX: the opcode after the byte 0f. */
static unsigned int legacy_length(const uint8_t *p, size_t size)
{
	unsigned int length;

	if (size < 2)
		return 0;
	if (p[0] == 0x38 || p[0] == 0x3a) {
		length = opcode_length(p[0] == 0x38 ? MAP_0F38 : MAP_0F3A,
				       p + 1, size - 1);
		return length ? 1 + length : 0;
	}
	return has_no_operand(p[0]) ? 0 : opcode_length(MAP_0F, p, size);
}

/* With VEX or EVEX: a prefix of SKIP bytes, then an opcode of MAP. */
static unsigned int vex_length(const uint8_t *p, size_t size, unsigned int skip,
			       unsigned int map)
{
	unsigned int length;

	if (size < skip || !(map == MAP_0F || map == MAP_0F38 ||
			     map == MAP_0F3A || map == MAP_5 || map == MAP_6))
		return 0;
	length = opcode_length(map, p + skip, size - skip);
	return length ? skip + length : 0;
}

static unsigned int length_after_prefixes(const uint8_t *p, size_t size)
{
	unsigned int length;

	if (size < 3)
		return 0;
	switch (p[0]) {
	case 0xc5:
		return vex_length(p, size, 2, MAP_0F);
	case 0xc4:
		return vex_length(p, size, 3, p[1] & 0x1f);
	case 0x62:
		return vex_length(p, size, 4, p[1] & 7);
	case 0x0f:
		length = legacy_length(p + 1, size - 1);
		return length ? 1 + length : 0;
	default:
		return 0;
	}
}

/* The length of the instruction at BYTES, or 0 if it can't be said. */
unsigned int length_of(const uint8_t *bytes, size_t size)
{
	static const char prefixes[] = "\x66\xf2\xf3\x2e\x36\x3e\x26\x64\x65"
				       "\x67";
	unsigned int skip = 0, length;

	while (skip < size && skip < MAX_LENGTH && bytes[skip] &&
	       strchr(prefixes, bytes[skip]))
		skip++;
	if (skip < size && (bytes[skip] & 0xf0) == 0x40)
		skip++;
	length = length_after_prefixes(bytes + skip, size - skip);
	if (length == 0 || skip + length > MAX_LENGTH || skip + length > size)
		return 0;
	return skip + length;
}
