/* The end of an isolated handler: it comes after the program's last call.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <asm/unistd.h>
#include <ctype.h>
#include <ldsodefs.h>
#include <libioP.h>
#include <resolv/resolv-internal.h>
#include <libc-internal.h>
#include <lowlevellock.h>
#include <pthreadP.h>
#include <stdio.h>
#include <stdlib.h>
#include "pure-isolated.h"

/* That of the auditors that came before, or NULL.  */
static void (*start_in_others) (void);

void
__pure_start_in_others (void)
{
  if (start_in_others)
    start_in_others ();
}

/* What a thread of the program's, or of a handler next to it, needs of this C library.
 */
static void
start_thread (void)
{
  __pure_start_in_others ();
  __ctype_init ();
  __resp = &_res;
  if (*pure_process_pointer ())
    __pure_start_stack ();
}

/* What the program ends with.  */
static int exit_status;

/* After the functions that the handler has registered: the destructors; and then the
   program's last call, in place of one that exit would make.  */
static void
end_namespace (void *unused __attribute__ ((__unused__)))
{
  __pure_process.end_namespace (&__pure_ending);
  if (__pure_ending != pure_thread_pointer ())
    return;
  __fcloseall ();
  __pure_pass_on (__NR_exit_group, exit_status, 0, 0, 0, 0, 0);
}

void
__pure_start_auditor (void)
{
  extern int __cxa_atexit (void (*) (void *), void *, void *) attribute_hidden;

  __pure_start_process ();
  __pure_start_own_threads ();
  /* It has threads, although it has started none.  */
  _IO_enable_locks ();
  __cxa_atexit (end_namespace, NULL, NULL);
  start_in_others = __pure_process.start_thread;
  __pure_process.start_thread = start_thread;
}

void
__pure_flush (void)
{
  fflush (NULL);
}

void
__pure_end_thread (void)
{
  if (!__pure_in_own_process_p ())
    return;
  __call_tls_dtors ();
  __pure_end_specific ();
  __libc_thread_freeres ();
  __pure_free_signals ();
}

/* The handler of the threads that are still running: their calls are not made.  */
static long
wait_for_end (long number __attribute__ ((__unused__)),
	      long nr __attribute__ ((__unused__)), ...)
{
  __pure_wait_for_end ();
  return 0;
}

/* Is THREAD in the handler's own code?  In the last one's it isn't while it is in the
   kernel for another's.  */
static int
inside_p (char *thread)
{
  unsigned long inside
    = __atomic_load_n ((unsigned long *) (thread + PURE_INSIDE_OFFSET),
		       __ATOMIC_RELAXED);

  return (inside > PURE_INSIDE_OWN_THREAD
	  && (!(inside & PURE_IN_KERNEL) || pure_next ()));
}

static int
others_inside_p (void)
{
  if (lll_trylock (GL (dl_stack_cache_lock)) != 0)
    return 1;
  int p = __pure_other_thread_p (inside_p);
  lll_unlock (GL (dl_stack_cache_lock), LLL_PRIVATE);
  return p;
}

void
__pure_end_process (int status)
{
  void *none = NULL;

  if (!__pure_in_own_process_p ())
    return;
  if (!__atomic_compare_exchange_n (&__pure_ending, &none,
				    (void *) pure_thread_pointer (), 0,
				    __ATOMIC_ACQ_REL, __ATOMIC_RELAXED))
    {
      __pure_wait_for_end ();
      return;
    }
  __pure_last_level ()->block_functions ();
  __pure_end_level ();
  __pure_set_handler (wait_for_end);
  for (int i = 0; i < PURE_PATIENCE && others_inside_p (); i++)
    pure_rest ();
  exit_status = status;
  exit (status);
}
