/* Anchors: what a call at a site would be caught by.

   SPDX-License-Identifier: GPL-3.0-or-later

   An asm statement can't throw, so that when GCC lowers exception regions it
   forgets which region the statement is in.  The guard's call, which is added
   later, can throw: a handler may, and thread cancellation unwinds through
   it.  Therefore, before regions are lowered, a call of a function that
   doesn't exist is put in front of each site that is in a region.  It gets the
   landing pad that the guard's call is to have, and hands it over when the
   site is rewritten; none is left afterwards.

   And C++ notes of a function that has been read whether anything in it can
   throw, for the sake of those that call it.  One with a site can.  */

#ifndef PURECC_ANCHOR_H
#define PURECC_ANCHOR_H

/* Put anchors into the function compiled now, whose body is still a tree of
   regions.  */
extern void drop_anchors (void);

/* The landing pad that the anchor in front of STMT has; 0: it has none, or
   there is no anchor.  Negative for a region that must not throw.  */
extern int anchored_landing_pad (gimple *stmt);

/* Remove all anchors from the function compiled now.  Returns whether there
   were any: blocks that were reached from them alone are then to be removed
   too.  */
extern bool weigh_anchors (void);

/* DECL is a function that has been read: if it has a site, it can throw.  */
extern void expect_throw (tree decl);

extern const struct ggc_root_tab anchor_roots[];

#endif /* anchor.h */
