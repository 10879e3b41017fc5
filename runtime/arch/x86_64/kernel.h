/* Of the kernel's interface, what the assembly files have to know.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#ifndef PURE_KERNEL_H
#define PURE_KERNEL_H 1

#define NR_MMAP		9
#define NR_MUNMAP	11
#define NR_RT_SIGRETURN	15
#define NR_CLONE	56
#define NR_VFORK	58
#define NR_EXIT		60
#define NR_CLONE3	435

/* The numbers that pure-special.c's table has room for.  */
#define SPECIAL_NUMBERS	512
/* In the table of those: nothing is to be done but where handlers are stacked.  */
#define SPECIAL_IN_STACK 2

/* A page of memory.  */
#define PURE_PAGE	4096

#define PURE_EINTR	4

/* A result from -MAX_ERRNO on is an error.  */
#define MAX_ERRNO	4095

#define PROT_READ_WRITE	0x3	/* PROT_READ | PROT_WRITE */
#define MAP_PRIVATE_ANONYMOUS 0x22	/* MAP_PRIVATE | MAP_ANONYMOUS */

#ifdef __ASSEMBLER__
# define CLONE_VM	0x100
#endif

/* struct clone_args: the members that matter here, and its least size.  */
#define ARGS_FLAGS	0
#define ARGS_STACK	40
#define ARGS_STACK_SIZE	48
#define ARGS_SIZE_VER0	64

#endif /* kernel.h */
