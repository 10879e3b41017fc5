/* syscall (): a guarded site, as the plugin makes them.

   SPDX-License-Identifier: LGPL-2.1-or-later

   It is in assembly to be as short as the stock one while no handler is set.
   There are two cases that go to syscall-handled.c: the pointer is set; or the
   thread may be in a handler that a thunk has called, which matters although
   the pointer is NULL.  One test finds both: __pure_tested has the address of
   the pointer, until the second case can be (pure-personality.h).  */

#include <sysdep.h>
#include <frame.h>

	.text
ENTRY (syscall)
	movq	PURE_TESTED_SYMBOL(%rip), %rax
	cmpq	$0, (%rax)
	jne	__pure_syscall_handled
	to_kernel_registers
	enter_kernel PURE_KIND_GUARDED
	cmpq	$-4095, %rax
	jae	SYSCALL_ERROR_LABEL
	ret
PSEUDO_END (syscall)
