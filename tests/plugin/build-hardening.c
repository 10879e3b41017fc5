/* With what distributions add to their builds.  */
/* variants: -O2 -fstack-protector-all -fstack-clash-protection | -O2 -fcf-protection=full | -O2 -D_FORTIFY_SOURCE=2 -fstack-protector-strong -Wl,-z,relro,-z,now | -O0 -fstack-protector-all | ?-O2 -fzero-call-used-regs=all | ?-O2 -ftrivial-auto-var-init=pattern | -O2 -fcf-protection=none -mindirect-branch=thunk -mfunction-return=thunk | -O2 -fno-plt | -O2 -fno-delete-null-pointer-checks -fno-strict-aliasing -fno-strict-overflow */
#include "sites.h"

void
test (void)
{
  check_sites ();
}
