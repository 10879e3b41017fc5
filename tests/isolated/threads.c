/* An isolated handler with a thread of its own, which works for it, and is ended with
   the process.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <pthread.h>
#include <purecc.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int started;
static int *volatile request;

static void *
work (void *arg)
{
  for (;;)
    {
      int *mine = __atomic_exchange_n (&request, NULL, __ATOMIC_ACQ_REL);
      if (mine)
	{
	  char *text = NULL;
	  if (asprintf (&text, "%d", *mine) < 0)
	    abort ();
	  *mine = atoi (text) + 1;
	  free (text);
	}
      usleep (1000);
    }
  return arg;
}

static void
again (void)
{
  started = 0;
}

static long
handler (long number, long nr, long a1, long a2, long a3, long a4, long a5, long a6)
{
  static int numbers[8];
  pthread_t thread;

  if (!__atomic_exchange_n (&started, 1, __ATOMIC_RELAXED)
      && pthread_create (&thread, NULL, work, NULL) != 0)
    abort ();
  request = &numbers[number & 7];
  return pure_pass (number, nr, a1, a2, a3, a4, a5, a6);
}

static int
start (int argc, char **argv, char **envp)
{
  (void) argc, (void) argv, (void) envp;
  return pthread_atfork (NULL, NULL, again);
}

PURE_HANDLER_INIT ((pure_handler_t) (void (*) (void)) handler, start);
