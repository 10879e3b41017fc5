/*
 * Lists that grow, and the search in those that are sorted by address.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>

#include "../common/common.h"
#include "list.h"

#define FIRST_ITEMS 16

void *allocate(size_t size)
{
	void *result = calloc(1, size ? size : 1);

	if (!result)
		fail(EXIT_MISUSE, "out of memory");
	return result;
}

/* Room for one more after COUNT items: doubled when it is used up. */
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
		fail(EXIT_MISUSE, "out of memory");
	return items;
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

size_t count_not_above(const void *items, size_t count, size_t size,
		       uint64_t address)
{
	size_t low = 0, high = count, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (read_u64((const char *)items + middle * size) <= address)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void *last_not_above(const void *items, size_t count, size_t size,
		     uint64_t address)
{
	size_t number = count_not_above(items, count, size, address);

	return number ? (char *)items + (number - 1) * size : NULL;
}

void *find_address(const void *items, size_t count, size_t size,
		   uint64_t address)
{
	void *last = last_not_above(items, count, size, address);

	return last && read_u64(last) == address ? last : NULL;
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
