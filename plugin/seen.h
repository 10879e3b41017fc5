/* What the object says of the asm statements in it, for `pure-audit --compiled'.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef PURECC_SEEN_H
#define PURECC_SEEN_H

/* Note the asm statements of the function compiled now that make no call that is
   diverted.  No pass on GIMPLE may come after this.  */
extern void note_statements (void);

/* Note that a site outside of any function stays native.  */
extern void note_native_toplevel (void);

/* Is TEXT the template of a statement that has been diverted?  */
extern bool diverted_template_p (const char *text);

/* Write what was noted to the assembler's source.  */
extern void write_statements (void);

#endif /* seen.h */
