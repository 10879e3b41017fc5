/* What ld.so does with what pure-start.so has said (abi/run.h).

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#ifndef PURE_START_H
#define PURE_START_H 1

#include <abi/run.h>

/* Take the entry out of the auxiliary vector.  Called before ld.so reads its variables.
 */
void __pure_take_start (void) PURE_HIDDEN;

/* They are read, and no object is loaded yet: an isolated handler's environment is
   the one that the next get, and ld.so is known by its file.  */
void __pure_before_handlers (void) PURE_HIDDEN;

/* All objects are loaded: see that the handler is among them.  */
void __pure_check_handler (void) PURE_HIDDEN;

/* pure-root.c: if nobody has said anything, and the system's own C library is the pure
   one, the root's file of handlers does.  Called when the program's file is known, and
   its variables are read.  */
void __pure_start_in_root (void) PURE_HIDDEN;

/* Begin a message with its line, if it was that.  */
void __pure_name_line (void) PURE_HIDDEN;

#endif /* pure-start.h */
