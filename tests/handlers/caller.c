/* Calls from many places, each with a path that names it: those that fail with ELOOP are
   printed.

   SPDX-License-Identifier: GPL-3.0-or-later

   Compiled with -DLIBRARY=NAME it is a library, with a function plug_NAME.  */

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef LIBRARY
# define JOIN_(a, b) a##b
# define JOIN(a, b) JOIN_ (a, b)

void
JOIN (plug_, LIBRARY) (const char *path)
{
  if (access (path, F_OK) && errno == ELOOP)
    dprintf (STDOUT_FILENO, "%s\n", path);
}

#else

# define APART __attribute__ ((__noinline__, __noclone__))

/* It is no tail call.  */
# define CALL(path)							\
  ((void) (access (path, F_OK) && errno == ELOOP			\
	   && dprintf (STDOUT_FILENO, "%s\n", path)), (void) (stay = 1))
static volatile int stay;

static APART void
first (void)
{
  CALL ("/first");
}

static APART void
second (int depth)
{
  if (depth)
    second (depth - 1);
  else
    first ();
  CALL ("/second");
}

static inline __attribute__ ((__always_inline__)) void
inlined (void)
{
  CALL ("/inlined"); /* this line */
}

static APART void
has_inlined (void)
{
  inlined ();
  stay = 2;
}

static int
compare (const void *a, const void *b)
{
  CALL ("/compare");
  return *(const int *) a - *(const int *) b;
}

static void
on_signal (int number)
{
  (void) number;
  CALL ("/signal");
}

static void *
in_thread (void *unused)
{
  CALL ("/thread");
  return unused;
}

static APART void
in_child (void)
{
  CALL ("/child");
}

/* The two libraries are mapped at the same address, one after the other.  */
static APART void
plug (const char *name)
{
  char file[64], function[64];

  snprintf (file, sizeof file, "./%s.so", name);
  snprintf (function, sizeof function, "plug_%s", name);
  void *library = dlopen (file, RTLD_NOW);
  void (*plugged) (const char *)
    = library ? (void (*) (const char *)) dlsym (library, function) : NULL;
  if (!plugged)
    exit (2);
  plugged (name);
  dlclose (library);
}

int
main (void)
{
  int numbers[] = { 2, 1 }, status;
  pthread_t thread;

  second (2);
  has_inlined ();
  qsort (numbers, 2, sizeof *numbers, compare);
  signal (SIGUSR1, on_signal);
  raise (SIGUSR1);
  pthread_create (&thread, NULL, in_thread, NULL);
  pthread_join (thread, NULL);
  plug ("one");
  plug ("two");
  if (fork () == 0)
    {
      in_child ();
      return 0;
    }
  wait (&status);
  CALL ("/end");
  return 0;
}

#endif
