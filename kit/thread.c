/*
 * kit: the number of the calling thread, kept where that is safe.
 *
 * A child of vfork has its parent's thread-local data, one of fork a copy of
 * it: the number is forgotten before and after such a call.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#define _GNU_SOURCE
#include <linux/sched.h>
#include <sys/syscall.h>

#include "kit.h"

static __thread int known;

/* Off: until a handler promises to say when threads are made. */
static bool kept;

long pure_thread_id(void)
{
	if (known && kept)
		return known;
	known = (int)PURE_OWN_CALL(SYS_gettid, 0, 0);
	return known;
}

void pure_thread_keep(void)
{
	kept = true;
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
