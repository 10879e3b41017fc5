/* What the two columns share that get their calls as SIGSYS.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef SIGSYS_H
#define SIGSYS_H 1

/* System calls whose instruction is in here are not to be diverted.  */
extern const char sigsys_begin[], sigsys_end[];

/* A native call; returns the raw result.  */
extern long sigsys_native (long number, long a1, long a2, long a3, long a4,
			   long a5, long a6);

/* Pass on what arrives as SIGSYS; false if that can't be had.  */
extern int sigsys_start (void);

/* Called in the child of a fork.  */
extern void sigsys_forked (void);

#endif /* sigsys.h */
