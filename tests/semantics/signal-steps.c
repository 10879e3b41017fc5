/* A signal may arrive anywhere on a call's way, and make calls of its own: the
   interrupted call is as it would have been, its errno too, and those of the
   signal are diverted.

   The exception: a signal that interrupts the handler itself makes native calls.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <link.h>
#include <stdint.h>
#include "steps.h"

enum { UNTOUCHED = 12345 };

static enum way parents_way;
static volatile long steps, steps_in_handler, lost;
static volatile long native, native_in_program, diverted_in_handler;
static long parent;

/* Where a piece of code is mapped.  */
struct range
{
  uintptr_t inside, start, end;
};

static struct range program, handler;

static int
find_range (struct dl_phdr_info *info, size_t size, void *arg)
{
  struct range *range = (struct range *) arg;
  (void) size;
  for (int i = 0; i < info->dlpi_phnum; i++)
    {
      const ElfW (Phdr) *header = &info->dlpi_phdr[i];
      uintptr_t start = info->dlpi_addr + header->p_vaddr;
      if (header->p_type == PT_LOAD && range->inside >= start
	  && range->inside < start + header->p_memsz)
	{
	  range->start = start;
	  range->end = start + header->p_memsz;
	  return 1;
	}
    }
  return 0;
}

static int
in_range (const struct range *range, uintptr_t address)
{
  return address >= range->start && address < range->end;
}

static void
on_step (int signal, siginfo_t *info, void *context)
{
  unsigned long where = *interrupted_at (context);
  enum way here = way ();
  (void) signal, (void) info;

  steps++;
  steps_in_handler += in_range (&handler, where);
  if (site0 (SYS_getppid) != parent)
    lost++;
  if (here == parents_way)
    diverted_in_handler += in_range (&handler, where);
  else if (here != NO_HANDLER)
    lost++;
  else if (in_range (&program, where))
    native_in_program++;
  else
    native++;
}

static void
check_call (long (*call) (void))
{
  long before = seen (SYS_getppid), steps_before = steps;

  errno = UNTOUCHED;
  start_steps ();
  long result = call ();
  stop_steps ();
  CHECK (result == parent && errno == UNTOUCHED);
  CHECK (steps > steps_before + 2);
  CHECK (lost == 0 && native_in_program == 0);
  if (parents_way != NO_HANDLER)
    CHECK (seen (SYS_getppid) > before + 1 && native > 0);
  /* Where an isolated handler is, the program can't know.  */
  if (parents_way == SAME_NAMESPACE)
    CHECK (steps_in_handler > 0 && diverted_in_handler == 0);
}

int
main (void)
{
  parent = getppid ();
  parents_way = way ();
  program.inside = (uintptr_t) on_step;
  CHECK (dl_iterate_phdr (find_range, &program) == 1);
  if (parents_way == SAME_NAMESPACE)
    {
      handler.inside = site0 (CONTROL_ADDRESS);
      CHECK (dl_iterate_phdr (find_range, &handler) == 1);
    }
  handle_steps (on_step);
  for (int by = PASS_NATIVE; by <= PASS_SYSCALL; by++)
    {
      pass_by (by);
      for (int i = 0; i < STEP_CALLS; i++)
	for (int round = 0; round < 3; round++)
	  check_call (step_calls[i]);
    }
  return 0;
}
