/* Whatever makes a child can be refused, with any errno and in both
   conventions, and the caller learns it as from the kernel.  Where clone3 is
   refused with ENOSYS, libc goes back to clone, as on a kernel without it.  A
   result that the handler makes up is the caller's too.

   SPDX-License-Identifier: GPL-3.0-or-later  */

/* ways: same-namespace isolated */
#define _GNU_SOURCE
#include <gnu/libc-version.h>
#include "children.h"

static void
rule_all (enum control_action action, long value)
{
  for (int i = 0; i < MAKING_CALLS; i++)
    rule (making_calls[i], action, value);
}

static void
check_refused (const struct way_to_make *how, int error)
{
  int expected = -error;
  /* pthread_create (3) has no ENOMEM.  */
  if (how->make == by_pthread_create && error == ENOMEM)
    expected = -EAGAIN;
  /* popen (3) of glibc 2.36 says ENOMEM for whatever posix_spawn says.  */
  if (how->make == by_popen && strcmp (gnu_get_libc_version (), "2.41") < 0)
    expected = -ENOMEM;

  rule_all (ACTION_RETURN, -error);
  int raw = how->make ();
  rule_all (ACTION_ERRNO, error);
  int minus_one = how->make ();
  rule_all (ACTION_PASS, 0);
  if (raw != expected || minus_one != expected)
    fprintf (stderr, "%s, refused with %d: %d, %d\n", how->name, error, raw,
	     minus_one);
  CHECK (raw == expected && minus_one == expected);
}

/* Those that use clone3 on their own account fail, libc's functions don't.  */
static void
check_fallback (const struct way_to_make *how)
{
  long clones = seen (SYS_clone), clone3s = seen (SYS_clone3);
  rule (SYS_clone3, ACTION_RETURN, -ENOSYS);
  int status = how->make ();
  rule (SYS_clone3, ACTION_PASS, 0);

  clones = seen (SYS_clone) - clones;
  clone3s = seen (SYS_clone3) - clone3s;
  if (status == -ENOSYS)
    CHECK (clones == 0 && clone3s == 1);
  else
    CHECK (status == CHILD_STATUS && clone3s <= 1);
  if (how->sharing == EXECUTES || how->make == by_pthread_create)
    CHECK (status == CHILD_STATUS && clones == 1);
}

/* Another error is final.  */
static void
check_no_fallback (void)
{
  long clones = seen (SYS_clone), clone3s = seen (SYS_clone3);
  rule (SYS_clone3, ACTION_RETURN, -EPERM);
  int status = by_pthread_create ();
  rule (SYS_clone3, ACTION_PASS, 0);
  clone3s = seen (SYS_clone3) - clone3s;
  clones = seen (SYS_clone) - clones;
  CHECK (clone3s == 0 ? status == CHILD_STATUS : status == -EPERM);
  CHECK (clones == (clone3s == 0));
}

static void
check_made_up (void)
{
  rule_all (ACTION_RETURN, 4711);
  pid_t by_fork = fork (), by_vfork = vfork ();
  pid_t by_clone = clone (stack_child, child_stack + STACK_SIZE, SIGCHLD, NULL);
  rule_all (ACTION_PASS, 0);
  CHECK (by_fork == 4711 && by_vfork == 4711 && by_clone == 4711);
  CHECK (waitpid (-1, NULL, __WALL) == -1 && errno == ECHILD);
}

int
main (void)
{
  static const int errors[] = { EPERM, EAGAIN, ENOMEM, EINVAL, 4095 };

  parents_way = way ();
  for (int i = 0; i < WAYS; i++)
    {
      for (size_t e = 0; e < sizeof errors / sizeof *errors; e++)
	check_refused (&ways[i], errors[e]);
      check_refused (&ways[i], ENOSYS);
      check_fallback (&ways[i]);
      CHECK (ways[i].make () == CHILD_STATUS);
    }
  check_no_fallback ();
  check_made_up ();
  return 0;
}
