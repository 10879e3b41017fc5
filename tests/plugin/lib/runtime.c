/* The runtime that the plugin's cases are linked with: the pointer, and a
   handler that writes down what it gets.

   SPDX-License-Identifier: GPL-3.0-or-later

   Compiled without the plugin.  The guard functions themselves are in
   guard.S.  */

#define _GNU_SOURCE 1 /* the names of registers in <ucontext.h> */
#include "testing.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>
#include <unistd.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

enum { MAX_ARGS = 6, MAX_CALLS = 64 };

/* A call that was made and not yet checked.  */
struct call
{
  enum way way;
  long number;
  long nr;
  long args[MAX_ARGS];
};

long (*__pure_syscall) (long number, long nr, ...);
int handled;
__thread long answer;
__thread int unchecked;
__thread int native_bits = 64;

static __thread struct call calls[MAX_CALLS];
/* The way that this thread's call into the handler came.  */
static __thread enum way handler_way;
static int failures;

static void
fail (const char *file, int line)
{
  __atomic_add_fetch (&failures, 1, __ATOMIC_RELAXED);
  fprintf (stderr, "%s:%d: with the pointer %s: ", file, line,
	   handled ? "set" : "NULL");
}

static long
write_down (const struct call *call)
{
  if (unchecked < MAX_CALLS)
    calls[unchecked++] = *call;
  return answer;
}

/* The instruction.  Calls that the library answers come back by SIGSYS.  */

static long
native_call (long number, const long *args)
{
  register long r10 __asm__ ("r10") = args[3];
  register long r8 __asm__ ("r8") = args[4];
  register long r9 __asm__ ("r9") = args[5];
  long result;

  __asm__ volatile ("syscall"
		    : "=a" (result)
		    : "0" (number), "D" (args[0]), "S" (args[1]),
		      "d" (args[2]), "r" (r10), "r" (r8), "r" (r9)
		    : "rcx", "r11", "memory");
  return result;
}

long
recording_handler (long number, long nr, ...)
{
  struct call call = { handler_way, number, nr, { 0 } };
  va_list list;

  va_start (list, nr);
  for (int i = 0; i < nr && i < MAX_ARGS; i++)
    call.args[i] = va_arg (list, long);
  va_end (list);
  if (number >= FIRST_CALL && number <= LAST_CALL)
    return write_down (&call);
  return native_call (number, call.args);
}

/* What a guard and the thunk do, called by guard.S with the NR arguments at
   A.  */

long
test_dispatch (long number, long nr, const long *a, enum way way)
{
  long (*handler) (long, long, ...)
    = __atomic_load_n (&__pure_syscall, __ATOMIC_RELAXED);

  if (!handler)
    return native_call (number, a);
  handler_way = way;
  switch (nr)
    {
    case 0: return handler (number, 0);
    case 1: return handler (number, 1, a[0]);
    case 2: return handler (number, 2, a[0], a[1]);
    case 3: return handler (number, 3, a[0], a[1], a[2]);
    case 4: return handler (number, 4, a[0], a[1], a[2], a[3]);
    case 5: return handler (number, 5, a[0], a[1], a[2], a[3], a[4]);
    default: return handler (number, 6, a[0], a[1], a[2], a[3], a[4], a[5]);
    }
}

/* Called by guard.S with the return address of a guard function that was
   entered with the stack not aligned, or the direction flag set.  */

void
test_bad_entry (const void *from)
{
  fprintf (stderr, "a guard was called from %p with a stack or flags that"
		   " no function may be called with\n", from);
  abort ();
}

void
check_equal_at (const char *file, int line, const char *text, long is,
		long expected)
{
  if (is == expected)
    return;
  fail (file, line);
  fprintf (stderr, "%s is %ld (0x%lx), and not %ld (0x%lx)\n", text, is, is,
	   expected, expected);
}

void
check_that (const char *file, int line, const char *text, int holds)
{
  if (holds)
    return;
  fail (file, line);
  fprintf (stderr, "this does not hold: %s\n", text);
}

void
check_call_at (const char *file, int line, enum way way, long number, long nr,
	       ...)
{
  static const char *const names[MAX_ARGS]
    = { "argument 1", "argument 2", "argument 3",
	"argument 4", "argument 5", "argument 6" };
  static const char *const ways[] = { "natively", "by a guard", "by the thunk" };

  if (unchecked == 0)
    {
      fail (file, line);
      fprintf (stderr, "no call was made\n");
      return;
    }
  struct call call = calls[0];
  memmove (calls, calls + 1, --unchecked * sizeof calls[0]);

  if (call.way != way)
    {
      fail (file, line);
      fprintf (stderr, "the call came %s, and not %s\n", ways[call.way],
	       ways[way]);
    }
  check_equal_at (file, line, "the number", call.number, number);
  if (call.way == BY_GUARD)
    check_equal_at (file, line, "the number of arguments", call.nr, nr);

  long mask = call.way == BY_GUARD ? -1ul : -1ul >> (64 - native_bits);
  va_list list;
  va_start (list, nr);
  for (int i = 0; i < nr; i++)
    check_equal_at (file, line, names[i], call.args[i] & mask,
		    va_arg (list, long) & mask);
  va_end (list);
}

/* SIGSYS: the instruction was executed with a number of ours.  CONTEXT has
   what the kernel would have got.  */

static void
caught (int signal, siginfo_t *info, void *context)
{
  greg_t *r = ((ucontext_t *) context)->uc_mcontext.gregs;
  struct call call
    = { NATIVELY, r[REG_RAX], -1,
	{ r[REG_RDI], r[REG_RSI], r[REG_RDX], r[REG_R10], r[REG_R8],
	  r[REG_R9] } };

  (void) signal, (void) info;
  r[REG_RAX] = write_down (&call);
  r[REG_RCX] = r[REG_R11] = 0x5ca1ab1e0ddba11;
}

/* As the kernel has it; libc's sigaction is a sanitizer's in some cases.  */
struct kernel_sigaction
{
  void (*handler) (int, siginfo_t *, void *);
  unsigned long flags;
  void (*restorer) (void);
  unsigned long mask;
};

extern void test_restorer (void);

void
catch_calls (void)
{
  static struct sock_filter steps[]
    = { BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, nr)),
	BPF_JUMP (BPF_JMP | BPF_JGE | BPF_K, FIRST_CALL, 0, 2),
	BPF_JUMP (BPF_JMP | BPF_JGT | BPF_K, LAST_CALL, 1, 0),
	BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_TRAP),
	BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ALLOW) };
  struct sock_fprog filter = { sizeof steps / sizeof *steps, steps };
  struct kernel_sigaction action
    = { caught, SA_SIGINFO | SA_NODEFER | 0x04000000, test_restorer, 0 };
  long args[MAX_ARGS] = { SIGSYS, (long) &action, 0, sizeof action.mask };

  if (native_call (SYS_rt_sigaction, args) != 0
      || prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0
      || prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) != 0)
    {
      perror ("skipped: system calls cannot be caught here");
      exit (77);
    }
}

void
check_none_left (void)
{
  if (unchecked != 0)
    {
      fail (__FILE__, __LINE__);
      fprintf (stderr, "%d calls were made and not checked; the first is"
	       " %ld\n", unchecked, calls[0].number);
    }
  unchecked = 0;
}

int
test_result (void)
{
  return failures != 0;
}
