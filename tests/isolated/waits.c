/* A library whose constructor starts a thread and waits for it: dlopen has ld.so's lock
   meanwhile, and a handler in that thread needs none of it.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#include "program.h"
#include <dlfcn.h>
#include <pthread.h>
#include <unistd.h>

#ifdef LIBRARY

static void *
call (void *data)
{
  CHECK (getppid () > 0);
  return data;
}

static void __attribute__ ((__constructor__))
start (void)
{
  pthread_t thread;

  CHECK (pthread_create (&thread, NULL, call, NULL) == 0);
  CHECK (pthread_join (thread, NULL) == 0);
}

#else

int
main (int argc, char **argv)
{
  char library[4096];

  CHECK (argc == 1 && strlen (argv[0]) < sizeof library - 3);
  CHECK (dlopen (strcat (strcpy (library, argv[0]), ".so"), RTLD_NOW) != NULL);
  puts ("loaded");
  return 0;
}

#endif
