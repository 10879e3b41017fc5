/* What pure-run tells a pure glibc's ld.so.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#ifndef PURE_ABI_RUN_H
#define PURE_ABI_RUN_H 1

/* The variable that says that the auditor is the handler: if it can't be loaded, the
   program isn't run.  ld.so takes it out of the environment.  */
#define PURE_REQUIRED_VARIABLE "PURE_HANDLER_REQUIRED"

#endif /* run.h */
