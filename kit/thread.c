/*
 * kit: the number of the calling thread, kept where that is safe, and the
 * namespace that it is of.
 *
 * A child of vfork has its parent's thread-local data, one of fork a copy of
 * it: the number is forgotten before and after such a call.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <linux/sched.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "kit.h"

/* A tool that has the kit has no runtime, and keeps nothing. */
#pragma weak pure_isolated

static __thread int known;

/* Off: until a handler promises to say when threads are made. */
static bool kept;

/* No other thread has been made that runs at the same time as this one. */
static bool alone;

static struct kit_space space;
static bool space_known;

/* No function of the C library is called: in the program's namespace the thread
 * might be cancelled. */
void kit_find_space(void)
{
	char name[16], own[16];
	struct pure_text process = PURE_TEXT(own);
	struct stat status;
	long size;

	space_known = true;
	space.file = 0;
	if (PURE_OWN_CALL(SYS_stat, "/proc/self/ns/pid", &status) == 0)
		space.file = (unsigned int)status.st_ino;
	pure_put_unsigned(&process, PURE_OWN_CALL(SYS_getpid, 0, 0));
	size = PURE_OWN_CALL(SYS_readlink, "/proc/self", name, sizeof(name));
	space.listed = size == process.end && memcmp(name, own, size) == 0;
}

const struct kit_space *kit_space(void)
{
	if (!space_known)
		kit_find_space();
	return &space;
}

long pure_thread_id(void)
{
	if (known && kept)
		return known;
	known = (int)PURE_OWN_CALL(SYS_gettid, 0, 0);
	/* It may be a namespace's first one. */
	if (known == 1)
		kit_find_space();
	return known;
}

void pure_thread_keep(void)
{
	kept = true;
	alone = pure_isolated();
}

bool kit_alone(void)
{
	return alone;
}

static unsigned long flags_of(long number, const long *a)
{
	unsigned long flags = 0;

	if (number == SYS_clone)
		return a[0];
	pure_read(&flags, a[0], sizeof(flags));
	return flags;
}

bool pure_thread_starts(long number)
{
	return number == SYS_fork || number == SYS_vfork ||
	       number == SYS_clone || number == SYS_clone3;
}

void pure_thread_before(long number, const long *a)
{
	unsigned long flags;

	if (number == SYS_clone || number == SYS_clone3) {
		flags = flags_of(number, a);
		if ((flags & CLONE_VM) && !(flags & CLONE_VFORK))
			alone = false;
		/* Two threads that run at once share one's data. */
		if ((flags & CLONE_VM) &&
		    !(flags & (CLONE_VFORK | CLONE_SETTLS)))
			kept = false;
	}
	known = 0;
}

void pure_thread_after(void)
{
	known = 0;
}
