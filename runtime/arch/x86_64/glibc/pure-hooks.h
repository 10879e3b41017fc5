/* Where the assembly files differ from one personality to the next: a pure
   glibc's two.  runtime/arch/x86_64/libpurecc/pure-hooks.h says what each hook is.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#ifndef PURE_HOOKS_H
#define PURE_HOOKS_H 1

#include <abi/x86_64/offsets.h>

/* Others hand over to a pure glibc.  */
	.macro	hand_over name
	.endm
	.macro	hand_over_thunk name
	.endm

#if IS_IN (rtld)
# include "pure-hooks-rtld.h"
#else
# include "pure-hooks-libc.h"
#endif

#endif /* pure-hooks.h */
