/* pure_native_syscall has the vDSO answer what that knows: a kernel that
   refuses the calls isn't asked.  Other clocks, and bad ones, are the kernel's.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <purecc.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include "check.h"

#define CALL(number, a, b, c)						\
  pure_native_syscall (number, (long) (a), (long) (b), (long) (c), 0, 0, 0)

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

int
main (void)
{
  struct timespec ts = { 0, 0 }, resolution = { 0, 0 };
  struct timeval tv = { 0, 0 };
  unsigned int cpu = -1, node = -1;

  errno = EXDEV;
  CHECK (CALL (SYS_clock_gettime, 12345, &ts, 0) == -EINVAL);
  CHECK (CALL (SYS_clock_gettime, -1, NULL, 0) < 0);
  CHECK (CALL (SYS_clock_gettime, CLOCK_REALTIME, NULL, 0) == -EFAULT);
  CHECK (CALL (SYS_clock_gettime, CLOCK_PROCESS_CPUTIME_ID, &ts, 0) == 0);
  CHECK (errno == EXDEV);

  if (!refuse_clocks ()
      || site3 (SYS_clock_gettime, 0, (long) &ts, 0) != -EUCLEAN)
    {
      puts ("no seccomp filter here");
      return 77;
    }
  if (clock_gettime (CLOCK_MONOTONIC, &ts) != 0)
    {
      puts ("the vDSO doesn't read the clock on this machine");
      return 77;
    }
  errno = EXDEV;
  CHECK (CALL (SYS_clock_gettime, CLOCK_REALTIME, &ts, 0) == 0
	 && ts.tv_sec > 1000000);
  CHECK (CALL (SYS_clock_gettime, CLOCK_BOOTTIME, &ts, 0) == 0);
  CHECK (CALL (SYS_clock_getres, CLOCK_MONOTONIC, &resolution, 0) == 0
	 && resolution.tv_nsec > 0);
  CHECK (CALL (SYS_clock_getres, CLOCK_MONOTONIC, NULL, 0) == 0);
  CHECK (CALL (SYS_gettimeofday, &tv, NULL, 0) == 0 && tv.tv_sec > 1000000);
  CHECK (CALL (SYS_time, NULL, 0, 0) >= tv.tv_sec);
  CHECK (CALL (SYS_getcpu, &cpu, &node, 0) == 0 && cpu < 1u << 20);
  CHECK (CALL (SYS_clock_gettime, CLOCK_PROCESS_CPUTIME_ID, &ts, 0)
	 == -EUCLEAN);
  CHECK (errno == EXDEV);
  return 0;
}
