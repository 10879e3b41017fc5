/* Anchors: which landing pad a call at a site has.

   SPDX-License-Identifier: GPL-3.0-or-later

   An asm statement can't throw, so when GCC lowers exception regions it forgets
   which region the statement is in.  The guard's call, which is added later, can
   throw: a handler may, and thread cancellation unwinds through it.  Therefore,
   before regions are lowered, a call of a function that doesn't exist, an anchor,
   is put before each site in a region.  GCC gives it the landing pad that the
   guard's call is to have.  When the sites are rewritten, the calls take it over,
   and the anchors are removed.

   When a C++ function has been read, GCC notes whether anything in it can throw,
   for its callers.  One with a site can.  */

#ifndef PURECC_ANCHOR_H
#define PURECC_ANCHOR_H

/* Put anchors into the function compiled now, whose body is still a tree of
   regions.  */
extern void insert_anchors (void);

/* The landing pad of the anchor before STMT; 0: it has none, or there is no
   anchor.  Negative for a region that must not throw.  */
extern int anchored_landing_pad (gimple *stmt);

/* Remove all anchors from the function compiled now.  Returns whether there
   were any: the caller then has to remove the blocks that only they led to.  */
extern bool remove_anchors (void);

/* DECL is a function that has been read: if it has a site, it can throw.  */
extern void expect_throw (tree decl);

extern const struct ggc_root_tab anchor_roots[];

#endif /* anchor.h */
