/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Calls whose child or frame is on another stack go by the thunk where their
   number is constant; a clone that is a fork is guarded, and so is one whose
   number nobody knows.  */
/* action: compile */
/* variants: -O0 | -O2 */
/* expect-report: {"function": "sigreturn_call", "number": 15, "name": "rt_sigreturn", "kind": "thunk", "residual": "rt_sigreturn needs the stack as the signal left it"} */
/* expect-report: {"function": "vfork_call", "number": 58, "name": "vfork", "kind": "thunk", "residual": "the child goes on on another stack, or on its parent's"} */
/* expect-report: {"function": "clone3_call", "number": 435, "name": "clone3", "kind": "thunk", "residual": "the child goes on on another stack, or on its parent's"} */
/* expect-report: {"function": "clone_thread", "number": 56, "name": "clone", "kind": "thunk", "residual": "the child may go on on another stack, or on its parent's"} */
/* expect-report: {"function": "clone_own_stack", "number": 56, "kind": "thunk", "residual": "the child may go on on another stack, or on its parent's"} */
/* expect-report: {"function": "clone_unknown", "number": 56, "kind": "thunk", "residual": "the child may go on on another stack, or on its parent's"} */
/* expect-report: {"function": "clone_shared_memory", "number": 56, "kind": "thunk", "residual": "the child may go on on another stack, or on its parent's"} */
/* expect-report: {"function": "clone_as_fork", "number": 56, "kind": "guarded"} */
/* expect-report: {"function": "clone_flags_alone", "number": 56, "kind": "guarded"} */
/* expect-report: {"function": "fork_call", "number": 57, "name": "fork", "kind": "guarded"} */
/* expect-report: {"function": "any_number", "number": null, "kind": "guarded"} */
/* expect-report: {"function": "in_a_variable", "number": 58, "kind": "thunk", "residual": "the child goes on on another stack, or on its parent's"} */
#include "testing.h"

#include <sched.h>
#include <signal.h>

#define CALL(name, ...)                                                       \
  long name (void *stack, long n)                                             \
  {                                                                           \
    long result;                                                              \
    (void) stack, (void) n;                                                   \
    __asm__ volatile ("syscall" : "=a" (result) : __VA_ARGS__ : CLOBBERS);    \
    return result;                                                            \
  }

enum
{
  /* <sched.h> has them for _GNU_SOURCE alone.  */
  VM = 0x100, THREAD = 0x10000, CHILD_SETTID = 0x1000000
};

CALL (sigreturn_call, "a" (15))
CALL (vfork_call, "a" (58L))
CALL (clone3_call, "a" (435), "D" (stack), "S" (88))
CALL (clone_thread, "a" (56), "D" (VM | THREAD), "S" (stack))
CALL (clone_own_stack, "a" (56), "D" (SIGCHLD), "S" (stack))
CALL (clone_unknown, "a" (56), "D" (n), "S" (0))
CALL (clone_shared_memory, "a" (56), "D" (VM | SIGCHLD), "S" (0))
CALL (clone_as_fork, "a" (56), "D" (CHILD_SETTID | SIGCHLD), "S" (0L), "d" (0))
CALL (clone_flags_alone, "a" (56), "D" (SIGCHLD), "S" ((void *) 0))
CALL (fork_call, "a" (57))
CALL (any_number, "a" (n), "D" (VM), "S" (stack))

long
in_a_variable (void)
{
  register long rax __asm__ ("rax") = 58;
  __asm__ volatile ("syscall" : "+r" (rax) : : CLOBBERS);
  return rax;
}
