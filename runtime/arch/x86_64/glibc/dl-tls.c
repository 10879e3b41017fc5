/* glibc's static TLS, under an auditor.

   SPDX-License-Identifier: LGPL-2.1-or-later

   The block's size is settled when TLS is set up.  With an auditor that is before the
   program's libraries are mapped, so that what they need comes out of the surplus,
   which was not made for that: jemalloc's 2.6 KiB, say, don't fit, and the program
   doesn't start.  So the first thread's has room for whatever they need, in memory
   that nothing is written to otherwise; and once they are there, the size is what is
   used and the surplus, as it would be without an auditor, for all other threads.  */

#include <ldsodefs.h>
#include <pure.h>
#include "pure-start.h"

#define _dl_tls_static_surplus_init __stock_static_surplus_init
extern void __stock_static_surplus_init (size_t naudit) attribute_hidden;
#include <sysdeps/x86_64/dl-tls.c>
#undef _dl_tls_static_surplus_init

/* For the program's libraries, in bytes.  */
#define PURE_AUDITED_TLS (4ul << 20)

static size_t stock_surplus;

void
_dl_tls_static_surplus_init (size_t naudit)
{
#if IS_IN (rtld)
  __pure_before_handlers ();
#endif
  __stock_static_surplus_init (naudit);
  if (naudit == 0)
    return;
  stock_surplus = GLRO(dl_tls_static_surplus);
  GLRO(dl_tls_static_surplus) += PURE_AUDITED_TLS;
}

#if IS_IN (rtld)
void
__pure_settle_static_tls (void)
{
  if (stock_surplus == 0)
    return;
  GLRO(dl_tls_static_surplus) = stock_surplus;
  /* As _dl_determine_tlsoffset has it.  */
  GLRO(dl_tls_static_size)
    = (roundup (GL(dl_tls_static_used) + stock_surplus, GLRO(dl_tls_static_align))
       + TLS_TCB_SIZE);
}
#endif
