/*
 * kit: where memory is: policies for the nodes of a machine, kexec's segments.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/kexec.h>
#include <linux/mempolicy.h>
#include <string.h>

#include "show.h"

KIT_FLAGS(kexecarch);
KIT_FLAGS(kexecload);
KIT_FLAGS(mpolflags);
KIT_FLAGS(mpolmode);

static void put_mode(struct pure_show *show, unsigned long value)
{
	const unsigned long mask = MPOL_F_STATIC_NODES | MPOL_F_RELATIVE_NODES |
				   MPOL_F_NUMA_BALANCING;
	const char *mode = kit_flag_name(&kit_flags_mpolmode, value & ~mask);

	if (!(value & mask)) {
		kit_put_one(show, &kit_flags_mpolmode, value);
	} else if (!mode) {
		kit_put_flags(show, &kit_flags_mpolflags, value);
	} else if (kit_begin_name(show, value)) {
		pure_put(show->text, mode);
		pure_put_char(show->text, '|');
		kit_put_names(show, &kit_flags_mpolflags, value & mask);
		kit_end_name(show);
	}
}

void kit_show_mpol(struct pure_show *show, int i)
{
	put_mode(show, show->arguments[i]);
}

void kit_show_mpol32(struct pure_show *show, int i)
{
	put_mode(show, (unsigned int)show->arguments[i]);
}

void kit_put_mpolmode_at(struct pure_show *show, unsigned long address, int i)
{
	unsigned int mode;

	(void)i;
	if (!kit_fetch(show, &mode, address, sizeof(mode)))
		return;
	pure_put_char(show->text, '[');
	kit_put_one(show, &kit_flags_mpolmode, mode);
	pure_put_char(show->text, ']');
}

static void put_word(struct pure_show *show, const void *element)
{
	const unsigned long word = *(const unsigned long *)element;

	pure_put(show->text, word ? "0x" : "");
	pure_put_digits(show->text, word, 16, 16);
}

/* A set of nodes, of which the argument that has its size says how many bits it
 * has, and one more. */
void kit_put_nodes_at(struct pure_show *show, unsigned long address, int i)
{
	const unsigned long bits = 8 * sizeof(long), size = kit_size(show, i);
	const unsigned long words = (size + bits - 2) / bits;

	if (words < size / bits || (size && !words))
		kit_put_address(show, address);
	else
		kit_put_array(show, address, words, sizeof(long), put_word);
}

static void put_pointer(struct pure_show *show, const void *element)
{
	kit_put_address(show, *(const unsigned long *)element);
}

void kit_put_addresses_at(struct pure_show *show, unsigned long address, int i)
{
	kit_put_array(show, address, kit_size(show, i), sizeof(long),
		      put_pointer);
}

static void put_int(struct pure_show *show, const void *element)
{
	pure_put_signed(show->text, *(const int *)element);
}

void kit_put_ints_at(struct pure_show *show, unsigned long address, int i)
{
	kit_put_array(show, address, kit_size(show, i), sizeof(int), put_int);
}

/* A node, or the error that a page has: "-ENOENT". */
static void put_status(struct pure_show *show, const void *element)
{
	const int status = *(const int *)element;
	const char *name = status < 0 ? strerrorname_np(-status) : NULL;

	if (!name || show->options->constants)
		pure_put_signed(show->text, status);
	if (!name || show->options->constants == 1)
		return;
	pure_put(show->text, show->options->constants ? " /* -" : "-");
	pure_put(show->text, name);
	kit_end_name(show);
}

void kit_put_statuses_at(struct pure_show *show, unsigned long address, int i)
{
	kit_put_array(show, address, kit_size(show, i), sizeof(int),
		      put_status);
}

static void put_segment(struct pure_show *show, const void *element)
{
	const unsigned long *s = element;

	pure_put(show->text, "{buf=");
	kit_put_address(show, s[0]);
	kit_put_unsigned(show, "bufsz", s[1]);
	kit_put_name(show, "mem");
	kit_put_address(show, s[2]);
	kit_put_unsigned(show, "memsz", s[3]);
	pure_put_char(show->text, '}');
}

void kit_put_kexecsegments_at(struct pure_show *show, unsigned long address,
			      int i)
{
	const unsigned long count = kit_size(show, i);

	if (count > KEXEC_SEGMENT_MAX)
		kit_put_address(show, address);
	else
		kit_put_array(show, address, count, 4 * sizeof(long),
			      put_segment);
}

void kit_show_kexecflags(struct pure_show *show, int i)
{
	const unsigned long flags = show->arguments[i];

	kit_put_one(show, &kit_flags_kexecarch, flags & KEXEC_ARCH_MASK);
	if (flags & ~(unsigned long)KEXEC_ARCH_MASK) {
		pure_put_char(show->text, '|');
		kit_put_flags(show, &kit_flags_kexecload,
			      flags & ~(unsigned long)KEXEC_ARCH_MASK);
	}
}
