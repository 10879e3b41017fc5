/* Threads that are cancelled in a call, and end in other ways: nothing of a handler's
   is left on.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <pthread.h>
#include <unistd.h>
#include "program.h"

enum { ROUNDS = 100 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
static int ends[2];
static volatile int cleanups;

static void
clean (void *arg)
{
  if (arg)
    pthread_mutex_unlock (arg);
  getppid ();
  __atomic_fetch_add (&cleanups, 1, __ATOMIC_RELAXED);
}

static void *
waits_for_condition (void *arg)
{
  pthread_mutex_lock (&mutex);
  pthread_cleanup_push (clean, &mutex);
  for (;;)
    pthread_cond_wait (&condition, &mutex);
  pthread_cleanup_pop (1);
  return arg;
}

static void *
reads (void *arg)
{
  char c;
  pthread_cleanup_push (clean, NULL);
  CHECK (read (ends[0], &c, 1) == 1);
  pthread_cleanup_pop (1);
  return arg;
}

static void *
makes_calls (void *arg)
{
  pthread_cleanup_push (clean, NULL);
  pthread_setcanceltype (PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
  for (;;)
    getppid ();
  pthread_cleanup_pop (1);
  return arg;
}

static void *
exits (void *arg)
{
  pthread_cleanup_push (clean, NULL);
  pthread_exit (PTHREAD_CANCELED);
  pthread_cleanup_pop (1);
  return arg;
}

static void *(*const functions[]) (void *)
  = { waits_for_condition, reads, makes_calls, exits };
enum { FUNCTIONS = sizeof functions / sizeof *functions };

int
main (void)
{
  CHECK (pipe (ends) == 0);
  for (int round = 0; round < ROUNDS; round++)
    {
      pthread_t threads[FUNCTIONS];
      void *result;

      for (int i = 0; i < FUNCTIONS; i++)
	CHECK (pthread_create (&threads[i], NULL, functions[i], NULL) == 0);
      usleep (500);
      for (int i = 0; i < FUNCTIONS; i++)
	{
	  pthread_cancel (threads[i]);
	  CHECK (pthread_join (threads[i], &result) == 0);
	  CHECK (result == PTHREAD_CANCELED);
	}
    }
  printf ("%d\n", cleanups > ROUNDS);
  return 0;
}
