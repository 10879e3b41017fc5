/* rseq, set_robust_list, set_tid_address and arch_prctl are refused from the
   handler's first call on: the process goes on as on a kernel without them.

   SPDX-License-Identifier: GPL-3.0-or-later  */

/* ways: same-namespace isolated */
/* refuse: 334=38 273=38 218=38 158=1 */
#define _GNU_SOURCE
#include <asm/prctl.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include "semantics.h"
#include "rseq.h"

enum { THREADS = 20, ROUNDS = 100 };

static enum way parents_way;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int turn, total;

static void *
work (void *arg)
{
  int me = (int) (intptr_t) arg;
  int failures = way () != parents_way;

  failures += rseq_cpu () != -2;
  failures += sched_getcpu () < 0;
  for (int i = 0; i < ROUNDS; i++)
    {
      pthread_mutex_lock (&lock);
      total++;
      pthread_mutex_unlock (&lock);
      free (malloc (1000 * i));
    }
  pthread_mutex_lock (&lock);
  while (turn != me)
    pthread_cond_wait (&changed, &lock);
  turn++;
  pthread_cond_broadcast (&changed);
  pthread_mutex_unlock (&lock);
  return (void *) (intptr_t) failures;
}

static void
check_threads (void)
{
  pthread_t threads[THREADS];
  void *failures;

  turn = total = 0;
  for (intptr_t i = 0; i < THREADS; i++)
    CHECK (pthread_create (&threads[i], NULL, work, (void *) i) == 0);
  for (int i = 0; i < THREADS; i++)
    CHECK (pthread_join (threads[i], &failures) == 0 && !failures);
  CHECK (turn == THREADS && total == THREADS * ROUNDS);
}

static void
check_refused (void)
{
  long base = 0;
  CHECK (site0 (SYS_rseq) == -ENOSYS);
  CHECK (site3 (SYS_set_robust_list, 0, 0, 0) == -ENOSYS);
  CHECK (site1 (SYS_set_tid_address, 0) == -ENOSYS);
  CHECK (site3 (SYS_arch_prctl, ARCH_GET_FS, (long) &base, 0) == -EPERM);
  CHECK (base == 0);
}

int
main (void)
{
  int status;

  parents_way = way ();
  CHECK (parents_way != NO_HANDLER);
  check_refused ();
  long lists = seen (SYS_set_robust_list), areas = seen (SYS_rseq);
  check_threads ();
  CHECK (seen (SYS_set_robust_list) == lists + THREADS);
  CHECK (seen (SYS_rseq) == areas + THREADS);
  pid_t pid = fork ();
  if (pid == 0)
    {
      check_refused ();
      check_threads ();
      _exit (42);
    }
  CHECK (waitpid (pid, &status, 0) == pid);
  CHECK (WIFEXITED (status) && WEXITSTATUS (status) == 42);
  CHECK (system ("exit 43") == 43 << 8);
  return 0;
}
