#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The gateway is known by its name, with a record; what is native by design,
# by its name and its bytes, without one.
set -eu
. "$(dirname "$0")/cases.inc"

forms="object shared exec"

check "the gateway, and what it jumps to" "gateway gateway raw" <<'END'
f:	ret
	.type	__pure_gateway, @function
__pure_gateway:
	testl	%edi, %edi
	jz	1f
	recorded gateway
	ret
	.size	__pure_gateway, . - __pure_gateway
	.type	part, @function
part:
1:	recorded gateway
	ret
	.size	part, . - part
	.type	other, @function
other:	recorded gateway
	ret
	.size	other, . - other
END

check "what handlers end in" "gateway gateway raw" <<'END'
f:	ret
	.irp	name, pure_pass, __pure_pass, pure_passed
	.type	\name, @function
\name:	recorded gateway
	ret
	.size	\name, . - \name
	.endr
END

check "the gateway without a record" "raw" <<'END'
f:	ret
	.type	__pure_gateway, @function
__pure_gateway:
	syscall
	ret
	.size	__pure_gateway, . - __pure_gateway
END

check "the return from a signal handler" "native" <<'END'
f:	ret
	.type	__restore_rt, @function
__restore_rt:
	movq	$15, %rax
	syscall
	.size	__restore_rt, . - __restore_rt
END

check "of that name, but not it" "raw raw" <<'END'
f:	ret
	.type	__restore_rt, @function
__restore_rt:
	movq	$14, %rax
	syscall
	movq	$15, %rax
	syscall
	.size	__restore_rt, . - __restore_rt
END

check "it, but of another name" "raw" <<'END'
f:	movq	$15, %rax
	syscall
	ret
END

# In a stripped file, by its unwind table and by the code.
forms="stripped"

check "without names" "gateway gateway native raw" <<'END'
f:	ret
	.type	__pure_gateway, @function
__pure_gateway:
	.cfi_startproc
	movq	%rdi, %rax
	movq	%rsi, %rdi
	movq	%rdx, %rsi
	movq	%rcx, %rdx
	movq	%r8, %r10
	movq	%r9, %r8
	movq	8(%rsp), %r9
	testq	%rax, %rax
	jz	1f
	recorded gateway
	ret
	.cfi_endproc
	.cfi_startproc
1:	pushq	%rbx
	recorded gateway
	popq	%rbx
	ret
	.cfi_endproc
	.cfi_startproc
	.cfi_signal_frame
	nop
	movq	$15, %rax
	syscall
	.cfi_endproc
	.cfi_startproc
	movq	$15, %rax
	syscall
	ret
	.cfi_endproc
END

# The runtime, with the names that it exports and no others.
library=$PURECC_BUILD/libpurecc.so
if [ -e "$library" ]; then
	strip --keep-section=purecc_sites -o library "$library"
	"$audit" library >out || fail "libpurecc.so, stripped: $(cat out)"
fi

finish
