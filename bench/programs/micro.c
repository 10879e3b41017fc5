/* The cost of single system calls.

   SPDX-License-Identifier: GPL-3.0-or-later

     micro [-i] [-t MILLISECONDS] [-c COUNT] [-j THREADS] [CALL...]
     micro [-i] -s MICROSECONDS
     micro -p

   Prints a line for each call, "CALL NANOSECONDS".  There are many copies of
   the loop that makes it, at different places: how well the processor predicts
   branches after a system call depends on where they are, and can make half as
   much again of a short call.  The time is the mean of theirs, and that of each
   is the median of some batches; all batches take MILLISECONDS together.  With
   -j that many threads do the same at the same time, each on a processor of its
   own, and the time is what a call takes of the whole.  With -i there is another
   thread, which waits: a C library makes some calls in another way then.

   With -s it takes turns with others: it says how many copies there are, and
   each line "CALL COPY" that it reads is answered by one with the nanoseconds
   that the call takes in that copy: the median of some batches, in which it
   spends about MICROSECONDS.

   With -c each call is made COUNT times and nothing is measured, for those who
   count instructions.  With -p a call is made that no kernel has, and what
   comes back is printed: it shows if calls are diverted.

   The calls are made by the C library or, with OWN_SITES defined, by
   statements of this file's own; with THUNKED too, by statements that the
   plugin can't model.  */

#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "micro.h"
#ifdef OWN_SITES
# include "own-sites.h"
#endif

enum { COPIES = 256, BATCHES = 3, TURN_BATCHES = 9, WARM_UP_BATCHES = 4,
       CALIBRATIONS = 4 };

static int file;
static int word;
/* How fast it is filled depends on where in its page it is.  */
static char buffer[MICRO_READ] __attribute__ ((aligned (MICRO_READ)));
static struct timespec now;

static __attribute__ ((noinline)) int
nothing (void)
{
  return 0;
}

static int (*volatile by_pointer) (void) = nothing;

/* Each call is a function that makes it, and says if it came out right; and
   copies of a loop of it.  */
#define CALL(name, good)						\
  static inline __attribute__ ((always_inline)) int			\
  try_##name (void)							\
  {									\
    return good;							\
  }									\
  EACH_COPY (LOOP, name)

#define EACH_COPY(what, name)						\
  SIXTEEN (what, name, 0) SIXTEEN (what, name, 1)			\
  SIXTEEN (what, name, 2) SIXTEEN (what, name, 3)			\
  SIXTEEN (what, name, 4) SIXTEEN (what, name, 5)			\
  SIXTEEN (what, name, 6) SIXTEEN (what, name, 7)			\
  SIXTEEN (what, name, 8) SIXTEEN (what, name, 9)			\
  SIXTEEN (what, name, a) SIXTEEN (what, name, b)			\
  SIXTEEN (what, name, c) SIXTEEN (what, name, d)			\
  SIXTEEN (what, name, e) SIXTEEN (what, name, f)

#define SIXTEEN(what, name, high)					\
  what (name, 0x##high##0) what (name, 0x##high##1)			\
  what (name, 0x##high##2) what (name, 0x##high##3)			\
  what (name, 0x##high##4) what (name, 0x##high##5)			\
  what (name, 0x##high##6) what (name, 0x##high##7)			\
  what (name, 0x##high##8) what (name, 0x##high##9)			\
  what (name, 0x##high##a) what (name, 0x##high##b)			\
  what (name, 0x##high##c) what (name, 0x##high##d)			\
  what (name, 0x##high##e) what (name, 0x##high##f)

/* Each copy begins some nops after the start of a line of the cache.  */
#define LOOP(name, copy)						\
  static __attribute__ ((noinline, aligned (64))) void			\
  loop_##name##_##copy (long n)						\
  {									\
    __asm__ volatile (".skip 5 * " #copy " % 63 + 1, 0x90");		\
    while (n-- > 0)							\
      try_##name ();							\
  }

CALL (getppid, getppid () >= 0)
CALL (read, read (file, buffer, 0) == 0)
CALL (pread, pread (file, buffer, MICRO_READ, 0) == MICRO_READ)
CALL (open, close (openat (AT_FDCWD, MICRO_FILE, O_RDONLY)) == 0)
CALL (futex, syscall (SYS_futex, &word, FUTEX_WAKE_PRIVATE, MICRO_WAITERS) == 0)
CALL (mmap, munmap (mmap (NULL, MICRO_MAPPED, PROT_NONE,
			  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
		    MICRO_MAPPED) == 0)
CALL (clock, clock_gettime (CLOCK_MONOTONIC, &now) == 0)
CALL (nocall, syscall (MICRO_NO_CALL) == -1)
/* No system call: what a call costs whose target the compiler doesn't know, as
   that of a handler.  */
CALL (pointer, by_pointer () == 0)

static const struct call
{
  const char *name;
  int (*try) (void);
  void (*loops[COPIES]) (long);
} calls[] = {
#define LOOP_NAME(name, copy) loop_##name##_##copy,
#define ENTRY(name) { #name, try_##name, { EACH_COPY (LOOP_NAME, name) } }
  ENTRY (getppid), ENTRY (read), ENTRY (pread), ENTRY (open),
  ENTRY (futex), ENTRY (mmap), ENTRY (clock), ENTRY (nocall),
  ENTRY (pointer),
};
enum { CALLS = sizeof calls / sizeof *calls };

/* A clock that the handler which answers calls itself leaves alone.  */
static double
nanoseconds (void)
{
  struct timespec t;
  (clock_gettime) (CLOCK_MONOTONIC_RAW, &t);
  return t.tv_sec * 1e9 + t.tv_nsec;
}

static double
time_loop (void (*loop) (long), long n)
{
  double start = nanoseconds ();
  loop (n);
  return nanoseconds () - start;
}

static int threads = 1;
static pthread_barrier_t barrier;

struct share
{
  void (*loop) (long);
  long n;
  int number;
  double time;
};

/* Go to the NUMBERth processor that the process may use.  */
static void
take_processor (int number)
{
  cpu_set_t allowed, one;
  sched_getaffinity (0, sizeof allowed, &allowed);
  for (int cpu = 0; cpu < CPU_SETSIZE; cpu++)
    if (CPU_ISSET (cpu, &allowed) && number-- == 0)
      {
	CPU_ZERO (&one);
	CPU_SET (cpu, &one);
	sched_setaffinity (0, sizeof one, &one);
	return;
      }
  errx (2, "not a processor for each thread");
}

static void *
run_share (void *data)
{
  struct share *share = data;
  take_processor (share->number);
  pthread_barrier_wait (&barrier);
  share->time = time_loop (share->loop, share->n);
  return NULL;
}

static void *
wait_for_good (void *data)
{
  for (;;)
    pause ();
  return data;
}

static void
start_idle_thread (void)
{
  pthread_t thread;

  if (pthread_create (&thread, NULL, wait_for_good, NULL) != 0)
    errx (2, "no thread");
}

/* The nanoseconds that N calls take, or N in each thread: the slowest's.  */
static double
batch (void (*loop) (long), long n)
{
  if (threads == 1)
    return time_loop (loop, n);

  pthread_t thread[threads];
  struct share share[threads];
  double time = 0;
  pthread_barrier_init (&barrier, NULL, threads);
  for (int i = 0; i < threads; i++)
    {
      share[i] = (struct share) { loop, n, i, 0 };
      if (pthread_create (&thread[i], NULL, run_share, &share[i]) != 0)
	errx (2, "no thread");
    }
  for (int i = 0; i < threads; i++)
    {
      pthread_join (thread[i], NULL);
      if (share[i].time > time)
	time = share[i].time;
    }
  pthread_barrier_destroy (&barrier);
  return time;
}

static int
smaller (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

/* The nanoseconds that a call takes in LOOP: the median of so many BATCHES of N
   calls.  */
static double
median (void (*loop) (long), long n, int batches)
{
  double times[batches];

  for (int i = 0; i < batches; i++)
    times[i] = batch (loop, n) / n / threads;
  qsort (times, batches, sizeof *times, smaller);
  return times[batches / 2];
}

/* How often CALL is made in about TARGET nanoseconds: at most, as something else
   may come between.  */
static long
calls_in (const struct call *call, double target)
{
  long most = 0;

  for (int i = 0; i < CALIBRATIONS; i++)
    {
      double time;
      long n = 1;
      while ((time = batch (call->loops[0], n)) < target / 4)
	n *= time > target / 32 ? 2 : 8;
      n = n * target / time + 1;
      if (n > most)
	most = n;
    }
  return most;
}

static double
measure (const struct call *call, double milliseconds)
{
  double target = milliseconds * 1e6 / (COPIES * BATCHES), sum = 0;
  long n = calls_in (call, target);

  for (int copy = 0; copy < COPIES; copy++)
    sum += median (call->loops[copy], n, BATCHES);
  return sum / COPIES;
}

static const struct call *
find (const char *name)
{
  for (int i = 0; i < CALLS; i++)
    if (strcmp (calls[i].name, name) == 0)
      return &calls[i];
  errx (2, "no such call: %s", name);
}

/* Whoever was running before a turn has had the caches, so some batches come
   first that aren't measured.  */
static void
take_turns (double microseconds)
{
  long count[CALLS] = { 0 };
  char line[80], name[20];
  unsigned int copy;

  printf ("%d\n", COPIES);
  fflush (stdout);
  while (fgets (line, sizeof line, stdin))
    {
      if (sscanf (line, "%19s %u", name, &copy) != 2 || copy >= COPIES)
	errx (2, "not understood: %s", line);
      const struct call *call = find (name);
      long *n = &count[call - calls];
      if (*n == 0)
	*n = calls_in (call, microseconds * 1e3 / TURN_BATCHES);
      call->loops[copy] (*n * WARM_UP_BATCHES);
      printf ("%.3f\n", median (call->loops[copy], *n, TURN_BATCHES));
      fflush (stdout);
    }
}

int
main (int argc, char **argv)
{
  double milliseconds = 100, turn_microseconds = 0;
  long count = 0;
  int option;

  while ((option = getopt (argc, argv, "t:c:ij:ps:")) != -1)
    switch (option)
      {
      case 't':
	milliseconds = atof (optarg);
	break;
      case 'c':
	count = atol (optarg);
	break;
      case 'i':
	start_idle_thread ();
	break;
      case 'j':
	threads = atoi (optarg);
	break;
      case 's':
	turn_microseconds = atof (optarg);
	break;
      case 'p':
	printf ("%ld\n", (long) syscall (MICRO_NO_CALL));
	return 0;
      default:
	return 2;
      }

  file = (open) ("/proc/self/exe", O_RDONLY);
  if (file < 0)
    err (2, "/proc/self/exe");
  if (turn_microseconds > 0)
    {
      take_turns (turn_microseconds);
      return 0;
    }
  int some = argc - optind;
  for (int i = 0; i < (some ? some : CALLS); i++)
    {
      const struct call *call = some ? find (argv[optind + i]) : &calls[i];
      if (!call->try ())
	errx (1, "%s came out wrong", call->name);
      if (count > 0)
	call->loops[0] (count);
      else
	printf ("%s %.3f\n", call->name, measure (call, milliseconds));
    }
  return 0;
}
