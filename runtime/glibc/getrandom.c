/* getrandom, also as arc4random asks it: what the vDSO says is final to glibc
   from 2.41 on, so that with a handler set the system call stands in for it from
   the start.  Before 2.41 there is nothing but the system call.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <sys/random.h>
#include <sysdep-cancel.h>
#include <sysdep-vdso.h>

#ifdef HAVE_GETRANDOM_VSYSCALL

/* A handler that is set while the vDSO is asked is too late for this call.  */
# undef INTERNAL_VSYSCALL_CALL
# define INTERNAL_VSYSCALL_CALL(funcptr, nr, args...) \
  ((long int) funcptr (args))

static ssize_t stock_getrandom (void *, size_t, unsigned int);
static ssize_t stock_getrandom_nocancel (void *, size_t, unsigned int);

/* The stock functions without their other names.  */
# pragma push_macro ("libc_hidden_def")
# pragma push_macro ("weak_alias")
# undef libc_hidden_def
# undef weak_alias
# define libc_hidden_def(name)
# define weak_alias(name, alias)
# define __getrandom stock_getrandom
# define __getrandom_nocancel stock_getrandom_nocancel
# include <sysdeps/unix/sysv/linux/getrandom.c>
# undef __getrandom_nocancel
# undef __getrandom
# pragma pop_macro ("weak_alias")
# pragma pop_macro ("libc_hidden_def")

ssize_t
__getrandom_nocancel (void *buffer, size_t length, unsigned int flags)
{
  if (__glibc_unlikely (__pure_active ()))
    return getrandom_syscall (buffer, length, flags, false);
  return stock_getrandom_nocancel (buffer, length, flags);
}

ssize_t
__getrandom (void *buffer, size_t length, unsigned int flags)
{
  if (__glibc_unlikely (__pure_active ()))
    return getrandom_syscall (buffer, length, flags, true);
  return stock_getrandom (buffer, length, flags);
}
libc_hidden_def (__getrandom)
weak_alias (__getrandom, getrandom)

#else
# include <sysdeps/unix/sysv/linux/getrandom.c>
#endif
