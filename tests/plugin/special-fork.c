/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* A fork, and a clone as fork makes it, work through the guard: both processes
   come back.  */
/* variants: -O0 | -O2 */
/* expect-report: {"function": "fork_call", "number": 57, "kind": "guarded"} */
/* expect-report: {"function": "clone_call", "number": 56, "kind": "guarded"} */
#include "testing.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static long
fork_call (void)
{
  long result;
  __asm__ volatile ("syscall" : "=a" (result) : "0" (57L) : CLOBBERS);
  return result;
}

static long
clone_call (void)
{
  register long r10 __asm__ ("r10") = 0;
  long result;
  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (56L), "D" (SIGCHLD), "S" (0L), "d" (0L), "r" (r10)
		    : CLOBBERS);
  return result;
}

static void
check_child (long process, int code)
{
  int status = -1;
  if (process == 0)
    _exit (code);
  check (process > 0);
  check_equal (waitpid (process, &status, 0), process);
  check (WIFEXITED (status) && WEXITSTATUS (status) == code);
}

void
test (void)
{
  check_child (fork_call (), 23);
  check_child (clone_call (), 42);
}
