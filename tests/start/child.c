/* What is executed: it says how, and on what it runs to the file that its first argument
   names.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

int
main (int argc, char **argv)
{
  void **pointer = dlsym (RTLD_DEFAULT, "pure_syscall");
  const char *on = !pointer ? "native" : *pointer ? "handled" : "off";
  char exe[4096] = "";
  int fd;

  if (readlink ("/proc/self/exe", exe, sizeof exe - 1) < 0)
    perror ("/proc/self/exe");
  printf ("%s:", strrchr (exe, '/'));
  for (int i = 0; i < argc; i++)
    printf (" [%s]", argv[i]);
  for (char **e = environ; *e; e++)
    printf (" %s", *e);
  putchar ('\n');
  if (argc > 1 && (fd = open (argv[1], O_WRONLY | O_CREAT | O_APPEND, 0666)) >= 0)
    dprintf (fd, "%s\n", on);
  return 7;
}
