/* The handler, as purecc.h has it.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <abi/run.h>
#include "pure.h"

/* Pure glibc's own, where the process has them.  */
extern pure_handler_t __pure_set_handler_in_libc (pure_handler_t handler)
  __asm__ ("__pure_set_handler") __attribute__ ((__weak__));
extern int __pure_set_flags_in_libc (unsigned int flags)
  __asm__ ("__pure_set_flags") __attribute__ ((__weak__));
extern int __pure_isolated_in_libc (void)
  __asm__ ("__pure_isolated") __attribute__ ((__weak__));
extern __typeof (pure_keep_descriptor) __pure_keep_descriptor_in_libc
  __asm__ ("__pure_keep_descriptor") __attribute__ ((__weak__));
extern __typeof (pure_kept_descriptor) __pure_kept_descriptor_in_libc
  __asm__ ("__pure_kept_descriptor") __attribute__ ((__weak__));
extern __typeof (pure_exec_obstacle) __pure_exec_obstacle_in_libc
  __asm__ ("__pure_exec_obstacle") __attribute__ ((__weak__));

pure_handler_t
pure_set_handler (pure_handler_t handler)
{
  if (__pure_set_handler_in_libc)
    return __pure_set_handler_in_libc (handler);
  return __atomic_exchange_n (&__pure_syscall, handler, __ATOMIC_ACQ_REL);
}

int
pure_set_flags (unsigned int flags)
{
  if (__pure_set_flags_in_libc)
    return __pure_set_flags_in_libc (flags);
  return flags & ~PURE_FLAGS ? -EINVAL : 0;
}

int
pure_isolated (void)
{
  return __pure_isolated_in_libc && __pure_isolated_in_libc ();
}

int
pure_keep_descriptor (unsigned long key, int fd)
{
  if (__pure_keep_descriptor_in_libc)
    return __pure_keep_descriptor_in_libc (key, fd);
  return -ENOSYS;
}

int
pure_kept_descriptor (unsigned long key)
{
  return __pure_kept_descriptor_in_libc ? __pure_kept_descriptor_in_libc (key) : -1;
}

const char *
pure_exec_obstacle (long number, long a1, long a2, long a3, long a4, long a5)
{
  if (__pure_exec_obstacle_in_libc)
    return __pure_exec_obstacle_in_libc (number, a1, a2, a3, a4, a5);
  return PURE_NOT_STARTED_TEXT;
}
