/* Thread-specific data (pthread_setspecific(3)) of an isolated handler: keys are a C
   library's own, but the data is in the thread's descriptor, which all of the process
   share.  An auditor's C library has another descriptor for it, of which nothing else
   is used.

   SPDX-License-Identifier: LGPL-2.1-or-later

   Included in glibc's files after pthreadP.h.  */

#include "pthreadP.h"

#ifdef SHARED
extern int __pure_auditor attribute_hidden;
extern struct pthread *__pure_specific (void) attribute_hidden;

static inline struct pthread *
specific_self (void)
{
  return __glibc_unlikely (__pure_auditor) ? __pure_specific () : THREAD_SELF;
}

# undef THREAD_SELF
# define THREAD_SELF (specific_self ())
# undef THREAD_GETMEM
# define THREAD_GETMEM(descr, member) ((descr)->member)
# undef THREAD_GETMEM_NC
# define THREAD_GETMEM_NC(descr, member, index) ((descr)->member[index])
# undef THREAD_SETMEM
# define THREAD_SETMEM(descr, member, value) ((descr)->member = (value))
# undef THREAD_SETMEM_NC
# define THREAD_SETMEM_NC(descr, member, index, value) \
  ((descr)->member[index] = (value))
#endif
