/*
 * pass: a handler that passes every system call on to the kernel. It is what
 * other handlers are measured against, so it does nothing else.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include <purecc.h>

PURE_DESCRIPTION("passes every system call on to the kernel");

/* By way of void (*)(void), which says that the types differ on purpose. */
PURE_HANDLER_FLAGS((pure_handler_t)(void (*)(void))pure_pass, pure_no_init,
		   PURE_ON_PROGRAM_STACK);
