/* Signal actions, flags and masks, and all ways to wait for a signal, are as
   natively.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "program.h"

/* The kernel's.  */
struct action
{
  void (*function) (int);
  unsigned long flags;
  void (*restorer) (void);
  unsigned long mask;
};
enum { MASK_SIZE = sizeof (unsigned long) };

static volatile int signals, depth, deepest;
static volatile uintptr_t stack_pointer;

static void
count (int number)
{
  (void) number;
  getppid ();
  signals++;
}

/* Sends itself again, once.  */
static void
count_deep (int number)
{
  depth++;
  if (depth > deepest)
    deepest = depth;
  if (signals++ == 0)
    raise (number);
  depth--;
}

static void
note_stack (int number)
{
  (void) number;
  stack_pointer = (uintptr_t) __builtin_frame_address (0);
}

static void
handle (int number, void (*function) (int), int flags)
{
  struct sigaction action = { .sa_handler = function, .sa_flags = flags };
  sigemptyset (&action.sa_mask);
  CHECK (sigaction (number, &action, NULL) == 0);
}

/* What is set is what is told, whatever the kernel has.  */
static void
check_told (void)
{
  struct sigaction action, old;

  memset (&action, 0, sizeof action);
  action.sa_handler = count;
  action.sa_flags = SA_RESETHAND | SA_RESTART | SA_NODEFER;
  sigaddset (&action.sa_mask, SIGHUP);
  CHECK (sigaction (SIGUSR1, &action, &old) == 0 && old.sa_handler == SIG_DFL);
  memset (&old, -1, sizeof old);
  CHECK (sigaction (SIGUSR1, NULL, &old) == 0 && old.sa_handler == count);
  CHECK ((old.sa_flags & ~0x04000000) == action.sa_flags);
  CHECK (sigismember (&old.sa_mask, SIGHUP) && !sigismember (&old.sa_mask, SIGINT));
  /* For once.  */
  signals = 0;
  CHECK (raise (SIGUSR1) == 0 && signals == 1);
  CHECK (sigaction (SIGUSR1, NULL, &old) == 0 && old.sa_handler == SIG_DFL);
  CHECK (signal (SIGUSR1, SIG_IGN) == SIG_DFL && raise (SIGUSR1) == 0);
  CHECK (signal (SIGUSR1, count) == SIG_IGN && signal (SIGUSR1, SIG_DFL) == count);
}

/* What the kernel refuses.  */
static void
check_refused (void)
{
  struct action action = { count, 0, NULL, 0 }, old;
  char *page = mmap (NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  CHECK (page != MAP_FAILED);
  errno = 0;
  CHECK (syscall (SYS_rt_sigaction, SIGUSR1, page, NULL, MASK_SIZE) == -1
	 && errno == EFAULT);
  CHECK (syscall (SYS_rt_sigaction, SIGUSR1, NULL, page, MASK_SIZE) == -1
	 && errno == EFAULT);
  CHECK (syscall (SYS_rt_sigaction, SIGUSR1, &action, NULL, 3) == -1
	 && errno == EINVAL);
  CHECK (syscall (SYS_rt_sigaction, SIGKILL, &action, NULL, MASK_SIZE) == -1
	 && errno == EINVAL);
  CHECK (syscall (SYS_rt_sigaction, 65, NULL, &old, MASK_SIZE) == -1
	 && errno == EINVAL);
  CHECK (syscall (SYS_rt_sigaction, SIGUSR1, NULL, &old, MASK_SIZE) == 0
	 && old.function == SIG_DFL);
  CHECK (munmap (page, 4096) == 0);
}

static void
check_flags (void)
{
  static char stack[65536];
  stack_t alternate = { .ss_sp = stack, .ss_size = sizeof stack };

  for (int nested = 0; nested <= 1; nested++)
    {
      signals = deepest = 0;
      handle (SIGUSR2, count_deep, nested ? SA_NODEFER : 0);
      CHECK (raise (SIGUSR2) == 0 && signals == 2);
      CHECK (deepest == 1 + nested);
    }
  CHECK (sigaltstack (&alternate, NULL) == 0);
  handle (SIGUSR2, note_stack, SA_ONSTACK);
  CHECK (raise (SIGUSR2) == 0);
  CHECK (stack_pointer - (uintptr_t) stack < sizeof stack);
  handle (SIGUSR2, note_stack, 0);
  CHECK (raise (SIGUSR2) == 0);
  CHECK (stack_pointer - (uintptr_t) stack >= sizeof stack);
}

/* A timer interrupts a call that waits.  */
static void
check_interrupted (void)
{
  struct itimerval soon = { { 0, 0 }, { 0, 20000 } };
  struct timespec long_time = { 30, 0 };
  int ends[2];
  char c;
  pid_t child;

  CHECK (pipe (ends) == 0);
  handle (SIGALRM, count, 0);
  signals = 0;
  CHECK (setitimer (ITIMER_REAL, &soon, NULL) == 0);
  CHECK (read (ends[0], &c, 1) == -1 && errno == EINTR && signals == 1);
  CHECK (setitimer (ITIMER_REAL, &soon, NULL) == 0);
  CHECK (nanosleep (&long_time, &long_time) == -1 && errno == EINTR && signals == 2);
  CHECK (setitimer (ITIMER_REAL, &soon, NULL) == 0);
  CHECK (pause () == -1 && errno == EINTR && signals == 3);
  handle (SIGALRM, count, SA_RESTART);
  CHECK (setitimer (ITIMER_REAL, &soon, NULL) == 0);
  child = fork ();
  CHECK (child >= 0);
  if (child == 0)
    {
      usleep (60000);
      _exit (write (ends[1], "x", 1) != 1);
    }
  CHECK (read (ends[0], &c, 1) == 1 && c == 'x' && signals == 4);
  CHECK (waitpid (child, NULL, 0) == child);
}

/* A blocked one is waited for.  */
static void
check_waited_for (void)
{
  sigset_t set, none;
  siginfo_t info;
  struct signalfd_siginfo read_info;
  struct timespec soon = { 0, 1000000 };
  fd_set fds;
  int number;

  sigemptyset (&none);
  sigemptyset (&set);
  sigaddset (&set, SIGUSR1);
  handle (SIGUSR1, count, 0);
  signals = 0;
  CHECK (sigprocmask (SIG_BLOCK, &set, NULL) == 0);
  CHECK (raise (SIGUSR1) == 0 && sigwait (&set, &number) == 0);
  CHECK (number == SIGUSR1 && signals == 0);
  CHECK (sigtimedwait (&set, NULL, &soon) == -1 && errno == EAGAIN);
  CHECK (sigqueue (getpid (), SIGUSR1, (union sigval) { .sival_int = 3 }) == 0);
  CHECK (sigpending (&none) == 0 && sigismember (&none, SIGUSR1));
  CHECK (sigwaitinfo (&set, &info) == SIGUSR1 && info.si_value.sival_int == 3);
  sigemptyset (&none);

  int fd = signalfd (-1, &set, SFD_CLOEXEC);
  CHECK (fd >= 0 && raise (SIGUSR1) == 0);
  CHECK (read (fd, &read_info, sizeof read_info) == sizeof read_info);
  CHECK (read_info.ssi_signo == SIGUSR1 && signals == 0);

  CHECK (raise (SIGUSR1) == 0 && sigsuspend (&none) == -1 && errno == EINTR);
  CHECK (signals == 1);
  FD_ZERO (&fds);
  CHECK (raise (SIGUSR1) == 0);
  CHECK (pselect (0, &fds, NULL, NULL, NULL, &none) == -1 && errno == EINTR);
  CHECK (signals == 2 && raise (SIGUSR1) == 0);
  CHECK (ppoll (NULL, 0, NULL, &none) == -1 && errno == EINTR && signals == 3);
  CHECK (sigprocmask (SIG_SETMASK, NULL, &none) == 0);
  CHECK (sigismember (&none, SIGUSR1) && !sigismember (&none, SIGUSR2));
  CHECK (raise (SIGUSR1) == 0 && signals == 3);
  CHECK (sigprocmask (SIG_UNBLOCK, &set, NULL) == 0 && signals == 4);
  CHECK (close (fd) == 0);
  handle (SIGUSR1, SIG_DFL, 0);
}

int
main (void)
{
  for (int i = 0; i < 20; i++)
    {
      check_told ();
      check_refused ();
      check_flags ();
      check_waited_for ();
    }
  check_interrupted ();
  puts ("ok");
  return 0;
}
