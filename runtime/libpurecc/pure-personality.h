/* What the C files that all runtimes share need of a personality: libpurecc's.
   Its process may be of any C library, and its pointer is the only one.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#ifndef PURE_PERSONALITY_H
#define PURE_PERSONALITY_H 1

#include <stddef.h>

/* The pointer, and the errno of a handler that isn't an isolated one.  */
#define PURE_POINTER __pure_syscall
#define PURE_ERRNO (&errno)

/* Is HANDLER an isolated one?  Without a pure glibc there is none.  */
static inline int
pure_isolated_p (pure_handler_t handler __attribute__ ((__unused__)))
{
  return 0;
}

/* And where its errno is.  */
static inline int *
pure_isolated_errno (void)
{
  return NULL;
}

/* Nor is the thread ever in one.  */
static inline unsigned long
pure_inside (void)
{
  return 0;
}

static inline void
pure_set_inside (unsigned long inside __attribute__ ((__unused__)))
{
}

static inline void
pure_leave_inside (void)
{
}

/* Nor has it a stack for that.  */
static inline unsigned long
pure_stack (void)
{
  return 0;
}

static inline void
pure_set_stack (unsigned long stack __attribute__ ((__unused__)))
{
}

static inline long
pure_call_isolated (pure_handler_t handler, long number, long nr, long a1, long a2,
		    long a3, long a4, long a5, long a6)
{
  return handler (number, nr, a1, a2, a3, a4, a5, a6);
}

/* A call that is made in a handler: nothing else is known of it here.  */
static inline long
pure_call_in_handler (long number, long a1, long a2, long a3, long a4, long a5,
		      long a6)
{
  return PURE_GATEWAY_SYMBOL (number, a1, a2, a3, a4, a5, a6);
}

/* As the thread never is in one, this isn't called.  */
static inline long
pure_call_inside (int thunk __attribute__ ((__unused__)), long number,
		  long nr __attribute__ ((__unused__)), long a1, long a2, long a3,
		  long a4, long a5, long a6)
{
  return PURE_GATEWAY_SYMBOL (number, a1, a2, a3, a4, a5, a6);
}

/* A thunk is about to call a handler that isn't an isolated one.  */
static inline void
pure_before_thunk_calls (void)
{
}

#endif /* pure-personality.h */
