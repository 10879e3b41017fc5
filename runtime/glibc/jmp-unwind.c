/* What longjmp does about the stack frames that it leaves: glibc's cleanups, and
   those of handlers among them are handlers no longer.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <setjmp.h>

static void stock_longjmp_unwind (jmp_buf env, int val);

#define _longjmp_unwind stock_longjmp_unwind
#include <sysdeps/nptl/jmp-unwind.c>
#undef _longjmp_unwind

#include <jmpbuf-unwind.h>
#include <pure.h>

void
_longjmp_unwind (jmp_buf env, int val)
{
  stock_longjmp_unwind (env, val);
  __pure_leave_frames ((unsigned long) CURRENT_STACK_FRAME,
		       _jmpbuf_sp (env->__jmpbuf));
}
