/* What is known of the translation unit as a whole.

   SPDX-License-Identifier: GPL-3.0-or-later

   A call can be left otherwise than by its return: by an exception, or thread
   cancellation, to a landing pad; by longjmp to where a setjmp returns for the
   second time; by a nonlocal goto.  Where the function has such a place GCC has
   to know of the call, since other values are live there.  The function is the
   one that the site is in after inlining, which may be any of its unit.  So the
   question is: has any function of the unit such a place?  Where that isn't
   known for certain, the answer is yes.

   All functions have been read when the first is lowered.  What is asked for
   is in the `struct function' of those that are lowered, and in the trees of the
   others.  */

#include "compat.h"
#include "unit.h"

/* Callback of walk_tree: is *SLOT such a place, or what makes one?  DATA points
   to whether there are exceptions.  */

static tree
find_other_exit (tree *slot, int *walk_subtrees, void *data)
{
  const bool *exceptions = (const bool *) data;
  switch (TREE_CODE (*slot))
    {
    case CALL_EXPR:
      return call_expr_flags (*slot) & ECF_RETURNS_TWICE ? *slot : NULL_TREE;
    case LABEL_EXPR:
      return DECL_NONLOCAL (LABEL_EXPR_LABEL (*slot)) ? *slot : NULL_TREE;
    case TRY_FINALLY_EXPR:
    case TRY_CATCH_EXPR:
      return *exceptions ? *slot : NULL_TREE;
    default:
      if (TYPE_P (*slot) || DECL_P (*slot))
	*walk_subtrees = 0;
      return NULL_TREE;
    }
}

/* Has the function of NODE such a place, or may it have one?  */

static bool
other_exit_p (cgraph_node *node)
{
  struct function *fn = DECL_STRUCT_FUNCTION (node->decl);

  if (!fn)
    return false;
  if (fn->cfg)
    return fn->calls_setjmp || fn->has_nonlocal_label
	   || (fn->eh && fn->eh->region_tree);
  bool exceptions = opt_for_fn (node->decl, flag_exceptions);
  if (DECL_SAVED_TREE (node->decl))
    return walk_tree_without_duplicates (&DECL_SAVED_TREE (node->decl),
					 find_other_exit, &exceptions);
  return true;
}

/* Has any function of the unit one?  */

static bool
any_other_exit_p (void)
{
  cgraph_node *node;

  FOR_EACH_DEFINED_FUNCTION (node)
    if (!node->alias && other_exit_p (node))
      return true;
  return false;
}

bool
call_visible_p (void)
{
  static enum { UNKNOWN, NONE, SOME } other_exits;

  if (!lang_GNU_C () && !lang_GNU_CXX ())
    return true;
  /* C++ may have landing pads anywhere; and unless the tables say where each
     instruction is, only calls can be unwound through.  */
  if (flag_exceptions && (!lang_GNU_C () || !flag_asynchronous_unwind_tables))
    return true;
  /* Functions are made of parts of others, or are compiled further without this
     plugin.  */
  if (flag_openmp || flag_openacc || flag_tm || flag_lto || in_lto_p)
    return true;
  if (other_exits == UNKNOWN)
    other_exits = any_other_exit_p () ? SOME : NONE;
  return other_exits == SOME;
}
