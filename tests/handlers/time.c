/* Every call that waits, at a rate of 10,000,000: it waits for 1,000,000 s, which
   natively takes days, and not for less by any clock that it can be measured by.

   SPDX-License-Identifier: GPL-3.0-or-later  */
#define _GNU_SOURCE
#include <errno.h>
#include <mqueue.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ipc.h>
#include <sys/select.h>
#include <sys/sem.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/times.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

#define LONG 1000000L

static int failed;
static struct timespec monotonic, real;
static time_t seconds;
static clock_t ticks;

static void
start (void)
{
  clock_gettime (CLOCK_MONOTONIC, &monotonic);
  clock_gettime (CLOCK_REALTIME, &real);
  seconds = time (NULL);
  ticks = times (NULL);
}

static struct timespec
in_a_while (clockid_t clock)
{
  struct timespec then;

  clock_gettime (clock, &then);
  then.tv_sec += LONG;
  return then;
}

static int
is_less (const char *name, struct timespec from, clockid_t clock)
{
  struct timespec to;

  clock_gettime (clock, &to);
  const long long passed = (to.tv_sec - from.tv_sec) * 1000000000LL
			   + to.tv_nsec - from.tv_nsec;
  if (passed >= LONG * 1000000000LL)
    return 0;
  printf ("%s: only %lld ns of clock %d\n", name, passed, (int) clock);
  return 1;
}

/* What NAME has waited for is over, with RESULT.  */
static void
over (const char *name, long result, long expected)
{
  failed |= is_less (name, monotonic, CLOCK_MONOTONIC)
	    | is_less (name, real, CLOCK_REALTIME);
  if (time (NULL) - seconds < LONG)
    failed |= printf ("%s: time: %ld s\n", name, (long) (time (NULL) - seconds));
  if (times (NULL) - ticks < LONG * 100)
    failed |= printf ("%s: times: %ld\n", name, (long) (times (NULL) - ticks));
  if (result != expected)
    failed |= printf ("%s: %ld, %s, not %ld\n", name, result, strerror (errno), expected);
}

#define OVER(expected, call)			\
  do						\
    {						\
      start ();					\
      over (#call, call, expected);		\
    }						\
  while (0)

static void
sleeps (void)
{
  const struct timespec while_ = { LONG, 0 };
  struct timespec then;

  OVER (0, nanosleep (&while_, NULL));
  OVER (0, clock_nanosleep (CLOCK_MONOTONIC, 0, &while_, NULL));
  OVER (0, clock_nanosleep (CLOCK_REALTIME, 0, &while_, NULL));
  start ();
  then = in_a_while (CLOCK_MONOTONIC);
  over ("until, monotonic", clock_nanosleep (CLOCK_MONOTONIC, TIMER_ABSTIME, &then, NULL), 0);
  start ();
  then = in_a_while (CLOCK_REALTIME);
  over ("until, real", clock_nanosleep (CLOCK_REALTIME, TIMER_ABSTIME, &then, NULL), 0);
  start ();
  then = in_a_while (CLOCK_BOOTTIME);
  over ("until, boot", clock_nanosleep (CLOCK_BOOTTIME, TIMER_ABSTIME, &then, NULL), 0);
}

static void
polls (void)
{
  const struct timespec while_ = { LONG, 0 };
  struct timespec left = while_;
  struct timeval long_time = { LONG, 0 };
  struct epoll_event event;
  const int epoll = epoll_create1 (0);

  OVER (0, poll (NULL, 0, LONG * 1000));
  OVER (0, ppoll (NULL, 0, &while_, NULL));
  OVER (0, select (0, NULL, NULL, NULL, &long_time));
  if (long_time.tv_sec || long_time.tv_usec)
    failed |= printf ("select: left: %ld s\n", (long) long_time.tv_sec);
  long_time.tv_sec = LONG;
  OVER (0, syscall (SYS_select, 0, NULL, NULL, NULL, &long_time));
  OVER (0, pselect (0, NULL, NULL, NULL, &while_, NULL));
  OVER (0, epoll_wait (epoll, &event, 1, LONG * 1000));
  OVER (0, epoll_pwait (epoll, &event, 1, LONG * 1000, NULL));
  OVER (0, syscall (SYS_epoll_pwait2, epoll, &event, 1, &left, NULL, 0));
}

static void
locks (void)
{
  static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
  const struct timespec while_ = { LONG, 0 };
  struct timespec then;
  unsigned int word = 0;
  sem_t semaphore;

  start ();
  then = in_a_while (CLOCK_REALTIME);
  pthread_mutex_lock (&mutex);
  over ("cond", pthread_cond_timedwait (&condition, &mutex, &then), ETIMEDOUT);
  start ();
  then = in_a_while (CLOCK_MONOTONIC);
  over ("cond, monotonic",
	pthread_cond_clockwait (&condition, &mutex, CLOCK_MONOTONIC, &then), ETIMEDOUT);
  start ();
  then = in_a_while (CLOCK_REALTIME);
  over ("mutex", pthread_mutex_timedlock (&mutex, &then), ETIMEDOUT);
  sem_init (&semaphore, 0, 0);
  start ();
  then = in_a_while (CLOCK_REALTIME);
  over ("semaphore", sem_timedwait (&semaphore, &then), -1);
  OVER (-1, syscall (SYS_futex, &word, 0 /* FUTEX_WAIT */, 0, &while_, NULL, 0));
}

static void
queues (void)
{
  const struct timespec while_ = { LONG, 0 };
  struct timespec then;
  const int set = semget (IPC_PRIVATE, 1, 0600);
  struct sembuf down = { .sem_op = -1 };
  struct mq_attr attributes = { .mq_maxmsg = 1, .mq_msgsize = 8 };
  sigset_t usr1;
  char name[32], message[8];
  mqd_t queue;

  if (set >= 0)
    OVER (-1, semtimedop (set, &down, 1, &while_));
  semctl (set, 0, IPC_RMID);
  sigemptyset (&usr1);
  sigaddset (&usr1, SIGUSR1);
  OVER (-1, sigtimedwait (&usr1, NULL, &while_));
  snprintf (name, sizeof name, "/purecc-%d", (int) getpid ());
  queue = mq_open (name, O_CREAT | O_RDWR, 0600, &attributes);
  if (queue == (mqd_t) -1)
    return;
  mq_unlink (name);
  start ();
  then = in_a_while (CLOCK_REALTIME);
  over ("mq", mq_timedreceive (queue, message, 8, NULL, &then), -1);
}

/* TIMER is set, not to less than is left.  */
static void
set (const char *name, struct timespec left, struct timespec interval)
{
  if (left.tv_sec > LONG || left.tv_sec < 0 || (!left.tv_sec && !left.tv_nsec)
      || interval.tv_sec < 2 * LONG - 1 || interval.tv_sec > 2 * LONG)
    failed |= printf ("%s: left %ld, interval %ld\n", name, (long) left.tv_sec,
		      (long) interval.tv_sec);
}

static void
timers (void)
{
  struct itimerspec spec = { { 2 * LONG, 0 }, { LONG, 0 } }, old;
  struct itimerval value = { { 0, 0 }, { LONG, 0 } }, none = { { 0, 0 }, { 0, 0 } };
  const clockid_t clocks[] = { CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_BOOTTIME };
  sigset_t alrm;
  uint64_t count;
  timer_t timer;

  sigemptyset (&alrm);
  sigaddset (&alrm, SIGALRM);
  sigprocmask (SIG_BLOCK, &alrm, NULL);
  start ();
  alarm (LONG);
  over ("alarm", sigwaitinfo (&alrm, NULL), SIGALRM);
  alarm (4 * LONG);
  const unsigned int left = alarm (0);
  if (!left || left > 4 * LONG)
    failed |= printf ("alarm: %u left\n", left);
  start ();
  setitimer (ITIMER_REAL, &value, NULL);
  over ("setitimer", sigwaitinfo (&alrm, NULL), SIGALRM);
  value.it_interval.tv_sec = 2 * LONG;
  setitimer (ITIMER_REAL, &value, NULL);
  getitimer (ITIMER_REAL, &value);
  set ("getitimer", (struct timespec) { value.it_value.tv_sec, value.it_value.tv_usec },
       (struct timespec) { value.it_interval.tv_sec, 0 });
  setitimer (ITIMER_REAL, &none, &value);
  set ("setitimer", (struct timespec) { value.it_value.tv_sec, value.it_value.tv_usec },
       (struct timespec) { value.it_interval.tv_sec, 0 });

  for (int i = 0; i < 3; i++)
    {
      const int fd = timerfd_create (clocks[i], 0);

      spec.it_value.tv_sec = LONG;
      start ();
      timerfd_settime (fd, 0, &spec, NULL);
      timerfd_gettime (fd, &old);
      set ("timerfd", old.it_value, old.it_interval);
      over ("timerfd", read (fd, &count, sizeof count), sizeof count);
      start ();
      spec.it_value = in_a_while (clocks[i]);
      timerfd_settime (fd, TFD_TIMER_ABSTIME, &spec, &old);
      over ("timerfd, until", read (fd, &count, sizeof count), sizeof count);
      close (fd);

      timer_create (clocks[i], NULL, &timer);
      spec.it_value.tv_sec = LONG;
      start ();
      timer_settime (timer, 0, &spec, NULL);
      timer_gettime (timer, &old);
      set ("timer", old.it_value, old.it_interval);
      over ("timer", sigwaitinfo (&alrm, NULL), SIGALRM);
      start ();
      spec.it_value = in_a_while (clocks[i]);
      timer_settime (timer, TIMER_ABSTIME, &spec, NULL);
      over ("timer, until", sigwaitinfo (&alrm, NULL), SIGALRM);
      timer_delete (timer);
    }
}

static void
nothing (int number)
{
  (void) number;
}

/* A sleep that is interrupted knows what is left.  */
static void
interrupted (void)
{
  const struct itimerval value = { { 0, 0 }, { LONG, 0 } };
  const struct timespec while_ = { 1000 * LONG, 0 };
  struct timespec left;
  sigset_t alrm;

  signal (SIGALRM, nothing);
  sigemptyset (&alrm);
  sigaddset (&alrm, SIGALRM);
  setitimer (ITIMER_REAL, &value, NULL);
  sigprocmask (SIG_UNBLOCK, &alrm, NULL);
  if (nanosleep (&while_, &left) != -1 || errno != EINTR)
    failed |= printf ("a sleep isn't interrupted\n");
  if (left.tv_sec < 0 || left.tv_sec > 1000 * LONG || !left.tv_sec)
    failed |= printf ("left of a sleep: %ld\n", (long) left.tv_sec);
}

/* What isn't right is the kernel's to say.  */
static void
wrong (void)
{
  const struct timespec bad = { 0, 2000000000 };
  struct timex timex = { .modes = 0 };
  struct timespec now;

  if (nanosleep (&bad, NULL) != -1 || errno != EINVAL)
    failed |= printf ("nanosleep: a wrong time\n");
  if (syscall (SYS_nanosleep, 8L, NULL) != -1 || errno != EFAULT)
    failed |= printf ("nanosleep: a bad address\n");
  if (syscall (SYS_ppoll, NULL, 0, 8L, NULL, 8) != -1 || errno != EFAULT)
    failed |= printf ("ppoll: a bad address\n");
  if (syscall (SYS_clock_gettime, CLOCK_REALTIME, 8L) != -1 || errno != EFAULT)
    failed |= printf ("clock_gettime: a bad address\n");
  if (clock_gettime (99, &now) != -1 || errno != EINVAL)
    failed |= printf ("clock_gettime: a wrong clock\n");
  if (adjtimex (&timex) < 0 || timex.time.tv_sec < real.tv_sec)
    failed |= printf ("adjtimex: %ld\n", (long) timex.time.tv_sec);
  clock_gettime (CLOCK_REALTIME, &now);
  if (clock_settime (CLOCK_REALTIME, &now) != -1 || errno != EPERM)
    failed |= printf ("the clock can be set\n");
}

int
main (void)
{
  sleeps ();
  polls ();
  locks ();
  queues ();
  timers ();
  interrupted ();
  wrong ();
  return failed != 0;
}
