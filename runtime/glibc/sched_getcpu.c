/* sched_getcpu, which reads the CPU's number from the thread's rseq area: with
   a handler set, the system call has to stand in for that as well.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <sched.h>
#include <sysdep-vdso.h>

static int stock_sched_getcpu (void);

#define sched_getcpu stock_sched_getcpu
#include <sysdeps/unix/sysv/linux/sched_getcpu.c>
#undef sched_getcpu

int
sched_getcpu (void)
{
  if (__glibc_unlikely (__pure_active ()))
    return vsyscall_sched_getcpu ();
  return stock_sched_getcpu ();
}
