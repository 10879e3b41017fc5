/* syscall () where it may be diverted (syscall.S).

   SPDX-License-Identifier: LGPL-2.1-or-later

   All six arguments are passed, as the kernel would see them; the number says how
   many the handler hears of.  To the compiler they are parameters, which the
   callers of a variadic function pass in the same places (psABI, 3.2.3 and
   3.5.7), and not a list that it would store first.

   A handler may pass on by this what it was called for.  It is in the kernel for the
   program then, where its signals arrive, clone's child must not come out here, and
   the thread may be cancelled.  The gateway knows how.  An isolated handler's
   C library finds that the thread is in the handler.  Another has a frame, if the site
   is one that matters; the pointer may be NULL by now.  */

#include <sysdep.h>
#include <pure.h>

static inline long int
raw_to_return_value (long int result)
{
  if (__glibc_unlikely (INTERNAL_SYSCALL_ERROR_P (result)))
    return INLINE_SYSCALL_ERROR_RETURN_VALUE (INTERNAL_SYSCALL_ERRNO (result));
  return result;
}

/* Does a handler of the program's namespace pass on by this a call whose site needs
   the gateway?  */
static inline int
passed_on_p (void)
{
  if (__glibc_likely (!pure_in_frame_p ()))
    return 0;
  return (__pure_syscall == NULL
	  || ((pure_frame () & PURE_CANCELABLE) && (pure_mark () & PURE_IN_HANDLER)));
}

long int attribute_hidden
__pure_syscall_handled (long int number, long int a1, long int a2, long int a3,
			long int a4, long int a5, long int a6)
{
  if (((__pure_syscall == NULL || __pure_auditor) && pure_in_call_p ())
      || passed_on_p ())
    return raw_to_return_value (__pure_native_syscall (number, a1, a2, a3, a4, a5,
						       a6));
  return raw_to_return_value (__pure_counted_guard (a1, a2, a3, a4, a5, a6, number));
}
