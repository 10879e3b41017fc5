/* A handler that replaces a line that a program writes by another, by a list that it reads
   with its own C library.

   SPDX-License-Identifier: LGPL-2.1-or-later

     pure-run --handler ./reword.so -O list=words -- echo hello

   The list is a file with a line for each: what is written, and what is instead.  By
   default it is /nowhere/words, which only the handler below this one can provide:
   one-file.c.  That what this one's C library calls goes to the next handler is nothing
   that it has to know.  */

#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <purecc.h>

enum { MOST = 100, LENGTH = 32 };

static struct
{
  char from[LENGTH], to[LENGTH];
} words[MOST];
static int count;

PURE_DESCRIPTION ("replaces words that stand alone in a line");
PURE_OPTION (list, "string", "/nowhere/words", "the file with pairs of words");

static int
read_list (int argc, char **argv, char **envp)
{
  const char *name = PURE_OPTION_TEXT (list, envp);
  FILE *file = fopen (name, "re");

  (void) argc, (void) argv;
  if (!file)
    {
      perror (name);
      return 1;
    }
  while (count < MOST
	 && fscanf (file, "%30s %30s", words[count].from, words[count].to) == 2)
    {
      strcat (words[count].from, "\n");
      strcat (words[count].to, "\n");
      count++;
    }
  fclose (file);
  return 0;
}

static long
reword (long number, long nr, long a1, long a2, long a3, long a4, long a5, long a6)
{
  for (int i = 0; number == SYS_write && i < count; i++)
    if ((size_t) a3 == strlen (words[i].from)
	&& memcmp ((const void *) a2, words[i].from, a3) == 0)
      {
	const long length = (long) strlen (words[i].to);
	const long done
	  = pure_native_syscall (number, a1, (long) words[i].to, length, 0, 0, 0);
	return done == length ? a3 : done;
      }
  return pure_pass (number, nr, a1, a2, a3, a4, a5, a6);
}

PURE_HANDLER_INIT ((pure_handler_t) (void (*) (void)) reword, read_list);
