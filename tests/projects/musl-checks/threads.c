/* Threads: what synchronizes them, what ends them, and what they share.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE 1
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "checks.h"

static void *
twice (void *arg)
{
  return (void *) (2 * (long) arg);
}

static void
threads (void)
{
  pthread_t t[20];
  long sum = 0;
  for (long i = 0; i < 20; i++)
    pthread_create (&t[i], NULL, twice, (void *) i);
  for (int i = 0; i < 20; i++)
    {
      void *result;
      pthread_join (t[i], &result);
      sum += (long) result;
    }
  say (sum);
}

static pthread_mutex_t mutex;
static long counter;

static void *
count_up (void *arg)
{
  for (int i = 0; i < 5000; i++)
    {
      pthread_mutex_lock (&mutex);
      counter++;
      pthread_mutex_unlock (&mutex);
    }
  return arg;
}

static void
mutexes (void)
{
  for (int type = 0; type < 6; type++)
    {
      pthread_mutexattr_t attr;
      pthread_mutexattr_init (&attr);
      pthread_mutexattr_settype (&attr, type % 3);
      if (type >= 3)
	pthread_mutexattr_setprotocol (&attr, PTHREAD_PRIO_INHERIT);
      pthread_mutex_init (&mutex, &attr);
      pthread_t t[4];
      for (int i = 0; i < 4; i++)
	pthread_create (&t[i], NULL, count_up, NULL);
      for (int i = 0; i < 4; i++)
	pthread_join (t[i], NULL);
      say (counter);
    }
}

static void *
die_with_it (void *arg)
{
  pthread_mutex_lock (&mutex);
  return arg;
}

static void
robust_mutex (void)
{
  pthread_mutexattr_t attr;
  pthread_t t;
  pthread_mutexattr_init (&attr);
  pthread_mutexattr_setrobust (&attr, PTHREAD_MUTEX_ROBUST);
  pthread_mutex_init (&mutex, &attr);
  pthread_create (&t, NULL, die_with_it, NULL);
  pthread_join (t, NULL);
  say (pthread_mutex_lock (&mutex) == EOWNERDEAD);
  say (pthread_mutex_consistent (&mutex));
  say (pthread_mutex_unlock (&mutex));
}

static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
static pthread_mutex_t turn_mutex = PTHREAD_MUTEX_INITIALIZER;
static int turn;

static void *
odd_turns (void *arg)
{
  pthread_mutex_lock (&turn_mutex);
  while (turn < 200)
    if (turn % 2 == (arg != NULL))
      {
	turn++;
	pthread_cond_broadcast (&condition);
      }
    else
      pthread_cond_wait (&condition, &turn_mutex);
  pthread_mutex_unlock (&turn_mutex);
  return arg;
}

static void
conditions (void)
{
  pthread_t a, b;
  pthread_create (&a, NULL, odd_turns, NULL);
  pthread_create (&b, NULL, odd_turns, &a);
  pthread_join (a, NULL);
  pthread_join (b, NULL);
  say (turn);
  struct timespec t;
  clock_gettime (CLOCK_REALTIME, &t);
  t.tv_nsec = (t.tv_nsec + 1000000) % 1000000000;
  t.tv_sec += t.tv_nsec < 1000000;
  pthread_mutex_lock (&turn_mutex);
  say (pthread_cond_timedwait (&condition, &turn_mutex, &t) == ETIMEDOUT);
  pthread_mutex_unlock (&turn_mutex);
}

static pthread_barrier_t barrier;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static int onces, serials, writes;

static void
do_once (void)
{
  onces++;
}

static void *
meet (void *arg)
{
  for (int i = 0; i < 50; i++)
    {
      pthread_once (&once, do_once);
      if (pthread_barrier_wait (&barrier) == PTHREAD_BARRIER_SERIAL_THREAD)
	serials++;
      pthread_barrier_wait (&barrier);
      pthread_rwlock_rdlock (&rwlock);
      pthread_rwlock_unlock (&rwlock);
      pthread_rwlock_wrlock (&rwlock);
      writes++;
      pthread_rwlock_unlock (&rwlock);
    }
  return arg;
}

static void
barriers_and_locks (void)
{
  pthread_t t[3];
  pthread_barrier_init (&barrier, NULL, 3);
  for (int i = 0; i < 3; i++)
    pthread_create (&t[i], NULL, meet, NULL);
  for (int i = 0; i < 3; i++)
    pthread_join (t[i], NULL);
  say (onces);
  say (serials);
  say (writes);
}

static pthread_key_t key;
static int destroyed;

static void
destroy (void *value)
{
  destroyed += (long) value;
  if ((long) value > 1)
    pthread_setspecific (key, (void *) ((long) value - 1));
}

static _Thread_local long local = 5;

static void *
use_key (void *arg)
{
  local += (long) arg;
  pthread_setspecific (key, (void *) (local - 2));
  return (void *) local;
}

static void
thread_specific (void)
{
  pthread_t t;
  void *result;
  pthread_key_create (&key, destroy);
  pthread_create (&t, NULL, use_key, NULL);
  pthread_join (t, &result);
  say (destroyed);
  say (result);
  say (local);
}

static sem_t semaphore;

static void *
post (void *arg)
{
  free (malloc (200000));
  sem_post (&semaphore);
  return arg;
}

/* The last instructions of a detached thread are without a stack.  */
static void
detached_threads (void)
{
  pthread_attr_t attr;
  pthread_t t;
  sem_init (&semaphore, 0, 0);
  pthread_attr_init (&attr);
  pthread_attr_setdetachstate (&attr, PTHREAD_CREATE_DETACHED);
  for (int i = 0; i < 100; i++)
    {
      while (pthread_create (&t, &attr, post, NULL) != 0)
	sched_yield ();
      sem_wait (&semaphore);
    }
  pause_ms (20);
  say (sem_trywait (&semaphore));
}

static int cleaned, ends[2];

static void
clean (void *arg)
{
  cleaned += (long) arg;
}

static void
unlock (void *arg)
{
  pthread_mutex_unlock (arg);
}

/* Wait to be canceled, in one of these places.  */

static void
in_read (void)
{
  char c;
  read (ends[0], &c, 1);
}

static void
in_sleep (void)
{
  pause_ms (100000);
}

static void
in_sem_wait (void)
{
  sem_wait (&semaphore);
}

static void
in_poll (void)
{
  poll (NULL, 0, -1);
}

static void
in_pause (void)
{
  pause ();
}

static void
in_cond_wait (void)
{
  pthread_mutex_lock (&turn_mutex);
  pthread_cleanup_push (unlock, &turn_mutex);
  for (;;)
    pthread_cond_wait (&condition, &turn_mutex);
  pthread_cleanup_pop (1);
}

static void
anywhere (void)
{
  pthread_setcanceltype (PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
  for (;;)
    __asm__ volatile ("");
}

static void
disabled (void)
{
  pthread_setcancelstate (PTHREAD_CANCEL_DISABLE, NULL);
  pause_ms (50);
  pthread_setcancelstate (PTHREAD_CANCEL_ENABLE, NULL);
  pthread_testcancel ();
}

static void *
be_canceled (void *place)
{
  pthread_cleanup_push (clean, (void *) 1);
  pthread_cleanup_push (clean, (void *) 10);
  ((void (*) (void)) place) ();
  pthread_cleanup_pop (1);
  pthread_cleanup_pop (1);
  return NULL;
}

/* Cancel a thread that goes to PLACE, after MS milliseconds.  */
static void
cancel_at (void (*place) (void), long ms)
{
  pthread_t t;
  void *result;

  pthread_create (&t, NULL, be_canceled, (void *) place);
  if (ms)
    pause_ms (ms);
  pthread_cancel (t);
  pthread_join (t, &result);
  say (result == PTHREAD_CANCELED);
}

static void
cancel_each (long ms)
{
  static void (*const places[]) (void)
    = { in_read, in_sleep, in_sem_wait, in_poll, in_pause, in_cond_wait,
	disabled };

  sem_init (&semaphore, 0, 0);
  pipe (ends);
  for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
    cancel_at (places[i], ms);
  say (cleaned);
}

static void
cancellation (void)
{
  cancel_each (0);
}

static void
cancellation_of_blocked_calls (void)
{
  cancel_each (30);
}

static void
asynchronous_cancellation (void)
{
  for (int i = 0; i < 5; i++)
    cancel_at (anywhere, 10);
  say (cleaned);
}

/* All threads change, each by a system call of its own.  */
static void
set_ids_of_all_threads (void)
{
  pthread_t t[5];
  sem_init (&semaphore, 0, 0);
  for (int i = 0; i < 5; i++)
    pthread_create (&t[i], NULL, be_canceled, (void *) in_sem_wait);
  say (setgid (getgid ()));
  say (setuid (getuid ()));
  for (int i = 0; i < 5; i++)
    sem_post (&semaphore);
  for (int i = 0; i < 5; i++)
    pthread_join (t[i], NULL);
  say (cleaned);
}

static void
before_fork (void)
{
  counter = counter * 10 + 1;
}

static void
after_fork (void)
{
  counter = counter * 10 + 2;
}

static void *
fork_here (void *arg)
{
  pid_t child = fork ();
  if (child == 0)
    {
      free (malloc (100000));
      _exit (counter);
    }
  *(int *) arg = end_of (child);
  return NULL;
}

static void
fork_in_a_thread (void)
{
  pthread_t t;
  int status;
  pthread_atfork (before_fork, after_fork, after_fork);
  pthread_create (&t, NULL, fork_here, &status);
  pthread_join (t, NULL);
  say (status);
  say (counter);
}

static void *
allocate (void *arg)
{
  void *blocks[64] = { NULL };
  unsigned int seed = (long) arg;
  for (int i = 0; i < 5000; i++)
    {
      int n = rand_r (&seed) % 64;
      blocks[n] = realloc (blocks[n], rand_r (&seed) % 70000 + 1);
      memset (blocks[n], n, 1);
    }
  for (int i = 0; i < 64; i++)
    free (blocks[i]);
  return NULL;
}

static void
allocation (void)
{
  pthread_t t[4];
  for (long i = 0; i < 4; i++)
    pthread_create (&t[i], NULL, allocate, (void *) i);
  for (int i = 0; i < 4; i++)
    pthread_join (t[i], NULL);
  char *p = malloc (1 << 20);
  memset (p, 7, 1 << 20);
  p = realloc (p, 40 << 20);
  say (p[(1 << 20) - 1]);
  free (p);
}

const struct check thread_checks[] = {
  CHECK (threads), CHECK (mutexes), CHECK (robust_mutex), CHECK (conditions),
  CHECK (barriers_and_locks), CHECK (thread_specific),
  CHECK (detached_threads), CHECK (cancellation),
  CHECK (cancellation_of_blocked_calls), CHECK (asynchronous_cancellation),
  CHECK (set_ids_of_all_threads), CHECK (fork_in_a_thread),
  CHECK (allocation), { NULL, NULL }
};
