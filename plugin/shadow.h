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

/* All of a function's, in the order of their first use, which doesn't change from
   one run of the compiler to the next as that of addresses does.  There may be as
   many as sites, so PLACES says where in it a register variable is.  */
struct shadow_list
{
  std::vector<shadow> all;
  hash_map<tree, unsigned int> places;
};

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
   function.  Adds them to SHADOWS, and to SPANS the statements of each asm that
   copies were put around.  */
extern void insert_shadows (const std::vector<site> &sites,
			    shadow_list *shadows,
			    hash_map<gimple *, struct span> *spans);

/* Let the call that stands in for S use SHADOWS.  */
extern void use_shadows (site *s, shadow_list *shadows);

#endif /* shadow.h */
