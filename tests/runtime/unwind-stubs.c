/* At each instruction from a site by its stub to the handler and back an unwinder
   finds the site's function, with its stack pointer, and who called that: where the
   guard is in the site's own statement, and where it goes by the thunk.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <purecc.h>
#include <signal.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>
#include <unwind.h>
#include "check.h"

/* Those of the two sites below.  */
extern const char stub_1[] __asm__ ("__pure_stub_1")
  __attribute__ ((__visibility__ ("hidden")));
extern const char stub_thunk[] __asm__ ("__pure_stub_thunk")
  __attribute__ ((__visibility__ ("hidden")));

static int watched, steps, wrong, in_stub;
static void *site_function;
static uintptr_t site_rsp;

/* How far the unwinder has come: to the site's function, to its caller.  */
struct way
{
  int site, caller;
};

static int step_through (long (*function) (long), const char *stub);

static _Unwind_Reason_Code
look_at_frame (struct _Unwind_Context *context, void *arg)
{
  struct way *way = arg;
  void *function = _Unwind_FindEnclosingFunction (
    (void *) (uintptr_t) _Unwind_GetIP (context));

  if (way->site)
    {
      way->caller = function == (void *) step_through;
      return _URC_NORMAL_STOP;
    }
  way->site = function == site_function
	      && _Unwind_GetCFA (context) == site_rsp;
  return _URC_NO_REASON;
}

static const char *watched_stub;

static void
on_step (int signal, siginfo_t *info, void *context)
{
  struct way way = { 0, 0 };
  uintptr_t pc = ((ucontext_t *) context)->uc_mcontext.gregs[REG_RIP];
  (void) signal, (void) info;

  if (!watched)
    return;
  steps++;
  in_stub += pc - (uintptr_t) watched_stub < 12;
  _Unwind_Backtrace (look_at_frame, &way);
  if (!way.caller && !wrong++)
    fprintf (stderr, "not found at %#lx\n", (unsigned long) pc);
}

/* The trap flag, not while the red zone is in use.  */
#define SET_TRAP_FLAG(instruction)					\
  __asm__ __volatile__ ("leaq	-128(%%rsp), %%rsp\n\t"			\
			"pushfq\n\t" instruction "\n\t"			\
			"popfq\n\t"					\
			"leaq	128(%%rsp), %%rsp" : : : "memory", "cc")

/* One with a site.  */
#define SITE_FUNCTION(name, template)					\
static __attribute__ ((__noinline__)) long				\
name (long number)							\
{									\
  long result;								\
  __asm__ __volatile__ ("movq	%%rsp, %0" : "=m" (site_rsp));		\
  watched = 1;								\
  __asm__ __volatile__ (template					\
			: "=a" (result) : "0" (number), "D" (1L)	\
			: "rcx", "r11", "memory");			\
  watched = 0;								\
  return result;							\
}

SITE_FUNCTION (spliced, "syscall")
SITE_FUNCTION (thunked, "nop; syscall")

static long
answer (long number, long nr, ...)
{
  (void) number, (void) nr;
  return 4711;
}

static __attribute__ ((__noinline__)) int
step_through (long (*function) (long), const char *stub)
{
  steps = wrong = in_stub = 0;
  site_function = (void *) function;
  watched_stub = stub;
  __pure_syscall = answer;
  SET_TRAP_FLAG ("orl	$0x100, (%%rsp)");
  long result = function (SYS_getppid);
  SET_TRAP_FLAG ("andl	$~0x100, (%%rsp)");
  __pure_syscall = NULL;
  return result == 4711 && wrong == 0 && steps > 30;
}

int
main (void)
{
  struct sigaction action = { .sa_sigaction = on_step,
			      .sa_flags = SA_SIGINFO };

  CHECK (sigaction (SIGTRAP, &action, NULL) == 0);
  CHECK (step_through (spliced, stub_1) && in_stub == 2);
  CHECK (step_through (thunked, stub_thunk) && in_stub == 1);
  return 0;
}
