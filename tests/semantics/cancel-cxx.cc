// A cancelled thread that was blocked in a diverted call unwinds as a C++
// exception: through the handler's frames, destructors and catch (...).
//
// SPDX-License-Identifier: GPL-3.0-or-later

#include <pthread.h>
#include <sched.h>
#include <sys/syscall.h>
#include "semantics.h"

enum { ROUNDS = 50 };

static enum way parents_way;
static int fds[2], destroyed, astray, is_there;
static volatile int caught;

struct object
{
  int number;
  ~object ()
  {
    astray += way () != parents_way || destroyed != number;
    destroyed++;
  }
};

static void *
run (void *)
{
  object outer = { 1 };
  __atomic_store_n (&is_there, 1, __ATOMIC_RELEASE);
  try
    {
      object inner = { 0 };
      char c;
      astray += read (fds[0], &c, 1) >= 0;
    }
  catch (...)
    {
      astray += way () != parents_way;
      caught = caught + 1;
      throw;
    }
  return nullptr;
}

int
main ()
{
  parents_way = way ();
  CHECK (pipe (fds) == 0);
  for (int i = 0; i < ROUNDS; i++)
    {
      long inside = seen (SYS_read) - left (SYS_read);
      pthread_t thread;
      void *result;

      destroyed = astray = caught = is_there = 0;
      CHECK (pthread_create (&thread, nullptr, run, nullptr) == 0);
      while (!__atomic_load_n (&is_there, __ATOMIC_ACQUIRE))
	sched_yield ();
      if (parents_way != NO_HANDLER)
	while (seen (SYS_read) - left (SYS_read) == inside)
	  sched_yield ();
      CHECK (pthread_cancel (thread) == 0);
      CHECK (pthread_join (thread, &result) == 0);
      CHECK (result == PTHREAD_CANCELED);
      CHECK (destroyed == 2 && caught == 1 && astray == 0);
      if (parents_way != NO_HANDLER)
	CHECK (seen (SYS_read) - left (SYS_read) == inside);
    }
  return 0;
}
