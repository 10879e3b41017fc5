/* The calls that the vDSO answers (vdso(7)).

   SPDX-License-Identifier: LGPL-2.1-or-later

   The C library's clock_gettime, clock_getres, gettimeofday, time and getcpu, and
   from glibc 2.41 on getrandom, find what they return without entering the kernel
   (but for the key that the last one takes from there now and then).  With a handler set they
   make the system call, so that the handler sees it; when that is passed on it
   is answered by the vDSO here, and costs what it would have cost without a
   handler.  A pointer that can't be written through is a fault then and no
   EFAULT, as it would have been.

   What enters the kernel without a handler, syscall () or a statement of the
   program's own, enters it with one.  So the thread has in three words of its
   own which call such a function is making (pure-thread.h), and the vDSO answers that
   one only: if it's the same call with the same arguments, a fault that it
   causes is the function's own.  A signal's handler, or a handler, that makes
   another call gets that from the kernel.  Where the words are cleared too soon,
   which a function that a signal's handler calls does, the kernel answers and
   nothing but time is lost.  They don't outlast the function: it clears them
   when it's through or unwound, and a jump clears them as well.

   libpurecc has none of that: where the C library isn't pure, its own functions
   never come to a handler.  */

#include <asm/unistd.h>
#include <errno.h>
#include <ldsodefs.h>
#include <stddef.h>
#include <sys/random.h>
#include <sysdep-vdso.h>
#include <time.h>
#include "pure-isolated.h"

#ifdef SHARED
# define PURE_PASS_ON __pure_pass_on
#else
# define PURE_PASS_ON __pure_gateway
#endif

/* The words of a thread are some that glibc doesn't use.  */
_Static_assert (PURE_MARK_OFFSET
		       == offsetof (tcbhead_t, unused_vgetcpu_cache[0])
		  && PURE_FRAME_OFFSET
		       == offsetof (tcbhead_t, unused_vgetcpu_cache[1])
		  && PURE_ASKED_NUMBER >= offsetof (tcbhead_t, __glibc_unused2)
		  && PURE_SPECIFIC_OFFSET + DL_NNS * sizeof (void *)
		       <= offsetof (tcbhead_t, __padding),
		"abi's offsets.h");

/* Isolated instances share what ld.so knows.  */
#define VDSO_clock_gettime GLRO(dl_vdso_clock_gettime64)
#define VDSO_clock_getres GLRO(dl_vdso_clock_getres_time64)
#define VDSO_gettimeofday GLRO(dl_vdso_gettimeofday)
#define VDSO_time GLRO(dl_vdso_time)
#define VDSO_getcpu GLRO(dl_vdso_getcpu)

/* Is NUMBER (A1, A2) the call that one of the functions is making?  */
static inline int
asked_p (long number, long a1, long a2)
{
  return (long) pure_word (PURE_ASKED_NUMBER) == number
	 && (long) pure_word (PURE_ASKED_A1) == a1
	 && (long) pure_word (PURE_ASKED_A2) == a2;
}

/* Does the vDSO read clock ID itself?  It would make a system call of its own
   for another.  */
static inline int
vdso_clock_p (long id)
{
  const unsigned long ids = 1ul << CLOCK_REALTIME | 1ul << CLOCK_MONOTONIC
			    | 1ul << CLOCK_MONOTONIC_RAW
			    | 1ul << CLOCK_REALTIME_COARSE
			    | 1ul << CLOCK_MONOTONIC_COARSE
			    | 1ul << CLOCK_BOOTTIME | 1ul << CLOCK_TAI;
  unsigned int number = id;

  return number < 8 * sizeof ids && (ids >> number & 1);
}

#ifdef HAVE_GETRANDOM_VSYSCALL
/* getrandom, as in glibc's own, from the thread's state: while that is in use, it is
   marked by its lowest bit, for a signal's function.  What the vDSO would ask the
   kernel for is left to the caller.  */
static long
ask_random (void *buffer, size_t length, unsigned int flags)
{
  void **place = (void **) &THREAD_SELF->getrandom_buf;
  void *state = __atomic_load_n (place, __ATOMIC_RELAXED);

  if (!state || ((uintptr_t) state & 1) || !GLRO(dl_vdso_getrandom)
      || (flags & ~(GRND_NONBLOCK | GRND_RANDOM | GRND_INSECURE)))
    return -ENOTSUP;
  __atomic_store_n (place, (void *) ((uintptr_t) state | 1), __ATOMIC_RELAXED);
  __atomic_signal_fence (__ATOMIC_ACQ_REL);
  long result
    = GLRO(dl_vdso_getrandom) (buffer, length, flags | GRND_NONBLOCK, state,
			       __pure_process.random_state_size);
  __atomic_signal_fence (__ATOMIC_ACQ_REL);
  __atomic_store_n (place, state, __ATOMIC_RELAXED);
  return result == -EAGAIN && !(flags & GRND_NONBLOCK) ? -ENOTSUP : result;
}
#endif

/* NUMBER by the vDSO if that knows it and was asked, else -ENOTSUP.  None has more
   than three arguments, of which getcpu's third has no meaning.  */
static long
ask_vdso (long number, long a1, long a2, long a3)
{
  switch (number)
    {
    case __NR_clock_gettime:
      if (VDSO_clock_gettime && vdso_clock_p (a1) && asked_p (number, a1, a2))
	return VDSO_clock_gettime (a1, (void *) a2);
      break;
    case __NR_clock_getres:
      if (VDSO_clock_getres && vdso_clock_p (a1) && asked_p (number, a1, a2))
	return VDSO_clock_getres (a1, (void *) a2);
      break;
    case __NR_gettimeofday:
      if (VDSO_gettimeofday && asked_p (number, a1, a2))
	return VDSO_gettimeofday ((void *) a1, (void *) a2);
      break;
    case __NR_time:
      if (VDSO_time && asked_p (number, a1, 0))
	return VDSO_time ((void *) a1);
      break;
    case __NR_getcpu:
      if (VDSO_getcpu && asked_p (number, a1, a2))
	return VDSO_getcpu ((void *) a1, (void *) a2, (void *) a3);
      break;
#ifdef HAVE_GETRANDOM_VSYSCALL
    case __NR_getrandom:
      if (asked_p (number, a1, a2))
	return ask_random ((void *) a1, a2, a3);
      break;
#endif
    }
  return -ENOTSUP;
}

/* What faults in the vDSO is the program's, not an isolated handler's.  */
long PURE_HIDDEN
__pure_by_vdso (long number, long a1, long a2, long a3)
{
  unsigned long inside = pure_inside ();
  long result;

#ifdef SHARED
  if (pure_next ())
    return __pure_pass_on (number, a1, a2, a3, 0, 0, 0);
#endif
  if (pure_for_handler_p ())
    result = ask_vdso (number, a1, a2, a3);
  else if (inside & PURE_OWN_STACK)
    result = __pure_on_program_stack (number, a1, a2, a3, ask_vdso);
  else
    {
      if (inside)
	pure_leave_inside ();
      result = ask_vdso (number, a1, a2, a3);
      pure_set_inside (inside);
    }
  if (result == -ENOTSUP)
    result = PURE_PASS_ON (number, a1, a2, a3, 0, 0, 0);
  return result;
}

static inline long
guard (long number, long nr, long a1, long a2, long a3)
{
  switch (nr)
    {
    case 1:
      return __pure_guard1 (a1, number);
    case 2:
      return __pure_guard2 (a1, a2, number);
    default:
      return __pure_guard3 (a1, a2, a3, number);
    }
}

static inline void
clear_asked (const long *number __attribute__ ((__unused__)))
{
  pure_clear_asked ();
}

/* A signal may come in between: never with a number that isn't that of both
   arguments.  */
static inline void
set_asked (long number, long a1, long a2)
{
  pure_clear_asked ();
  pure_set_word (PURE_ASKED_A1, a1);
  pure_set_word (PURE_ASKED_A2, a2);
  pure_set_word (PURE_ASKED_NUMBER, number);
}

/* An isolated handler's own call, to the next handler: what it has itself been called for
   is left alone.  */
static long
ask_inside (long number, long nr, long a1, long a2, long a3)
{
  const long outer = pure_word (PURE_ASKED_NUMBER);
  const long outer_a1 = pure_word (PURE_ASKED_A1), outer_a2 = pure_word (PURE_ASKED_A2);

  set_asked (number, a1, a2);
  long result = guard (number, nr, a1, a2, a3);
  set_asked (outer, outer_a1, outer_a2);
  return result;
}

/* For those functions, with a handler set (sysdep-vdso.h): NUMBER with NR
   arguments, by way of the handler.  A2 is 0 where there is none.  A handler's
   own call goes to the kernel, and leaves alone what it may have been called
   for.  */
long PURE_HIDDEN
__pure_ask (long number, long nr, long a1, long a2, long a3)
{
  if (pure_mark () & PURE_IN_HANDLER)
    return guard (number, nr, a1, a2, a3);
  if (pure_in_call_p ())
    return ask_inside (number, nr, a1, a2, a3);
  const long asked __attribute__ ((__cleanup__ (clear_asked))) = number;
  set_asked (asked, a1, a2);
  return guard (number, nr, a1, a2, a3);
}
