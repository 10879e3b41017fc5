/* Clocks, errors, and what a process is.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE 1
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>
#include "checks.h"

static void
clocks (void)
{
  struct timespec a, b, t = { 0, 2000000 };
  clock_gettime (CLOCK_MONOTONIC, &a);
  say (clock_nanosleep (CLOCK_MONOTONIC, 0, &t, NULL));
  clock_gettime (CLOCK_MONOTONIC, &b);
  say ((b.tv_sec - a.tv_sec) * 1000000000 + b.tv_nsec - a.tv_nsec >= 2000000);
  say (time (NULL) > 1000000000);
  struct timeval tv;
  say (gettimeofday (&tv, NULL));
  say (labs (tv.tv_sec - time (NULL)) <= 1);
  say (clock_gettime (CLOCK_THREAD_CPUTIME_ID, &a));
  say (clock_gettime (12345, &a));
  say (clock_getres (CLOCK_REALTIME, &a));
  say (nanosleep (&(struct timespec) { -1, 0 }, NULL));
}

static void
errors (void)
{
  char c;
  say (open ("/no/such", O_RDONLY));
  say (close (-1));
  say (read (0x7ffffff, &c, 1));
  say (mkdir ("/", 0777));
  say (kill (0x7fffffff, 0));
  say (chdir ("/dev/null"));
  say (unlink ("/"));
  say (fcntl (-1, F_GETFD));
  say (lseek (0, 0, 99));
  say (ioctl (open ("/dev/null", O_RDONLY), 0x5401, &c));
  say (mmap (NULL, 0, PROT_READ, MAP_PRIVATE, -1, 0) == MAP_FAILED);
  say (setrlimit (99, NULL));
  say (syscall (5000));
  say (syscall (SYS_getppid) == getppid ());
  say (execve ("/dev/null", NULL, NULL));
  say (socket (-1, 0, 0));
  say (pthread_kill (pthread_self (), 999));
}

static void
process_state (void)
{
  struct rlimit limit, old;
  struct utsname name;
  cpu_set_t cpus;
  say (getrlimit (RLIMIT_NOFILE, &old));
  limit = old;
  limit.rlim_cur = 64;
  say (setrlimit (RLIMIT_NOFILE, &limit));
  say (dup2 (0, 64));
  say (dup2 (0, 63));
  say (uname (&name) + strcmp (name.sysname, "Linux"));
  say (sched_getaffinity (0, sizeof cpus, &cpus));
  say (CPU_COUNT (&cpus) > 0);
  say (sysconf (_SC_PAGESIZE));
  say (getpid () == syscall (SYS_gettid));
  say (umask (022) + umask (077));
  say (setpgid (0, 0));
  say (getpgrp () == getpid ());
  say (nice (1) != -1);
  struct rusage usage;
  say (getrusage (RUSAGE_SELF, &usage));
  say (isatty (63));
}

const struct check state_checks[] = {
  CHECK (clocks), CHECK (errors), CHECK (process_state), { NULL, NULL }
};
