/* The gateway without regard to the thread's words: for before the thread
   pointer is set up, and for ld.so's guards whose pointer is NULL.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

	/* long __pure_raw_gateway (number, a1, a2, a3, a4, a5, a6)  */
	func	__pure_raw_gateway, hidden
	to_kernel_registers

	/* ld.so's guards come here, with everything as for the kernel.  */
	entry	__pure_raw_gateway_entry, hidden
	enter_kernel
	endentry __pure_raw_gateway_entry

	/* What handlers return through: most pass most calls on.  GCC's name for
	   it, which a program may have too.  */
	.weak	__x86_return_thunk
	entry	__x86_return_thunk, hidden
	return
	endentry __x86_return_thunk
	endfunc	__pure_raw_gateway
