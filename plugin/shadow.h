/* Register variables around the sites of one function.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef PURECC_SHADOW_H
#define PURECC_SHADOW_H

#include "site.h"

/* A register variable that sites use, and its shadow.  */
struct shadow
{
  tree decl;
  tree var;
};

/* All of a function's, in the order of their first use: few, and walked in an
   order that doesn't change from one run of the compiler to the next.  */
typedef std::vector<shadow> shadow_list;

/* The first and the last of the statements that belong to a site's own: the
   copies to and from its register variables, and itself.  */
struct span
{
  gimple *first;
  gimple *last;
};

/* Make the sites residual whose register variables can't have a shadow.  */
extern void drop_unshadowable (std::vector<site> *sites);

/* Give the register variables of SITES shadows, and use these in the whole
   function.  Returns them, and in SPANS the statements of each asm that copies
   were put around.  */
extern shadow_list insert_shadows (const std::vector<site> &sites,
				   hash_map<gimple *, struct span> *spans);

/* Let the call that stands in for S use SHADOWS.  */
extern void use_shadows (site *s, const shadow_list &shadows);

#endif /* shadow.h */
