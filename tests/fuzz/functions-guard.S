/* What a program of functions.sh's is linked with, besides the runtime.

   SPDX-License-Identifier: GPL-3.0-or-later

   Each guard is called by way of a function here (ld --wrap), which looks at
   how it is called, and destroys on its way back what a function may destroy,
   where that is asked for.  The same for __pure_site, which may destroy less, and
   does so on its way there.  */

#include "../plugin/lib/destroy.h"

	.text

#ifdef GUARDED
	.macro	guard nr
	.globl	__wrap___pure_guard\nr
	.type	__wrap___pure_guard\nr, @function
	.p2align 4
__wrap___pure_guard\nr:
	.cfi_startproc
	endbr64
	pushq	%rbp
	.cfi_def_cfa_offset 16
	.cfi_offset %rbp, -16
	movq	%rsp, %rbp
	.cfi_def_cfa_register %rbp
	pushfq
	popq	%rax
	testb	$15, %spl
	jne	1f
	testl	$0x400, %eax	/* the direction flag */
	jne	1f
	.if	\nr == 6
	subq	$8, %rsp
	pushq	16(%rbp)	/* the number */
	/* Its place on the stack is the guard's.  */
	movq	$0x5ca1ab1e, 16(%rbp)
	.endif
	call	__real___pure_guard\nr
	.cfi_remember_state
	leave
	.cfi_def_cfa %rsp, 8
	cmpb	$0, functions_jumping(%rip)
	jne	functions_jump
	cmpb	$0, functions_destroying(%rip)
	jne	functions_destroy
	ret
	.cfi_restore_state
1:	leaq	2f(%rip), %rdi
	andq	$-16, %rsp
	cld
	call	functions_bad_entry
	hlt
2:	.asciz	"__pure_guard\nr"
	.cfi_endproc
	.size	__wrap___pure_guard\nr, . - __wrap___pure_guard\nr
	.endm

	.irp	nr, 0, 1, 2, 3, 4, 5, 6
	guard	\nr
	.endr

/* Destroy what the CPU has of vector and mask registers but xmm0 to xmm15.  */
	.macro	destroy_large_vectors
	cmpb	$1, functions_vectors(%rip)
	jb	.Ldone\@
	je	.Lymm\@
	.irp	reg, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
	vpternlogd $0xff, %zmm\reg, %zmm\reg, %zmm\reg
	.endr
	.irp	reg, 0, 1, 2, 3, 4, 5, 6, 7
	kxnorq	%k\reg, %k\reg, %k\reg
	.endr
	jmp	.Ldone\@
.Lymm\@:	vxorps	%ymm0, %ymm0, %ymm0
	.irp	reg, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0
	vcmpps	$15, %ymm\reg, %ymm\reg, %ymm\reg	/* all true */
	.endr
.Ldone\@:
	.endm

/* Destroy what a function may, but rax.  */
	.globl	functions_destroy
	.type	functions_destroy, @function
	.p2align 4
functions_destroy:
	.cfi_startproc
	destroy_large_vectors
	destroy_caller_saved
	ret
	.cfi_endproc
	.size	functions_destroy, . - functions_destroy

/* The number is in rax, the address to go on at in rcx, and r11 is used too.  */
	.globl	__wrap___pure_site
	.type	__wrap___pure_site, @function
	.p2align 4
__wrap___pure_site:
	.cfi_startproc
	.cfi_def_cfa %rsp, 0
	.cfi_register %rip, %rcx
	cmpb	$0, functions_destroying(%rip)
	je	1f
	destroy_large_vectors
	destroy_vectors
1:	jmp	__real___pure_site
	.cfi_endproc
	.size	__wrap___pure_site, . - __wrap___pure_site
#endif

/* Where the kernel's signal handler returns to.  */
	.globl	functions_restorer
	.type	functions_restorer, @function
functions_restorer:
	movl	$15, %eax	/* rt_sigreturn */
	syscall
	.size	functions_restorer, . - functions_restorer

	.section .note.GNU-stack, "", @progbits
