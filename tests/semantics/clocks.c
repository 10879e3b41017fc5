/* The functions that the vDSO answers without a handler are answered by it with
   one that passes on: a kernel that refuses the calls isn't asked.  The same
   calls by syscall () or by a statement of the program's own enter the kernel:
   their pointers may be bad, and the kernel refuses them.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include "semantics.h"

static enum way parents_way;

#define REFUSE(number)							\
  BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1),			\
  BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EUCLEAN)

/* From now on the kernel refuses these calls with EUCLEAN.  */
static int
refuse_clocks (void)
{
  static struct sock_filter filter[] = {
    BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, nr)),
    REFUSE (SYS_clock_gettime),
    REFUSE (SYS_clock_getres),
    REFUSE (SYS_gettimeofday),
    REFUSE (SYS_time),
    REFUSE (SYS_getcpu),
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = { sizeof filter / sizeof *filter, filter };

  return prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
	 && prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

static long
by_syscall (long number, long a, long b, long c)
{
  long result = syscall (number, a, b, c);
  return result == -1 ? -errno : result;
}

static long
by_thunk (long number, long a, long b, long c)
{
  long result;
  __asm__ __volatile__ ("nop\n\tsyscall"
			: "=a" (result)
			: "0" (number), "D" (a), "S" (b), "d" (c)
			: "rcx", "r11", "memory");
  return result;
}

static long (*const entries[]) (long number, long a, long b, long c)
  = { by_syscall, site3, by_thunk };

enum { ENTRIES = sizeof entries / sizeof *entries };

/* Each call, on P, has RESULT.  */
static void
check_entry (long (*entry) (long, long, long, long), void *pointer, long result)
{
  long p = (long) pointer;

  CHECK (entry (SYS_clock_gettime, CLOCK_MONOTONIC, p, 0) == result);
  CHECK (entry (SYS_clock_getres, CLOCK_MONOTONIC, p, 0) == result);
  CHECK (entry (SYS_gettimeofday, p, 0, 0) == result);
  CHECK (entry (SYS_time, p, 0, 0) == result);
  CHECK (entry (SYS_getcpu, p, 0, 0) == result);
}

static struct timespec now;

static void
call_functions (void)
{
  struct timespec resolution = { 0, 0 };
  struct timeval tv = { 0, 0 };
  struct timezone zone;
  unsigned int cpu = -1, node = -1;
  time_t t = 0;

  CHECK (clock_gettime (CLOCK_REALTIME, &now) == 0 && now.tv_sec > 1000000);
  CHECK (clock_gettime (CLOCK_BOOTTIME, &now) == 0);
  CHECK (clock_getres (CLOCK_MONOTONIC, &resolution) == 0
	 && resolution.tv_nsec > 0);
  CHECK (clock_getres (CLOCK_MONOTONIC, NULL) == 0);
  CHECK (gettimeofday (&tv, NULL) == 0 && tv.tv_sec > 1000000);
  CHECK (gettimeofday (&tv, &zone) == 0);
  /* Of the last tick: the second may have ended since.  */
  CHECK (time (&t) == t && t >= tv.tv_sec - 1 && time (NULL) >= t);
  CHECK (getcpu (&cpu, &node) == 0 && cpu < 1u << 20);
  CHECK (sched_getcpu () >= 0);
}

static volatile int interrupted;

/* While a function is making its call.  */
static void
on_signal (int signal)
{
  (void) signal;
  for (int i = 0; i < ENTRIES; i++)
    check_entry (entries[i], (void *) -1L, -EFAULT);
}

/* A handler's call that a signal interrupts, once.  */
static long
have_signal (long number, const long *a)
{
  if (!interrupted++)
    CHECK (pure_native_syscall (SYS_tkill, gettid (), SIGUSR1, 0, 0, 0, 0) == 0);
  return pure_native_syscall (number, a[0], a[1], a[2], 0, 0, 0);
}

static void
check_pointers (void)
{
  for (int i = 0; i < ENTRIES; i++)
    {
      check_entry (entries[i], (void *) -1L, -EFAULT);
      CHECK (clock_gettime (CLOCK_MONOTONIC, &now) == 0);
      check_entry (entries[i], (void *) 1, -EFAULT);
      CHECK (entries[i](SYS_clock_gettime, CLOCK_MONOTONIC, 0, 0) == -EFAULT);
      CHECK (entries[i](SYS_time, 0, 0, 0) > 1000000);
    }
  if (parents_way == NO_HANDLER)
    return;
  CHECK (signal (SIGUSR1, on_signal) != SIG_ERR);
  rule (SYS_clock_gettime, ACTION_CALL, (long) have_signal);
  interrupted = 0;
  CHECK (clock_gettime (CLOCK_MONOTONIC, &now) == 0 && interrupted > 0);
  rule (SYS_clock_gettime, ACTION_PASS, 0);
}

int
main (void)
{
  parents_way = way ();
  for (int by = PASS_NATIVE; by <= PASS_SYSCALL; by++)
    {
      pass_by (by);
      call_functions ();
      check_pointers ();
    }
  pass_by (PASS_NATIVE);
  if (!refuse_clocks () || by_thunk (SYS_time, 0, 0, 0) != -EUCLEAN)
    {
      puts ("no seccomp filter here");
      return 77;
    }
  call_functions ();
  for (int i = 0; i < ENTRIES; i++)
    check_entry (entries[i], &now, -EUCLEAN);
  CHECK (clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now) == -1
	 && errno == EUCLEAN);
  return 0;
}
