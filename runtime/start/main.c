/* The take-over, in order.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <link.h>
#include <sys/stat.h>
#include "start.h"

unsigned int la_version (unsigned int version)
  __attribute__ ((__visibility__ ("default")));

/* The process isn't taken over: it goes on natively, but for the program that was to
   be under a handler, or nowhere else.  */
static void
give_up (struct process *process, const struct pure_start *start, int first_hop)
{
  if (start && (first_hop || start->follow == PURE_FOLLOW_ONLY))
    kernel_call (__NR_exit_group, 2, 0, 0, 0, 0, 0);
  restore_environment (process, AT_IGNORE, 0);
}

/* The auxiliary vector's value of TYPE.  */
static unsigned long *
auxiliary (const struct process *process, unsigned long type)
{
  Elf64_auxv_t *a = process->auxiliary;

  while (a->a_type != AT_NULL && a->a_type != type)
    a++;
  return &a->a_un.a_val;
}

/* Is the program another pure-run?  That makes its program's start of ours.  */
static int
runner_p (const struct process *process, const struct pure_start *start)
{
  struct stat status;

  return (start->runner_inode != 0
	  && kernel_call (__NR_stat, *auxiliary (process, AT_EXECFN), (long) &status, 0,
			  0, 0, 0) == 0
	  && status.st_dev == start->runner_device
	  && status.st_ino == start->runner_inode);
}

static void __attribute__ ((__noreturn__))
hand_over (struct process *process, struct pure_start *start,
	   const struct loader *loader, struct range memory)
{
  const char *removed = process->environment[process->variables - 2];
  struct range self = object_range ((const void *) hand_over);
  struct range kept[KEPT]
    = { span_of (process->segments, process->segment_count, process->bias),
	loader->range, memory, self };

  if (start->processor)
    hand_on_processor (loader, start->processor);
  restore_dynamic (process);
  *auxiliary (process, AT_BASE) = loader->range.start;
  restore_environment (process, PURE_AUXILIARY_TYPE, (unsigned long) start);
  clear_thread_pointer ();
  tell_kernel (process, removed);
  unmap_first (process, kept);
  start->unneeded = self.start;
  start->unneeded_size = self.end - self.start;
  enter (loader->entry, process->stack);
}

unsigned int
la_version (unsigned int version)
{
  struct process process;
  struct pure_start *start = NULL;
  struct range memory;
  struct loader loader;
  const char *wrong;
  int first_hop;

  (void) version;
  if (!find_process (&process, __builtin_return_address (0)))
    {
      complain (PURE_AUDIT_VARIABLE, "this dynamic linker isn't one of glibc's");
      kernel_call (__NR_exit_group, 2, 0, 0, 0, 0, 0);
    }
  if (!find_ours (&process))
    {
      complain (PURE_START_VARIABLE, "it isn't in the environment");
      return 0;
    }
  first_hop = process.environment[process.variables - 1][sizeof PURE_START_VARIABLE]
	      == PURE_FIRST_HOP;
  if (failed (make_start (&process, &start, &memory)))
    wrong = "no memory";
  else if (runner_p (&process, start))
    {
      kernel_call (__NR_munmap, memory.start, memory.end - memory.start, 0, 0, 0, 0);
      return 0;
    }
  else
    wrong = map_loader (start->loader, &loader);
  if (!wrong && !forget_thread (&process))
    wrong = "the system's dynamic linker keeps what it has registered with the kernel";
  if (!wrong)
    hand_over (&process, start, &loader, memory);
  complain (start ? start->loader : PURE_START_VARIABLE, wrong);
  give_up (&process, start, first_hop);
  return 0;
}
