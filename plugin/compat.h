/* GCC's headers in the order that they need, and what differs between the
   GCC versions that the plugin is built for.

   SPDX-License-Identifier: GPL-3.0-or-later

   No other file has conditions on GCC's version, but for what one target has
   in its target-ARCH.cc.  */

#ifndef PURECC_COMPAT_H
#define PURECC_COMPAT_H

/* Standard headers come first: GCC's system.h poisons some of their names.  */
#include <set>
#include <string>
#include <vector>

#include "gcc-plugin.h"
#include "plugin-version.h"
#include "config.h"
#include "system.h"
#include "coretypes.h"
#include "tm.h"
#include "tm-preds.h"
#include "backend.h"
/* Not the plugin's own.  */
#include <target.h>
#include "tree.h"
#include "tree-pass.h"
#include "gimple.h"
#include "gimple-iterator.h"
#include "ssa.h"
#include "gimple-walk.h"
#include "gimplify.h"
#include "cfghooks.h"
#include "cfgloop.h"
#include "cgraph.h"
#include "context.h"
#include "diagnostic.h"
#include "stor-layout.h"
#include "stringpool.h"
#include "attribs.h"
#include "fold-const.h"
#include "tree-cfg.h"
#include "tree-eh.h"
#include "tree-dfa.h"
#include "except.h"
#include "hard-reg-set.h"
#include "output.h"
#include "langhooks.h"
#include "internal-fn.h"
#include "calls.h"
#include "varasm.h"
#include "asan.h"

#if GCCPLUGIN_VERSION_MAJOR < 11
#error "purecc needs GCC 11 or later"
#endif

/* Names that changed.  */
#if GCCPLUGIN_VERSION_MAJOR >= 14
#define dc_warn_system_headers m_warn_system_headers
#define make_eh_edges make_eh_edge
#endif
#if GCCPLUGIN_VERSION_MAJOR >= 15
#define gimple_asm_input_p gimple_asm_basic_p
#define ASM_INPUT_P ASM_BASIC_P
#endif

/* Where the template of NODE is, an asm outside of any function, and in *BASIC
   if it is one without operands.  NULL: NODE has a form that isn't known.  */
static inline tree *
toplevel_template (asm_node *node, bool *basic)
{
  *basic = TREE_CODE (node->asm_str) == STRING_CST;
  if (*basic)
    return &node->asm_str;
#if GCCPLUGIN_VERSION_MAJOR >= 15
  if (TREE_CODE (node->asm_str) == ASM_EXPR)
    {
      *basic = ASM_INPUT_P (node->asm_str);
      return &ASM_STRING (node->asm_str);
    }
#endif
  return NULL;
}

/* The asm statement outside of any function that comes after NODE.  */
static inline asm_node *
next_toplevel_asm (asm_node *node)
{
#if GCCPLUGIN_VERSION_MAJOR >= 16
  return safe_as_a<asm_node *> (node->next);
#else
  return node->next;
#endif
}

/* While one of these lives, warnings at places in system headers are given
   too: a site in a header's inline function is as native as any other.  */
class warn_in_system_headers
{
public:
  warn_in_system_headers () : m_before (global_dc->dc_warn_system_headers)
  {
    global_dc->dc_warn_system_headers = true;
  }
  ~warn_in_system_headers ()
  {
    global_dc->dc_warn_system_headers = m_before;
  }

private:
  bool m_before;
};

#endif /* compat.h */
