/* The largest environment that a program can be executed with, by one more byte at a
   time.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { TEXT = 100000 };

/* Execute with about SIZE bytes of variables: 0 or an errno value.  */
static int
execute (size_t size)
{
  static char *variables[100], *arguments[] = { "true", NULL };
  int count = 0, status;
  pid_t pid;

  for (; size > 0; count++)
    {
      size_t length = size < TEXT ? size : TEXT;
      variables[count] = malloc (length + 8);
      memset (variables[count], 'x', length);
      variables[count][length] = '\0';
      size -= length;
    }
  variables[count] = NULL;
  pid = fork ();
  if (pid == 0)
    {
      execve ("/bin/true", arguments, variables);
      _exit (errno);
    }
  waitpid (pid, &status, 0);
  while (count > 0)
    free (variables[--count]);
  return WEXITSTATUS (status);
}

int
main (void)
{
  struct rlimit limit = { 1 << 20, 1 << 20 };
  size_t low = 0, high = 4 << 20;

  setrlimit (RLIMIT_STACK, &limit);
  while (low + 1 < high)
    {
      size_t middle = (low + high) / 2;
      if (execute (middle) == 0)
	low = middle;
      else
	high = middle;
    }
  printf ("%zu: %d, %zu: %d\n", low, execute (low), high, execute (high));
  return 0;
}
