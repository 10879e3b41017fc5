/* pthread_create, of the program and of an isolated handler.

   SPDX-License-Identifier: LGPL-2.1-or-later

   A thread of the program's has in each C library that there is what it needs; one
   of an isolated handler's is none of the program's (pure-own-threads.c).  */

#include "pthreadP.h"
#include <ctype.h>
#include <internal-signals.h>
#include <libc-internal.h>
#include <list.h>
#include <nptl-stack.h>
#include <pure.h>

#ifdef SHARED
extern void __pure_prepare_thread (struct pthread *thread, unsigned long *mask)
  attribute_hidden;
extern void __pure_begin_own_thread (void) attribute_hidden;
extern void __pure_end_own_thread (void) attribute_hidden;

/* Where it is in a list of all.  */
# define __nptl_stack_list_add(element, list)				\
  __nptl_stack_list_add (element, __pure_auditor ? &__pure_process.own_threads.stacks : (list))

/* This is where the mask that the thread starts with is settled.  */
# define internal_sigdelset(set, number)				\
  (internal_sigdelset (set, number),					\
   (number) == SIGCANCEL ? __pure_prepare_thread (pd, (set)->__val) : (void) 0)

/* The new thread's own first steps, and one of its last.  */
static inline void
begin_thread (void)
{
  if (__pure_auditor)
    __pure_begin_own_thread ();
  else if (__pure_process.start_thread != NULL)
    __pure_process.start_thread ();
}

static inline void
end_thread (void)
{
  if (__pure_auditor)
    __pure_end_own_thread ();
# ifdef PURE_JOIN_STATE
  /* Its number, for number_thread: nothing is forked any longer.  */
  pure_set_word (PURE_FORK_OFFSET, THREAD_SELF->tid);
# endif
}

# define __ctype_init() (__ctype_init (), begin_thread ())
# define __libc_thread_freeres() (__libc_thread_freeres (), end_thread ())

/* What it frees is thread-local data, which is ld.so's (dl-minimal.c).  Those of the
   file that are none are structures' members.  */
# define free(block) GLRO (dl_error_free) (block)

# ifdef PURE_JOIN_STATE
static inline void
number_thread (void)
{
  if (THREAD_SELF->tid == 0 && __pure_syscall != NULL)
    THREAD_SELF->tid = pure_word (PURE_FORK_OFFSET);
}

#  undef INTERNAL_SYSCALL_CALL
#  define INTERNAL_SYSCALL_CALL(name, args...)				\
  ({ if (__NR_##name == __NR_exit)					\
       number_thread ();						\
     __INTERNAL_SYSCALL_DISP (__INTERNAL_SYSCALL, name, args); })
# endif

/* Those of the C library's own signals are the program's.  */
# define __libc_sigaction(number, action, old)				\
  (__pure_auditor ? 0 : __libc_sigaction (number, action, old))
#endif

#include <nptl/pthread_create.c>
