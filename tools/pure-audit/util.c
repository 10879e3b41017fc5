/*
 * Lists, messages.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audit.h"

#define FIRST_ITEMS 16

/* Room for one more behind COUNT items: doubled when it is used up. */
void *list_grow(void *items, size_t count, size_t size)
{
	size_t room;

	if (count == 0)
		room = FIRST_ITEMS;
	else if (count >= FIRST_ITEMS && (count & (count - 1)) == 0)
		room = 2 * count;
	else
		return items;
	items = reallocarray(items, room, size);
	if (!items)
		fail("out of memory");
	return items;
}

/* SIZE bytes, all zero. */
void *allocate(size_t size)
{
	void *result = calloc(1, size ? size : 1);

	if (!result)
		fail("out of memory");
	return result;
}

char *text(const char *format, ...)
{
	va_list list;
	char *result;
	int size;

	va_start(list, format);
	size = vasprintf(&result, format, list);
	va_end(list);
	if (size < 0)
		fail("out of memory");
	return result;
}

void fail(const char *format, ...)
{
	va_list list;

	fflush(stdout);
	fputs("pure-audit: ", stderr);
	va_start(list, format);
	vfprintf(stderr, format, list);
	va_end(list);
	fputc('\n', stderr);
	exit(EXIT_UNKNOWN);
}

bool image_error(struct image *image, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	vsnprintf(image->error, sizeof(image->error), format, list);
	va_end(list);
	return false;
}

static int compare_addresses(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a;
	uint64_t y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

void sort_addresses(void *items, size_t count, size_t size)
{
	if (count)
		qsort(items, count, size, compare_addresses);
}

void *find_address(const void *items, size_t count, size_t size,
		   uint64_t address)
{
	if (count == 0)
		return NULL;
	/* In C23 what bsearch finds in a const array is const. */
	return (void *)bsearch(&address, items, count, size, compare_addresses);
}

uint64_t read_u64(const void *p)
{
	uint64_t value;

	memcpy(&value, p, sizeof(value));
	return value;
}

uint32_t read_u32(const void *p)
{
	uint32_t value;

	memcpy(&value, p, sizeof(value));
	return value;
}
