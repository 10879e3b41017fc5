/* Cancels threads, each in a call of a random kind after a random time; see
   cancel-many.sh.  The argument says how many.

   Each thread is to end by being cancelled, its cleanup handler to be called, with
   none of the words of the thread on by which the runtime knows of a handler, and
   calls of a thread that ends otherwise are to have their results.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <abi/x86_64/offsets.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <purecc.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/msg.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "../../runtime/check.h"

/* At the same time.  */
enum { CANCELLERS = 3 };

static int sockets[2], empty[2], full[2], listener, poller, queue;
static pid_t child;

struct job
{
  int kind;
  int ready;
  pthread_mutex_t lock;
  pthread_cond_t changed;
  sem_t semaphore;
};

/* Calls that don't return.  */

static void
by_read (struct job *job)
{
  char c;
  (void) !read (empty[0], &c, 1);
  (void) job;
}

/* Of which the slow handler makes a recvfrom.  */
static void
by_read_of_socket (struct job *job)
{
  char seven[7];
  (void) !read (sockets[0], seven, sizeof seven);
  (void) job;
}

static void
by_write (struct job *job)
{
  (void) !write (full[1], "x", 1);
  (void) job;
}

static void
by_recv (struct job *job)
{
  char c;
  (void) job;
  recv (sockets[0], &c, 1, 0);
}

static void
by_recvmsg (struct job *job)
{
  struct msghdr message = { .msg_iov = NULL };
  (void) job;
  recvmsg (sockets[0], &message, 0);
}

static void
by_accept (struct job *job)
{
  (void) job;
  accept (listener, NULL, NULL);
}

static void
by_poll (struct job *job)
{
  struct pollfd one = { .fd = empty[0], .events = POLLIN };
  (void) job;
  poll (&one, 1, -1);
}

static void
by_select (struct job *job)
{
  (void) job;
  select (0, NULL, NULL, NULL, NULL);
}

static void
by_epoll (struct job *job)
{
  struct epoll_event event;
  (void) job;
  epoll_wait (poller, &event, 1, -1);
}

static void
by_pause (struct job *job)
{
  (void) job;
  pause ();
}

static void
by_sigsuspend (struct job *job)
{
  sigset_t none;
  (void) job;
  sigemptyset (&none);
  sigsuspend (&none);
}

static void
by_sigwait (struct job *job)
{
  sigset_t one;
  int number;
  (void) job;
  sigemptyset (&one);
  sigaddset (&one, SIGUSR1);
  sigwait (&one, &number);
}

static void
by_nanosleep (struct job *job)
{
  const struct timespec long_time = { 1000, 0 };
  (void) job;
  nanosleep (&long_time, NULL);
}

static void
by_sem_wait (struct job *job)
{
  sem_wait (&job->semaphore);
}

static void
by_sem_timedwait (struct job *job)
{
  struct timespec late;
  clock_gettime (CLOCK_REALTIME, &late);
  late.tv_sec += 1000;
  sem_timedwait (&job->semaphore, &late);
}

static void
unlock (void *lock)
{
  pthread_mutex_unlock (lock);
}

static void
by_cond_wait (struct job *job)
{
  pthread_mutex_lock (&job->lock);
  pthread_cleanup_push (unlock, &job->lock);
  for (;;)
    pthread_cond_wait (&job->changed, &job->lock);
  pthread_cleanup_pop (1);
}

static void
by_waitpid (struct job *job)
{
  (void) job;
  waitpid (child, NULL, 0);
}

static void
by_msgrcv (struct job *job)
{
  struct
  {
    long type;
    char text[1];
  } message;
  (void) job;
  msgrcv (queue, &message, sizeof message.text, 0, 0);
}

/* Calls that return, and no other.  */
static void
by_many (struct job *job)
{
  char c;
  (void) job;
  for (;;)
    if (write (-1, "x", 1) != -1 || pread (empty[0], &c, 1, 0) != -1)
      abort ();
}

static const struct
{
  const char *name;
  void (*call) (struct job *);
} kinds[] = { { "read", by_read },
	      { "read of a socket", by_read_of_socket },
	      { "write", by_write },
	      { "recv", by_recv },
	      { "recvmsg", by_recvmsg },
	      { "accept", by_accept },
	      { "poll", by_poll },
	      { "select", by_select },
	      { "epoll_wait", by_epoll },
	      { "pause", by_pause },
	      { "sigsuspend", by_sigsuspend },
	      { "sigwait", by_sigwait },
	      { "nanosleep", by_nanosleep },
	      { "sem_wait", by_sem_wait },
	      { "sem_timedwait", by_sem_timedwait },
	      { "pthread_cond_wait", by_cond_wait },
	      { "waitpid", by_waitpid },
	      { "msgrcv", by_msgrcv },
	      { "calls that fail", by_many } };

enum { KINDS = sizeof kinds / sizeof *kinds };

static long cancelled, lost, returned, marked;
static const char *volatile current[CANCELLERS];

#define INCREMENT(object) __atomic_fetch_add (&(object), 1, __ATOMIC_RELAXED)
#define WORD(offset)							\
  ({									\
    unsigned long word_;						\
    __asm__ __volatile__ ("movq %%fs:%c1, %0" : "=r" (word_) : "i" (offset)); \
    word_;								\
  })

static void
look_for_marks (void)
{
  if (WORD (PURE_MARK_OFFSET) || WORD (PURE_FRAME_OFFSET)
      || WORD (PURE_ASKED_NUMBER) || WORD (PURE_INSIDE_OFFSET)
      || WORD (PURE_HELD_OFFSET))
    INCREMENT (marked);
}

static void
clean (void *arg)
{
  look_for_marks ();
  *(int *) arg = 1;
}

static void *
thread (void *arg)
{
  struct job *job = arg;

  look_for_marks ();
  pthread_cleanup_push (clean, &job->ready);
  __atomic_store_n (&job->ready, -1, __ATOMIC_RELEASE);
  kinds[job->kind].call (job);
  pthread_cleanup_pop (0);
  return NULL;
}

static uint32_t
draw (uint64_t *state)
{
  *state = *state * 6364136223846793005u + 1442695040888963407u;
  return *state >> 33;
}

/* Let the thread come to its call, or not.  */
static void
wait_a_while (struct job *job, uint64_t *state)
{
  uint32_t how = draw (state) % 8, turns = draw (state) % 2000;

  if (how == 0)
    return;
  while (!__atomic_load_n (&job->ready, __ATOMIC_ACQUIRE))
    sched_yield ();
  if (how == 1)
    usleep (turns / 10);
  else
    while (turns--)
      __asm__ __volatile__ ("pause");
}

static void
cancel_one (long me, uint64_t *state)
{
  struct job job = { .kind = draw (state) % KINDS,
		     .lock = PTHREAD_MUTEX_INITIALIZER,
		     .changed = PTHREAD_COND_INITIALIZER };
  pthread_t id;
  void *result;

  current[me] = kinds[job.kind].name;
  CHECK (sem_init (&job.semaphore, 0, 0) == 0);
  CHECK (pthread_create (&id, NULL, thread, &job) == 0);
  wait_a_while (&job, state);
  CHECK (pthread_cancel (id) == 0);
  CHECK (pthread_join (id, &result) == 0);
  if (result != PTHREAD_CANCELED || job.ready != 1)
    {
      printf ("%s: it has returned\n", kinds[job.kind].name);
      INCREMENT (returned);
    }
  INCREMENT (cancelled);
}

static long wanted;

static void *
canceller (void *arg)
{
  const long me = (long) arg;
  uint64_t state = me;

  for (long i = me; i < wanted; i += CANCELLERS)
    cancel_one (me, &state);
  current[me] = NULL;
  return NULL;
}

static void
report (void)
{
  printf ("%ld cancelled, %ld lost, %ld returned, %ld left something on\n",
	  cancelled, lost, returned, marked);
  fflush (stdout);
}

/* Ends the process when for half a minute nothing has been cancelled.  */
static void *
watch (void *arg)
{
  for (long before = -1; before != cancelled;)
    {
      before = cancelled;
      sleep (30);
    }
  for (int i = 0; i < CANCELLERS; i++)
    if (current[i])
      {
	printf ("%s: not cancelled\n", current[i]);
	lost++;
      }
  report ();
  _exit (1);
  return arg;
}

static void
listen_somewhere (void)
{
  const struct sockaddr_un address = { .sun_family = AF_UNIX };

  listener = socket (AF_UNIX, SOCK_STREAM, 0);
  /* The kernel chooses a name.  */
  CHECK (bind (listener, (const struct sockaddr *) &address,
	       sizeof address.sun_family)
	 == 0);
  CHECK (listen (listener, 1) == 0);
}

static void
prepare (void)
{
  sigset_t one;

  CHECK (socketpair (AF_UNIX, SOCK_STREAM, 0, sockets) == 0);
  CHECK (pipe (empty) == 0 && pipe2 (full, O_NONBLOCK) == 0);
  while (write (full[1], "x", 1) == 1)
    continue;
  CHECK (fcntl (full[1], F_SETFL, 0) == 0);
  listen_somewhere ();
  CHECK ((poller = epoll_create1 (0)) >= 0);
  CHECK ((queue = msgget (IPC_PRIVATE, 0600)) >= 0);
  sigemptyset (&one);
  sigaddset (&one, SIGUSR1);
  CHECK (sigprocmask (SIG_BLOCK, &one, NULL) == 0);
  CHECK ((child = fork ()) >= 0);
  if (child == 0)
    {
      alarm (100000);
      for (;;)
	pause ();
    }
}

int
main (int argc, char **argv)
{
  pthread_t cancellers[CANCELLERS], watcher;

  wanted = argc > 1 ? atol (argv[1]) : 0;
  prepare ();
  CHECK (pthread_create (&watcher, NULL, watch, NULL) == 0);
  for (long i = 0; i < CANCELLERS; i++)
    CHECK (pthread_create (&cancellers[i], NULL, canceller, (void *) i) == 0);
  for (int i = 0; i < CANCELLERS; i++)
    CHECK (pthread_join (cancellers[i], NULL) == 0);
  report ();
  kill (child, SIGKILL);
  msgctl (queue, IPC_RMID, NULL);
  return cancelled != wanted || returned || marked;
}
