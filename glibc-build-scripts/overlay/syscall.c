/* syscall (), as C: the assembly that it replaces has no guard.

   SPDX-License-Identifier: LGPL-2.1-or-later

   How many arguments the call has can't be known here: all six are passed,
   as the kernel would see them.

   An isolated handler, whose C library's pointer is NULL, may pass on by this
   what it was called for by a thunk: clone, say, whose child must not come out
   here.  The gateway knows how.  */

#include <stdarg.h>
#include <sysdep.h>
#include "pure-build.h"
#include <pure.h>

long int
syscall (long int number, ...)
{
  va_list list;
  long int args[6];

  va_start (list, number);
  for (int i = 0; i < 6; i++)
    args[i] = va_arg (list, long int);
  va_end (list);

  long int result;
  if (__glibc_unlikely (pure_frame () != 0 && __pure_syscall == NULL))
    result = __pure_gateway (number, args[0], args[1], args[2], args[3],
			     args[4], args[5]);
  else
    result = INTERNAL_SYSCALL_NCS_CALL (number, args[0], args[1], args[2],
					args[3], args[4], args[5]);
  if (__glibc_unlikely (INTERNAL_SYSCALL_ERROR_P (result)))
    return INLINE_SYSCALL_ERROR_RETURN_VALUE (INTERNAL_SYSCALL_ERRNO (result));
  return result;
}
