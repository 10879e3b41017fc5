/* What is known of the translation unit as a whole.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef PURECC_UNIT_H
#define PURECC_UNIT_H

/* May a call made at a site of this unit be left otherwise than by its return,
   so that GCC has to see it?  */
extern bool call_visible_p (void);

#endif /* unit.h */
