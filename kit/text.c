/*
 * kit: text and numbers.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include <string.h>

#include "kit.h"

/* The most digits of a number: 64 bits in binary. */
#define MAX_DIGITS 64

void pure_put_bytes(struct pure_text *text, const char *bytes, size_t size)
{
	if (size > text->size - text->end)
		size = text->size - text->end;
	memcpy(text->data + text->end, bytes, size);
	text->end += (unsigned int)size;
}

void pure_put(struct pure_text *text, const char *string)
{
	pure_put_bytes(text, string, strlen(string));
}

void pure_put_digits(struct pure_text *text, unsigned long value,
		     unsigned int base, unsigned int width)
{
	char digits[MAX_DIGITS], *start = digits + MAX_DIGITS;

	do
		*--start = "0123456789abcdef"[value % base];
	while (value /= base);
	while (digits + MAX_DIGITS - start < (long)width && start > digits)
		*--start = '0';
	pure_put_bytes(text, start, digits + MAX_DIGITS - start);
}

void pure_put_unsigned(struct pure_text *text, unsigned long value)
{
	pure_put_digits(text, value, 10, 0);
}

void pure_put_signed(struct pure_text *text, long value)
{
	unsigned long size = value;

	if (value < 0) {
		pure_put_char(text, '-');
		size = -size;
	}
	pure_put_unsigned(text, size);
}

void pure_put_hex(struct pure_text *text, unsigned long value)
{
	if (value)
		pure_put_bytes(text, "0x", 2);
	pure_put_digits(text, value, 16, 0);
}

void pure_put_octal(struct pure_text *text, unsigned long value)
{
	if (value)
		pure_put_char(text, '0');
	pure_put_digits(text, value, 8, 0);
}
