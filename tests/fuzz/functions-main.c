/* Run a file of functions.py's, and print for each function its result and the
   calls that it made.

   SPDX-License-Identifier: GPL-3.0-or-later

   usage: program MODE

     plain    without a handler, and only functions that GCC itself makes right
     native   without a handler: each call is as the kernel sees it
     handler  with one that records the calls and passes them on
     destroy  the same, and each register is destroyed that a function may

   In the model the calls are recorded as they should be in that mode.  */

#define _GNU_SOURCE 1
#include "functions.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#ifdef GUARDED
#include <purecc.h>
#endif

enum { MAX_ARGS = 6, FILE_SIZE = 1024, FILE_NUMBER = 100, NULL_NUMBER };

const volatile long digits[16]
  = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 };

/* Is a handler set, and does it destroy?  The latter is functions-guard.S's,
   and so are the next two: how much vector state there is (0 SSE, 1 AVX, 2
   AVX-512), and whether the guard is to jump instead of returning.  */
static int handled;
char functions_destroying;
char functions_vectors;
char functions_jumping;

static struct context context;
static const char *name;
/* The handler is passing a call on.  */
static int passing;

extern void functions_restorer (void);
extern void functions_destroy (void);

/* The arguments of calls that Linux has: v is a value, p a pointer.  */
static const char *
real_kinds (long number)
{
  switch (number)
    {
    case SYS_mmap:
    case SYS_fcntl:
      return "vvvvvv";
    case SYS_munmap:
    case SYS_getcwd:
      return "pv";
    case SYS_uname:
      return "p";
    case SYS_clock_getres:
      return "vp";
    default:
      return number >= 500 || number == SYS_lseek ? "vvvvvv" : "vpvvvv";
    }
}

static unsigned long
hash_block (const struct block *block)
{
  return mix (mix (7, block->r.v[0]), block->r.v[1]);
}

/* What the call with NUMBER and the arguments A, one that Linux doesn't have,
   gives and does.  */

static long
make_fake_call (unsigned int number, const long *a)
{
  unsigned long mask = -1ul >> (64 - NUMBER_WIDTH (number));
  unsigned long hash = number;

  for (unsigned int i = 0; i < NUMBER_ARGS (number); i++)
    {
      unsigned int kind = NUMBER_KIND (number, i);
      struct block *block = (struct block *) a[i];
      if (kind == VALUE)
	hash = mix (hash, a[i] & mask);
      if (kind == READ || kind == WRITTEN)
	hash = mix (hash, hash_block (block));
      if (kind == WRITTEN)
	for (int j = 0; j < 2; j++)
	  block->w.v[j] = mix (hash, j);
    }
  switch (NUMBER_RESULT (number))
    {
    case HASH:
      return hash;
    case SMALL:
      return hash & 0xfff;
    case ERROR:
      return -1 - (long) (hash % 4095);
    case BOOLEAN:
      return hash & 1;
    default:
      return number;
    }
}

/* Write down the call of NUMBER with NR arguments, A; -1: not known.  */

static void
record (long number, long nr, const long *a)
{
  int fake = (number & NUMBER_FAKE) != 0;
  const char *kinds = fake ? "" : real_kinds (number);
  long count = fake ? (long) NUMBER_ARGS (number) : nr;
  unsigned long mask = -1ul;
  /* They are what the instruction gets.  */
  int registers = fake && (!handled || (number & NUMBER_RESIDUAL));

  if (registers)
    mask >>= 64 - NUMBER_WIDTH (number);
  printf ("%s call %lx", name, (unsigned long) number);
  if (nr >= 0 && registers)
    printf (" nr >= %ld", nr == MAX_ARGS ? count : nr);
  else if (nr >= 0)
    printf (" nr %ld", nr);
  for (int i = 0; i < count && i < MAX_ARGS; i++)
    {
      unsigned int kind = fake ? NUMBER_KIND (number, i) : VALUE;
      if (fake ? kind == UNSET && registers : kinds[i] == 'p')
	printf (" -");
      else if (kind == VALUE || kind == UNSET)
	printf (" %lx", a[i] & mask);
      else
	printf (" [%lx]", hash_block ((const struct block *) a[i]));
    }
  putchar ('\n');
}

/* SIGSYS: the instruction was executed.  C has what the kernel would have
   got.  What it destroys is destroyed, and the flags with it.  */

static void
trapped (int signal, siginfo_t *info, void *c)
{
  greg_t *r = ((ucontext_t *) c)->uc_mcontext.gregs;
  long a[] = { r[REG_RDI], r[REG_RSI], r[REG_RDX], r[REG_R10], r[REG_R8],
	       r[REG_R9] };
  unsigned int number = r[REG_RAX];

  (void) signal, (void) info;
  if (!passing)
    record (number, -1, a);
  long result = make_fake_call (number, a);
  if (NUMBER_RESULT (number) != UNCHANGED)
    r[REG_RAX] = result;
  r[REG_RCX] = r[REG_R11] = 0x5ca1ab1e0ddba11;
  r[REG_EFL] ^= 0x8d5;
}

/* The six variable arguments of NR.  */

static void
read_args (long *a, long nr, va_list list)
{
  for (int i = 0; i < MAX_ARGS; i++)
    a[i] = i < nr ? va_arg (list, long) : 0;
}

__attribute__ ((noreturn)) void
functions_jump (void)
{
  functions_jumping = 0;
  longjmp (context.env, 1);
}

/* Throw, or let the guard jump, where the call's NUMBER says so.  */

static void
leave (long number)
{
  if (!(number & NUMBER_FAKE))
    return;
  if (number & NUMBER_JUMPS)
    functions_jumping = 1;
  if (number & NUMBER_THROWS)
    functions_throw (number);
}

long
model_call (long number, long nr, ...)
{
  long a[MAX_ARGS];
  va_list list;

  va_start (list, nr);
  read_args (a, nr, list);
  va_end (list);
  number = (unsigned int) number;
  if (handled || (number & NUMBER_FAKE))
    record (number, handled ? nr : -1, a);
  if (!(number & NUMBER_FAKE))
    {
      long real = syscall (number, a[0], a[1], a[2], a[3], a[4], a[5]);
      return real == -1 ? -errno : real;
    }
  long result = make_fake_call (number, a);
  if (handled)
    leave (number);
  if (functions_jumping)
    functions_jump ();
  return result;
}

#ifdef GUARDED
/* The handler.  */

static long
pass_on (long number, long nr, ...)
{
  long a[MAX_ARGS];
  va_list list;

  va_start (list, nr);
  read_args (a, nr, list);
  va_end (list);
  record (number, nr, a);
  passing = 1;
  long result = pure_native_syscall (number, a[0], a[1], a[2], a[3], a[4],
				     a[5]);
  passing = 0;
  leave (number);
  if (functions_destroying)
    functions_destroy ();
  return result;
}

static void
set_handler (int set)
{
  pure_set_handler (set ? pass_on : NULL);
}

/* Called by functions-guard.S with the name of a guard that was entered with
   a stack or flags that no function may be called with.  */

void
functions_bad_entry (const char *guard)
{
  printf ("%s calls %s with the stack not aligned, or the direction flag"
	  " set\n", name, guard);
  fflush (stdout);
  _exit (1);
}
#else
static void
set_handler (int set)
{
  (void) set;
}
#endif

long
opaque (long value)
{
  return value;
}

void
expose (void *p)
{
  (void) p;
}

/* As the kernel has it; libc's sigaction may be a sanitizer's.  */
struct kernel_sigaction
{
  void (*handler) (int, siginfo_t *, void *);
  unsigned long flags;
  void (*restorer) (void);
  unsigned long mask;
};

static void
catch_calls (void)
{
  static struct sock_filter steps[]
    = { BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, nr)),
	BPF_JUMP (BPF_JMP | BPF_JGE | BPF_K, NUMBER_FAKE, 0, 2),
	BPF_JUMP (BPF_JMP | BPF_JGE | BPF_K, 2 * NUMBER_FAKE, 1, 0),
	BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_TRAP),
	BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ALLOW) };
  struct sock_fprog filter = { sizeof steps / sizeof *steps, steps };
  struct kernel_sigaction action
    = { trapped, SA_SIGINFO | SA_NODEFER | 0x04000000, functions_restorer, 0 };

  if (syscall (SYS_rt_sigaction, SIGSYS, &action, NULL, sizeof action.mask)
      || prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0
      || prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) != 0)
    {
      perror ("skipped: system calls cannot be caught here");
      exit (77);
    }
}

static void
open_files (void)
{
  if (dup2 (memfd_create ("functions", 0), FILE_NUMBER) < 0
      || dup2 (open ("/dev/null", O_RDWR), NULL_NUMBER) < 0)
    {
      perror ("memfd_create and /dev/null");
      exit (1);
    }
}

/* Give the context of function number INDEX its values: some of them small,
   some negative, most of them neither.  */

static void
fill_context (unsigned long index)
{
  unsigned char bytes[FILE_SIZE];
  struct timespec resolution;
  unsigned long value = index + 1;

  memset (&context, 0, sizeof context);
  for (int i = 0; i < 16; i++)
    {
      value = mix (value, i);
      context.in[i] = i % 4 == 0 ? (long) (value % 100) - 50 : (long) value;
    }
  for (int i = 0; i < 8; i++)
    context.fp[i] = (long) (mix (value, i) % 1000) - 500;
  for (int i = 0; i < 8; i++)
    ((long *) context.block)[i] = mix (value, i + 8);
  for (int i = 0; i < FILE_SIZE; i++)
    bytes[i] = mix (value, i);

  context.file = FILE_NUMBER;
  context.null = NULL_NUMBER;
  context.pid = getpid ();
  context.parent = getppid ();
  clock_getres (CLOCK_MONOTONIC, &resolution);
  context.resolution.seconds = resolution.tv_sec;
  context.resolution.nanoseconds = resolution.tv_nsec;
  if (ftruncate (FILE_NUMBER, 0) != 0
      || pwrite (FILE_NUMBER, bytes, FILE_SIZE, 0) != FILE_SIZE
      || lseek (FILE_NUMBER, 0, SEEK_SET) != 0)
    {
      perror ("memfd");
      exit (1);
    }
}

/* A hash of what the function left.  */

static unsigned long
hash_context (void)
{
  unsigned char bytes[FILE_SIZE];
  ssize_t length = pread (FILE_NUMBER, bytes, FILE_SIZE, 0);
  unsigned long hash = mix (length, lseek (FILE_NUMBER, 0, SEEK_CUR));

  for (ssize_t i = 0; i < length; i++)
    hash = mix (hash, bytes[i]);
  for (int i = 0; i < 8; i++)
    hash = mix (mix (hash, context.out[i]), ((long *) context.block)[i]);
  return mix (mix (mix (hash, context.bits.f), context.bits.g),
	      context.bits.w);
}

static void
run (int index)
{
  name = functions[index].name;
  fill_context (atoi (name + 1));
  set_handler (handled);
  unsigned long result = functions[index].function (&context);
  set_handler (0);
  printf ("%s gives %lx, leaves %lx\n", name, result, hash_context ());
  fflush (stdout);
}

int
main (int argc, char **argv)
{
  const char *mode = argc > 1 ? argv[1] : "native";

  handled = strcmp (mode, "handler") == 0 || strcmp (mode, "destroy") == 0;
  functions_destroying = strcmp (mode, "destroy") == 0;
  functions_vectors = __builtin_cpu_supports ("avx512bw") ? 2
		      : __builtin_cpu_supports ("avx") ? 1 : 0;
  open_files ();
  catch_calls ();
  for (int i = 0; i < function_count; i++)
    if (functions[i].plain || strcmp (mode, "plain") != 0)
      run (i);
  fflush (stdout);
  _exit (0);
}
