/* A program that sandboxes itself, in one of the ways that main knows.  Filters kill
   for all calls but those that they name.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#define ALLOW(name)							\
  BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, __NR_##name, 0, 1),		\
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define LOAD								\
  BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, nr))
#define KILL BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS)
#define PROGRAM(name) { sizeof name / sizeof *name, name }

static struct sock_filter few[]
  = { LOAD, ALLOW (write), ALLOW (exit), ALLOW (exit_group), KILL };
static struct sock_fprog few_calls = PROGRAM (few);

/* What glibc's threads need, and fork.  */
static struct sock_filter more[]
  = { LOAD, ALLOW (write), ALLOW (exit), ALLOW (exit_group), ALLOW (futex),
      ALLOW (madvise), ALLOW (munmap), ALLOW (mmap), ALLOW (mprotect),
      ALLOW (rt_sigprocmask), ALLOW (set_robust_list), ALLOW (rseq),
      ALLOW (clone), ALLOW (clone3), ALLOW (wait4), ALLOW (brk), KILL };
static struct sock_fprog more_calls = PROGRAM (more);

static struct sock_filter for_signals[]
  = { LOAD, ALLOW (write), ALLOW (exit_group), ALLOW (rt_sigaction),
      ALLOW (rt_sigreturn), ALLOW (rt_sigprocmask), ALLOW (tgkill), ALLOW (getpid),
      ALLOW (gettid), KILL };
static struct sock_fprog signal_calls = PROGRAM (for_signals);

static void
say (const char *what, long number)
{
  char line[80];
  int size = snprintf (line, sizeof line, "%s %ld\n", what, number);

  if (write (STDOUT_FILENO, line, size) != size)
    abort ();
}

static long
compute (void)
{
  long sum = 0;

  for (int i = 1; i <= 1000; i++)
    sum += i * i;
  return sum;
}

static void
must (int result, const char *what)
{
  if (result == 0)
    return;
  perror (what);
  exit (77);
}

static void
no_new_privileges (void)
{
  must (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs");
}

static void
set_filter (struct sock_fprog *filter, unsigned int flags)
{
  no_new_privileges ();
  must (syscall (SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, filter), "seccomp");
}

/* Only read, write and exit.  */
static void
strict (void)
{
  must (prctl (PR_SET_SECCOMP, SECCOMP_MODE_STRICT), "strict");
  say ("strict", compute ());
  syscall (SYS_exit, 3);
}

static void
strict_by_seccomp (void)
{
  must (syscall (SYS_seccomp, SECCOMP_SET_MODE_STRICT, 0, NULL), "strict");
  say ("strict", compute ());
  syscall (SYS_exit, 4);
}

static void
by_prctl (void)
{
  no_new_privileges ();
  must (prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &few_calls), "filter");
  say ("filter", compute ());
  _exit (5);
}

static void
by_seccomp (void)
{
  set_filter (&few_calls, 0);
  say ("filter", compute ());
  _exit (6);
}

/* The filter kills for what the program does.  */
static void
killed (void)
{
  set_filter (&few_calls, 0);
  say ("killed", compute ());
  getppid ();
  say ("not killed", 0);
}

static void
forks (void)
{
  int status;

  set_filter (&more_calls, 0);
  pid_t child = fork ();
  if (child == 0)
    {
      say ("child", compute ());
      _exit (7);
    }
  waitpid (child, &status, 0);
  say ("status", WEXITSTATUS (status));
  _exit (8);
}

static volatile sig_atomic_t taken, taken_other;

static void
take (int number)
{
  taken = taken + number;
}

static void
take_other (int number)
{
  taken_other = taken_other + number;
}

/* One that is taken once only, in strict mode.  */
static void
signals (void)
{
  const struct itimerval soon = { { 0, 0 }, { 0, 100000 } };
  struct sigaction once = { .sa_handler = take, .sa_flags = SA_RESETHAND };

  sigaction (SIGALRM, &once, NULL);
  must (setitimer (ITIMER_REAL, &soon, NULL), "setitimer");
  must (prctl (PR_SET_SECCOMP, SECCOMP_MODE_STRICT), "strict");
  while (!taken)
    ;
  say ("signal", taken);
  syscall (SYS_exit, 12);
}

/* Others are set, and put back.  */
static void
actions (void)
{
  struct sigaction other = { .sa_handler = take_other }, old;

  signal (SIGUSR1, take);
  set_filter (&signal_calls, 0);
  sigaction (SIGUSR1, &other, &old);
  say ("as it was", old.sa_handler == take);
  raise (SIGUSR1);
  sigaction (SIGUSR1, &old, NULL);
  raise (SIGUSR1);
  say ("taken", taken);
  say ("taken by the other", taken_other);
  _exit (13);
}

static void *
says (void *arg)
{
  say (arg, compute ());
  return NULL;
}

static void
run_thread (void *(*function) (void *), void *arg)
{
  pthread_t thread;

  must (pthread_create (&thread, NULL, function, arg), "pthread_create");
  must (pthread_join (thread, NULL), "pthread_join");
}

static void *
forks_in_thread (void *arg)
{
  int status;

  set_filter (&more_calls, 0);
  run_thread (says, "its thread");
  pid_t child = fork ();
  if (child == 0)
    {
      say ("child", compute ());
      run_thread (says, "child's thread");
      _exit (7);
    }
  waitpid (child, &status, 0);
  say ("status", WEXITSTATUS (status));
  return arg;
}

/* A thread does, and the others go on.  */
static void
in_thread (void)
{
  run_thread (forks_in_thread, NULL);
  /* The trace has these.  */
  say ("parent", getppid () > 0);
  run_thread (says, "free thread");
  exit (9);
}

static volatile int stop;

static void *
writes (void *arg)
{
  while (!stop)
    if (write (STDOUT_FILENO, arg, 0) != 0)
      abort ();
  return NULL;
}

static void
all_threads (void)
{
  pthread_t threads[4];

  for (int i = 0; i < 4; i++)
    must (pthread_create (&threads[i], NULL, writes, NULL), "pthread_create");
  usleep (10000);
  set_filter (&more_calls, SECCOMP_FILTER_FLAG_TSYNC);
  for (int i = 0; i < 1000; i++)
    write (STDOUT_FILENO, NULL, 0);
  stop = 1;
  for (int i = 0; i < 4; i++)
    must (pthread_join (threads[i], NULL), "pthread_join");
  say ("all", compute ());
  _exit (10);
}

/* Tries that fail.  */
static void
fails (void)
{
  struct sock_fprog empty = { 0, few };

  if (syscall (SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, NULL) == 0
      || syscall (SYS_seccomp, SECCOMP_SET_MODE_STRICT, 1, NULL) == 0
      || syscall (SYS_seccomp, SECCOMP_SET_MODE_FILTER,
		  SECCOMP_FILTER_FLAG_TSYNC, &empty)
	   == 0)
    exit (99);
  say ("error", errno);
  signal (SIGUSR1, take);
  syscall (SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &empty);
  raise (SIGUSR1);
  say ("as it was", signal (SIGUSR1, SIG_DFL) == take);
  say ("taken", taken);
  say ("parent", getppid () > 0);
  exit (11);
}

static const struct
{
  const char *name;
  void (*function) (void);
} ways[]
  = { { "strict", strict },
      { "strict-by-seccomp", strict_by_seccomp },
      { "by-prctl", by_prctl },
      { "by-seccomp", by_seccomp },
      { "killed", killed },
      { "forks", forks },
      { "in-thread", in_thread },
      { "all-threads", all_threads },
      { "signals", signals },
      { "actions", actions },
      { "fails", fails } };

int
main (int argc, char **argv)
{
  for (unsigned int i = 0; argc > 1 && i < sizeof ways / sizeof *ways; i++)
    if (strcmp (argv[1], ways[i].name) == 0)
      ways[i].function ();
  return 98;
}
