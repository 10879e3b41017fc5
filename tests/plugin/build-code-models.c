/* In code models for large programs.  */
/* variants: -O2 -mcmodel=medium | -O2 -mcmodel=medium -fPIC | -O2 -mcmodel=large | -O0 -mcmodel=large | -O2 -mcmodel=large -fPIC */
#include "sites.h"

void
test (void)
{
  check_sites ();
}
