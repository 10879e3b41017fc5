/* Thread-specific data of the program's: all keys that there are.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <limits.h>
#include <pthread.h>
#include <unistd.h>
#include "program.h"

enum { THREADS = 4, ROUNDS = 5 };

static pthread_key_t keys[PTHREAD_KEYS_MAX];
static int key_count;
static volatile long ended;

static void
end (void *data)
{
  /* A handler's data ends after the program's.  */
  getppid ();
  __atomic_fetch_add (&ended, (long) data, __ATOMIC_RELAXED);
}

static void *
use (void *arg)
{
  for (int i = 0; i < key_count; i++)
    CHECK (pthread_getspecific (keys[i]) == NULL);
  for (int i = 0; i < key_count; i++)
    CHECK (pthread_setspecific (keys[i], (void *) (i + 1L)) == 0);
  getppid ();
  for (int i = 0; i < key_count; i++)
    CHECK (pthread_getspecific (keys[i]) == (void *) (i + 1L));
  return arg;
}

int
main (void)
{
  pthread_t threads[THREADS];

  while (key_count < PTHREAD_KEYS_MAX
	 && pthread_key_create (&keys[key_count], end) == 0)
    key_count++;
  for (int round = 0; round < ROUNDS; round++)
    {
      for (int i = 0; i < THREADS; i++)
	CHECK (pthread_create (&threads[i], NULL, use, NULL) == 0);
      for (int i = 0; i < THREADS; i++)
	CHECK (pthread_join (threads[i], NULL) == 0);
    }
  printf ("%d keys, %ld\n", key_count, ended);
  return 0;
}
