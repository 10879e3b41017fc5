/* Cancelling a thread that is blocked in a diverted call: its cleanup handlers
   run, with their calls diverted, the handler's own frame is unwound, and no
   mark is left for the next thread on that stack.  So it is for asynchronous
   cancellation while the handler itself runs, and for pthread_exit in it.  A
   deferred one waits until the handler is through.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include "semantics.h"

enum { ROUNDS = 5 };

static enum way parents_way;
static int fds[2], full[2];
static sem_t semaphore;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static pid_t thread_id;
static int cleanups, astray;

/* For ACTION_SPIN: go on; is there.  */
static int spinning[2];

/* Calls that block for good.  */

static void
by_read (void)
{
  char c;
  CHECK (read (fds[0], &c, 1) < 0);
}

static void
by_write (void)
{
  static char much[1 << 20];
  /* glibc from 2.41 on cancels nothing that the kernel has done in part: what
     fits into the pipe is written, and the next call is the one that blocks.  */
  while (write (full[1], much, sizeof much) > 0)
    continue;
  CHECK (0);
}

static void
by_recv (void)
{
  char c;
  recv (fds[0], &c, 1, 0);
}

static void
by_poll (void)
{
  struct pollfd poller = { .fd = fds[0], .events = POLLIN };
  poll (&poller, 1, -1);
}

static void
by_select (void)
{
  select (0, NULL, NULL, NULL, NULL);
}

static void
by_pause (void)
{
  pause ();
}

static void
by_sigsuspend (void)
{
  sigset_t none;
  sigemptyset (&none);
  sigsuspend (&none);
}

static void
by_nanosleep (void)
{
  struct timespec long_time = { 1000, 0 };
  nanosleep (&long_time, NULL);
}

static void
by_sem_wait (void)
{
  sem_wait (&semaphore);
}

static void
unlock (void *mutex)
{
  pthread_mutex_unlock ((pthread_mutex_t *) mutex);
}

/* Its cleanup handler runs with the mutex locked.  */
static void
by_cond_wait (void)
{
  pthread_mutex_lock (&lock);
  pthread_cleanup_push (unlock, &lock);
  for (;;)
    pthread_cond_wait (&changed, &lock);
  pthread_cleanup_pop (1);
}

static void
by_waitid (void)
{
  siginfo_t info;
  waitid (P_PID, getppid (), &info, WEXITED);
  pause ();
}

static const struct blocking
{
  void (*call) (void);
  long number;
} calls[] = { { by_read, SYS_read },
	      { by_write, SYS_write },
	      { by_recv, SYS_recvfrom },
	      { by_poll, SYS_poll },
	      { by_select, SYS_pselect6 },
	      { by_pause, SYS_pause },
	      { by_sigsuspend, SYS_rt_sigsuspend },
	      { by_nanosleep, SYS_clock_nanosleep },
	      { by_sem_wait, SYS_futex },
	      { by_cond_wait, SYS_futex },
	      { by_waitid, SYS_pause } };

enum { CALLS = sizeof calls / sizeof *calls };

/* The cleanup handlers: ARG says which is expected when.  */
static void
clean_up (void *arg)
{
  astray += cleanups != (long) arg;
  astray += way () != parents_way;
  astray += close (-1) != -1 || errno != EBADF;
  cleanups++;
}

static void *
blocked_thread (void *arg)
{
  const struct blocking *blocking = (const struct blocking *) arg;

  pthread_cleanup_push (clean_up, (void *) 1L);
  pthread_cleanup_push (clean_up, (void *) 0L);
  __atomic_store_n (&thread_id, gettid (), __ATOMIC_RELEASE);
  blocking->call ();
  pthread_cleanup_pop (0);
  pthread_cleanup_pop (0);
  return NULL;
}

/* Wait until the thread is, says the kernel.  */
static void
wait_until_asleep (void)
{
  char name[64], state = 0;
  pid_t id;

  while (!(id = __atomic_load_n (&thread_id, __ATOMIC_ACQUIRE)))
    sched_yield ();
  snprintf (name, sizeof name, "/proc/self/task/%d/stat", id);
  while (state != 'S')
    {
      FILE *file = fopen (name, "r");
      CHECK (file && fscanf (file, "%*d %*s %c", &state) == 1);
      fclose (file);
    }
}

/* What a thread on a stack that was used before finds.  */
static void *
next_thread (void *arg)
{
  *(int *) arg = way () == parents_way && close (-1) == -1 && errno == EBADF;
  return NULL;
}

static void
check_end (pthread_t thread, long number, long inside)
{
  void *result;
  int good = 0;

  CHECK (pthread_join (thread, &result) == 0);
  CHECK (result == PTHREAD_CANCELED);
  CHECK (cleanups == 2 && astray == 0);
  if (parents_way != NO_HANDLER)
    CHECK (seen (number) - left (number) == inside);
  CHECK (pthread_create (&thread, NULL, next_thread, &good) == 0);
  CHECK (pthread_join (thread, NULL) == 0 && good);
}

static void
start (pthread_t *thread, void *(*function) (void *), const void *arg)
{
  cleanups = astray = 0;
  thread_id = 0;
  spinning[0] = spinning[1] = 0;
  CHECK (pthread_create (thread, NULL, function, (void *) arg) == 0);
}

static void
check_blocked (const struct blocking *blocking, int asleep)
{
  pthread_t thread;
  long inside = seen (blocking->number) - left (blocking->number);

  start (&thread, blocked_thread, blocking);
  if (asleep)
    wait_until_asleep ();
  CHECK (pthread_cancel (thread) == 0);
  check_end (thread, blocking->number, inside);
}

static void *
asynchronous_thread (void *arg)
{
  pthread_cleanup_push (clean_up, (void *) 1L);
  pthread_cleanup_push (clean_up, (void *) 0L);
  pthread_setcanceltype (PTHREAD_CANCEL_ASYNCHRONOUS, NULL);
  site0 (CONTROL_PROBE);
  for (;;)
    ;
  pthread_cleanup_pop (0);
  pthread_cleanup_pop (0);
  return arg;
}

static void *
deferred_thread (void *arg)
{
  pthread_cleanup_push (clean_up, (void *) 1L);
  pthread_cleanup_push (clean_up, (void *) 0L);
  astray += site0 (CONTROL_PROBE) != -ENOSYS;
  pthread_testcancel ();
  pthread_cleanup_pop (0);
  pthread_cleanup_pop (0);
  return arg;
}

/* Cancelled in the handler's own code.  */
static void
check_in_handler (int asynchronous)
{
  pthread_t thread;
  long inside = seen (CONTROL_PROBE) - left (CONTROL_PROBE);

  rule (CONTROL_PROBE, ACTION_SPIN, (long) spinning);
  start (&thread, asynchronous ? asynchronous_thread : deferred_thread, NULL);
  while (!__atomic_load_n (&spinning[1], __ATOMIC_ACQUIRE))
    sched_yield ();
  CHECK (pthread_cancel (thread) == 0);
  /* An isolated handler's own code isn't interrupted.  */
  if (!asynchronous || parents_way == ISOLATED)
    __atomic_store_n (&spinning[0], 1, __ATOMIC_RELEASE);
  check_end (thread, CONTROL_PROBE, inside);
  rule (CONTROL_PROBE, ACTION_PASS, 0);
}

static long
exit_thread (long number, const long *args)
{
  (void) number, (void) args;
  pthread_exit (PTHREAD_CANCELED);
}

static void
check_exit (void)
{
  pthread_t thread;
  long inside = seen (CONTROL_PROBE) - left (CONTROL_PROBE);

  rule (CONTROL_PROBE, ACTION_CALL, (long) exit_thread);
  start (&thread, deferred_thread, NULL);
  check_end (thread, CONTROL_PROBE, inside);
  rule (CONTROL_PROBE, ACTION_PASS, 0);
}

int
main (void)
{
  parents_way = way ();
  CHECK (socketpair (AF_UNIX, SOCK_STREAM, 0, fds) == 0 && pipe (full) == 0);
  CHECK (sem_init (&semaphore, 0, 0) == 0);
  for (int by = PASS_NATIVE; by <= PASS_SYSCALL; by++)
    for (int round = 0; round < ROUNDS; round++)
      {
	for (int i = 0; i < CALLS; i++)
	  {
	    pass_by (by);
	    check_blocked (&calls[i], round > 0);
	    pass_by (PASS_NATIVE);
	  }
	if (parents_way == NO_HANDLER)
	  continue;
	check_in_handler (0);
	check_in_handler (1);
	check_exit ();
      }
  return 0;
}
