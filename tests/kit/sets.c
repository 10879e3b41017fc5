/* sets KIND TEXT: prints the members of the set that TEXT is, or what is wrong with it.
   Of calls it is names.  KIND paths: which calls are about the file of that name.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <fcntl.h>
#include <poll.h>
#include <purecc-handler.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>

static int (*
parser (const char *kind)) (struct pure_set *, const char *, struct pure_fault *)
{
  if (strcmp (kind, "calls") == 0)
    return pure_set_calls;
  if (strcmp (kind, "signals") == 0)
    return pure_set_signals;
  if (strcmp (kind, "fds") == 0)
    return pure_set_fds;
  return pure_set_status;
}

static void
say (const char *name, int has, const char **blank)
{
  if (has)
    {
      printf ("%s%s", *blank, name);
      *blank = " ";
    }
}

static void
about (const char *path)
{
  struct pure_paths paths = { NULL, 0 };
  const char *blank = "";
  const int file = open (path, O_RDONLY), other = open ("/", O_RDONLY);
  struct pollfd fds[2] = { { .fd = other }, { .fd = file } };
  const long with_path[6] = { (long) path }, with_fd[6] = { file },
	     with_other[6] = { other }, with_poll[6] = { (long) fds, 2 },
	     with_few[6] = { (long) fds, 1 }, bad[6] = { 16 }, none[6] = { 0 };

  pure_paths_add (&paths, path);
  say ("open", file >= 0 && pure_paths_match (&paths, SYS_open, with_path), &blank);
  say ("access", file >= 0 && pure_paths_match (&paths, SYS_access, with_path), &blank);
  say ("fstat", pure_paths_match (&paths, SYS_fstat, with_fd), &blank);
  say ("poll", pure_paths_match (&paths, SYS_poll, with_poll), &blank);
  say ("other", pure_paths_match (&paths, SYS_fstat, with_other), &blank);
  say ("few", pure_paths_match (&paths, SYS_poll, with_few), &blank);
  say ("bad", pure_paths_match (&paths, SYS_open, bad), &blank);
  say ("bad", pure_paths_match (&paths, SYS_poll, bad), &blank);
  say ("none", pure_paths_match (&paths, SYS_open, none), &blank);
}

int
main (int argc, char **argv)
{
  struct pure_set set;
  struct pure_fault fault;
  const char *blank = "";

  if (argc != 3)
    return 2;
  if (strcmp (argv[1], "paths") == 0)
    about (argv[2]);
  else if (parser (argv[1]) (&set, argv[2], &fault) != 0)
    printf ("%s", fault.text);
  else if (strcmp (argv[1], "calls") == 0)
    {
      for (long i = 0; i < PURE_CALLS; i++)
	if (pure_call (i)->name)
	  say (pure_call (i)->name, pure_set_has (&set, i), &blank);
    }
  else
    for (int i = 0; i < (*argv[1] == 'f' ? 3000 : *argv[1] == 's' && argv[1][1] == 't' ? 5 : 65); i++)
      {
	char number[12];
	snprintf (number, sizeof number, "%d", i);
	say (number, pure_set_has (&set, i), &blank);
      }
  puts ("");
  return 0;
}
