/* Asks for random bytes; run by random.sh.  With an argument it does so with a
   handler that it installs itself, after each of its threads has asked without
   one, and checks what that has seen.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <unistd.h>

typedef long handler_t (long number, long nr, ...);

/* Volatile, since headers say of some functions that they call nothing back.  */
static volatile int seen;
static volatile unsigned int flags_seen;

static long
count (long number, long nr, ...)
{
  long a[6] = { 0 };
  va_list list;
  va_start (list, nr);
  for (int i = 0; i < nr; i++)
    a[i] = va_arg (list, long);
  va_end (list);
  if (number == SYS_getrandom)
    {
      seen++;
      flags_seen = a[2];
    }
  return syscall (number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

static const unsigned char zeros[64];

static int
filled (const unsigned char *buffer)
{
  return memcmp (buffer, zeros, sizeof zeros) != 0;
}

static int
by_getrandom (unsigned int flags)
{
  unsigned char buffer[64] = { 0 };
  return getrandom (buffer, sizeof buffer, flags) == sizeof buffer
	 && filled (buffer);
}

static int
by_getentropy (void)
{
  unsigned char buffer[64] = { 0 };
  return getentropy (buffer, sizeof buffer) == 0 && filled (buffer);
}

static int
by_arc4random (void)
{
  unsigned char buffer[64] = { 0 };
  arc4random_buf (buffer, sizeof buffer);
  return filled (buffer);
}

/* Was the handler, if there is one, asked once more than BEFORE?  */
static int
asked_once (int before, handler_t *handler)
{
  return seen - before == (handler != NULL);
}

/* All of them with HANDLER.  */
static int
ask (handler_t **pointer, handler_t *handler)
{
  static const unsigned int flags[] = { 0, GRND_NONBLOCK, GRND_RANDOM };
  unsigned char buffer[64];
  int good = 1, before;

  *pointer = handler;
  for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
    {
      before = seen;
      good &= by_getrandom (flags[i]) && asked_once (before, handler);
      good &= !handler || flags_seen == flags[i];
    }
  before = seen;
  good &= by_getentropy () && asked_once (before, handler);
  before = seen;
  good &= by_arc4random () && asked_once (before, handler);
  /* Flags that don't exist are the kernel's to refuse.  */
  before = seen;
  good &= getrandom (buffer, sizeof buffer, 0x1000) == -1 && errno == EINVAL;
  good &= asked_once (before, handler);
  *pointer = NULL;
  return good;
}

static handler_t *with;

static void *
thread (void *pointer)
{
  handler_t **set = (handler_t **) pointer;
  int good = ask (set, NULL) && ask (set, with) && ask (set, NULL);
  return (void *) (long) good;
}

int
main (int argc, char **argv)
{
  handler_t *none = NULL, **pointer = dlsym (RTLD_DEFAULT, "pure_syscall");
  pthread_t other;
  void *result;
  int good;

  (void) argv;
  if (argc > 1)
    with = count;
  else
    /* The pointer is whose it is.  */
    pointer = &none;
  good = thread (pointer) != NULL;
  good &= pthread_create (&other, NULL, thread, pointer) == 0
	  && pthread_join (other, &result) == 0 && result != NULL;
  printf ("good %d\n", good);
  return !good;
}
