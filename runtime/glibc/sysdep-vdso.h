/* Calls that the vDSO answers.

   SPDX-License-Identifier: LGPL-2.1-or-later

   With a handler set, the vDSO is passed over as if it didn't know the call;
   the system call that is made instead is a site like any other, but that the
   vDSO may answer it if the handler passes it on.  */

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

#if IS_IN (libc)

/* System call NUMBER with NR arguments, as one that the vDSO may answer if it's
   passed on (pure-vdso.c).  */
extern long int __pure_ask (long int number, long int nr, long int a1,
			    long int a2, long int a3) attribute_hidden;
# define PURE_ASK(number, nr, args...) PURE_ASK_##nr (number, args)
# define PURE_ASK_1(number, a)						\
  __pure_ask (number, 1, (long int) (a), 0, 0)
# define PURE_ASK_2(number, a, b)					\
  __pure_ask (number, 2, (long int) (a), (long int) (b), 0)
# define PURE_ASK_3(number, a, b, c)					\
  __pure_ask (number, 3, (long int) (a), (long int) (b), (long int) (c))

/* The system call without a handler, where the vDSO doesn't know it.  */
# define PURE_BY_VDSO(name, args...)					\
  ({									\
    long int by_ = -ENOSYS;						\
    if (GLRO(dl_vdso_##name) != NULL)					\
      by_ = GLRO(dl_vdso_##name) (args);				\
    by_ == -ENOSYS ? INTERNAL_SYSCALL_CALL (name, args) : by_;		\
  })

# undef INLINE_VSYSCALL
# define INLINE_VSYSCALL(name, nr, args...)				\
  ({									\
    long int result_ = (__glibc_unlikely (__pure_active ())		\
			? PURE_ASK (__NR_##name, nr, args)		\
			: PURE_BY_VDSO (name, args));			\
    if (INTERNAL_SYSCALL_ERROR_P (result_))				\
      {									\
	__set_errno (INTERNAL_SYSCALL_ERRNO (result_));			\
	result_ = -1;							\
      }									\
    result_;								\
  })

#endif

#undef INTERNAL_VSYSCALL_CALL
#define INTERNAL_VSYSCALL_CALL(funcptr, nr, args...)			\
  (__glibc_unlikely (__pure_active ()) ? -(long int) ENOSYS		\
   : (long int) funcptr (args))

#endif /* sysdep-vdso.h */
