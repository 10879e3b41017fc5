// A handler is unwound by a signal that arrives in a native call of it: by an
// exception, by pthread_exit, by asynchronous cancellation.  What the runtime
// knew of the thread at the site is so again, and nothing that lay in the stack
// that is gone: a jump, which looks at it, comes after something else has been
// written there.
//
// SPDX-License-Identifier: GPL-3.0-or-later

// flags: -fnon-call-exceptions
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include "steps.h"

enum { ROUNDS = 20, DEPTH = 4096 };

static enum way parents_way;
static int end_by_exit, cleanups, is_there;

// Write over the stack that is below the caller's frame: addresses that no
// memory has.
static void __attribute__ ((__noinline__))
overwrite_stack ()
{
  unsigned long below[DEPTH];

  for (int i = 0; i < DEPTH; i++)
    below[i] = 16;
  __asm__ __volatile__ ("" : : "r" (below) : "memory");
}

static void
check_after ()
{
  jmp_buf here;

  overwrite_stack ();
  if (setjmp (here) == 0)
    longjmp (here, 1);
  CHECK (way () == parents_way);
  errno = 0;
  CHECK (close (-1) == -1 && errno == EBADF);
}

static void
clean_up (void *)
{
  check_after ();
  cleanups++;
}

static void
on_signal (int signal)
{
  sigset_t set;

  sigemptyset (&set);
  sigaddset (&set, signal);
  CHECK (sigprocmask (SIG_UNBLOCK, &set, nullptr) == 0);
  if (end_by_exit)
    pthread_exit (PTHREAD_CANCELED);
  throw signal;
}

// Call NUMBER (A, B), with no more than two arguments, which is passed on and
// in which the signal arrives: by a site that the plugin guards, and by one that
// takes the thunk.

static long
guarded (long number, long a, long b)
{
  return site3 (number, a, b, 0);
}

static long
thunked (long number, long a, long b)
{
  long result;
  __asm__ __volatile__ ("nop\n\tsyscall"
			: "=a" (result)
			: "0" (number), "D" (a), "S" (b), "d" (0L)
			: "rcx", "r11", "memory");
  return result;
}

static long (*const sites[]) (long number, long a, long b)
  = { guarded, thunked };

enum { SITES = sizeof sites / sizeof *sites };

static long (*site) (long number, long a, long b);

static void
check_exception ()
{
  int caught = 0;

  try
    {
      site (SYS_tkill, gettid (), SIGUSR1);
    }
  catch (int signal)
    {
      caught = signal;
    }
  CHECK (caught == SIGUSR1);
  check_after ();
}

static void *
exit_in_signal (void *)
{
  pthread_cleanup_push (clean_up, nullptr);
  site (SYS_tkill, gettid (), SIGUSR1);
  pthread_cleanup_pop (0);
  return nullptr;
}

static void *
be_cancelled (void *)
{
  pthread_cleanup_push (clean_up, nullptr);
  pthread_setcanceltype (PTHREAD_CANCEL_ASYNCHRONOUS, nullptr);
  __atomic_store_n (&is_there, 1, __ATOMIC_RELEASE);
  site (SYS_pause, 0, 0);
  pthread_cleanup_pop (0);
  return nullptr;
}

static void
check_thread (void *(*function) (void *), bool cancel)
{
  long inside = seen (SYS_pause) - left (SYS_pause);
  pthread_t thread;
  void *result;

  cleanups = is_there = 0;
  end_by_exit = 1;
  CHECK (pthread_create (&thread, nullptr, function, nullptr) == 0);
  if (cancel)
    {
      while (!__atomic_load_n (&is_there, __ATOMIC_ACQUIRE))
	sched_yield ();
      if (parents_way != NO_HANDLER)
	while (seen (SYS_pause) - left (SYS_pause) == inside)
	  sched_yield ();
      // It will be in the kernel by then, nearly always.
      usleep (1000);
      CHECK (pthread_cancel (thread) == 0);
    }
  CHECK (pthread_join (thread, &result) == 0);
  CHECK (result == PTHREAD_CANCELED && cleanups == 1);
  end_by_exit = 0;
}

int
main ()
{
  parents_way = way ();
  CHECK (signal (SIGUSR1, on_signal) != SIG_ERR);
  for (int by = PASS_NATIVE; by <= PASS_SYSCALL; by++)
    {
      pass_by ((control_pass) by);
      for (int i = 0; i < SITES * ROUNDS; i++)
	{
	  site = sites[i % SITES];
	  check_exception ();
	  check_thread (exit_in_signal, false);
	  check_thread (be_cancelled, true);
	}
    }
  return 0;
}
