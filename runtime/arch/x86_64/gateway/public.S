/* The function of purecc.h that ends in the gateway.  Another one is a part of it
   (plain.S).

   SPDX-License-Identifier: LGPL-2.1-or-later  */

	/* long pure_native_syscall (number, a1, a2, a3, a4, a5, a6)
	   The gateway's own arguments.  */
	public	pure_native_syscall
	if_special __pure_special
	to_kernel_registers
	jmp	__pure_gateway_pass
	endpublic pure_native_syscall
