/* What is known of the translation unit as a whole.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef PURECC_UNIT_H
#define PURECC_UNIT_H

/* Why a call made at a site of this unit may be left otherwise than by its
   return, so that GCC has to see it, or NULL if it can't.  */
extern const char *why_visible_call (void);

#endif /* unit.h */
