#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What is recorded as guarded and is not, by its code, is raw: a record alone
# proves nothing.
set -eu
. "$(dirname "$0")/cases.inc"

forms="object shared exec"

check "no test at all" "raw" <<'END'
f:	recorded guarded
	ret
END

check "a test, but no record" "raw" <<'END'
f:	load	%rax
	test_at	%rax
	syscall
	ret
END

check "a way around the test" "raw" <<'END'
f:	load	%rax
	testl	%edi, %edi
	jz	1f
	test_at	%rax
1:	recorded guarded
	ret
END

check "one test for two" "guarded raw" <<'END'
f:	load	%rax
	test_at	%rax
	recorded guarded
	recorded guarded
	ret
END

check "one test before a loop" "raw" <<'END'
f:	load	%rax
	test_at	%rax
1:	recorded guarded
	testq	%rax, %rax
	js	1b
	ret
END

check "the branch is the other way around" "raw" <<'END'
f:	load	%rax
	cmpq	$0, (%rax)
	je	slow
	recorded guarded
	ret
END

check "by a branch that is taken" "raw" <<'END'
f:	load	%rax
	cmpq	$0, (%rax)
	je	1f
	call	slow
	ret
1:	recorded guarded
	ret
END

check "no stub, or that of the thunk" "raw raw raw raw" <<'END'
f:	load	%rcx
	cmpq	$0, (%rcx)
	leaq	2f(%rip), %rcx
	jne	slow
	recorded guarded
2:	load	%rcx
	cmpq	$0, (%rcx)
	leaq	3f(%rip), %rcx
	jne	__pure_stub_thunk
	recorded guarded
3:	load	%rcx
	cmpq	$0, (%rcx)
	leaq	4f(%rip), %rcx
	jne	other
	recorded guarded
4:	load	%rcx
	cmpq	$0, (%rcx)
	leaq	5f(%rip), %rcx
	jne	elsewhere
	recorded guarded
5:	ret
	.type	other, @function
other:	movl	$9, %r10d
	jmp	*__pure_site@GOTPCREL(%rip)
	.type	elsewhere, @function
elsewhere:
	movl	$9, %r11d
	jmp	*__pure_thunk@GOTPCREL(%rip)
END

check "after the branch that is taken" "raw" <<'END'
f:	load	%rax
	cmpq	$0, (%rax)
	jne	1f
	ret
1:	recorded guarded
	ret
END

check "another variable" "raw" <<'END'
f:	movq	other@GOTPCREL(%rip), %rax
	test_at	%rax
	recorded guarded
	ret
	.comm	other, 8, 8
END

check "next to the pointer" "raw" <<'END'
f:	load	%rax
	cmpq	$0, 8(%rax)
	jne	slow
	recorded guarded
	ret
END

check "another variable, through words of the file's own" "raw raw raw" <<'END'
f:	movq	other(%rip), %rax
	test_at	%rax
	recorded guarded
	movq	next(%rip), %rax
	test_at	%rax
	recorded guarded
	movq	none(%rip), %rax
	test_at	%rax
	recorded guarded
	ret
	.data
	.p2align 3
other:	.quad	variable
next:	.quad	__pure_syscall + 8
none:	.quad	0
variable: .quad	0
END

check "half of the pointer" "raw" <<'END'
f:	load	%rax
	cmpl	$0, (%rax)
	jne	slow
	recorded guarded
	ret
END

check "compared with something else" "raw" <<'END'
f:	load	%rax
	cmpq	$1, (%rax)
	jne	slow
	recorded guarded
	ret
END

check "in another segment" "raw" <<'END'
f:	load	%rax
	cmpq	$0, %fs:(%rax)
	jne	slow
	recorded guarded
	ret
END

check "the register was changed" "raw raw raw raw raw raw" <<'END'
f:	load	%rax
	addl	$8, %eax
	test_at	%rax
	recorded guarded
	load	%rbx
	xchgq	%rbx, %rdi
	test_at	%rbx
	recorded guarded
	load	%rdx
	mulq	%rsi
	test_at	%rdx
	recorded guarded
	load	%rax
	lock cmpxchgq %rsi, (%rdi)
	test_at	%rax
	recorded guarded
	load	%rcx
	call	slow
	test_at	%rcx
	recorded guarded
	load	%rcx
	cmovzq	%rdi, %rcx
	test_at	%rcx
	recorded guarded
	ret
END

check "the register is right on one path only" "raw" <<'END'
f:	testl	%edi, %edi
	jz	1f
	load	%rax
1:	test_at	%rax
	recorded guarded
	ret
END

check "the word on the stack was changed" "raw raw raw raw" <<'END'
f:	load	%rax
	movq	%rax, 8(%rsp)
	movl	%edi, 12(%rsp)
	movq	8(%rsp), %rcx
	test_at	%rcx
	recorded guarded
	load	%rax
	movq	%rax, 8(%rsp)
	pushq	%rdi
	movq	8(%rsp), %rcx
	test_at	%rcx
	recorded guarded
	load	%rax
	movq	%rax, 8(%rsp)
	movq	%rdi, (%rsp, %rdx, 8)
	movq	8(%rsp), %rcx
	test_at	%rcx
	recorded guarded
	load	%rax
	movq	%rax, -8(%rsp)
	call	slow
	movq	-8(%rsp), %rcx
	test_at	%rcx
	recorded guarded
	ret
END

check "the flags were changed" "raw" <<'END'
f:	load	%rax
	cmpq	$0, (%rax)
	testl	%edi, %edi
	jne	slow
	recorded guarded
	ret
END

check "a jump to the branch, past the comparison" "raw" <<'END'
f:	load	%rax
	testl	%edi, %edi
	jz	1f
	cmpq	$0, (%rax)
1:	jne	slow
	recorded guarded
	ret
END

check "another function jumps there" "raw" <<'END'
f:	load	%rax
	test_at	%rax
1:	recorded guarded
	ret
	.type	g, @function
g:	jmp	1b
	.size	g, . - g
END

check "it is called" "raw" <<'END'
f:	load	%rax
	test_at	%rax
1:	recorded guarded
	ret
	call	1b
END

check "its address is taken" "raw raw" <<'END'
f:	load	%rax
	test_at	%rax
1:	recorded guarded
	leaq	1b(%rip), %rax
	jmp	*%rax
2:	load	%rax
	test_at	%rax
3:	recorded guarded
	ret
	.data
	.quad	3b
	.text
END

check "a symbol is there" "raw" <<'END'
f:	load	%rax
	test_at	%rax
	.globl	entry
entry:	recorded guarded
	ret
END

check "a jump table leads there" "raw" <<'END'
f:	leaq	.Ltable(%rip), %rdx
	movslq	(%rdx, %rdi, 4), %rax
	addq	%rdx, %rax
	jmp	*%rax
1:	load	%rbx
	test_at	%rbx
2:	recorded guarded
	ret
	.section .rodata
.Ltable: .long	1b - .Ltable, 2b - .Ltable
	.text
END

check "after a jump that nobody knows the target of" "raw" <<'END'
f:	load	%rbx
	jmp	*%rdi
	test_at	%rbx
	recorded guarded
	ret
END

check "in a loop that is entered in the middle" "raw" <<'END'
f:	jmp	*%rdi
1:	load	%rax
	test_at	%rax
2:	recorded guarded
	jmp	3f
	nop
3:	testl	%edi, %edi
	jz	2b
	jmp	1b
END

# Files with records only: in others it isn't known where jumps lead.
check "inside of another instruction that is jumped into" "guarded raw" <<'END'
f:	load	%rax
	test_at	%rax
	recorded guarded
	jmp	1f + 1
1:	movl	$0xc3050f, %eax
	ret
END

check "records that contradict" "raw" <<'END'
f:	load	%rax
	test_at	%rax
1:	recorded guarded
	ret
	.section purecc_sites, "o", @progbits, f
	.quad	1b
	.long	thunk, 0
	.text
END

check "a record of an unknown kind" "raw raw" <<'END'
f:	load	%rax
	test_at	%rax
	recorded 7
	load	%rax
	test_at	%rax
1:	syscall
	ret
	.section purecc_sites, "o", @progbits, f
	.quad	1b
	.long	guarded, 1
	.text
END

check "other ways into the kernel" "raw raw raw" <<'END'
f:	sysenter
	int	$0x80
	.byte	0x48
	syscall
	int	$0x81
	ret
END

# The pointer has no name: all records have to agree, or none counts.
forms="stripped"

check "two pointers" "raw raw" <<'END'
f:	leaq	__pure_syscall(%rip), %rdi
	test_at	%rdi
	recorded guarded
	leaq	other(%rip), %rdi
	test_at	%rdi
	recorded guarded
	ret
	.comm	other, 8, 8
END

finish
