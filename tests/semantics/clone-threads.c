/* clone and clone3 with the flags that make a thread: CLONE_SETTLS gives the
   child a thread pointer, and with it an errno and an in-handler mark of its
   own, so that it and its parent make calls at once; CLONE_PARENT_SETTID and
   CLONE_CHILD_SETTID write its ID, and CLONE_CHILD_CLEARTID wakes who waits
   for its end.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <linux/futex.h>
#include "children.h"

enum { ROUNDS = 40, CALLS = 100, ERRNO_OF_CHILD = 1234 };

static void *(*allocate_tls) (void *);
static void (*deallocate_tls) (void *, _Bool);
static int childs_id, lives, childs_sum;

/* What libc keeps in front of a thread's data: the block's address, twice,
   and from 0x28 on the canary and the pointer guard.  */
static void *
make_tls (void)
{
  char **block = allocate_tls (NULL);
  CHECK (block);
  block[0] = block[2] = (char *) block;
  for (int i = 0x28 / 8; i <= 0x30 / 8; i++)
    __asm__ ("movq %%fs:(%1), %0" : "=r" (block[i]) : "r" (i * 8L));
  return block;
}

/* Make calls, and tell how many were not answered as they should be.  */
static int
make_calls (void)
{
  int failures = 0;
  for (int i = 0; i < CALLS; i++)
    {
      failures += way () != parents_way;
      failures += close (-1) != -1 || errno != EBADF;
      failures += site0 (SYS_gettid) <= 0;
    }
  return failures;
}

static int
child (void *arg)
{
  (void) arg;
  errno = ERRNO_OF_CHILD;
  if (childs_id != site0 (SYS_gettid) || errno != ERRNO_OF_CHILD)
    return 1;
  childs_sum = make_calls ();
  return 0;
}

/* Until the kernel has cleared LIVES; it may have done so already.  */
static void
wait_for_end (void)
{
  int id;
  while ((id = __atomic_load_n (&lives, __ATOMIC_ACQUIRE)) != 0)
    syscall (SYS_futex, &lives, FUTEX_WAIT, id, NULL, NULL, 0);
}

static void
check (int by_clone3)
{
  unsigned long flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND
			| CLONE_THREAD | CLONE_SYSVSEM | CLONE_SETTLS
			| CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID
			| CLONE_CHILD_SETTID;
  void *tls = make_tls ();
  struct clone_args args = { .flags = flags,
			     .child_tid = (uintptr_t) &lives,
			     .parent_tid = (uintptr_t) &childs_id,
			     .stack = (uintptr_t) child_stack,
			     .stack_size = STACK_SIZE,
			     .tls = (uintptr_t) tls };
  long id, before = seen (SYS_gettid);

  lives = childs_sum = -1;
  errno = 0;
  if (by_clone3)
    id = clone3_site (&args, sizeof args, child, NULL);
  else
    id = clone (child, child_stack + STACK_SIZE, (int) flags, NULL, &childs_id,
		tls, &lives);
  CHECK (id > 0);
  int sum = make_calls ();
  wait_for_end ();
  CHECK (childs_id == id);
  CHECK (sum == 0 && childs_sum == 0);
  CHECK (errno != ERRNO_OF_CHILD);
  if (parents_way != NO_HANDLER)
    CHECK (seen (SYS_gettid) == before + 2 * CALLS + 1);
  deallocate_tls (tls, 1);
}

int
main (void)
{
  *(void **) &allocate_tls = dlsym (RTLD_DEFAULT, "_dl_allocate_tls");
  *(void **) &deallocate_tls = dlsym (RTLD_DEFAULT, "_dl_deallocate_tls");
  CHECK (allocate_tls && deallocate_tls);
  parents_way = way ();
  for (int by = PASS_NATIVE; by <= PASS_SYSCALL; by++)
    {
      pass_by (by);
      for (int i = 0; i < ROUNDS; i++)
	check (i % 2);
    }
  return 0;
}
