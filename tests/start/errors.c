/* An exec that fails leaves everything as it was, with the kernel's errno.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#pragma GCC diagnostic ignored "-Wstringop-overread"

static char *arguments[] = { "x", NULL };
static char *variables[] = { "A=1", "LD_AUDIT=/nonexistent", NULL };

static void
try (const char *what, int result)
{
  int error = errno;
  printf ("%s: %d, %s", what, result, strerrorname_np (error));
  for (char **v = variables; *v; v++)
    printf (" %s", *v);
  printf (" descriptor %d\n", dup (1));
  close (3);
  fflush (stdout);
}

static int
count_maps (void)
{
  FILE *file = fopen ("/proc/self/maps", "r");
  int c, lines = 0;

  while ((c = getc (file)) != EOF)
    lines += c == '\n';
  fclose (file);
  return lines;
}

int
main (void)
{
  char *page = mmap (NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  char *big = malloc (200000), **bad = (char **) (page + 4096) - 1;
  int writer, before, open_only;
  char *huge[] = { big, NULL };

  munmap (page + 4096, 4096);
  memset (big, 'x', 199999);
  big[199999] = '\0';
  writer = open ("written", O_RDWR);
  open_only = open ("child", O_RDONLY);
  before = count_maps ();
  close (writer);
  writer = open ("written", O_RDWR);
  try ("nothing", execve ("./nothing", arguments, variables));
  try ("a directory", execve (".", arguments, variables));
  try ("not executable", execve ("./plain", arguments, variables));
  try ("no program", execve ("./data", arguments, variables));
  try ("no interpreter", execve ("./no-interpreter", arguments, variables));
  try ("a loop", execve ("./loop", arguments, variables));
  try ("a link to itself", execve ("./itself", arguments, variables));
  try ("below a file", execve ("./data/x", arguments, variables));
  try ("no name", execve ("", arguments, variables));
  try ("written", execve ("./written", arguments, variables));
  try ("too big", execve ("./child", huge, variables));
  try ("too big a variable", execve ("./child", arguments, huge));
  try ("no path", execve ((char *) 1, arguments, variables));
  try ("no arguments", execve ("./child", (char **) 1, variables));
  try ("no variables", execve ("./child", arguments, (char **) 1));
  *bad = "A=1";
  try ("no end of the variables", execve ("./child", arguments, bad));
  *bad = (char *) 1;
  try ("a variable that isn't there", execve ("./child", arguments, bad));
  try ("no descriptor", fexecve (99, arguments, variables));
  try ("a flag", execveat (AT_FDCWD, "./child", arguments, variables, 0x40000));
  try ("a link", execveat (AT_FDCWD, "./link", arguments, variables, AT_SYMLINK_NOFOLLOW));
  try ("not a directory", execveat (open_only, "x", arguments, variables, 0));
  try ("a fifo", execve ("./fifo", arguments, variables));
  printf ("%d mappings more\n", count_maps () - before);
  return 0;
}
