/* Credentials are a process's: all its threads have them, those of a handler too.
   Signals are the program's threads' only.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <dirent.h>
#include <grp.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include "program.h"

enum { ID = 65534 };

static volatile int signals;
static pthread_t main_thread;

static void
on_signal (int number)
{
  (void) number;
  CHECK (pthread_equal (pthread_self (), main_thread));
  signals++;
}

/* FIELD of each thread's status is that of ID.  */
static void
check_all (const char *field)
{
  DIR *directory = opendir ("/proc/self/task");
  struct dirent *entry;
  char name[300], line[300];

  CHECK (directory != NULL);
  while ((entry = readdir (directory)) != NULL)
    {
      if (entry->d_name[0] == '.')
	continue;
      snprintf (name, sizeof name, "/proc/self/task/%s/status", entry->d_name);
      FILE *status = fopen (name, "r");
      CHECK (status != NULL);
      while (fgets (line, sizeof line, status))
	if (strncmp (line, field, strlen (field)) == 0)
	  {
	    /* For users and groups, the real ID and those that follow.  */
	    char *end;
	    long id = strtol (line + strlen (field) + 1, &end, 10);
	    CHECK (id == ID);
	    CHECK (field[1] == 'r' || strtol (end, NULL, 10) == ID);
	  }
      CHECK (fclose (status) == 0);
    }
  CHECK (closedir (directory) == 0);
}

static void *
sleeps (void *arg)
{
  for (;;)
    pause ();
  return arg;
}

static void
check (int threads)
{
  gid_t group = ID;
  pthread_t thread;
  sigset_t set;

  sigemptyset (&set);
  sigaddset (&set, SIGUSR1);
  CHECK (pthread_sigmask (SIG_BLOCK, &set, NULL) == 0);
  for (int i = 0; i < threads; i++)
    CHECK (pthread_create (&thread, NULL, sleeps, NULL) == 0);
  signal (SIGUSR1, on_signal);
  getppid ();
  /* Pending, as long as nobody takes it.  */
  CHECK (kill (getpid (), SIGUSR1) == 0);
  usleep (20000);
  CHECK (signals == 0);
  CHECK (pthread_sigmask (SIG_UNBLOCK, &set, NULL) == 0 && signals == 1);

  CHECK (setgroups (1, &group) == 0);
  check_all ("Groups:");
  CHECK (setgid (ID) == 0);
  check_all ("Gid:");
  CHECK (setresuid (ID, ID, ID) == 0);
  check_all ("Uid:");
}

int
main (void)
{
  if (getuid () != 0)
    return 77;
  for (int threads = 0; threads <= 2; threads += 2)
    {
      int status;
      pid_t pid = fork ();
      CHECK (pid >= 0);
      main_thread = pthread_self ();
      if (pid == 0)
	{
	  check (threads);
	  _exit (0);
	}
      CHECK (waitpid (pid, &status, 0) == pid && status == 0);
    }
  puts ("ok");
  return 0;
}
