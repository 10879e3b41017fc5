/* glibc's clock_gettime, which takes what the vDSO says as final: here the
   system call has to stand in for it.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <sysdep.h>
#include <sysdep-vdso.h>

#undef INTERNAL_VSYSCALL_CALL
#define INTERNAL_VSYSCALL_CALL(funcptr, nr, args...)			\
  (__glibc_unlikely (__pure_active ())					\
   ? PURE_ASK (__NR_clock_gettime, nr, args)				\
   : (long int) funcptr (args))

#include <sysdeps/unix/sysv/linux/clock_gettime.c>
