/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* A statement after which nothing comes, since the call never returns.  */
/* variants: -O0 | -O2 | -O3 */
#include "testing.h"

#include <sys/wait.h>
#include <unistd.h>

__attribute__ ((noreturn)) static void
exits (long code)
{
  __asm__ volatile ("syscall" : : "a" (231L), "D" (code) : CLOBBERS);
  __builtin_unreachable ();
}

__attribute__ ((noreturn)) static void
exits_in_a_loop (long code)
{
  for (;;)
    __asm__ volatile ("syscall" : : "a" (231L), "D" (code) : CLOBBERS);
}

static void
check_exit (void (*function) (long), int code)
{
  int status = -1;
  pid_t process = fork ();
  if (process == 0)
    function (code);
  check_equal (waitpid (process, &status, 0), process);
  check (WIFEXITED (status) && WEXITSTATUS (status) == code);
}

void
test (void)
{
  check_exit (exits, 33);
  check_exit (exits_in_a_loop, 44);
}
