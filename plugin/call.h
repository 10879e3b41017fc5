/* The statements that stand in for a site when the pointer is set.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef PURECC_CALL_H
#define PURECC_CALL_H

#include "site.h"

/* A new ordinary variable of TYPE in the function compiled now.  */
extern tree make_variable (tree type, const char *name);

/* An operand and a clobber for an asm statement.  */
extern tree make_operand (const char *constraint, tree value);
extern tree make_clobber (const char *name);

/* Build the call that stands in for S, with what comes before it and what its
   result is used for.  Returns it; all of it is in *SEQ.  */
extern gimple *build_call (const site &s, gimple_seq *seq);

/* The guard's test, which goes to LABEL.  */
extern gasm *build_test (const site &s, tree label);

/* The trees that are kept from one function to the next.  */
extern const struct ggc_root_tab call_roots[];

#endif /* call.h */
