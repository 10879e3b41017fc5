/* A signal that arrives while a call blocks in the kernel: its own calls, and
   those of a signal in the signal, are diverted; the call fails with EINTR, or
   is started again by SA_RESTART where the kernel would, without the handler
   seeing it twice.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <ucontext.h>
#include "semantics.h"

enum { ENOUGH = 3 };

static enum way parents_way;
static volatile int outer, inner, in_kernel, astray, to_nest;
static int fds[2];
static int is_back;

/* Did the signal with CONTEXT come in the kernel?  It goes on after the
   instruction then, or at it to make the call again.  */
static int
was_in_kernel (const void *context)
{
  const unsigned char *code
    = (const unsigned char *) ((const ucontext_t *) context)
	->uc_mcontext.gregs[REG_RIP];
  return (code[-2] == 0x0f && code[-1] == 0x05)
	 || (code[0] == 0x0f && code[1] == 0x05);
}

/* Are a signal's calls diverted?  In the program's own namespace those of one
   that interrupted the handler itself aren't.  */
static int
goes_astray (const void *context)
{
  enum way here = way ();
  if (here == NO_HANDLER && parents_way == SAME_NAMESPACE)
    return was_in_kernel (context);
  return here != parents_way;
}

static void
on_inner (int signal, siginfo_t *info, void *context)
{
  astray += info->si_signo != signal;
  astray += goes_astray (context);
  inner++;
}

/* Has a second signal inside, and with SA_NODEFER the same one as well, else
   that one after it.  */
static void
on_outer (int signal, siginfo_t *info, void *context)
{
  int saved = errno;
  astray += info->si_signo != signal;
  astray += goes_astray (context);
  if (to_nest > 0)
    {
      to_nest--;
      pthread_kill (pthread_self (), SIGUSR1);
    }
  pthread_kill (pthread_self (), SIGUSR2);
  astray += goes_astray (context);
  astray += close (-1) != -1 || errno != EBADF;
  in_kernel += was_in_kernel (context);
  outer++;
  errno = saved;
}

static void
handle (int flags)
{
  struct sigaction action;
  memset (&action, 0, sizeof action);
  action.sa_sigaction = on_outer;
  action.sa_flags = flags | SA_SIGINFO;
  CHECK (sigaction (SIGUSR1, &action, NULL) == 0);
  action.sa_sigaction = on_inner;
  CHECK (sigaction (SIGUSR2, &action, NULL) == 0);
}

/* Calls that block until there is a signal.  */

static int
by_read (void)
{
  char c;
  return (int) read (fds[0], &c, 1);
}

static int
by_recv (void)
{
  char c;
  return (int) recv (fds[0], &c, 1, 0);
}

static int
by_site (void)
{
  char c;
  long result = site3 (SYS_read, fds[0], (long) &c, 1);
  if (result >= 0)
    return (int) result;
  errno = (int) -result;
  return -1;
}

static int
by_poll (void)
{
  struct pollfd poller = { .fd = fds[0], .events = POLLIN };
  return poll (&poller, 1, -1);
}

static int
by_pause (void)
{
  return pause ();
}

static int
by_sigsuspend (void)
{
  sigset_t none;
  sigemptyset (&none);
  return sigsuspend (&none);
}

static int
by_pselect (void)
{
  sigset_t none;
  sigemptyset (&none);
  return pselect (0, NULL, NULL, NULL, NULL, &none);
}

static int
by_sleep (void)
{
  struct timespec long_time = { 1000, 0 };
  return nanosleep (&long_time, NULL);
}

struct blocking
{
  int (*call) (void);
  long number;
  int restarts;
};

static void *
run_call (void *arg)
{
  const struct blocking *blocking = (const struct blocking *) arg;
  errno = 0;
  long result = blocking->call ();
  long said = result < 0 ? -errno : result;
  astray += way () != parents_way;
  __atomic_store_n (&is_back, 1, __ATOMIC_RELEASE);
  return (void *) said;
}

static int
call_is_back (void)
{
  return __atomic_load_n (&is_back, __ATOMIC_ACQUIRE);
}

/* Send signals, one after the other, until ENOUGH have come in the kernel, if
   UNTIL_ENOUGH, else until the call has come back.  */
static void
send_signals (pthread_t thread, int until_enough)
{
  while (until_enough ? in_kernel < ENOUGH : !call_is_back ())
    {
      int before = outer;
      CHECK (pthread_kill (thread, SIGUSR1) == 0);
      while (outer == before && !call_is_back ())
	sched_yield ();
    }
}

static void
check (const struct blocking *blocking, int flags)
{
  int restarts = (flags & SA_RESTART) && blocking->restarts;
  long before = seen (blocking->number);
  pthread_t thread;
  void *result;

  handle (flags);
  outer = inner = in_kernel = 0;
  to_nest = 2;
  __atomic_store_n (&is_back, 0, __ATOMIC_RELEASE);
  CHECK (pthread_create (&thread, NULL, run_call, (void *) blocking) == 0);
  send_signals (thread, restarts);
  if (restarts)
    CHECK (send (fds[1], "x", 1, 0) == 1);
  CHECK (pthread_join (thread, &result) == 0);
  CHECK ((long) result == (restarts ? 1 : -EINTR));
  CHECK (in_kernel >= (restarts ? ENOUGH : 1) && inner >= 1);
  CHECK (astray == 0);
  if (parents_way != NO_HANDLER && blocking->number != SYS_clock_nanosleep)
    CHECK (seen (blocking->number) == before + 1);
}

int
main (void)
{
  static const struct blocking calls[]
    = { { by_read, SYS_read, 1 },
	{ by_recv, SYS_recvfrom, 1 },
	{ by_site, SYS_read, 1 },
	{ by_poll, SYS_poll, 0 },
	{ by_pause, SYS_pause, 0 },
	{ by_sigsuspend, SYS_rt_sigsuspend, 0 },
	{ by_pselect, SYS_pselect6, 0 },
	{ by_sleep, SYS_clock_nanosleep, 0 } };
  static const int flags[]
    = { 0, SA_RESTART, SA_NODEFER, SA_RESTART | SA_NODEFER };

  parents_way = way ();
  CHECK (socketpair (AF_UNIX, SOCK_STREAM, 0, fds) == 0);
  for (int by = PASS_NATIVE; by <= PASS_SYSCALL; by++)
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
      for (size_t f = 0; f < sizeof flags / sizeof *flags; f++)
	{
	  pass_by (by);
	  check (&calls[i], flags[f]);
	}
  return 0;
}
