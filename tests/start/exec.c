/* Programs are executed in all ways that there are: child.c, in the current directory,
   which says what it got.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static char *arguments[] = { "child", "", "an argument", NULL };
static char *few[] = { "ONE=1", "TWO=2", NULL };
static char *audited[] = { "A=1", "LD_AUDIT=", "B=2", "PURE_START=x", NULL };
static char *none[] = { NULL };

static void by_execve (void) { execve ("./child", arguments, few); }
static void by_execv (void) { execv ("./child", arguments); }
static void by_execvp (void) { execvp ("child", arguments); }
static void by_execlp (void)
{
  execlp ("script0", "script0", arguments[1], "x", (char *) NULL);
}
static void with_nothing (void) { execve ("./child", arguments, none); }
static void with_null (void) { execve ("./child", arguments, NULL); }
static void with_audit (void) { execve ("./child", arguments, audited); }
static void by_call (void) { syscall (SYS_execve, "./child", arguments, few); }
static void by_script (void) { execve ("./script0", arguments, few); }
static void by_chain (void) { execve ("./script4", arguments, few); }
static void by_env (void) { execl ("./by-env", "by-env", arguments[1], (char *) NULL); }
static void by_shell (void)
{
  execl ("/bin/sh", "sh", "-c", "./child \"$0\"; exit $?", arguments[1], (char *) NULL);
}

static void
by_fexecve (void)
{
  fexecve (open ("child", O_RDONLY | O_CLOEXEC), arguments, few);
}

static void
by_path_descriptor (void)
{
  fexecve (open ("child", O_PATH | O_CLOEXEC), arguments, few);
}

static void
by_directory (void)
{
  execveat (open (".", O_RDONLY | O_DIRECTORY | O_CLOEXEC), "child", arguments, few, 0);
}

static void
by_memory (void)
{
  int from = open ("child", O_RDONLY | O_CLOEXEC), to = memfd_create ("memory", MFD_CLOEXEC);
  char buffer[4096];
  ssize_t size;

  while ((size = read (from, buffer, sizeof buffer)) > 0)
    if (write (to, buffer, size) != size)
      _exit (1);
  fexecve (to, arguments, few);
}

static void
elsewhere (void)
{
  int here = open (".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (chdir ("/") == 0)
    execveat (here, "child", arguments, few, 0);
}

static void
without_descriptors (void)
{
  closefrom (3);
  by_execve ();
}

static void
with_all_descriptors (void)
{
  struct rlimit limit = { 64, 64 };
  setrlimit (RLIMIT_NOFILE, &limit);
  while (open (".", O_RDONLY | O_CLOEXEC) >= 0)
    continue;
  by_execve ();
}

static void
after_failures (void)
{
  execve ("./nothing", arguments, few);
  execve ("./data", arguments, few);
  by_execve ();
}

/* Many variables, for which there is other memory.  */
static void
with_many (void)
{
  static char *many[1001], texts[1000][16];
  for (int i = 0; i < 1000; i++)
    {
      snprintf (texts[i], sizeof texts[i], "V%d=%d", i, i);
      many[i] = texts[i];
    }
  execve ("./child", arguments, many);
}

static const struct
{
  const char *name;
  void (*function) (void);
} ways[] = {
  { "execve", by_execve }, { "execv", by_execv }, { "execvp", by_execvp },
  { "execlp", by_execlp }, { "no variables", with_nothing },
  { "NULL for the variables", with_null }, { "LD_AUDIT", with_audit },
  { "a script", by_script }, { "a chain of scripts", by_chain }, { "env", by_env },
  { "sh", by_shell }, { "fexecve", by_fexecve }, { "O_PATH", by_path_descriptor },
  { "a directory's descriptor", by_directory }, { "a file in memory", by_memory },
  { "another directory", elsewhere }, { "no descriptors", without_descriptors },
  { "no descriptor free", with_all_descriptors }, { "after failures", after_failures },
  { "many variables", with_many }, { "syscall", by_call },
};

static void
report (const char *how, const char *name, pid_t pid)
{
  int status;

  waitpid (pid, &status, 0);
  printf ("%s by %s: %d\n", name, how, WIFEXITED (status) ? WEXITSTATUS (status) : -1);
  fflush (stdout);
}

static void
spawn (const char *name, const char *program, int search)
{
  pid_t pid;
  int error = (search ? posix_spawnp : posix_spawn) (&pid, program, NULL, NULL,
						      arguments, few);
  if (error)
    printf ("%s: %s\n", name, strerror (error));
  else
    report ("posix_spawn", name, pid);
}

int
main (int argc, char **argv)
{
  if (argc != 2)
    return 2;
  arguments[1] = argv[1];
  for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
    {
      pid_t pid = fork ();
      if (pid == 0)
	{
	  ways[i].function ();
	  _exit (99);
	}
      report ("fork", ways[i].name, pid);
    }
  /* These use the parent's memory.  */
  for (int i = 0; i < 3; i++)
    {
      pid_t pid = vfork ();
      if (pid == 0)
	{
	  ways[i].function ();
	  _exit (99);
	}
      report ("vfork", ways[i].name, pid);
    }
  spawn ("a program", "./child", 0);
  spawn ("a program that is searched", "child", 1);
  spawn ("a script", "./script0", 0);
  spawn ("nothing", "./nothing", 0);
  spawn ("data", "./data", 0);
  return 0;
}
