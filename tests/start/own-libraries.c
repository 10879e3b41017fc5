/* The C library's files by their absolute paths are those that are loaded.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char *const names[] = {
  "libc.so.6", "libm.so.6", "libpthread.so.0", "libdl.so.2", "librt.so.1",
  "libresolv.so.2", "libutil.so.1", "libanl.so.1", "libnss_files.so.2",
  "libnss_dns.so.2", "libnsl.so.1", "libmvec.so.1", "libBrokenLocale.so.1"
};

static void *
five (void *p)
{
  (void) p;
  return (void *) 5;
}

int
main (void)
{
  void *libc = dlopen ("/lib/x86_64-linux-gnu/libc.so.6", RTLD_NOW), *result = NULL;
  __typeof (setenv) *set = (__typeof (setenv) *) dlsym (libc, "setenv");
  __typeof (pthread_create) *create
    = (__typeof (pthread_create) *) dlsym (libc, "pthread_create");
  char path[256];
  pthread_t thread;

  set ("SEEN", "yes", 1);
  printf ("%s\n", getenv ("SEEN") ? "the same" : "another");
  if (create (&thread, NULL, five, NULL) == 0)
    pthread_join (thread, &result);
  printf ("thread %ld\n", (long) result);
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    {
      void *plain = dlopen (names[i], RTLD_NOW);
      snprintf (path, sizeof path, "/lib/x86_64-linux-gnu/%s", names[i]);
      if (access (path, R_OK) == 0)
	printf ("%s: %d\n", names[i], plain != NULL && dlopen (path, RTLD_NOW) == plain);
      snprintf (path, sizeof path, "/usr/lib/x86_64-linux-gnu/%s", names[i]);
      if (access (path, R_OK) == 0)
	printf ("%s: %d\n", names[i], plain != NULL && dlopen (path, RTLD_NOW) == plain);
    }
  return 0;
}
