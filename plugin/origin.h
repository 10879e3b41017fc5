/* Where in the source a statement comes from.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef PURECC_ORIGIN_H
#define PURECC_ORIGIN_H

/* The names of the macros whose expansion WHERE is in, the innermost first.
   Empty where the compiler's input was preprocessed already: nothing may be
   decided by them.  */
extern std::vector<const char *> macro_chain (location_t where);

/* The place in the source where the outermost of those macros is used; WHERE
   itself outside of macros.  */
extern location_t source_location_of (location_t where);

#endif /* origin.h */
