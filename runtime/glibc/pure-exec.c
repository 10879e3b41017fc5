/* What the program executes is followed: taken over as the program was (abi/run.h).

   SPDX-License-Identifier: LGPL-2.1-or-later

   Called in the program's thread or by a handler that passes the call on, wherever that
   is: in the child of a fork, and in that of a vfork, which has its parent's memory.
   Nothing is written there but what is given back.  */

#include <asm/unistd.h>
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <tls.h>
#include <nptl/descr.h>
#include <purecc.h>
#include "pure-keep.h"

#ifdef SHARED

#define PURE_FOLLOW_CALL(number, a1, a2, a3, a4)			\
  pure_raw (number, (long) (a1), (long) (a2), (long) (a3), (long) (a4))

# include <abi/x86_64/program.h>
# include <abi/follow.h>

/* Does a program that is executed get the variables?  */
static inline int
follows_p (const struct pure_start *start)
{
  return (start != NULL && start->follow != PURE_FOLLOW_NONE
	  && start->follow != PURE_FOLLOW_BY_ROOT);
}

/* An execve or an execveat.  */
struct exec
{
  long number;
  long directory;
  const char *file;
  long arguments;
  char **environment;
  long flags;
};

static long
enter_kernel (const struct exec *exec, char **environment)
{
  if (exec->number == __NR_execve)
    return __pure_gateway (exec->number, (long) exec->file, exec->arguments,
			   (long) environment, 0, 0, 0);
  return __pure_gateway (exec->number, exec->directory, (long) exec->file,
			 exec->arguments, (long) environment, exec->flags, 0);
}

/* ---- the report ---- */

static void
write_text (const char *text)
{
  pure_raw (__NR_write, 2, (long) text, strlen (text), 0);
}

/* Standard error may be something else by now.  */
static int
report_p (const struct pure_start *start)
{
  struct stat status;

  return (start->report_inode != 0
	  && pure_raw (__NR_fstat, 2, (long) &status, 0, 0) == 0
	  && status.st_dev == start->report_device
	  && status.st_ino == start->report_inode);
}

static __attribute__ ((__noinline__)) void
report (const struct exec *exec, const char *why)
{
  if (!report_p (__pure_process.start))
    return;
  write_text ("pure-run: ");
  write_text (*exec->file ? exec->file : "a file without a name");
  write_text (" isn't followed: ");
  write_text (why);
  write_text ("\n");
}

/* ---- what can be followed ---- */

static int
file_there_p (const char *file)
{
  return pure_raw (__NR_faccessat, AT_FDCWD, (long) file, 4 /* R_OK */, 0) == 0;
}

/* Another pure-run makes its program's start of ours.  */
static int
runner_p (const struct pure_file *file)
{
  const struct pure_start *start = __pure_process.start;

  return (start->runner_inode != 0 && file->status.st_dev == start->runner_device
	  && file->status.st_ino == start->runner_inode);
}

/* Why EXEC isn't followed.  *VARIABLES: it gets the variables, to be taken over by them
   or to hand them on to what it executes.  */
static __attribute__ ((__noinline__)) enum pure_obstacle
obstacle_of (const struct exec *exec, int *variables)
{
  const struct pure_start *start = __pure_process.start;
  struct pure_file file;
  enum pure_obstacle obstacle = pure_obstacle (&file, exec->directory, exec->file,
					       exec->flags);

  if (obstacle == PURE_STATIC && runner_p (&file))
    obstacle = PURE_NO_OBSTACLE;
  *variables = (obstacle == PURE_NO_OBSTACLE || obstacle == PURE_STATIC
		|| obstacle == PURE_OTHER_INTERPRETER);
  if (!*variables
      || (file_there_p (start->audit_variable + sizeof PURE_AUDIT_VARIABLE)
	  && file_there_p (start->loader)))
    return obstacle;
  *variables = 0;
  return obstacle == PURE_NO_OBSTACLE ? PURE_NO_FILES : obstacle;
}

/* ---- the environment ---- */

/* Is the word at ADDRESS there?  PAGE is one that is.  */
static int
word_there_p (unsigned long address, unsigned long *page)
{
  const unsigned long last = address + sizeof (long) - 1;

  if (address / PURE_PAGE == *page && last / PURE_PAGE == *page)
    return 1;
  /* The first page never is, and NULL would be no address for the kernel.  */
  if (address < PURE_PAGE || !__pure_readable (address, sizeof (long)))
    return 0;
  *page = last / PURE_PAGE;
  return 1;
}

/* Does VARIABLE have NAME?  It may not be there, or end at the end of what is.  */
static int
named_p (const char *variable, const char *name, unsigned long *page)
{
  const size_t length = strlen (name);

  for (size_t i = 0; i <= length; i++)
    {
      const unsigned long address = (unsigned long) variable + i;
      if ((i == 0 || address % PURE_PAGE == 0)
	  && !word_there_p (address & -sizeof (long), page))
	return 0;
      if (variable[i] != (i < length ? name[i] : '='))
	return 0;
    }
  return 1;
}

struct variables
{
  int count;
  /* What a copy of those takes that are set aside.  */
  size_t set_aside;
  /* The last two are a pure-run's own: another start is asked for.  */
  int asked;
};

/* Look at the environment.  Returns whether it can be read; else the kernel says
   so.  */
static int
read_environment (char **environment, struct variables *variables)
{
  unsigned long array = -1, string = -1;
  const char *last = NULL;

  *variables = (struct variables) { 0, 0, 0 };
  if (environment == NULL)
    return 1;
  for (;; variables->count++)
    {
      char **variable = &environment[variables->count];
      if (!word_there_p ((unsigned long) variable, &array))
	return 0;
      if (*variable == NULL)
	break;
      last = *variable;
      if (named_p (last, PURE_AUDIT_VARIABLE, &string))
	variables->set_aside += strlen (last) + 1;
    }
  variables->asked = (last != NULL && named_p (last, PURE_START_VARIABLE, &string)
		      && last[sizeof PURE_START_VARIABLE] == PURE_FIRST_HOP);
  return 1;
}

/* How much memory the new one takes.  */
static size_t
environment_size (const struct variables *variables)
{
  return (variables->count + 3) * sizeof (char *) + variables->set_aside;
}

/* Make it in MEMORY, with ours at the end.  */
static char **
make_environment (const struct exec *exec, const struct variables *variables,
		  void *memory)
{
  const struct pure_start *start = __pure_process.start;
  char **environment = memory;
  char *text = (char *) (environment + variables->count + 3);
  size_t left = variables->set_aside;
  unsigned long page = -1;
  int count = 0;

  for (int i = 0; i < variables->count; i++)
    {
      char *variable = exec->environment[i];
      if (named_p (variable, PURE_AUDIT_VARIABLE, &page))
	{
	  const size_t size = strlen (variable) + 1;
	  /* Another thread may have changed it.  */
	  if (size > left)
	    continue;
	  memcpy (text, variable, size);
	  left -= size;
	  memcpy (text, PURE_AUDIT_SET_ASIDE, sizeof PURE_AUDIT_SET_ASIDE - 1);
	  variable = text;
	  text += size;
	}
      environment[count++] = variable;
    }
  environment[count++] = start->audit_variable;
  environment[count++] = start->start_variable;
  environment[count] = NULL;
  return environment;
}

/* ---- its memory, where the stack may be too small ---- */

enum { ON_STACK = 2048 };

struct area
{
  struct area *next;
  size_t size;
  /* The thread that has it, or 0.  A child that has its parent's memory leaves it by
     executing another program; then the kernel sets this to 0 (set_tid_address(2)). */
  int owner;
};

static struct area *areas;

/* Is the thread the child of a vfork?  Its thread control block is the parent's.  */
static inline int
in_shared_memory_p (void)
{
  return pure_raw (__NR_gettid, 0, 0, 0, 0) != THREAD_SELF->tid;
}

static struct area *
free_area (size_t size, int owner)
{
  struct area *area = __atomic_load_n (&areas, __ATOMIC_ACQUIRE);

  for (; area != NULL; area = area->next)
    {
      int none = 0;
      if (area->size >= size
	  && __atomic_compare_exchange_n (&area->owner, &none, owner, 0,
					  __ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
	break;
    }
  return area;
}

static struct area *
take_area (size_t size)
{
  const int owner = pure_raw (__NR_gettid, 0, 0, 0, 0);
  struct area *area = free_area (size, owner);

  if (area != NULL)
    return area;
  size = (size + PURE_PAGE - 1) & -PURE_PAGE;
  long address = __pure_raw_gateway (__NR_mmap, 0, size, PROT_READ | PROT_WRITE,
				     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if ((unsigned long) address > -4096ul)
    return NULL;
  area = (struct area *) address;
  area->size = size;
  area->owner = owner;
  area->next = __atomic_load_n (&areas, __ATOMIC_RELAXED);
  while (!__atomic_compare_exchange_n (&areas, &area->next, area, 1,
				       __ATOMIC_RELEASE, __ATOMIC_RELAXED))
    continue;
  return area;
}

static long
exec_in_area (const struct exec *exec, const struct variables *variables)
{
  struct area *area = take_area (sizeof *area + environment_size (variables));
  const int shared = in_shared_memory_p ();
  long result;

  if (area == NULL)
    return -E2BIG;
  if (shared)
    pure_raw (__NR_set_tid_address, (long) &area->owner, 0, 0, 0);
  result = enter_kernel (exec, make_environment (exec, variables, area + 1));
  if (shared)
    pure_raw (__NR_set_tid_address, 0, 0, 0, 0);
  __atomic_store_n (&area->owner, 0, __ATOMIC_RELEASE);
  return result;
}

static __attribute__ ((__noinline__)) long
exec_on_stack (const struct exec *exec, const struct variables *variables)
{
  void *memory = __builtin_alloca (environment_size (variables));

  return enter_kernel (exec, make_environment (exec, variables, memory));
}

/* ---- the call ---- */

/* With the variables.  Descriptors that are kept pass if the program is TAKEN over: one
   that isn't doesn't know them.  */
static long
follow (const struct exec *exec, int taken)
{
  struct variables variables;
  long result;

  if (!read_environment (exec->environment, &variables) || variables.asked)
    return enter_kernel (exec, exec->environment);
  if (taken)
    __pure_let_pass (1);
  if (environment_size (&variables) <= ON_STACK)
    result = exec_on_stack (exec, &variables);
  else
    result = exec_in_area (exec, &variables);
  if (taken)
    __pure_let_pass (0);
  if (result != -E2BIG || __pure_process.start->follow == PURE_FOLLOW_ONLY)
    return result;
  report (exec, "its arguments and its environment leave no room");
  return enter_kernel (exec, exec->environment);
}

static long
exec (const struct exec *exec)
{
  const struct pure_start *start = __pure_process.start;
  enum pure_obstacle obstacle;
  const char *why;
  int variables;

  if (!follows_p (start))
    return enter_kernel (exec, exec->environment);
  obstacle = obstacle_of (exec, &variables);
  why = pure_obstacle_text (obstacle);
  if (why != NULL)
    {
      report (exec, why);
      if (start->follow == PURE_FOLLOW_ONLY)
	return -EACCES;
    }
  if (!variables)
    return enter_kernel (exec, exec->environment);
  return follow (exec, obstacle == PURE_NO_OBSTACLE);
}

static struct exec
exec_of (long number, long a1, long a2, long a3, long a4, long a5)
{
  if (number == __NR_execve)
    return (struct exec) { number, AT_FDCWD, (const char *) a1, a2, (char **) a3, 0 };
  return (struct exec) { number, a1, (const char *) a2, a3, (char **) a4, a5 };
}

long
__pure_exec (long number, long a1, long a2, long a3, long a4, long a5)
{
  const struct exec call = exec_of (number, a1, a2, a3, a4, a5);

  return exec (&call);
}

const char *
__pure_exec_obstacle (long number, long a1, long a2, long a3, long a4, long a5)
{
  const struct exec call = exec_of (number, a1, a2, a3, a4, a5);
  const struct pure_start *start = __pure_process.start;
  struct pure_file file;
  int variables;

  if (start == NULL)
    return PURE_NOT_STARTED_TEXT;
  if (start->follow == PURE_FOLLOW_NONE)
    return "pure-run was given --no-follow";
  if (start->follow == PURE_FOLLOW_BY_ROOT)
    return pure_obstacle_text (pure_obstacle (&file, call.directory, call.file,
					      call.flags));
  return pure_obstacle_text (obstacle_of (&call, &variables));
}

#else

const char *
__pure_exec_obstacle (long number __attribute__ ((__unused__)),
		      long a1 __attribute__ ((__unused__)),
		      long a2 __attribute__ ((__unused__)),
		      long a3 __attribute__ ((__unused__)),
		      long a4 __attribute__ ((__unused__)),
		      long a5 __attribute__ ((__unused__)))
{
  return PURE_NOT_STARTED_TEXT;
}

#endif

PURE_WEAK_ALIAS (pure_exec_obstacle);
