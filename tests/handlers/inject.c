/* Threads, signals and children that count for themselves: what is printed is the same
   by strace's inject and by the handler.

   SPDX-License-Identifier: GPL-3.0-or-later  */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t signals, code;

static void
note (int number, siginfo_t *info, void *context)
{
  (void) number, (void) context;
  signals++;
  code = info->si_code;
}

/* Six calls: which fail?  */
static void *
six (void *who)
{
  char results[7] = "";

  for (int i = 0; i < 6; i++)
    results[i] = chdir (".") ? 'x' : '.';
  printf ("%s: %s\n", (const char *) who, results);
  return NULL;
}

int
main (void)
{
  const struct timespec second = { 0, 1000 };
  const struct sigaction action = { .sa_sigaction = note, .sa_flags = SA_SIGINFO };
  pthread_t thread;

  sigaction (SIGUSR2, &action, NULL);
  setvbuf (stdout, NULL, _IONBF, 0);
  six ("first");
  pthread_create (&thread, NULL, six, "thread");
  pthread_join (thread, NULL);
  if (fork () == 0)
    {
      six ("child");
      _exit (0);
    }
  wait (NULL);
  six ("again");
  printf ("umask: %o\n", umask (022));
  printf ("sleep: %s\n", nanosleep (&second, NULL) ? strerror (errno) : "done");
  printf ("dup: %s\n", dup (999) < 0 ? strerror (errno) : "done");
  printf ("signals: %d, code %#x\n", (int) signals, (unsigned int) code);
  return 0;
}
