#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Damaged and hostile files: no crash, no end of time or memory. See fuzz.c.
#
# usage: fuzz.sh [SECONDS [SEED]]
set -eu
. "$(dirname "$0")/cases.inc"

here=$(dirname "$0")
case $here in /*) ;; *) here=$OLDPWD/$here ;; esac
"$CC" -O2 "$here/fuzz.c" -o fuzz || skip "fuzz.c can't be compiled"

forms="object shared exec stripped"
check "a little of everything" "guarded thunk native guarded" <<'END'
f:	.cfi_startproc
	.cfi_lsda 0x1b, .Llsda
	load	%rbx
	test_at	%rbx
	recorded guarded
	thunked
	movl	$0x050f, %eax
3:	call	slow
4:	call	slow
	.cfi_endproc
	.type	__restore_rt, @function
	.cfi_startproc
	.cfi_signal_frame
	nop
__restore_rt:
	movq	$15, %rax
	syscall
	.cfi_endproc
	.size	__restore_rt, . - __restore_rt
	.cfi_startproc
	load	%rbx
	cmpl	$1, %edi
	ja	slow
	leaq	.Ltable(%rip), %rdx
	movslq	(%rdx, %rdi, 4), %rax
	addq	%rdx, %rax
	jmp	*%rax
1:	lock
2:	incl	(%rdi)
	je	2b
	test_at	%rbx
	recorded guarded
	ret
	.cfi_endproc
	.section .rodata
.Ltable: .long	1b - .Ltable, 2b - .Ltable
	.section .gcc_except_table, "a", @progbits
.Llsda:	.byte	0xff, 0xff, 0x01
	.uleb128 6f - 5f
5:	.uleb128 3b - f, 4b - 3b, 4b - f, 0
6:
	.text
END
ar rc case.a case.object case.shared

./fuzz "${1:-20}" "${2:-20261123}" "$audit" case.object case.shared case.exec \
	case.stripped case.a ||
	fail "$(cp damaged "${TMPDIR:-/tmp}/pure-audit-damaged" &&
		echo "the file is kept as ${TMPDIR:-/tmp}/pure-audit-damaged")"

finish
