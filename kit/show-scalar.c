/*
 * kit: numbers, modes, devices, IDs.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <limits.h>
#include <linux/ioprio.h>
#include <linux/kcmp.h>
#include <linux/landlock.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/stat.h>
#include <sys/swap.h>
#include <sys/sysmacros.h>

#include "show.h"

KIT_FLAGS(adjstate);
KIT_FLAGS(fdflags);
KIT_FLAGS(ioprioclass);
KIT_FLAGS(lock);
KIT_FLAGS(mmap);
KIT_FLAGS(mmaptype);
KIT_FLAGS(open);
KIT_FLAGS(openmode);
KIT_FLAGS(persona);
KIT_FLAGS(personaflags);
KIT_FLAGS(sched);
KIT_FLAGS(statx);
KIT_FLAGS(statxsync);
KIT_FLAGS(statxall);
KIT_FLAGS(swapon);

void kit_show_int(struct pure_show *show, int i)
{
	pure_put_signed(show->text, (int)show->arguments[i]);
}

void kit_show_ms(struct pure_show *show, int i)
{
	kit_show_int(show, i);
}

void kit_show_uint(struct pure_show *show, int i)
{
	pure_put_unsigned(show->text, (unsigned int)show->arguments[i]);
}

void kit_show_long(struct pure_show *show, int i)
{
	pure_put_signed(show->text, show->arguments[i]);
}

void kit_show_offset(struct pure_show *show, int i)
{
	pure_put_signed(show->text, show->arguments[i]);
}

void kit_show_ulong(struct pure_show *show, int i)
{
	pure_put_unsigned(show->text, show->arguments[i]);
}

void kit_show_hex(struct pure_show *show, int i)
{
	pure_put_hex(show->text, show->arguments[i]);
}

void kit_show_hexoffset(struct pure_show *show, int i)
{
	pure_put_hex(show->text, show->arguments[i]);
}

void kit_show_hex32(struct pure_show *show, int i)
{
	pure_put_hex(show->text, (unsigned int)show->arguments[i]);
}

void kit_show_addr(struct pure_show *show, int i)
{
	kit_put_address(show, show->arguments[i]);
}

void kit_show_skip(struct pure_show *show, int i)
{
	(void)show, (void)i;
}

/* Only MREMAP_FIXED has one. */
void kit_show_addr_mremap(struct pure_show *show, int i)
{
	if (show->arguments[3] & (MREMAP_FIXED | MREMAP_DONTUNMAP))
		kit_put_address(show, show->arguments[i]);
}

void kit_put_id(struct pure_show *show, unsigned int id)
{
	if (id == -1U)
		pure_put(show->text, "-1");
	else
		pure_put_unsigned(show->text, id);
}

void kit_show_uid(struct pure_show *show, int i)
{
	kit_put_id(show, (unsigned int)show->arguments[i]);
}

void kit_put_uid_at(struct pure_show *show, unsigned long address, int i)
{
	unsigned int id;

	(void)i;
	if (!kit_fetch(show, &id, address, sizeof(id)))
		return;
	pure_put_char(show->text, '[');
	kit_put_id(show, id);
	pure_put_char(show->text, ']');
}

static void put_group(struct pure_show *show, const void *element)
{
	kit_put_id(show, *(const unsigned int *)element);
}

void kit_put_gids_at(struct pure_show *show, unsigned long address, int i)
{
	const int wanted = (int)show->arguments[0];
	const long count = show->left ? show->result : wanted;

	(void)i;
	if ((wanted == 0 && count) || count > NGROUPS_MAX)
		kit_put_address(show, address);
	else
		kit_put_array(show, address, count, sizeof(unsigned int),
			      put_group);
}

/* Three digits at least. */
void kit_put_mode(struct pure_show *show, unsigned long mode)
{
	pure_put_char(show->text, '0');
	if (mode)
		pure_put_digits(show->text, mode, 8, mode < 0100 ? 2 : 0);
	if (!mode)
		pure_put(show->text, "00");
}

void kit_show_mode(struct pure_show *show, int i)
{
	kit_put_mode(show, (unsigned short)show->arguments[i]);
}

/* Only what makes a file has one. */
void kit_show_mode_open(struct pure_show *show, int i)
{
	const long flags = show->arguments[i - 1];

	if (flags & (O_CREAT | (O_TMPFILE & ~O_DIRECTORY)))
		kit_show_mode(show, i);
}

static const char *file_type(unsigned int mode)
{
	switch (mode & S_IFMT) {
	case S_IFREG:
		return "S_IFREG";
	case S_IFSOCK:
		return "S_IFSOCK";
	case S_IFIFO:
		return "S_IFIFO";
	case S_IFLNK:
		return "S_IFLNK";
	case S_IFBLK:
		return "S_IFBLK";
	case S_IFDIR:
		return "S_IFDIR";
	case S_IFCHR:
		return "S_IFCHR";
	}
	return NULL;
}

/* What -X says of numbers that aren't hexadecimal. */
static bool shows_value(const struct pure_show *show)
{
	return show->options->constants == 1;
}

void kit_put_file_mode(struct pure_show *show, unsigned int mode)
{
	const char *type = file_type(mode);

	if (!type || show->options->constants)
		kit_put_mode(show, mode);
	if (!type || shows_value(show))
		return;
	if (show->options->constants)
		pure_put(show->text, " /* ");
	pure_put(show->text, type);
	pure_put(show->text, mode & S_ISUID ? "|S_ISUID" : "");
	pure_put(show->text, mode & S_ISGID ? "|S_ISGID" : "");
	pure_put(show->text, mode & S_ISVTX ? "|S_ISVTX" : "");
	pure_put_char(show->text, '|');
	kit_put_mode(show, mode & ~(S_IFMT | S_ISUID | S_ISGID | S_ISVTX));
	kit_end_name(show);
}

void kit_show_filemode(struct pure_show *show, int i)
{
	kit_put_file_mode(show, (unsigned short)show->arguments[i]);
}

void kit_put_dev(struct pure_show *show, unsigned long dev)
{
	if (!kit_begin_name(show, dev))
		return;
	pure_put(show->text, "makedev(");
	pure_put_hex(show->text, gnu_dev_major(dev));
	pure_put(show->text, ", ");
	pure_put_hex(show->text, gnu_dev_minor(dev));
	pure_put_char(show->text, ')');
	kit_end_name(show);
}

void kit_show_dev(struct pure_show *show, int i)
{
	kit_put_dev(show, (unsigned int)show->arguments[i]);
}

/* Only a device's file has one. */
void kit_show_dev_mknod(struct pure_show *show, int i)
{
	const unsigned int mode = (unsigned int)show->arguments[i - 1];

	if (S_ISCHR(mode) || S_ISBLK(mode))
		kit_put_dev(show, (unsigned int)show->arguments[i]);
}

/* FLAGS, of which those in MASK are one of the values of FIELD: one value. */
static void put_field_and_flags(struct pure_show *show,
				const struct kit_flags *field,
				unsigned long mask, const struct kit_flags *set,
				unsigned long flags)
{
	struct pure_show_options names = *show->options;
	struct pure_show inner = *show;

	if (!kit_begin_name(show, flags))
		return;
	names.constants = 0;
	inner.options = &names;
	kit_put_one(&inner, field, flags & mask);
	if (flags & ~mask) {
		/* What isn't known is no more than a number then. */
		pure_put_char(show->text, '|');
		names.constants = kit_knows_flags(set, flags & ~mask) ? 0 : 1;
		kit_put_flags(&inner, set, flags & ~mask);
	}
	kit_end_name(show);
}

void kit_put_open_flags(struct pure_show *show, unsigned long flags)
{
	put_field_and_flags(show, &kit_flags_openmode, O_ACCMODE,
			    &kit_flags_open, flags);
}

void kit_show_open(struct pure_show *show, int i)
{
	kit_put_open_flags(show, (unsigned int)show->arguments[i]);
}

void kit_show_mmapflags(struct pure_show *show, int i)
{
	const unsigned int flags = (unsigned int)show->arguments[i];
	const unsigned int mask = (unsigned int)MAP_HUGE_MASK << MAP_HUGE_SHIFT;
	struct pure_show_options names = *show->options;
	struct pure_show inner = *show;

	/* Only of these pages the size is a part of the flags. */
	if (!(flags & MAP_HUGETLB) || !(flags & mask)) {
		put_field_and_flags(show, &kit_flags_mmaptype, MAP_TYPE,
				    &kit_flags_mmap, flags);
		return;
	}
	if (!kit_begin_name(show, flags))
		return;
	names.constants = 0;
	inner.options = &names;
	put_field_and_flags(&inner, &kit_flags_mmaptype, MAP_TYPE,
			    &kit_flags_mmap, flags & ~mask);
	pure_put_char(show->text, '|');
	pure_put_unsigned(show->text, (flags & mask) >> MAP_HUGE_SHIFT);
	pure_put(show->text, "<<MAP_HUGE_SHIFT");
	kit_end_name(show);
}

void kit_show_statxflags(struct pure_show *show, int i)
{
	const unsigned int flags = (unsigned int)show->arguments[i];
	const unsigned int both = AT_STATX_FORCE_SYNC | AT_STATX_DONT_SYNC;

	if ((flags & both) == both)
		kit_put_flags(show, &kit_flags_statxall, flags);
	else
		put_field_and_flags(show, &kit_flags_statxsync, both,
				    &kit_flags_statx, flags);
}

/* A priority is a part of them. */
void kit_show_swapflags(struct pure_show *show, int i)
{
	const unsigned int flags = (unsigned int)show->arguments[i];

	if (flags & ~(unsigned int)SWAP_FLAG_PRIO_MASK) {
		kit_put_flags(show, &kit_flags_swapon,
			      flags & ~(unsigned int)SWAP_FLAG_PRIO_MASK);
		pure_put_char(show->text, '|');
	}
	pure_put_unsigned(show->text, flags & SWAP_FLAG_PRIO_MASK);
}

static void put_pair(struct pure_show *show, const void *element)
{
	kit_put_fd(show, *(const int *)element);
}

void kit_put_fds_at(struct pure_show *show, unsigned long address, int i)
{
	(void)i;
	kit_put_array(show, address, 2, sizeof(int), put_pair);
}

/* A number in brackets. */
static void put_number_at(struct pure_show *show, unsigned long address,
			  size_t size, bool hex)
{
	unsigned long value = 0;

	if (!kit_fetch(show, &value, address, size))
		return;
	pure_put_char(show->text, '[');
	if (hex)
		kit_put_address(show, value);
	else
		pure_put_unsigned(show->text, value);
	pure_put_char(show->text, ']');
}

void kit_put_uintptr_at(struct pure_show *show, unsigned long address, int i)
{
	(void)i;
	put_number_at(show, address, sizeof(unsigned int), false);
}

void kit_put_ulongptr_at(struct pure_show *show, unsigned long address, int i)
{
	put_number_at(show, address, sizeof(unsigned long),
		      show->number == SYS_io_setup || i == 1);
}

void kit_put_timerid_at(struct pure_show *show, unsigned long address, int i)
{
	(void)i;
	put_number_at(show, address, sizeof(int), false);
}

/* An execution domain, and flags. */
static void put_persona(struct pure_show *show, unsigned int value)
{
	kit_put_one(show, &kit_flags_persona, value & PER_MASK);
	if (value & ~(unsigned int)PER_MASK) {
		pure_put_char(show->text, '|');
		kit_put_flags(show, &kit_flags_personaflags,
			      value & ~(unsigned int)PER_MASK);
	}
}

void kit_show_persona(struct pure_show *show, int i)
{
	const unsigned int value = (unsigned int)show->arguments[i];

	/* It only asks. */
	if (value == -1U)
		pure_put_hex(show->text, value);
	else
		put_persona(show, value);
}

static void put_priority(struct pure_show *show, unsigned int value)
{
	pure_put(show->text, "IOPRIO_PRIO_VALUE(");
	kit_put_one(show, &kit_flags_ioprioclass, value >> IOPRIO_CLASS_SHIFT);
	pure_put(show->text, ", ");
	pure_put_unsigned(show->text, value & ((1U << IOPRIO_CLASS_SHIFT) - 1));
	pure_put_char(show->text, ')');
}

void kit_put_ioprio(struct pure_show *show, int value)
{
	if (show->options->constants)
		pure_put_signed(show->text, value);
	if (show->options->constants == 1)
		return;
	if (show->options->constants)
		pure_put(show->text, " /* ");
	put_priority(show, (unsigned int)value);
	kit_end_name(show);
}

void kit_show_ioprio(struct pure_show *show, int i)
{
	kit_put_ioprio(show, (int)show->arguments[i]);
}

static void put_slot(struct pure_show *show, unsigned long address)
{
	struct kcmp_epoll_slot slot;

	if (!kit_fetch(show, &slot, address, sizeof(slot)))
		return;
	pure_put_char(show->text, '{');
	kit_put_signed(show, "efd", (int)slot.efd);
	kit_put_signed(show, "tfd", (int)slot.tfd);
	kit_put_unsigned(show, "toff", slot.toff);
	pure_put_char(show->text, '}');
}

/* What is compared of two processes: descriptors, or nothing of a number. */
void kit_show_kcmparg(struct pure_show *show, int i)
{
	const int type = (int)show->arguments[2];
	const long value = show->arguments[i];

	if (type == KCMP_FILE || (type == KCMP_EPOLL_TFD && i == 3)) {
		if (show->arguments[i - 3] == kit_process())
			kit_put_fd(show, (int)value);
		else
			pure_put_signed(show->text, (int)value);
	} else if (type == KCMP_EPOLL_TFD) {
		put_slot(show, value);
	} else if (type < KCMP_FILE || type > KCMP_EPOLL_TFD) {
		pure_put_hex(show->text, value);
	}
}

static void put_text(struct pure_show *show, const char *text)
{
	pure_put(show->text, " (");
	pure_put(show->text, text);
	pure_put_char(show->text, ')');
}

static void put_fcntl_result(struct pure_show *show)
{
	struct pure_text *text = show->text;
	const int command = (int)show->arguments[1];

	if (command == F_DUPFD || command == F_DUPFD_CLOEXEC) {
		kit_put_fd(show, (int)show->result);
	} else if (command == F_GETFL) {
		pure_put_hex(text, show->result);
		pure_put(text, " (flags ");
		kit_put_open_flags(show, show->result);
		pure_put_char(text, ')');
	} else if (command == F_GETLEASE) {
		pure_put_hex(text, show->result);
		pure_put(text, " (");
		pure_put(text, kit_flag_name(&kit_flags_lock, show->result));
		pure_put_char(text, ')');
	} else if (command == F_GETSIG && show->result) {
		pure_put_signed(text, show->result);
		put_text(show, pure_signal_name((int)show->result));
	} else if (command == F_GETFD && show->result) {
		pure_put_hex(text, show->result);
		pure_put(text, " (flags ");
		kit_put_flags(show, &kit_flags_fdflags, show->result);
		pure_put_char(text, ')');
	} else {
		pure_put_signed(text, show->result);
	}
}

void kit_put_result_text(struct pure_show *show)
{
	const char *name = NULL;

	switch (show->call->result) {
	case PURE_RESULT_fcntl:
		put_fcntl_result(show);
		return;
	case PURE_RESULT_prctl:
		kit_put_prctl_result(show);
		return;
	case PURE_RESULT_persona:
		pure_put_hex(show->text, show->result);
		pure_put(show->text, " (");
		put_persona(show, (unsigned int)show->result);
		pure_put_char(show->text, ')');
		return;
	case PURE_RESULT_ioprio:
		pure_put_signed(show->text, show->result);
		if (show->options->constants == 1)
			return;
		pure_put(show->text, " (");
		put_priority(show, (unsigned int)show->result);
		pure_put_char(show->text, ')');
		return;
	case PURE_RESULT_landlock:
		if (show->arguments[2] & LANDLOCK_CREATE_RULESET_VERSION)
			pure_put_signed(show->text, show->result);
		else
			kit_put_fd(show, (int)show->result);
		return;
	case PURE_RESULT_sched:
		name = kit_flag_name(&kit_flags_sched, show->result);
		break;
	case PURE_RESULT_timex:
		name = kit_flag_name(&kit_flags_adjstate, show->result);
		break;
	case PURE_RESULT_sig:
		name = pure_signal_name((int)show->result);
		break;
	case PURE_RESULT_time:
		pure_put_signed(show->text, show->result);
		pure_put(show->text, " (");
		kit_put_date(show, show->result, 0);
		pure_put_char(show->text, ')');
		return;
	}
	pure_put_signed(show->text, show->result);
	if (name)
		put_text(show, name);
}
