/* What these tests share: the program's side of control.h, and which of the
   three ways it runs in.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef SEMANTICS_H
#define SEMANTICS_H 1

#include <purecc.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "../runtime/check.h"
#include "control.h"

enum way
{
  NO_HANDLER,
  SAME_NAMESPACE,
  ISOLATED
};

/* The way that the calls of this thread go now.  */
static inline enum way
way (void)
{
  switch (site0 (CONTROL_HELLO))
    {
    case CONTROL_MAGIC:
      return SAME_NAMESPACE;
    case CONTROL_MAGIC + 1:
      return ISOLATED;
    default:
      return NO_HANDLER;
    }
}

static inline void
rule (long number, enum control_action action, long value)
{
  site3 (CONTROL_RULE, number, action, value);
}

static inline long
seen (long number)
{
  return site1 (CONTROL_SEEN, number);
}

static inline long
left (long number)
{
  return site1 (CONTROL_LEFT, number);
}

/* The count that the handler heard with the last of them.  */
static inline long
counted (long number)
{
  return site1 (CONTROL_COUNT, number);
}

static inline void
pass_by (enum control_pass by)
{
  site1 (CONTROL_PASS, by);
}

#endif /* semantics.h */
