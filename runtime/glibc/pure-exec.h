/* For glibc's own functions that execute a program.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#ifndef PURE_EXEC_H
#define PURE_EXEC_H 1

#include <errno.h>
#include <pure.h>

/* Is there no handler that would pass the call on, and isn't this a handler's own?  */
#ifdef SHARED
# define pure_exec_directly_p()						\
  (__pure_syscall == NULL && !__pure_auditor)
#else
# define pure_exec_directly_p() 0
#endif

/* The result of CALL, a site; or of the same, followed.  */
#define pure_followed(call, ...)					\
  pure_exec_result (pure_exec_directly_p () ? __pure_exec (__VA_ARGS__) : (call))

static inline int
pure_exec_result (long result)
{
  if (__glibc_unlikely (INTERNAL_SYSCALL_ERROR_P (result)))
    return INLINE_SYSCALL_ERROR_RETURN_VALUE (INTERNAL_SYSCALL_ERRNO (result));
  return result;
}

#endif /* pure-exec.h */
