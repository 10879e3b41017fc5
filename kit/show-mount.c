/*
 * kit: mounts, in both ways that the kernel has; files in memory; landlock.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/fanotify.h>
#include <linux/landlock.h>
#include <linux/memfd.h>
#include <linux/mount.h>
#include <stddef.h>

#include "show.h"

/* How much of a key or of a text of fsconfig is shown. */
#define FSCONFIG_SIZE 256

KIT_FLAGS(fanclass);
KIT_FLAGS(faninit);
KIT_FLAGS(landlockfs);
KIT_FLAGS(memfd);
KIT_FLAGS(mount);
KIT_FLAGS(mountattr);
KIT_FLAGS(mountmagic);
KIT_FLAGS(propagation);

/* What old programs put in front of the flags. */
static bool has_magic(const struct pure_show *show)
{
	return (show->arguments[3] & MS_MGC_MSK) == MS_MGC_VAL;
}

static unsigned long mount_flags(const struct pure_show *show)
{
	return has_magic(show) ? show->arguments[3] & ~MS_MGC_MSK :
				 (unsigned long)show->arguments[3];
}

void kit_show_mountflags(struct pure_show *show, int i)
{
	const unsigned long flags = mount_flags(show);

	(void)i;
	if (has_magic(show)) {
		kit_put_one(show, &kit_flags_mountmagic, MS_MGC_VAL);
		pure_put(show->text, flags ? "|" : "");
	}
	if (flags || !has_magic(show))
		kit_put_flags(show, &kit_flags_mount, flags);
}

/* Where mount changes what is there, it has no use for a type, or for data. */
static bool is_ignored(const struct pure_show *show, bool data)
{
	const unsigned long kept = MS_BIND | MS_MOVE | MS_UNBINDABLE |
				   MS_PRIVATE | MS_SLAVE | MS_SHARED;
	const unsigned long flags = mount_flags(show);

	return flags & MS_REMOUNT ? !data : flags & kept;
}

static void put_unless_ignored(struct pure_show *show, int i, bool data)
{
	if (is_ignored(show, data))
		kit_put_address(show, show->arguments[i]);
	else
		kit_put_string(show, show->arguments[i]);
}

void kit_show_mounttype(struct pure_show *show, int i)
{
	put_unless_ignored(show, i, false);
}

void kit_show_mountdata(struct pure_show *show, int i)
{
	put_unless_ignored(show, i, true);
}

/* A key, a value, a number: what they are is for the command to say. */
void kit_show_fsconfig(struct pure_show *show, int i)
{
	const unsigned long value = show->arguments[i];
	const unsigned int command = (unsigned int)show->arguments[1];
	const int number = (int)show->arguments[4];
	const bool path = command == FSCONFIG_SET_PATH ||
			  command == FSCONFIG_SET_PATH_EMPTY;

	if (i == 2 && command <= FSCONFIG_SET_FD)
		kit_put_limited(show, value, FSCONFIG_SIZE);
	else if (i == 3 && command == FSCONFIG_SET_STRING)
		kit_put_limited(show, value, FSCONFIG_SIZE);
	else if (i == 3 && path)
		kit_show_path(show, i);
	else if (i == 3 && command == FSCONFIG_SET_BINARY && number >= 0 &&
		 number <= 1024 * 1024)
		kit_put_hex_memory(show, value, number);
	else if (i == 4 && path)
		kit_put_dirfd(show, number);
	else if (i == 4 && command == FSCONFIG_SET_FD)
		kit_put_fd(show, number);
	else if (i == 4)
		pure_put_signed(show->text, number);
	else
		kit_put_address(show, value);
}

void kit_put_mountattr_at(struct pure_show *show, unsigned long address, int i)
{
	struct mount_attr a;
	const unsigned long size = kit_size(show, i);

	/* One of another size can't be told. */
	if (size < sizeof(a)) {
		kit_put_address(show, address);
		return;
	}
	if (!kit_fetch(show, &a, address, sizeof(a)))
		return;
	pure_put(show->text, "{attr_set=");
	kit_put_flags(show, &kit_flags_mountattr, a.attr_set);
	kit_put_name(show, "attr_clr");
	kit_put_flags(show, &kit_flags_mountattr, a.attr_clr);
	kit_put_name(show, "propagation");
	kit_put_one(show, &kit_flags_propagation, a.propagation);
	kit_put_name(show, "userns_fd");
	if (a.userns_fd <= 0x7fffffff &&
	    ((a.attr_set | a.attr_clr) & MOUNT_ATTR_IDMAP))
		kit_put_fd(show, (int)a.userns_fd);
	else
		pure_put_unsigned(show->text, a.userns_fd);
	kit_put_tail(show, address, sizeof(a), size);
	pure_put_char(show->text, '}');
}

/* Flags, and the size of huge pages above them. */
void kit_show_memfd(struct pure_show *show, int i)
{
	const unsigned int mask = (unsigned int)MFD_HUGE_MASK << MFD_HUGE_SHIFT;
	const unsigned int flags = (unsigned int)show->arguments[i];

	if (!(flags & mask)) {
		kit_put_flags(show, &kit_flags_memfd, flags);
		return;
	}
	if (!kit_begin_name(show, flags))
		return;
	if (flags & ~mask) {
		kit_put_names(show, &kit_flags_memfd, flags & ~mask);
		pure_put_char(show->text, '|');
	}
	pure_put_unsigned(show->text, flags >> MFD_HUGE_SHIFT);
	pure_put(show->text, "<<MFD_HUGE_SHIFT");
	kit_end_name(show);
}

void kit_show_faninit(struct pure_show *show, int i)
{
	const unsigned int class = FAN_CLASS_CONTENT | FAN_CLASS_PRE_CONTENT;
	const unsigned int flags = (unsigned int)show->arguments[i];

	kit_put_one(show, &kit_flags_fanclass, flags & class);
	if (flags & ~class) {
		pure_put_char(show->text, '|');
		kit_put_flags(show, &kit_flags_faninit, flags & ~class);
	}
}

void kit_show_dirfd_fanotify(struct pure_show *show, int i)
{
	if ((int)show->arguments[i] == FAN_NOFD)
		kit_put_named_int(show, FAN_NOFD, "FAN_NOFD");
	else
		kit_show_dirfd(show, i);
}

void kit_put_landlockset_at(struct pure_show *show, unsigned long address,
			    int i)
{
	struct landlock_ruleset_attr attributes;
	const unsigned long size = kit_size(show, i);
	const size_t known =
		sizeof(attributes.handled_access_fs) +
		offsetof(struct landlock_ruleset_attr, handled_access_fs);

	if (size < known) {
		kit_put_address(show, address);
		return;
	}
	if (!kit_fetch(show, &attributes, address, known))
		return;
	pure_put(show->text, "{handled_access_fs=");
	kit_put_flags(show, &kit_flags_landlockfs,
		      attributes.handled_access_fs);
	pure_put(show->text, size > known ? ", ...}" : "}");
}

void kit_show_landlockrule(struct pure_show *show, int i)
{
	const unsigned long address = show->arguments[i];
	struct landlock_path_beneath_attr rule;

	if ((int)show->arguments[1] != LANDLOCK_RULE_PATH_BENEATH) {
		kit_put_address(show, address);
		return;
	}
	if (!kit_fetch(show, &rule, address, sizeof(rule)))
		return;
	pure_put(show->text, "{allowed_access=");
	kit_put_flags(show, &kit_flags_landlockfs, rule.allowed_access);
	kit_put_name(show, "parent_fd");
	kit_put_fd(show, rule.parent_fd);
	pure_put_char(show->text, '}');
}
