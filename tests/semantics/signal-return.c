/* A program's own way back from a signal, instead of the one that libc gives
   the kernel: the handler sees rt_sigreturn, and when it passes that on the
   interrupted code goes on as it was, blocked calls and the mask included.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include "semantics.h"

#ifndef SA_RESTORER
# define SA_RESTORER 0x04000000
#endif

enum { ROUNDS = 50 };

static enum way parents_way;
static volatile int signals, astray;

/* The signal's frame is at the stack pointer.  Not written as libc's, which
   the plugin leaves alone, since unwinders know it by its bytes.  */
void restorer (void);
__asm__ ("	.text\n"
	 "	.globl	restorer\n"
	 "restorer:\n"
	 "	movl	$14, %eax\n"
	 "	incl	%eax\n"
	 "	syscall\n"
	 "	hlt\n");

/* What the kernel takes.  */
struct kernel_action
{
  void (*handler) (int);
  unsigned long flags;
  void (*restorer) (void);
  unsigned long mask;
};

static void
on_signal (int signal)
{
  (void) signal;
  astray += way () != parents_way;
  signals++;
}

static void
handle (unsigned long flags)
{
  struct kernel_action action
    = { on_signal, SA_RESTORER | flags, restorer, 0 };
  CHECK (site6 (SYS_rt_sigaction, SIGALRM, (long) &action, 0, 8, 0, 0) == 0);
}

static void
check_raised (void)
{
  long kept[6];
  for (int i = 0; i < 6; i++)
    __asm__ ("" : "=r" (kept[i]) : "0" (1000L + i));
  CHECK (raise (SIGALRM) == 0);
  for (int i = 0; i < 6; i++)
    CHECK (kept[i] == 1000 + i);
}

static void
check_blocked (void)
{
  sigset_t alarm_only, before, after;
  sigemptyset (&alarm_only);
  sigaddset (&alarm_only, SIGALRM);
  CHECK (sigprocmask (SIG_BLOCK, &alarm_only, &before) == 0);
  ualarm (100, 0);
  CHECK (sigsuspend (&before) == -1 && errno == EINTR);
  CHECK (sigprocmask (SIG_SETMASK, &before, &after) == 0);
  CHECK (sigismember (&after, SIGALRM) && !sigismember (&before, SIGALRM));
}

int
main (void)
{
  parents_way = way ();
  for (int by = PASS_NATIVE; by <= PASS_SYSCALL; by++)
    {
      pass_by (by);
      handle (by == PASS_NATIVE ? 0 : SA_NODEFER);
      for (int i = 0; i < ROUNDS; i++)
	{
	  long before = seen (SYS_rt_sigreturn);
	  signals = 0;
	  check_raised ();
	  check_blocked ();
	  CHECK (signals == 2 && astray == 0);
	  if (parents_way != NO_HANDLER)
	    CHECK (seen (SYS_rt_sigreturn) == before + 2);
	  CHECK (way () == parents_way);
	}
    }
  return 0;
}
