/* Calls of a first thread, of another, of a child and of a program that is executed:
   inject.sh compares what strace shows of them with what the handler does.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void
note (int number)
{
  (void) number;
  syscall (SYS_getgid);
}

static void *
four (void *unused)
{
  for (int i = 0; i < 4; i++)
    syscall (SYS_chdir, i % 2 ? "/" : "/usr");
  return unused;
}

int
main (void)
{
  const struct timespec moment = { 0, 1000 };
  pthread_t thread;
  char room[64] = "/tmp";

  signal (SIGUSR1, note);
  syscall (SYS_getpid);
  syscall (SYS_getuid);
  syscall (SYS_chdir, room);
  syscall (SYS_getcwd, room, sizeof room);
  syscall (SYS_umask, 022);
  nanosleep (&moment, NULL);
  four (NULL);
  pthread_create (&thread, NULL, four, NULL);
  pthread_join (thread, NULL);
  if (fork () == 0)
    {
      four (NULL);
      _exit (0);
    }
  wait (NULL);
  if (vfork () == 0)
    {
      execl ("/bin/sh", "sh", "-c", "cd /; cd /usr; cd /tmp; cd /", (char *) NULL);
      _exit (0);
    }
  wait (NULL);
  four (NULL);
  return 0;
}
