/* Register variables around the sites of one function.

   SPDX-License-Identifier: GPL-3.0-or-later

   GCC promises that a hard-register variable (register long x asm ("NAME")) is in
   its register only at an asm statement that has it as an operand.  What comes
   between the assignment and the statement may destroy the register: the guard
   would, and so do the callbacks of sanitizers, at the start of each block.
   Therefore an ordinary variable, its shadow, replaces it in the whole function
   but directly around the asm statements that have it as an operand:

     asm volatile ("" : "=r" (x) : "0" (shadow));	// x = shadow
     asm (... "+r" (x));				// nothing between them
     shadow = x;					// if x is an output

   So it doesn't matter where it is assigned, or how many statements share the
   assignment.  */

#include "compat.h"
#include "call.h"
#include "operand.h"
#include "shadow.h"

/* The shadow of DECL in SHADOWS, or NULL.  */

static tree
find_shadow (shadow_list *shadows, tree decl)
{
  if (!decl || !VAR_P (decl))
    return NULL_TREE;
  unsigned int *place = shadows->places.get (decl);
  return place ? shadows->all[*place].var : NULL_TREE;
}

static bool
asm_input_p (gasm *stmt, tree decl)
{
  for (unsigned int i = 0; i < gimple_asm_ninputs (stmt); i++)
    if (TREE_VALUE (gimple_asm_input_op (stmt, i)) == decl)
      return true;
  return false;
}

/* The register variable that is operand INDEX of STMT, or NULL.  */

static tree
register_operand (gasm *stmt, unsigned int index)
{
  tree op = gimple_op (stmt, index);
  tree value = op ? TREE_VALUE (op) : NULL_TREE;
  return value && register_variable_p (value) ? value : NULL_TREE;
}

/* Give each register variable among the operands of the sites a shadow, if its
   register is one that a call destroys.  The others stay as they are; one that
   names the stack or the frame pointer must not be assigned to.  */

static void
make_shadows (const std::vector<site> &sites, shadow_list *shadows)
{
  for (const site &s : sites)
    {
      if (s.residual)
	continue;
      for (unsigned int i = 0; i < gimple_num_ops (s.stmt); i++)
	{
	  tree decl = register_operand (s.stmt, i);
	  if (decl && (register_variable_place (decl) & target_call_clobbered)
	      && !find_shadow (shadows, decl))
	    {
	      shadows->places.put (decl, shadows->all.size ());
	      shadows->all.push_back (
		{ decl, make_variable (TREE_TYPE (decl), "pure_reg") });
	    }
	}
    }
}

/* Add the outputs of each asm goto to OUTPUTS.  Nothing can be put after
   one.  */

static void
find_asm_goto_outputs (hash_set<tree> *outputs)
{
  basic_block bb;
  FOR_EACH_BB_FN (bb, cfun)
    {
      gimple_stmt_iterator gsi = gsi_last_bb (bb);
      gasm *stmt = gsi_end_p (gsi) ? NULL : dyn_cast<gasm *> (gsi_stmt (gsi));
      if (stmt && gimple_asm_nlabels (stmt) > 0)
	for (unsigned int i = 0; i < gimple_asm_noutputs (stmt); i++)
	  outputs->add (TREE_VALUE (gimple_asm_output_op (stmt, i)));
    }
}

void
drop_unshadowable (std::vector<site> *sites)
{
  hash_set<tree> outputs;
  find_asm_goto_outputs (&outputs);
  for (site &s : *sites)
    for (unsigned int i = 0; !s.residual && i < gimple_num_ops (s.stmt); i++)
      {
	tree decl = register_operand (s.stmt, i);
	if (decl && outputs.contains (decl))
	  s.residual = "a register variable is an output of an asm goto";
      }
}

/* Callback of walk_gimple_op: replace a variable by its shadow.  */

static tree
use_shadow (tree *slot, int *, void *data)
{
  struct walk_stmt_info *wi = (struct walk_stmt_info *) data;
  if (tree var = find_shadow ((shadow_list *) wi->info, *slot))
    *slot = var;
  return NULL_TREE;
}

/* The statement DECL = VAR of SHADOW, as an empty asm.  GCC believes that no call
   changes DECL, and would remove an assignment that seems to repeat an earlier
   one.  No pass on GIMPLE removes an asm, and those on RTL know what calls change.
   A volatile one is the safest; but with -fnon-call-exceptions it may throw, and
   so ends its block once it is inlined into a region of exceptions.  */

static gimple *
build_register_load (const shadow &shadow, location_t where)
{
  vec<tree, va_gc> *inputs = NULL, *outputs = NULL;

  vec_safe_push (outputs, make_operand ("=r", shadow.decl));
  vec_safe_push (inputs, make_operand ("0", shadow.var));
  gasm *load = gimple_build_asm_vec ("", inputs, outputs, NULL, NULL);
  gimple_asm_set_volatile (load, !cfun->can_throw_non_call_exceptions);
  gimple_asm_set_inline (load, true);
  gimple_set_location (load, where);
  return load;
}

/* Which of SHADOWS are of operands of STMT.  */

static std::set<unsigned int>
operand_shadows (gasm *stmt, shadow_list *shadows)
{
  std::set<unsigned int> used;
  for (unsigned int i = 0; i < gimple_num_ops (stmt); i++)
    if (tree decl = register_operand (stmt, i))
      if (unsigned int *place = shadows->places.get (decl))
	used.insert (*place);
  return used;
}

/* Put the copies between register variables and SHADOWS around STMT.  */

static struct span
copy_around_asm (gasm *stmt, shadow_list *shadows)
{
  struct span span = { stmt, stmt };
  location_t where = gimple_location (stmt);

  for (unsigned int place : operand_shadows (stmt, shadows))
    {
      const shadow &s = shadows->all[place];
      if (asm_input_p (stmt, s.decl))
	{
	  gimple *copy = build_register_load (s, where);
	  gimple_stmt_iterator gsi = gsi_for_stmt (stmt);
	  gsi_insert_before_without_update (&gsi, copy, GSI_SAME_STMT);
	  if (span.first == stmt)
	    span.first = copy;
	}
      if (asm_output_p (stmt, s.decl))
	{
	  gimple *copy = gimple_build_assign (s.var, s.decl);
	  gimple_set_location (copy, where);
	  gimple_stmt_iterator gsi = gsi_for_stmt (span.last);
	  gsi_insert_after_without_update (&gsi, copy, GSI_SAME_STMT);
	  span.last = copy;
	}
    }
  return span;
}

/* Use SHADOWS wherever a statement that is no asm has a register variable.
   Returns the asm statements.  */

static std::vector<gasm *>
replace_variables (shadow_list *shadows)
{
  basic_block bb;
  std::vector<gasm *> asms;
  struct walk_stmt_info wi;

  memset (&wi, 0, sizeof wi);
  wi.info = shadows;
  FOR_EACH_BB_FN (bb, cfun)
    for (gimple_stmt_iterator gsi = gsi_start_bb (bb); !gsi_end_p (gsi);)
      {
	gimple *stmt = gsi_stmt (gsi);
	if (gasm *a = dyn_cast<gasm *> (stmt))
	  asms.push_back (a);
	else if (gimple_clobber_p (stmt)
		 && find_shadow (shadows, gimple_assign_lhs (stmt)))
	  {
	    gsi_remove (&gsi, true);
	    continue;
	  }
	else
	  walk_gimple_op (stmt, use_shadow, &wi);
	gsi_next (&gsi);
      }
  return asms;
}

void
insert_shadows (const std::vector<site> &sites, shadow_list *shadows,
		hash_map<gimple *, struct span> *spans)
{
  make_shadows (sites, shadows);
  if (!shadows->all.empty ())
    for (gasm *stmt : replace_variables (shadows))
      spans->put (stmt, copy_around_asm (stmt, shadows));
}

/* OP, or its shadow.  */

static tree
shadowed (shadow_list *shadows, tree op)
{
  tree var = find_shadow (shadows, op);
  return var ? var : op;
}

void
use_shadows (site *s, shadow_list *shadows)
{
  s->number = shadowed (shadows, s->number);
  s->result = shadowed (shadows, s->result);
  for (tree &arg : s->args)
    arg = shadowed (shadows, arg);
  for (kept_output &kept : s->kept)
    {
      kept.target = shadowed (shadows, kept.target);
      kept.value = shadowed (shadows, kept.value);
    }
}
