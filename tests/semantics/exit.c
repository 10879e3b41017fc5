/* The ends of threads and processes: exit, _exit, quick_exit, abort, a return
   from the last thread, exit_group out of a handler.  What runs then, atexit's
   functions, destructors and those of thread-specific data, has its calls
   diverted; and the status is what it should be.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include "semantics.h"

enum { ROUNDS = 5, THREADS = 4, DETACHED = 200 };

static enum way parents_way;

/* Where those that run at the end say so, by a letter each: -1 in the test's
   own process.  A small letter has lost its way.  */
static int told = -1;

static void
tell (char letter)
{
  if (told < 0)
    return;
  if (way () != parents_way)
    letter += 'a' - 'A';
  if (write (told, &letter, 1) != 1)
    _exit (99);
}

static void
first_at_exit (void)
{
  tell ('A');
}

static void
second_at_exit (void)
{
  tell ('B');
}

static void
at_quick (void)
{
  tell ('Q');
}

static void __attribute__ ((__destructor__))
destroy (void)
{
  tell ('D');
}

static void
on_abort (int signal)
{
  (void) signal;
  tell ('S');
}

static void
destroy_key (void *value)
{
  (void) value;
  tell ('K');
}

static void *
thread_with_key (void *arg)
{
  pthread_key_t *key = (pthread_key_t *) arg;
  pthread_setspecific (*key, key);
  return NULL;
}

static void *
wait_for_good (void *arg)
{
  for (;;)
    pause ();
  return arg;
}

static void *
exit_in_thread (void *arg)
{
  (void) arg;
  exit (12);
}

/* The ways to end.  */

static void
by_exit (void)
{
  exit (10);
}

static void
by__exit (void)
{
  _exit (11);
}

static void
by_exit_in_thread (void)
{
  pthread_t thread;
  pthread_create (&thread, NULL, exit_in_thread, NULL);
  wait_for_good (NULL);
}

static void
by_quick_exit (void)
{
  quick_exit (13);
}

static void
by_abort (void)
{
  abort ();
}

static void
by_caught_abort (void)
{
  struct sigaction action;
  memset (&action, 0, sizeof action);
  action.sa_handler = on_abort;
  sigaction (SIGABRT, &action, NULL);
  abort ();
}

/* The process ends with the thread that is left, after its key.  */
static void
by_last_thread (void)
{
  static pthread_key_t key;
  pthread_t thread;
  pthread_key_create (&key, destroy_key);
  pthread_create (&thread, NULL, thread_with_key, &key);
  pthread_exit (NULL);
}

static void
by_exit_group_in_handler (void)
{
  pthread_t threads[THREADS];
  for (int i = 0; i < THREADS; i++)
    pthread_create (&threads[i], NULL, wait_for_good, NULL);
  rule (CONTROL_PROBE, ACTION_EXIT, 14);
  site0 (CONTROL_PROBE);
  tell ('X');
}

static void
by_signal (void)
{
  kill (getpid (), SIGTERM);
  pause ();
}

static const struct end
{
  const char *name;
  void (*end) (void);
  const char *expected;
  int status, needs_handler;
} ends[] = {
  { "exit", by_exit, "BAD", 10 << 8, 0 },
  { "_exit", by__exit, "", 11 << 8, 0 },
  { "exit in a thread", by_exit_in_thread, "BAD", 12 << 8, 0 },
  { "quick_exit", by_quick_exit, "Q", 13 << 8, 0 },
  { "abort", by_abort, "", SIGABRT, 0 },
  { "abort, caught", by_caught_abort, "S", SIGABRT, 0 },
  { "the last thread", by_last_thread, "KBAD", 0, 0 },
  { "exit_group in the handler", by_exit_group_in_handler, "", 14 << 8, 1 },
  { "a signal", by_signal, "", SIGTERM, 0 },
};

static void
check_end (const struct end *end)
{
  char letters[32] = "";
  size_t size = 0;
  ssize_t got;
  int fds[2], status;

  CHECK (pipe (fds) == 0);
  pid_t pid = fork ();
  CHECK (pid >= 0);
  if (pid == 0)
    {
      told = fds[1];
      end->end ();
      _exit (98);
    }
  close (fds[1]);
  while ((got = read (fds[0], letters + size, sizeof letters - 1 - size)) > 0)
    size += got;
  close (fds[0]);
  CHECK (waitpid (pid, &status, 0) == pid);
  if (strcmp (letters, end->expected) != 0 || status != end->status)
    fprintf (stderr, "%s: \"%s\", status %#x\n", end->name, letters, status);
  CHECK (strcmp (letters, end->expected) == 0 && status == end->status);
}

static sem_t ended;

static void *
detached_thread (void *arg)
{
  if (way () == parents_way)
    sem_post (&ended);
  return arg;
}

/* Threads whose stacks nobody waits for.  */
static void
check_detached (void)
{
  pthread_attr_t attributes;
  pthread_t thread;

  CHECK (pthread_attr_init (&attributes) == 0);
  CHECK (pthread_attr_setdetachstate (&attributes, PTHREAD_CREATE_DETACHED)
	 == 0);
  for (int i = 0; i < DETACHED; i++)
    {
      CHECK (pthread_create (&thread, &attributes, detached_thread, NULL) == 0);
      if (i % 10 == 9)
	for (int j = 0; j < 10; j++)
	  CHECK (sem_wait (&ended) == 0);
    }
}

int
main (void)
{
  struct rlimit no_core = { 0, 0 };

  parents_way = way ();
  CHECK (setrlimit (RLIMIT_CORE, &no_core) == 0);
  CHECK (sem_init (&ended, 0, 0) == 0);
  CHECK (atexit (first_at_exit) == 0 && atexit (second_at_exit) == 0);
  CHECK (at_quick_exit (at_quick) == 0);
  for (int by = PASS_NATIVE; by <= PASS_SYSCALL; by++)
    {
      pass_by (by);
      for (int round = 0; round < ROUNDS; round++)
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
	  if (parents_way != NO_HANDLER || !ends[i].needs_handler)
	    check_end (&ends[i]);
      check_detached ();
    }
  return 0;
}
