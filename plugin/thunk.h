/* What is done to a site's template: the record of a guarded site, and the
   thunk of a residual one.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef PURECC_THUNK_H
#define PURECC_THUNK_H

#include "site.h"

/* What stands before and after the template of a guarded site, to record it:
   the label .Lpure_site%=, and the record.  */
extern const char record_before[];
extern const char record_after[];

/* Record the guarded site STMT in the object, for pure-audit.  */
extern void record_guarded (gasm *stmt);

/* Let the residual site S go by the thunk.  Returns false, and changes
   nothing, if it can't.  */
extern bool thunk_site (const site &s);

/* TEXT, a residual site's template, as one that goes by the thunk, and changes no
   flags on its way to the kernel if KEEPS_FLAGS.  */
extern std::string thunk_text (const char *text, bool keeps_flags);

/* Let an asm outside of any function, whose template is *SLOT, go by the thunk;
   as thunk_site.  BASIC: it has no operands.  */
extern bool thunk_toplevel (tree *slot, bool basic);

#endif /* thunk.h */
