/* Streams: where an isolated handler's are in a call, a signal of the program's, which
   waits, is no reason not to write what is there.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include "libioP.h"
#include <errno.h>
#include <unistd.h>
#include <pure.h>

#ifdef SHARED
# define PURE_AGAIN(call)						\
  ({									\
    ssize_t result_;							\
    do									\
      result_ = call;							\
    while (result_ < 0 && errno == EINTR && __pure_auditor);		\
    result_;								\
  })
# define __write(fd, data, size) PURE_AGAIN (__write (fd, data, size))
# define __read(fd, data, size) PURE_AGAIN (__read (fd, data, size))
#endif

#include <libio/fileops.c>
