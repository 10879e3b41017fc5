/* Calls that a compiler's options insert, each of which does nothing but
   destroy the registers that it may.

   SPDX-License-Identifier: GPL-3.0-or-later

   What the real ones destroy is a matter of luck; a case that links these
   notices every register that is expected to survive one.  */

#include "destroy.h"

	.text

	.macro	hook name
	.globl	\name
	.type	\name, @function
\name:
	.cfi_startproc
	endbr64
	xorl	%eax, %eax
	destroy_caller_saved
	ret
	.cfi_endproc
	.size	\name, . - \name
	.endm

	/* -fsanitize-coverage=trace-pc,trace-cmp */
	hook	__sanitizer_cov_trace_pc
	.irp	size, 1, 2, 4, 8
	hook	__sanitizer_cov_trace_cmp\size
	hook	__sanitizer_cov_trace_const_cmp\size
	.endr
	hook	__sanitizer_cov_trace_cmpf
	hook	__sanitizer_cov_trace_cmpd
	hook	__sanitizer_cov_trace_switch

	/* -finstrument-functions */
	hook	__cyg_profile_func_enter
	hook	__cyg_profile_func_exit

	/* -fsanitize=kernel-address */
	.irp	size, 1, 2, 4, 8, 16, N
	hook	__asan_load\size\()_noabort
	hook	__asan_store\size\()_noabort
	hook	__asan_report_load\size\()_noabort
	hook	__asan_report_store\size\()_noabort
	.endr
	hook	__asan_handle_no_return

	/* -fsanitize=thread */
	hook	__tsan_init
	hook	__tsan_func_entry
	hook	__tsan_func_exit
	.irp	size, 1, 2, 4, 8, 16
	hook	__tsan_read\size
	hook	__tsan_write\size
	hook	__tsan_unaligned_read\size
	hook	__tsan_unaligned_write\size
	hook	__tsan_volatile_read\size
	hook	__tsan_volatile_write\size
	.endr
	hook	__tsan_read_range
	hook	__tsan_write_range
	hook	__tsan_vptr_update

	.section .note.GNU-stack, "", @progbits
