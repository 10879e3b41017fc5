/* A process executes itself again and again while signals come: as often as it is told,
   and each time with the same descriptors, mappings, signal mask and pending signals.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* Signals that do nothing, and one that is blocked, until the process ends. */
static pid_t
send_signals (void)
{
  const pid_t parent = getpid (), child = fork ();

  while (child == 0 && getppid () == parent)
    {
      kill (parent, SIGWINCH);
      kill (parent, SIGURG);
      kill (parent, SIGUSR1);
      usleep (50);
    }
  if (child == 0)
    _exit (0);
  return child;
}

static int
count_entries (const char *directory)
{
  DIR *d = opendir (directory);
  int count = 0;

  while (readdir (d))
    count++;
  closedir (d);
  return count;
}

/* Of /proc/self/maps.  The kernel merges some of them, or doesn't, as they come to
   lie.  */
static int
count_lines (void)
{
  FILE *file = fopen ("/proc/self/maps", "r");
  int c, lines = 0;

  while ((c = getc (file)) != EOF)
    lines += c == '\n';
  fclose (file);
  return lines;
}

static void
set_signals (void)
{
  sigset_t set;

  sigemptyset (&set);
  sigaddset (&set, SIGUSR1);
  sigprocmask (SIG_BLOCK, &set, NULL);
  signal (SIGUSR2, SIG_IGN);
}

/* What is another than it should be, as bits.  */
static int
wrong_signals (void)
{
  struct sigaction action;
  sigset_t blocked, pending;

  sigprocmask (SIG_BLOCK, NULL, &blocked);
  sigpending (&pending);
  sigaction (SIGUSR2, NULL, &action);
  return (!sigismember (&blocked, SIGUSR1) + 2 * sigismember (&blocked, SIGUSR2)
	  + 4 * !sigismember (&pending, SIGUSR1) + 8 * (action.sa_handler != SIG_IGN));
}

/* chain COUNT [CHILD DESCRIPTORS LINES FAILURES]  */
int
main (int argc, char **argv)
{
  char text[5][16], *arguments[] = { argv[0], text[0], text[1], text[2], text[3],
				     text[4], NULL };
  int count = atoi (argv[1]), child, descriptors, lines, failures = 0;

  if (argc == 2)
    {
      set_signals ();
      kill (getpid (), SIGUSR1);
      child = send_signals ();
      descriptors = lines = 0;
    }
  else
    {
      child = atoi (argv[2]);
      descriptors = atoi (argv[3]) ? atoi (argv[3]) : count_entries ("/proc/self/fd");
      lines = atoi (argv[4]) ? atoi (argv[4]) : count_lines ();
      failures = atoi (argv[5]) + (wrong_signals () != 0)
		 + (count_entries ("/proc/self/fd") != descriptors)
		 + (abs (count_lines () - lines) > 2);
    }
  if (count == 0)
    {
      kill (child, SIGKILL);
      waitpid (child, NULL, 0);
      printf ("%d failures, signals %d\n", failures, wrong_signals ());
      return 0;
    }
  snprintf (text[0], sizeof text[0], "%d", count - 1);
  snprintf (text[1], sizeof text[1], "%d", child);
  snprintf (text[2], sizeof text[2], "%d", descriptors);
  snprintf (text[3], sizeof text[3], "%d", lines);
  snprintf (text[4], sizeof text[4], "%d", failures);
  execv ("/nonexistent", arguments);
  execv (argv[0], arguments);
  printf ("%d to go: errno %d\n", count, errno);
  return 1;
}
