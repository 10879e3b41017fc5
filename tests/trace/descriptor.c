/* A program that looks for descriptors, and uses all that there may be: it prints
   what it finds, which is the same with trace and without.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* How many numbers are tried.  */
#define NUMBERS 1100

static void
list (const char *name)
{
  DIR *directory = opendir (name);
  struct dirent *entry;
  int count = 0, highest = -1;

  if (!directory)
    exit (77);
  while ((entry = readdir (directory)))
    if (*entry->d_name != '.')
      {
	count++;
	if (atoi (entry->d_name) > highest)
	  highest = atoi (entry->d_name);
      }
  closedir (directory);
  printf ("%d entries, up to %d\n", count, highest);
}

static void
list_all (void)
{
  char name[80];
  char entries[32];
  long size;
  int count = 0, fd;

  list ("/proc/self/fd");
  list ("/proc/thread-self/fd");
  list ("/dev/fd");
  snprintf (name, sizeof name, "/proc/%d/task/%d/fd", getpid (), getpid ());
  list (name);
  /* One at a time, in either way.  */
  fd = open ("/proc/self/fd", O_RDONLY);
  while ((size = syscall (SYS_getdents64, fd, entries, sizeof entries)) > 0)
    count++;
  lseek (fd, 0, SEEK_SET);
  while ((size = syscall (SYS_getdents, fd, entries, sizeof entries)) > 0)
    count++;
  close (fd);
  printf ("one at a time: %d, %ld\n", count, size);
}

/* Who can be used, by number or by name?  */
static void
use_all (void)
{
  struct stat status;
  char name[80], target[80];
  int used = 0;

  for (int fd = 3; fd < NUMBERS; fd++)
    {
      snprintf (name, sizeof name, "/proc/self/fd/%d", fd);
      used += write (fd, "x", 1) >= 0;
      used += ftruncate (fd, 0) == 0;
      used += fstat (fd, &status) == 0;
      used += lseek (fd, 0, SEEK_SET) >= 0;
      used += dup (fd) >= 0;
      used += fcntl (fd, F_GETFD) >= 0;
      used += fcntl (fd, F_SETFD, 0) >= 0;
      used += dup2 (fd, fd) >= 0;
      used += truncate (name, 0) == 0;
      used += stat (name, &status) == 0;
      used += lstat (name, &status) == 0;
      used += readlink (name, target, sizeof target) >= 0;
      used += open (name, O_WRONLY | O_TRUNC) >= 0;
      used += mmap (NULL, 1, PROT_READ, MAP_PRIVATE, fd, 0) != MAP_FAILED;
      snprintf (name, sizeof name, "/dev/fd/%d", fd);
      used += open (name, O_WRONLY | O_TRUNC) >= 0;
      used += close (fd) == 0;
    }
  printf ("%d used\n", used);
}

/* All that are open but the first three, until there is nothing left.  */
static void
close_listed (void)
{
  for (int round = 0; round < 100; round++)
    {
      DIR *directory = opendir ("/proc/self/fd");
      struct dirent *entry;
      int left = 0;

      while ((entry = readdir (directory)))
	{
	  int fd = atoi (entry->d_name);
	  if (fd > 2 && fd != dirfd (directory))
	    {
	      close (fd);
	      left++;
	    }
	}
      closedir (directory);
      if (!left)
	{
	  printf ("nothing is left\n");
	  return;
	}
    }
  printf ("something is always left\n");
}

static void
open_all (void)
{
  int fd, last = -1, count = 0;

  while ((fd = open ("/dev/null", O_RDWR)) >= 0)
    {
      last = fd;
      count++;
    }
  printf ("%d could be opened, up to %d: %s\n", count, last, strerror (errno));
  close_range (3, ~0u, 0);
}

static void
place_all (void)
{
  struct rlimit limit;
  int placed = 0;

  getrlimit (RLIMIT_NOFILE, &limit);
  printf ("limits %ld %ld\n", (long) limit.rlim_cur, (long) limit.rlim_max);
  for (int fd = 3; fd < NUMBERS; fd++)
    placed += dup2 (STDOUT_FILENO, fd) == fd;
  printf ("%d placed\n", placed);
  close_range (3, ~0u, 0);
}

int
main (void)
{
  open ("/dev/null", O_RDONLY);
  list_all ();
  close_listed ();
  use_all ();
  open_all ();
  place_all ();
  list_all ();
  return 3;
}
