/* Where C and assembly find what they share in memory.

   SPDX-License-Identifier: LGPL-2.1-or-later

   In bytes.  Where C has a structure for it, its file asserts that they are
   the structure's.  */

#ifndef PURE_ABI_OFFSETS_H
#define PURE_ABI_OFFSETS_H 1

/* A thread's mark and frame (mark.h), and the system call that a function of a
   pure glibc makes in place of the vDSO, with its first two arguments
   (pure-vdso.c).  In a pure glibc, from the thread pointer: words of the thread
   control block that glibc doesn't use.  pure-vdso.c asserts that.  */
#define PURE_MARK_OFFSET 0x38
#define PURE_FRAME_OFFSET 0x40
#define PURE_ASKED_NUMBER 0x80
#define PURE_ASKED_A1 0x88
#define PURE_ASKED_A2 0x90

/* And those by which a thread knows that it is in an isolated handler's own code,
   and what signals have come since (pure-inside.h).  */
#define PURE_INSIDE_OFFSET 0x98
#define PURE_HELD_OFFSET 0xa0
#define PURE_HELD_MASK_OFFSET 0xa8
#define PURE_ASIDE_OFFSET 0xb0

/* And for the stack that it has for an isolated handler (pure-stack.h), and the
   alternate signal stack that its last signal found.  */
#define PURE_STACK_OFFSET 0xb8
#define PURE_STACK_BASE_OFFSET 0xc0
#define PURE_ALTERNATE_OFFSET 0xc8
#define PURE_ALTERNATE_SIZE_OFFSET 0xd0

/* And where handlers are stacked: which one the thread is in, and the word of
   pure-inside.h for which that holds (pure-levels.h).  Non-zero: the thread is one of a
   handler's own.  */
#define PURE_LEVEL_OFFSET 0xd8
#define PURE_LEVEL_INSIDE_OFFSET 0xe0
#define PURE_OWN_THREAD_OFFSET 0xe8

/* What the list of those has of it (struct pure_own_thread); the call of the fork that an
   isolated handler's C library takes part in (pure-fork.c); and the thread-specific data
   of each auditor (pure-specific.c), a word for each namespace.  As thread-local data
   they would take room for static TLS from the program's libraries.  */
#define PURE_OWN_LISTED_OFFSET 0xf0
#define PURE_FORK_OFFSET 0x100
#define PURE_SPECIFIC_OFFSET 0x108

/* In libpurecc, in the thread-local array __pure_thread.  */
#define PURE_THREAD_MARK 0
#define PURE_THREAD_FRAME 8

/* In struct pure_outer (mark.h).  The gateway pushes one.  */
#define PURE_OUTER_FRAME 0
#define PURE_OUTER_MARK 8
#define PURE_OUTER_SIZE 16

/* The bit of a thread's `cancelhandling' that says that it is to be cancelled.
   pure-cancel.h asserts that.  */
#define PURE_CANCELED 0x08

/* In struct pure_process and struct pure_isolated (pure-process.h).  */
#define PURE_PROCESS_POINTER 0
#define PURE_PROCESS_EARLY 8
#define PURE_PROCESS_FLAGS 16
#define PURE_ISOLATED_HANDLER 0
#define PURE_ISOLATED_ERRNO 8
#define PURE_ISOLATED_LEVEL 16

#endif /* offsets.h */
