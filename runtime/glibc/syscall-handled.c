/* syscall () where it may be diverted (syscall.S).

   SPDX-License-Identifier: LGPL-2.1-or-later

   All six arguments are passed, as the kernel would see them; the number says how
   many the handler hears of.  To the compiler they are parameters, which the
   callers of a variadic function pass in the same places (psABI, 3.2.3 and
   3.5.7), and not a list that it would store first.

   An isolated handler, whose C library's pointer is NULL, may pass on by this
   what it was called for: that is in the kernel for the program then, where its
   signals arrive, and clone's child must not come out here.  The gateway knows
   how.  */

#include <sysdep.h>
#include <pure.h>

static inline long int
raw_to_return_value (long int result)
{
  if (__glibc_unlikely (INTERNAL_SYSCALL_ERROR_P (result)))
    return INLINE_SYSCALL_ERROR_RETURN_VALUE (INTERNAL_SYSCALL_ERRNO (result));
  return result;
}

long int attribute_hidden
__pure_syscall_handled (long int number, long int a1, long int a2, long int a3,
			long int a4, long int a5, long int a6)
{
  if (__pure_syscall == NULL && pure_in_call_p ())
    return raw_to_return_value (__pure_native_syscall (number, a1, a2, a3, a4, a5,
						       a6));
  if (__glibc_unlikely (pure_in_frame_p ()) && __pure_syscall == NULL)
    return raw_to_return_value (__pure_gateway (number, a1, a2, a3, a4, a5,
						a6));
  return raw_to_return_value (__pure_counted_guard (a1, a2, a3, a4, a5, a6, number));
}
