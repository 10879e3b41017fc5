#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Each way in which a guard can be written is taken for one, and found in the
# code in each way in which it can be linked.
set -eu
. "$(dirname "$0")/cases.inc"

# Recorded, and the pointer is tested on every path.
forms="object shared pie exec stripped"

check "through the GOT" "guarded" <<'END'
f:	load	%rax
	test_at	%rax
	recorded guarded
	ret
END

check "through a word of the file's own" "guarded" <<'END'
f:	movq	word(%rip), %rax
	test_at	%rax
	recorded guarded
	ret
	.data
	.p2align 3
word:	.quad	__pure_syscall
END

check "loaded long before, moved to another register, and in a loop" \
	"guarded guarded" <<'END'
f:	load	%r12
	movq	%r12, %rbx
	call	slow
1:	test_at	%rbx
	recorded guarded
	testq	%rax, %rax
	js	2f
	test_at	%r12
	recorded guarded
2:	decl	%ebp
	jnz	1b
	ret
END

check "kept on the stack around a call" "guarded" <<'END'
f:	load	%r9
	movq	%r9, 24(%rsp)
	movl	$0, 32(%rsp)
	pushq	%rdx
	call	slow
	popq	%rdx
	movq	24(%rsp), %r9
	test_at	%r9
	recorded guarded
	ret
END

check "code between the test and the instruction" "guarded" <<'END'
f:	load	%rax
	test_at	%rax
	movl	$39, %eax
	cmpl	$5, %edi
	jne	1f
	call	slow
1:	recorded guarded
	ret
END

check "two tests that come together" "guarded" <<'END'
f:	load	%rax
	testl	%edi, %edi
	jz	1f
	test_at	%rax
	jmp	2f
1:	test_at	%rax
2:	recorded guarded
	ret
END

check "padding between comparison and jump" "guarded" <<'END'
f:	load	%rax
	cmpq	$0, (%rax)
	nop
	jne	slow
	recorded guarded
	ret
END

check "a part of the function in another section, and back" \
	"guarded guarded" <<'END'
f:	load	%rbx
	cmpq	$0, (%rbx)
	jne	f.cold
	recorded guarded
1:	cmpq	$0, (%rbx)
	jne	f.cold
	recorded guarded
	ret
	.section .text.unlikely, "ax", @progbits
	.type	f.cold, @function
f.cold:
	call	slow
	jmp	1b
	.size	f.cold, . - f.cold
	.text
END

check "a call before that does not come back" "guarded" <<'END'
f:	.cfi_startproc
	testl	%edi, %edi
	jnz	stop
	load	%r9
	jmp	2f
1:	call	stop
	nopw	0(%rax, %rax)
2:	test_at	%r9
	recorded guarded
	ret
	.cfi_endproc
	.type	stop, @function
stop:	.cfi_startproc
	ud2
	.cfi_endproc
	.size	stop, . - stop
END

check "a jump table" "guarded guarded" <<'END'
f:	.cfi_startproc
	load	%rbx
	by_table
1:	test_at	%rbx
	recorded guarded
	ret
2:	test_at	%rbx
	recorded guarded
	ret
	.cfi_endproc
	.section .rodata
.Ltable: .long	1b - .Ltable, 2b - .Ltable
	.text
END

# The instruction that it goes on with would be, of a table that leads to the other site.
check "where a site goes on is no jump table" "thunk guarded" <<'END'
f:	.cfi_startproc
	load	%rbx
	by_table
1:	thunked
2:	.byte	0x05, 0x01, 0, 0, 0	# addl $1, %eax
	ret
3:	test_at	%rbx
	.org	2b + 0x105, 0x90
	recorded guarded
	ret
	.cfi_endproc
	.section .rodata
.Ltable: .long	1b - .Ltable, 3b - .Ltable
	.text
END

check "where an exception leads" "guarded" <<'END'
f:	.cfi_startproc
	.cfi_lsda 0x1b, .Llsda
	load	%rbx
1:	call	slow
2:	ret
3:	test_at	%rbx
	recorded guarded
	ret
	.cfi_endproc
	.section .gcc_except_table, "a", @progbits
	# No base, no types, ULEB128: one part, its landing pad, no action.
.Llsda:	.byte	0xff, 0xff, 0x01
	.uleb128 5f - 4f
4:	.uleb128 1b - f, 2b - 1b, 3b - f, 0
5:	.text
END

check "a trap that the program may go on after" "guarded" <<'END'
f:	load	%rbx
1:	test_at	%rbx
	recorded guarded
	testq	%rax, %rax
	jns	1b
	hlt
	jmp	1b
END

check "the old mark of a locked instruction" "guarded" <<'END'
f:	load	%rax
	je	1f
	lock
1:	incl	(%rdi)
	test_at	%rax
	recorded guarded
	ret
END

check "by a stub" "guarded guarded" <<'END'
f:	spliced
	spliced
	ret
END

# The program is not linked with what thread-local variables need.
forms="object shared"

check "calls of other files' functions that do not come back" \
	"guarded guarded" <<'END'
f:	testl	%edi, %edi
	jnz	abort@PLT
	load	%r9
	jmp	2f
1:	call	abort@PLT
	nop
2:	test_at	%r9
	recorded guarded
	load	%r9
	jmp	3f
	call	__asan_report_load8@PLT
3:	test_at	%r9
	recorded guarded
	ret
END

check "a thread-local variable's address, which is not that of code" \
	"guarded" <<'END'
f:	load	%rbx
	.byte	0x66
	leaq	variable@tlsgd(%rip), %rdi
	.byte	0x66, 0x66, 0x48
	call	__tls_get_addr@PLT
	test_at	%rbx
	recorded guarded
	ret
END

# The pointer itself is named by the instruction.
forms="object pie exec stripped"

check "directly" "guarded" <<'END'
f:	cmpq	$0, __pure_syscall(%rip)
	jne	slow
	recorded guarded
	ret
END

check "directly, by a stub" "guarded guarded" <<'END'
f:	leaq	2f(%rip), %rcx
	cmpq	$0, __pure_syscall(%rip)
	jne	__pure_stub_9
	recorded guarded
2:	leaq	3f(%rip), %rcx
	cmpq	$0, __pure_syscall(%rip)
	jne	stub
	recorded guarded
3:	ret
	.type	stub, @function
stub:	movl	$17, %r11d
	jmp	__pure_site
	nop
END

check "by its address" "guarded" <<'END'
f:	leaq	__pure_syscall(%rip), %rdi
	test_at	%rdi
	recorded guarded
	ret
END

forms="object exec stripped"

check "by a number" "guarded guarded guarded" <<'END'
f:	movl	$__pure_syscall, %ecx
	test_at	%rcx
	recorded guarded
	cmpq	$0, __pure_syscall
	jne	slow
	recorded guarded
	movabsq	$__pure_syscall, %rdx
	test_at	%rdx
	recorded guarded
	ret
END

# An int that is a site's address too, by chance: an address in a file that is
# where it says, and none in one that may be anywhere.
cat macros.s - end.s >case.s <<'END'
f:	load	%rcx
	test_at	%rcx
site:	recorded guarded
	movl	$NUMBER, %esi
	ret
END
for form in -shared '-no-pie -static'; do
	# shellcheck disable=SC2086 # words
	set -- $form -nostdlib -Wl,-Ttext=0x80000 -Wl,-e,f pointer.o
	"$CC" -Wa,--defsym,NUMBER=0 case.s "$@" -o number
	site=0x$(nm number | sed -n 's/^\(.*\) t site$/\1/p')
	# The name would make it a place to begin at.
	sed 's/^site://' case.s >unnamed.s
	"$CC" -Wa,--defsym,NUMBER="$site" unnamed.s "$@" -o number
	kind=guarded
	[ "$form" = -shared ] || kind=raw
	expect "an int, $form" "$kind" number
done

# A pointer of another name has to be given.
cat macros.s - end.s >case.s <<'END'
f:	cmpq	$0, other(%rip)
	jne	slow
	recorded guarded
	ret
END
"$CC" -c case.s -o other.o
expect "another pointer" "raw" other.o
"$audit" --pointer other other.o >out || fail "--pointer is of no use"

finish
