/* 64 threads that allocate, lock, wait, sleep, write and read; run by
   threads.sh.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum { THREADS = 64, ROUNDS = 200 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static pthread_barrier_t barrier;
static int turn, total;

static void *
work (void *arg)
{
  long me = (long) arg;
  int fds[2];

  if (pipe (fds) != 0)
    return (void *) 1;
  pthread_barrier_wait (&barrier);
  for (int i = 0; i < ROUNDS; i++)
    {
      char *p = malloc (1000 + 37 * ((me * i) % 1000));
      memset (p, me, 1000);
      if (write (fds[1], p, 10) != 10 || read (fds[0], p, 10) != 10)
	return (void *) 2;
      free (p);
      errno = 0;
      if (close (-1) != -1 || errno != EBADF)
	return (void *) 3;
      void *page = mmap (NULL, 4096, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
      if (page == MAP_FAILED || munmap (page, 4096) != 0)
	return (void *) 4;
      pthread_mutex_lock (&lock);
      total++;
      pthread_mutex_unlock (&lock);
    }
  pthread_mutex_lock (&lock);
  while (turn != me)
    pthread_cond_wait (&changed, &lock);
  turn++;
  pthread_cond_broadcast (&changed);
  pthread_mutex_unlock (&lock);
  struct timespec nap = { 0, 1000000 };
  nanosleep (&nap, NULL);
  close (fds[0]);
  close (fds[1]);
  return NULL;
}

int
main (void)
{
  pthread_t threads[THREADS];
  long failures = 0;

  pthread_barrier_init (&barrier, NULL, THREADS);
  for (long i = 0; i < THREADS; i++)
    if (pthread_create (&threads[i], NULL, work, (void *) i) != 0)
      return 2;
  for (int i = 0; i < THREADS; i++)
    {
      void *result;
      pthread_join (threads[i], &result);
      failures += result != NULL;
    }
  printf ("%d threads, %d rounds, turn %d, %ld failures\n", THREADS, total,
	  turn, failures);
  return failures != 0;
}
