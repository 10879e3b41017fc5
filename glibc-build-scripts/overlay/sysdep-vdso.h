/* Calls that the vDSO answers.

   SPDX-License-Identifier: LGPL-2.1-or-later

   With a handler set, the vDSO is passed over as if it didn't know the call;
   the system call that is made instead is a site like any other.  */

#ifndef PURE_SYSDEP_VDSO_H
#define PURE_SYSDEP_VDSO_H 1

#include <errno.h>
#include <stdbool.h>
#include <sysdeps/unix/sysv/linux/sysdep-vdso.h>

#if IS_IN (rtld)
extern bool __pure_active (void) attribute_hidden;
#else
extern long int (*__pure_syscall) (long int, long int, ...);
# define __pure_active() (__pure_syscall != NULL)
#endif

#undef INTERNAL_VSYSCALL_CALL
#define INTERNAL_VSYSCALL_CALL(funcptr, nr, args...)			\
  (__glibc_unlikely (__pure_active ()) ? -(long int) ENOSYS		\
   : (long int) funcptr (args))

#endif /* sysdep-vdso.h */
