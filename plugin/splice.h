/* The guard inside a site's own asm statement.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef PURECC_SPLICE_H
#define PURECC_SPLICE_H

#include "site.h"

/* Can the guard of S, which isn't residual, go into its own statement?  */
extern bool splice_possible_p (const site &s);

/* Put it there.  */
extern void splice_site (site *s);

/* Add to the spliced statements of the function compiled now what a call
   destroys.  Only the expansion to RTL may come after this.  */
extern void finish_splices (void);

#endif /* splice.h */
