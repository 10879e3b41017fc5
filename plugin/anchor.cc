/* Anchors: which landing pad a call at a site has.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#include "compat.h"
#include "anchor.h"
#include "template.h"

static GTY (()) tree anchor_decl;

const struct ggc_root_tab anchor_roots[]
  = { { &anchor_decl, 1, sizeof (tree), &gt_ggc_mx_tree_node,
	&gt_pch_nx_tree_node },
      LAST_GGC_ROOT_TAB };

/* Were any put into the function compiled now?  */
static bool anchored;

static tree
get_anchor_decl (void)
{
  if (!anchor_decl)
    {
      tree type = build_function_type_list (void_type_node, NULL_TREE);
      anchor_decl = build_fn_decl ("__purecc_anchor", type);
      SET_DECL_ASSEMBLER_NAME (anchor_decl,
			       get_identifier ("__purecc_anchor"));
      TREE_NOTHROW (anchor_decl) = 0;
    }
  return anchor_decl;
}

static bool
anchor_p (gimple *stmt)
{
  return stmt && anchor_decl && is_gimple_call (stmt)
	 && gimple_call_fndecl (stmt) == anchor_decl;
}

static void insert_in_seq (gimple_seq *seq, bool in_region);

/* Put anchors into what STMT encloses.  */

static void
insert_in_stmt (gimple *stmt, bool in_region)
{
  switch (gimple_code (stmt))
    {
    case GIMPLE_TRY:
      insert_in_seq (gimple_try_eval_ptr (stmt), true);
      insert_in_seq (gimple_try_cleanup_ptr (stmt), in_region);
      break;
    case GIMPLE_CATCH:
      insert_in_seq (gimple_catch_handler_ptr (as_a<gcatch *> (stmt)),
		   in_region);
      break;
    case GIMPLE_EH_FILTER:
      insert_in_seq (gimple_eh_filter_failure_ptr (stmt), in_region);
      break;
    case GIMPLE_EH_ELSE:
      {
	geh_else *both = as_a<geh_else *> (stmt);
	insert_in_seq (gimple_eh_else_n_body_ptr (both), in_region);
	insert_in_seq (gimple_eh_else_e_body_ptr (both), in_region);
	break;
      }
    default:
      break;
    }
}

/* Put anchors into SEQ, which is in a region or not.  */

static void
insert_in_seq (gimple_seq *seq, bool in_region)
{
  for (gimple_stmt_iterator gsi = gsi_start (*seq); !gsi_end_p (gsi);
       gsi_next (&gsi))
    {
      gasm *stmt = dyn_cast<gasm *> (gsi_stmt (gsi));
      if (!stmt)
	insert_in_stmt (gsi_stmt (gsi), in_region);
      else if (in_region && site_p (read_asm_template (stmt)))
	{
	  gcall *anchor = gimple_build_call (get_anchor_decl (), 0);
	  gimple_set_location (anchor, gimple_location (stmt));
	  gsi_insert_before_without_update (&gsi, anchor, GSI_SAME_STMT);
	  anchored = true;
	}
    }
}

void
insert_anchors (void)
{
  gimple_seq body = gimple_body (current_function_decl);
  anchored = false;
  insert_in_seq (&body, false);
  gimple_set_body (current_function_decl, body);
}

/* The anchor before STMT, or NULL.  It is in the same block, or if it has edges
   of its own, at the end of the block before.  */

static gimple *
find_anchor (gimple *stmt)
{
  gimple_stmt_iterator gsi = gsi_for_stmt (stmt);
  gsi_prev (&gsi);
  if (gsi_end_p (gsi))
    {
      basic_block bb = gimple_bb (stmt);
      if (!single_pred_p (bb))
	return NULL;
      gsi = gsi_last_bb (single_pred (bb));
    }
  gimple *before = gsi_end_p (gsi) ? NULL : gsi_stmt (gsi);
  return anchor_p (before) ? before : NULL;
}

int
anchored_landing_pad (gimple *stmt)
{
  gimple *anchor = anchored ? find_anchor (stmt) : NULL;
  return anchor ? lookup_stmt_eh_lp (anchor) : 0;
}

/* Remove the anchors in BB, and the edges that are there because of them only.
   Returns whether there were any.  */

static bool
remove_anchors_in (basic_block bb)
{
  bool removed = false;
  for (gimple_stmt_iterator gsi = gsi_start_bb (bb); !gsi_end_p (gsi);)
    if (anchor_p (gsi_stmt (gsi)))
      {
	remove_stmt_from_eh_lp (gsi_stmt (gsi));
	gsi_remove (&gsi, true);
	removed = true;
      }
    else
      gsi_next (&gsi);
  if (removed)
    {
      gimple_purge_dead_eh_edges (bb);
      gimple_purge_dead_abnormal_call_edges (bb);
    }
  return removed;
}

bool
remove_anchors (void)
{
  basic_block bb;
  bool removed = false;

  if (!anchored)
    return false;
  FOR_EACH_BB_FN (bb, cfun)
    removed |= remove_anchors_in (bb);
  anchored = false;
  return removed;
}

/* Callback of walk_tree: is *SLOT an asm statement with a site?  */

static tree
find_site (tree *slot, int *, void *)
{
  if (TREE_CODE (*slot) != ASM_EXPR)
    return NULL_TREE;
  struct template_facts facts
    = read_template (TREE_STRING_POINTER (ASM_STRING (*slot)),
		     ASM_INPUT_P (*slot));
  return site_p (facts) ? *slot : NULL_TREE;
}

void
expect_throw (tree decl)
{
  if (flag_exceptions && TREE_CODE (decl) == FUNCTION_DECL
      && TREE_NOTHROW (decl)
      && walk_tree_without_duplicates (&DECL_SAVED_TREE (decl), find_site,
				       NULL))
    TREE_NOTHROW (decl) = 0;
}
