/* Programs are executed again and again: nothing is left of that.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* More than fit where there is little stack.  */
enum { VARIABLES = 600 };

static void
execute (char *program, char **variables)
{
  char *arguments[] = { program, NULL };
  int status;
  pid_t pid;

  if (posix_spawn (&pid, "/bin/true", NULL, NULL, arguments, variables) != 0
      || waitpid (pid, &status, 0) != pid || status != 0)
    exit (1);
  pid = vfork ();
  if (pid == 0)
    {
      execve ("/nonexistent", arguments, variables);
      execve ("/bin/true", arguments, variables);
      _exit (1);
    }
  if (waitpid (pid, &status, 0) != pid || status != 0)
    exit (1);
}

/* Pages and lines of /proc/self/maps.  */
static void
measure (long *pages, int *lines)
{
  FILE *file = fopen ("/proc/self/maps", "r");
  unsigned long from, to;
  char line[4096];

  *pages = *lines = 0;
  while (fgets (line, sizeof line, file))
    if (sscanf (line, "%lx-%lx", &from, &to) == 2)
      *pages += (long) (to - from) / 4096, ++*lines;
  fclose (file);
}

int
main (int argc, char **argv)
{
  static char *variables[VARIABLES + 1];
  int times = argc > 1 ? atoi (argv[1]) : 100, lines, lines_after;
  long pages, pages_after;

  for (int i = 0; i < VARIABLES; i++)
    if (asprintf (&variables[i], "V%d=", i) < 0)
      return 1;
  execute ("true", variables);
  execute ("true", variables);
  measure (&pages, &lines);
  measure (&pages, &lines);
  for (int i = 0; i < times; i++)
    execute ("true", variables);
  measure (&pages_after, &lines_after);
  printf ("%ld pages, %d mappings more, next descriptor %d\n", pages_after - pages,
	  lines_after - lines, dup (1));
  return 0;
}
