/* All that a program can see of how it was started, but for what is drawn by lot.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

extern char **environ;
extern char etext, end;

/* NAME's bytes, with each NUL a line's end.  */
static void
show_file (const char *name)
{
  char buffer[65536];
  int fd = open (name, O_RDONLY);
  ssize_t size = fd < 0 ? 0 : read (fd, buffer, sizeof buffer);

  printf ("%s, %zd bytes:\n", name, size);
  for (ssize_t i = 0; i < size; i++)
    putchar (buffer[i] ? buffer[i] : '\n');
  close (fd);
}

static void
show_lines (const char *name, const char *wanted)
{
  FILE *file = fopen (name, "r");
  char line[4096];

  while (file && fgets (line, sizeof line, file))
    if (strstr (wanted, ((char[]) { line[0], line[1], line[2], line[3], 0 })))
      fputs (line, stdout);
  if (file)
    fclose (file);
}

/* Is what the stack has the same as what the kernel says, and in the same order?  */
static void
show_auxiliary (char **envp)
{
  unsigned long kernel[128] = { 0 };
  int fd = open ("/proc/self/auxv", O_RDONLY), count = 0;
  const ElfW (auxv_t) *own;

  if (read (fd, kernel, sizeof kernel) < 0)
    perror ("/proc/self/auxv");
  close (fd);
  while (*envp)
    envp++;
  own = (const ElfW (auxv_t) *) (envp + 1);
  printf ("auxiliary vector:");
  for (int i = 0;; i += 2, own++, count++)
    {
      /* A handler in the program's namespace leaves one that says nothing.  */
      while (own->a_type == AT_IGNORE)
	own++;
      printf (" %ld%s", (long) own->a_type,
	      own->a_type != kernel[i] || own->a_un.a_val != kernel[i + 1] ? "!" : "");
      if (own->a_type == AT_NULL)
	break;
    }
  printf ("\nentries %d, secure %lu, execfn %s\n", count, getauxval (AT_SECURE),
	  (char *) getauxval (AT_EXECFN));
  printf ("random %d, stack %d\n", getauxval (AT_RANDOM) > (unsigned long) envp,
	  (unsigned long) envp > (unsigned long) &count);
}

static void
show_maps (void)
{
  FILE *file = fopen ("/proc/self/maps", "r");
  char line[4096];
  int loaders = 0, heaps = 0;

  while (file && fgets (line, sizeof line, file))
    {
      loaders += strstr (line, "/ld-linux") && strstr (line, " r-xp ");
      heaps += strstr (line, "[heap]") != NULL;
      if (strstr (line, "pure-start"))
	fputs (line, stdout);
    }
  printf ("%d loaders, %d heaps\n", loaders, heaps);
  fclose (file);
}

static int
show_object (struct dl_phdr_info *info, size_t size, void *data)
{
  (void) size;
  ++*(int *) data;
  if (*(int *) data == 1)
    printf ("first object: \"%s\"\n", info->dlpi_name);
  return 0;
}

int
main (int argc, char **argv, char **envp)
{
  char name[4096] = "";
  int objects = 0;

  printf ("argc %d, invoked as %s\n", argc, program_invocation_name);
  for (int i = 0; i < argc; i++)
    printf ("argument %s\n", argv[i]);
  for (char **e = environ; *e; e++)
    printf ("variable %s\n", *e);
  if (readlink ("/proc/self/exe", name, sizeof name - 1) < 0)
    perror ("/proc/self/exe");
  printf ("%s\n", name);
  show_file ("/proc/self/comm");
  show_file ("/proc/self/cmdline");
  show_file ("/proc/self/environ");
  show_auxiliary (envp);
  show_lines ("/proc/self/status", "SigB SigI SigP ShdP NoNe Groups");
  for (int fd = 0; fd < 1000; fd++)
    if (fcntl (fd, F_GETFD) != -1)
      printf ("descriptor %d\n", fd);
  printf ("break after the program %d\n", (char *) sbrk (0) >= &end);
  show_maps ();
  dl_iterate_phdr (show_object, &objects);
  /* The name can be changed, as setproctitle functions do: over the arguments.  */
  memset (argv[0], 'x', strlen (argv[0]));
  show_file ("/proc/self/cmdline");
  return 0;
}
