/* A thread's words (mark.h).

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include "pure.h"

__thread volatile unsigned long __pure_thread[2]
  __attribute__ ((__tls_model__ ("initial-exec")));
