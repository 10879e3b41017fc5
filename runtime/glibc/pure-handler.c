/* The handler of an instance of the C library, as purecc.h has it: set, and taken
   over from the process when the instance starts.

   SPDX-License-Identifier: LGPL-2.1-or-later

   The names without underscores are weak aliases, as pointer.c's is.  */

#include <errno.h>
#include <sysdep.h>
#include "pure.h"

#ifdef SHARED
/* Is this instance of the C library the program's own?  */
static int
base_instance_p (void)
{
  return pure_process_pointer () == &__pure_syscall;
}
#else
struct pure_process __pure_process;
#endif

int __pure_auditor;
int __pure_on_own_calls;

struct pure_isolated __pure_isolated_handler
  = { (pure_handler_t) (void (*) (void)) &__pure_isolated_handler, 0, NULL };

/* Called once this instance is relocated, before it makes its first call.
   INITIAL: it is the program's.  A handler that was set before then becomes
   its, and ld.so follows its pointer from now on.  An instance that comes
   before the program's belongs to an auditor: its calls stay native.  One
   that comes later (dlmopen) takes the handler as it is then.  */
void PURE_HIDDEN
__pure_start_instance (_Bool initial)
{
  struct pure_process *process = &__pure_process;

  /* This, and the installation of a handler: whichever comes second finds what
     the first has stored.  */
  if (initial)
    __atomic_store_n (&process->base_isolated, &__pure_isolated_handler,
		      __ATOMIC_SEQ_CST);
#ifdef SHARED
  if (initial || process->pointer)
    __pure_copy_isolated (&__pure_isolated_handler, &process->isolated);
#endif
  if (!initial)
    {
      /* A handler in it may be called by the program's thunks.  */
      pure_expect_frames ();
      if (process->pointer)
	__pure_syscall = *process->pointer;
#ifdef SHARED
      else
	__pure_start_level ();
#endif
      return;
    }
  process->base_errno = (char *) &errno - pure_thread_pointer ();
#ifdef PURE_INITIAL_HANDLER
  /* A C library whose programs all start with a handler, for its own tests
     (check-glibc.sh).  Weak: ld.so is tried with this file, and has none.  */
  extern __typeof (pure_pass) __pure_pass __attribute__ ((__weak__));
  __pure_syscall = (pure_handler_t) __pure_pass;
#endif
  if (process->early)
    __pure_syscall = process->early;
  __atomic_store_n (&process->pointer, &__pure_syscall, __ATOMIC_RELEASE);
}

pure_handler_t
__pure_set_handler (pure_handler_t handler)
{
#ifdef SHARED
  if (!base_instance_p ())
    {
      /* What was left there before the first call costs more with each.  */
      errno = 0;
      handler = __pure_set_level (handler);
      __pure_start_stack ();
      return handler;
    }
  return __atomic_exchange_n (pure_process_pointer (), handler,
			      __ATOMIC_ACQ_REL);
#else
  return __atomic_exchange_n (&__pure_syscall, handler, __ATOMIC_ACQ_REL);
#endif
}

int
__pure_set_flags (unsigned int flags)
{
  if (flags & ~PURE_FLAGS)
    return -EINVAL;
#ifdef SHARED
  if (!base_instance_p ())
    {
      /* They are called one by the other.  */
      __pure_process.flags = flags & (pure_next () ? __pure_process.flags : -1u);
      __pure_on_own_calls = (flags & PURE_ON_OWN_CALLS) != 0;
    }
#endif
  return 0;
}

int
__pure_isolated (void)
{
#ifdef SHARED
  return !base_instance_p ();
#else
  return 0;
#endif
}

libc_hidden_def (__pure_set_handler);
libc_hidden_def (__pure_isolated);
PURE_WEAK_ALIAS (pure_set_handler);
PURE_WEAK_ALIAS (pure_set_flags);
PURE_WEAK_ALIAS (pure_isolated);
