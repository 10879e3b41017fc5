#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The thunk's sequences are known in each form that the linker gives them, and
# what looks like one and is not is raw.
set -eu
. "$(dirname "$0")/cases.inc"

forms="object shared pie exec stripped"

check "through the GOT" "thunk" <<'END'
f:	load	%rcx
	movq	(%rcx), %rcx
	jrcxz	1f
	leaq	2f(%rip), %rcx
	jmp	*__pure_thunk@GOTPCREL(%rip)
1:	recorded thunk
2:	ret
END

check "by a stub" "thunk" <<'END'
f:	load	%rcx
	cmpq	$0, (%rcx)
	leaq	2f(%rip), %rcx
	jne	__pure_stub_thunk
	recorded thunk
2:	ret
END

check "two, and a guard by a register that a thunk keeps" \
	"thunk guarded thunk" <<'END'
f:	load	%rbx
	thunked
	test_at	%rbx
	recorded guarded
	thunked
	ret
END

check "with a barrier after each load" "thunk thunk guarded" <<'END'
f:	load	%rcx
	lfence
	movq	(%rcx), %rcx
	lfence
	jrcxz	1f
	leaq	2f(%rip), %rcx
	lfence
	jmp	*__pure_thunk@GOTPCREL(%rip)
1:	recorded thunk
2:	load	%rcx
	lfence
	cmpq	$0, (%rcx)
	lfence
	leaq	3f(%rip), %rcx
	jne	__pure_stub_thunk
	recorded thunk
3:	load	%rcx
	lfence
	cmpq	$0, (%rcx)
	lfence
	jne	slow
	recorded guarded
	ret
END

# The last bytes of the data begin an instruction that what follows would end:
# in a function, and where nothing is named.
check "after data" "thunk thunk thunk thunk" <<'END'
f:	ret
	.byte	0x48, 0xb8
	thunked
	ret
	.byte	0x48, 0xb8
	thunked_keeping
	ret
	.size	f, . - f
	.byte	0x48, 0xb8
	thunked
	ret
	.byte	0x48, 0xb8
	thunked_keeping
	ret
	.type	g, @function
g:	ret
END

forms="object pie exec stripped"

check "directly, as the linker may rewrite it" "thunk" <<'END'
f:	movq	__pure_syscall(%rip), %rcx
	jrcxz	1f
	leaq	2f(%rip), %rcx
	jmp	__pure_thunk
	nop
1:	recorded thunk
2:	ret
END

check "a stub, as the linker may rewrite it" "thunk" <<'END'
f:	leaq	__pure_syscall(%rip), %rcx
	cmpq	$0, (%rcx)
	leaq	2f(%rip), %rcx
	jne	stub
	recorded thunk
2:	ret
	.type	stub, @function
stub:	jmp	__pure_thunk
	nop
END

forms="shared"

check "by the PLT" "thunk" <<'END'
f:	load	%rcx
	movq	(%rcx), %rcx
	jrcxz	1f
	leaq	2f(%rip), %rcx
	jmp	__pure_thunk@PLT
1:	recorded thunk
2:	ret
END

forms="object shared exec"

check "not tested" "raw" <<'END'
f:	leaq	2f(%rip), %rcx
	jmp	*__pure_thunk@GOTPCREL(%rip)
1:	recorded thunk
2:	ret
END

check "another value" "raw" <<'END'
f:	load	%rcx
	movq	8(%rcx), %rcx
	jrcxz	1f
	leaq	2f(%rip), %rcx
	jmp	*__pure_thunk@GOTPCREL(%rip)
1:	recorded thunk
2:	ret
END

check "half of rcx" "raw" <<'END'
f:	load	%rcx
	movq	(%rcx), %rcx
	jecxz	1f
	leaq	2f(%rip), %rcx
	jmp	*__pure_thunk@GOTPCREL(%rip)
1:	recorded thunk
2:	ret
END

check "not the thunk" "raw" <<'END'
f:	load	%rcx
	movq	(%rcx), %rcx
	jrcxz	1f
	leaq	2f(%rip), %rcx
	jmp	slow
1:	recorded thunk
2:	ret
END

check "comes back to the instruction itself" "raw" <<'END'
f:	load	%rcx
	movq	(%rcx), %rcx
	jrcxz	1f
	leaq	1f(%rip), %rcx
	jmp	*__pure_thunk@GOTPCREL(%rip)
1:	recorded thunk
2:	ret
END

check "by a stub, not tested" "raw" <<'END'
f:	leaq	2f(%rip), %rcx
	jne	__pure_stub_thunk
	recorded thunk
2:	ret
END

check "by a stub, another value" "raw" <<'END'
f:	load	%rcx
	cmpq	$0, 8(%rcx)
	leaq	2f(%rip), %rcx
	jne	__pure_stub_thunk
	recorded thunk
2:	ret
END

check "by a stub, another comparison" "raw raw raw" <<'END'
f:	load	%rcx
	cmpl	$0, (%rcx)
	leaq	2f(%rip), %rcx
	jne	__pure_stub_thunk
	recorded thunk
2:	load	%rcx
	cmpq	$1, (%rcx)
	leaq	3f(%rip), %rcx
	jne	__pure_stub_thunk
	recorded thunk
3:	load	%rcx
	cmpq	$0, (%rcx)
	addq	$8, %rcx
	leaq	4f(%rip), %rcx
	jne	__pure_stub_thunk
	recorded thunk
4:	ret
END

check "by a stub, the branch the other way around" "raw" <<'END'
f:	load	%rcx
	cmpq	$0, (%rcx)
	leaq	2f(%rip), %rcx
	je	__pure_stub_thunk
	recorded thunk
2:	ret
END

check "by a stub that does not go to the thunk" "raw raw raw" <<'END'
f:	load	%rcx
	cmpq	$0, (%rcx)
	leaq	2f(%rip), %rcx
	jne	slow
	recorded thunk
2:	load	%rcx
	cmpq	$0, (%rcx)
	leaq	3f(%rip), %rcx
	jne	__pure_stub_9
	recorded thunk
3:	load	%rcx
	cmpq	$0, (%rcx)
	leaq	4f(%rip), %rcx
	jne	stub
	recorded thunk
4:	ret
	.type	stub, @function
stub:	movl	$9, %ecx
	jmp	*__pure_thunk@GOTPCREL(%rip)
END

check "by a stub, comes back to the instruction itself" "raw" <<'END'
f:	load	%rcx
	cmpq	$0, (%rcx)
	leaq	1f(%rip), %rcx
	jne	__pure_stub_thunk
1:	recorded thunk
	ret
END

check "by a stub, jumped to" "raw raw" <<'END'
f:	testl	%edi, %edi
	jz	1f
	load	%rcx
	cmpq	$0, (%rcx)
	leaq	2f(%rip), %rcx
	jne	__pure_stub_thunk
1:	recorded thunk
2:	load	%rcx
	testl	%esi, %esi
	jz	3f
	cmpq	$0, (%rcx)
3:	leaq	4f(%rip), %rcx
	jne	__pure_stub_thunk
	recorded thunk
4:	ret
END

check "jumped to" "raw" <<'END'
f:	testl	%edi, %edi
	jz	1f
	load	%rcx
	movq	(%rcx), %rcx
	jrcxz	1f
	leaq	2f(%rip), %rcx
	jmp	*__pure_thunk@GOTPCREL(%rip)
1:	recorded thunk
2:	ret
END

finish
