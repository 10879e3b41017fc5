/* glibc's own preparation of the first thread, preceded by what pure-start.so has said:
   it is the first of ld.so's main function, and the variables are read next.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <ldsodefs.h>

#define __tls_pre_init_tp __stock_tls_pre_init_tp
extern void __stock_tls_pre_init_tp (void) attribute_hidden;
#include <sysdeps/nptl/dl-tls_init_tp.c>
#undef __tls_pre_init_tp

#if IS_IN (rtld)
# include <pure.h>
# include "pure-start.h"
#endif

void
__tls_pre_init_tp (void)
{
#if IS_IN (rtld)
  __pure_take_start ();
#endif
  __stock_tls_pre_init_tp ();
}
