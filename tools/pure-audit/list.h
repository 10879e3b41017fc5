/*
 * Lists that grow, and the search in those that are sorted by address.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef PURE_AUDIT_LIST_H
#define PURE_AUDIT_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A list of TYPE. ITEMS belongs to it. */
#define LIST(tag, type)       \
	struct tag {          \
		type *items;  \
		size_t count; \
	}

#define list_push(list, ...)                                            \
	do {                                                            \
		(list)->items = list_grow((list)->items, (list)->count, \
					  sizeof(*(list)->items));      \
		(list)->items[(list)->count++] = (__VA_ARGS__);         \
	} while (0)

#define ITEMS(list) (list)->items, (list)->count, sizeof(*(list)->items)

/* Of things whose first member is an address: sort by that. */
#define list_sort(list) sort_addresses(ITEMS(list))
/* How many of a sorted list have an address that is ADDRESS or less. */
#define list_not_above(list, address) count_not_above(ITEMS(list), address)
/* How many have one that is less. */
#define list_below(list, address) \
	((address) ? list_not_above(list, (address)-1) : 0)
/* The last that is not above ADDRESS, or NULL. */
#define list_last(list, address) last_not_above(ITEMS(list), address)
/* One that has that very address, or NULL. */
#define list_find(list, address) find_address(ITEMS(list), address)

LIST(addresses, uint64_t);

/* SIZE bytes, all zero. */
void *allocate(size_t size);
void *list_grow(void *items, size_t count, size_t size);
void sort_addresses(void *items, size_t count, size_t size);
size_t count_not_above(const void *items, size_t count, size_t size,
		       uint64_t address);
void *last_not_above(const void *items, size_t count, size_t size,
		     uint64_t address);
void *find_address(const void *items, size_t count, size_t size,
		   uint64_t address);

/* Numbers in files, which need not be aligned. */
uint64_t read_u64(const void *p);
uint32_t read_u32(const void *p);

#endif
