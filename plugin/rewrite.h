/* The rewrite of the sites of one function.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef PURECC_REWRITE_H
#define PURECC_REWRITE_H

#include "site.h"

/* Guard the sites in SITES that aren't residual, and let the residual ones go
   by the thunk, where the options say so.  One whose register variables can't
   be followed becomes residual now.  */
extern void rewrite_sites (std::vector<site> *sites);

#endif /* rewrite.h */
