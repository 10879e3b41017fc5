/* Every way to make a child: each makes one, waits for it, and returns its
   status, which is CHILD_STATUS if its calls went the way of its parent's, or
   -errno if it wasn't made.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef CHILDREN_H
#define CHILDREN_H 1

#include <errno.h>
#include <linux/sched.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include "semantics.h"

enum { CHILD_STATUS = 42, CHILD_LOST = 1, STACK_SIZE = 65536 };

static enum way parents_way;
static char child_stack[STACK_SIZE] __attribute__ ((__aligned__ (16)));

/* Clone3 with a stack for the child, and what clone () does in libc: the child
   calls FUNCTION (ARG) and exits with what that returns.  */
long clone3_site (struct clone_args *args, size_t size,
		  int (*function) (void *), void *arg);

__asm__ (
  "	.text\n"
  "	.globl	clone3_site\n"
  "clone3_site:\n"
  "	movq	%rdx, %r8\n"
  "	movq	%rcx, %r9\n"
  "	movl	$435, %eax\n"
  "	syscall\n"
  "	testq	%rax, %rax\n"
  "	jz	1f\n"
  "	ret\n"
  "1:	xorl	%ebp, %ebp\n"
  "	movq	%r9, %rdi\n"
  "	call	*%r8\n"
  "	movl	%eax, %edi\n"
  "	movl	$60, %eax\n"
  "	syscall\n"
  "	hlt\n");

static inline int
child_status (void)
{
  return way () == parents_way ? CHILD_STATUS : CHILD_LOST;
}

/* For children on child_stack.  */
static int
stack_child (void *arg)
{
  (void) arg;
  uintptr_t here = (uintptr_t) __builtin_frame_address (0);
  uintptr_t stack = (uintptr_t) child_stack;
  if (here < stack || here >= stack + STACK_SIZE)
    return CHILD_LOST;
  return child_status ();
}

/* RESULT is a process ID, or -errno.  */
static int
finish_raw (long result)
{
  int status;
  if (result < 0)
    return (int) result;
  CHECK (waitpid ((pid_t) result, &status, __WALL) == result);
  return WIFEXITED (status) ? WEXITSTATUS (status) : 256 + WTERMSIG (status);
}

static int
finish (pid_t pid)
{
  return finish_raw (pid < 0 ? -errno : pid);
}

static int
by_fork (void)
{
  pid_t pid = fork ();
  if (pid == 0)
    _exit (child_status ());
  return finish (pid);
}

static int
by_Fork (void)
{
  pid_t pid = _Fork ();
  if (pid == 0)
    _exit (child_status ());
  return finish (pid);
}

static int
by_vfork (void)
{
  pid_t pid = vfork ();
  if (pid == 0)
    _exit (child_status ());
  return finish (pid);
}

static int
by_clone (void)
{
  return finish (clone (stack_child, child_stack + STACK_SIZE, SIGCHLD, NULL));
}

static int
by_clone_vfork (void)
{
  return finish (clone (stack_child, child_stack + STACK_SIZE,
			CLONE_VM | CLONE_VFORK | SIGCHLD, NULL));
}

/* The child has the parent's thread pointer, and with it the in-handler mark:
   here one makes no diverted call while the other may make one.  The child is
   alive until the kernel clears the second word.  */
static int may_start, is_alive;

/* Give the CPU away by a call that no handler sees.  */
static void __attribute__ ((purecc_native))
relax (void)
{
  long result;
  __asm__ __volatile__ ("syscall"
			: "=a" (result)
			: "0" ((long) SYS_sched_yield)
			: "rcx", "r11", "memory");
}

static int
sharing_child (void *arg)
{
  while (!__atomic_load_n (&may_start, __ATOMIC_ACQUIRE))
    relax ();
  return stack_child (arg);
}

static int
by_clone_vm (void)
{
  may_start = 0;
  is_alive = 1;
  pid_t pid = clone (sharing_child, child_stack + STACK_SIZE,
		     CLONE_VM | CLONE_CHILD_CLEARTID | SIGCHLD, NULL, NULL,
		     NULL, &is_alive);
  __atomic_store_n (&may_start, 1, __ATOMIC_RELEASE);
  while (pid > 0 && __atomic_load_n (&is_alive, __ATOMIC_ACQUIRE))
    relax ();
  return finish (pid);
}

static int
by_clone_site (void)
{
  long result;
  register long r10 __asm__ ("r10") = 0;
  register long r8 __asm__ ("r8") = 0;
  __asm__ __volatile__ ("syscall"
			: "=a" (result)
			: "0" ((long) SYS_clone), "D" ((long) SIGCHLD),
			  "S" (0L), "d" (0L), "r" (r10), "r" (r8)
			: "rcx", "r11", "memory");
  if (result == 0)
    _exit (child_status ());
  return finish_raw (result);
}

/* Without a stack: with FLAGS that share memory, the child runs on this
   one.  */
static inline __attribute__ ((__always_inline__)) int
clone3_without_stack (unsigned long flags)
{
  struct clone_args args;
  long result;

  memset (&args, 0, sizeof args);
  args.flags = flags;
  args.exit_signal = SIGCHLD;
  __asm__ __volatile__ ("syscall"
			: "=a" (result)
			: "0" ((long) SYS_clone3), "D" (&args),
			  "S" (sizeof args)
			: "rcx", "r11", "memory");
  if (result == 0)
    _exit (child_status ());
  return finish_raw (result);
}

static int
by_clone3_site (void)
{
  return clone3_without_stack (0);
}

static int
by_clone3_site_vfork (void)
{
  return clone3_without_stack (CLONE_VM | CLONE_VFORK);
}

static int
clone3_with_stack (unsigned long flags)
{
  struct clone_args args;

  memset (&args, 0, sizeof args);
  args.flags = flags;
  args.exit_signal = SIGCHLD;
  args.stack = (uintptr_t) child_stack;
  args.stack_size = STACK_SIZE;
  return finish_raw (clone3_site (&args, sizeof args, stack_child, NULL));
}

static int
by_clone3_stack (void)
{
  return clone3_with_stack (0);
}

static int
by_clone3_stack_vfork (void)
{
  return clone3_with_stack (CLONE_VM | CLONE_VFORK);
}

extern char **environ;

static int
by_posix_spawn (void)
{
  char shell[] = "sh", option[] = "-c", command[] = "exit 42";
  char *argv[] = { shell, option, command, NULL };
  posix_spawn_file_actions_t actions;
  pid_t pid;

  CHECK (posix_spawn_file_actions_init (&actions) == 0);
  CHECK (posix_spawn_file_actions_adddup2 (&actions, 2, 1) == 0);
  int error = posix_spawn (&pid, "/bin/sh", &actions, NULL, argv, environ);
  CHECK (posix_spawn_file_actions_destroy (&actions) == 0);
  return finish_raw (error ? -error : pid);
}

static int
by_system (void)
{
  errno = 0;
  int status = system ("exit 42");
  /* 127 where no shell could be started.  When one was, errno says nothing.  */
  if (status == -1 || WEXITSTATUS (status) == 127)
    return -errno;
  return WEXITSTATUS (status);
}

static int
by_popen (void)
{
  char line[8] = "";
  FILE *pipe = popen ("echo hello; exit 42", "r");
  if (!pipe)
    return -errno;
  CHECK (fgets (line, sizeof line, pipe) && strcmp (line, "hello\n") == 0);
  return WEXITSTATUS (pclose (pipe));
}

static void *
thread (void *arg)
{
  *(int *) arg = child_status ();
  return arg;
}

static int
by_pthread_create (void)
{
  pthread_t id;
  void *result;
  int status = CHILD_LOST;
  int error = pthread_create (&id, NULL, thread, &status);
  if (error)
    return -error;
  CHECK (pthread_join (id, &result) == 0 && result == &status);
  return status;
}

/* What a child shares with its parent.  */
enum sharing { SHARES_NOTHING, SHARES_MEMORY, EXECUTES };

static const struct way_to_make
{
  const char *name;
  int (*make) (void);
  enum sharing sharing;
} ways[] = {
  { "fork", by_fork, SHARES_NOTHING },
  { "_Fork", by_Fork, SHARES_NOTHING },
  { "vfork", by_vfork, SHARES_MEMORY },
  { "clone", by_clone, SHARES_NOTHING },
  { "clone, CLONE_VM", by_clone_vm, SHARES_MEMORY },
  { "clone, CLONE_VM and CLONE_VFORK", by_clone_vfork, SHARES_MEMORY },
  { "clone without a stack", by_clone_site, SHARES_NOTHING },
  { "clone3 without a stack", by_clone3_site, SHARES_NOTHING },
  { "clone3 without a stack, CLONE_VM and CLONE_VFORK", by_clone3_site_vfork,
    SHARES_MEMORY },
  { "clone3", by_clone3_stack, SHARES_NOTHING },
  { "clone3, CLONE_VM and CLONE_VFORK", by_clone3_stack_vfork,
    SHARES_MEMORY },
  { "posix_spawn", by_posix_spawn, EXECUTES },
  { "system", by_system, EXECUTES },
  { "popen", by_popen, EXECUTES },
  { "pthread_create", by_pthread_create, SHARES_MEMORY },
};

enum { WAYS = sizeof ways / sizeof *ways };

/* The calls that make children.  */
static const long making_calls[]
  = { SYS_fork, SYS_vfork, SYS_clone, SYS_clone3 };

enum { MAKING_CALLS = sizeof making_calls / sizeof *making_calls };

#endif /* children.h */
