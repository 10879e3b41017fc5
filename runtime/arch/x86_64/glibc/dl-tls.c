/* glibc's static TLS, with more of it to spare under an auditor.

   SPDX-License-Identifier: LGPL-2.1-or-later

   The block's size is settled when TLS is set up.  With an auditor that is
   before the program's libraries are mapped, so that what they need comes out
   of the surplus, which was not made for that: jemalloc's 2.6 KiB, say, don't
   fit, and the program doesn't start.  Each thread pays for it on its stack;
   one of PTHREAD_STACK_MIN has to go on working.  */

#include <ldsodefs.h>

#define _dl_tls_static_surplus_init __stock_static_surplus_init
extern void __stock_static_surplus_init (size_t naudit) attribute_hidden;
#include <sysdeps/x86_64/dl-tls.c>
#undef _dl_tls_static_surplus_init

/* For the program's libraries, in bytes.  */
#define PURE_AUDITED_TLS 4096

void
_dl_tls_static_surplus_init (size_t naudit)
{
  __stock_static_surplus_init (naudit);
  if (naudit > 0)
    GLRO(dl_tls_static_surplus) += PURE_AUDITED_TLS;
}
