/* The handler of these tests: it counts calls, and does with each what the
   program asks it to; see control.h.

   CONTROL_REFUSE in the environment, "NUMBER=ERRNO NUMBER=ERRNO ...", are
   calls that it refuses from the first one on.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <errno.h>
#include <purecc.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "control.h"

/* Written and read by any thread, with relaxed loads and stores.  */
struct rule
{
  long action, value, seen, left, count;
};

static struct rule rules[CONTROL_NUMBERS];
static long pass_by;

#define LOAD(object) __atomic_load_n (&(object), __ATOMIC_RELAXED)
#define STORE(object, value)						\
  __atomic_store_n (&(object), (value), __ATOMIC_RELAXED)
#define INCREMENT(object) __atomic_fetch_add (&(object), 1, __ATOMIC_RELAXED)

static struct rule *
find_rule (long number)
{
  static struct rule other;
  return number >= 0 && number < CONTROL_NUMBERS ? &rules[number] : &other;
}

static void
leave (struct rule **rule)
{
  INCREMENT ((*rule)->left);
}

static long
pass (long number, const long *a)
{
  if (LOAD (pass_by) == PASS_SYSCALL)
    return syscall (number, a[0], a[1], a[2], a[3], a[4], a[5]);
  return pure_native_syscall (number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

static void
spin (int *words)
{
  __atomic_store_n (&words[1], 1, __ATOMIC_RELEASE);
  while (!__atomic_load_n (&words[0], __ATOMIC_ACQUIRE))
    __asm__ __volatile__ ("pause");
}

static long
obey (struct rule *rule, long number, const long *a)
{
  long value = LOAD (rule->value);

  switch (LOAD (rule->action))
    {
    case ACTION_RETURN:
      errno = value == -1 ? 0 : ENOTRECOVERABLE;
      return value;
    case ACTION_ERRNO:
      errno = (int) value;
      return -1;
    case ACTION_CALL:
      return ((control_function *) value) (number, a);
    case ACTION_TRAP:
      __asm__ __volatile__ ("int3" : : : "memory");
      return pass (number, a);
    case ACTION_SPIN:
      spin ((int *) value);
      return pass (number, a);
    case ACTION_RECEIVE:
      return a[0] == value
	       ? pass (SYS_recvfrom, (const long[6]) { a[0], a[1], a[2] })
	       : pass (number, a);
    case ACTION_EXIT:
      return pure_native_syscall (SYS_exit_group, value, 0, 0, 0, 0, 0);
    case ACTION_CRASH:
      __builtin_trap ();
      return 0;
    default:
      return pass (number, a);
    }
}

static long
set_rule (struct rule *rule, long action, long value)
{
  STORE (rule->value, value);
  STORE (rule->action, action);
  return 0;
}

static long
control (long number, long nr, ...)
{
  long a[6] = { 0 };
  va_list list;
  va_start (list, nr);
  for (int i = 0; i < nr; i++)
    a[i] = va_arg (list, long);
  va_end (list);

  struct rule *rule __attribute__ ((__cleanup__ (leave))) = find_rule (number);
  INCREMENT (rule->seen);
  STORE (rule->count, nr + 1);
  switch (number)
    {
    case CONTROL_HELLO:
      return CONTROL_MAGIC + pure_isolated ();
    case CONTROL_RULE:
      return set_rule (find_rule (a[0]), a[1], a[2]);
    case CONTROL_SEEN:
      return LOAD (find_rule (a[0])->seen);
    case CONTROL_LEFT:
      return LOAD (find_rule (a[0])->left);
    case CONTROL_COUNT:
      return LOAD (find_rule (a[0])->count) - 1;
    case CONTROL_PASS:
      STORE (pass_by, a[0]);
      return 0;
    case CONTROL_ADDRESS:
      return (long) control;
    }
  if (LOAD (rule->action) == ACTION_STACK)
    return (long) __builtin_dwarf_cfa ();
  return obey (rule, number, a);
}

static int
start (int argc, char **argv, char **envp)
{
  static const char name[] = "CONTROL_REFUSE=";
  char *rest = NULL;

  (void) argc, (void) argv;
  for (; *envp; envp++)
    if (strncmp (*envp, name, sizeof name - 1) == 0)
      rest = *envp + sizeof name - 1;
  while (rest && *rest)
    {
      long number = strtol (rest, &rest, 10);
      if (*rest == '=')
	set_rule (find_rule (number), ACTION_RETURN,
		  -strtol (rest + 1, &rest, 10));
      while (*rest == ' ')
	rest++;
    }
  return 0;
}

PURE_HANDLER_INIT (control, start);
