/*
 * pass: a handler that passes every system call on to the kernel. It is what
 * other handlers are measured against, so it does nothing else.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include <purecc.h>

/*
 * A handler is called as a variadic function, but written as one it would
 * store its arguments and load them again. To the psABI (x86-64, 3.2.3 and
 * 3.5.7) a call with integer arguments is the same for both, so this takes
 * them as six; those beyond NR are what happens to be in their places, and
 * the kernel doesn't look at them.
 *
 * The places of A5 and A6 are on the stack. Where the caller passed fewer
 * arguments they are part of its frame: they may be read and not written.
 * Hence no parameter is assigned to, and no jump may take the place of the
 * call, since it would leave A6 for its target in the place of A5: an empty
 * statement that uses the result comes after.
 */
static long pass(long number, long nr, long a1, long a2, long a3, long a4,
		 long a5, long a6)
{
	long result = pure_native_syscall(number, a1, a2, a3, a4, a5, a6);

	(void)nr;
	__asm__ volatile("" : "+r"(result));
	return result;
}

/* By way of void (*)(void), which says that the types differ on purpose. */
PURE_HANDLER((pure_handler_t)(void (*)(void))pass);
