/* What the parts of the runtime share.

   SPDX-License-Identifier: LGPL-2.1-or-later

   The same sources make up libpurecc, which serves programs on any C library,
   and the runtime inside a pure glibc: the personalities.  Where they differ, the
   include path leads to one's own pure-*.h (libpurecc/, glibc/), and in assembly
   to those in arch/.  */

#ifndef PURE_H
#define PURE_H 1

#include <abi/entry.h>
#include <purecc.h>
#include "kernel.h"
#include "mark.h"

#define PURE_HIDDEN __attribute__ ((__visibility__ ("hidden")))

/* The gateway: system call NUMBER in the kernel, the in-handler mark off
   while it is there.  Returns the raw result.  */
long PURE_GATEWAY_SYMBOL (long number, long a1, long a2, long a3, long a4,
			  long a5, long a6) PURE_HIDDEN;

/* The same without regard to the mark: for before the thread pointer is set
   up, which is where the mark is.  */
long PURE_RAW_GATEWAY_SYMBOL (long number, long a1, long a2, long a3, long a4,
			      long a5, long a6) PURE_HIDDEN;

/* The same as the first, for a call in which the thread may be cancelled: only where
   the C library does that.  */
long __pure_cancelable_gateway (long number, long a1, long a2, long a3, long a4,
				long a5, long a6) PURE_HIDDEN;

/* All that pure_set_flags knows.  */
#define PURE_FLAGS (PURE_ON_PROGRAM_STACK | PURE_ON_OWN_CALLS)

#include "pure-personality.h"

#endif /* pure.h */
