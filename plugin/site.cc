/* Sites: finding them, and what makes one residual.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#include "compat.h"
#include "anchor.h"
#include "site.h"
#include "operand.h"
#include "template.h"

/* Go back from *GSI by one statement, at the start of a block to the end of the
   one before.  Returns false where there isn't just one.  *BLOCKS_LEFT is how many
   may still be entered, so that it ends in a loop that nothing enters.  */

static bool
step_back (gimple_stmt_iterator *gsi, int *blocks_left)
{
  basic_block bb = gsi_bb (*gsi);

  gsi_prev (gsi);
  while (gsi_end_p (*gsi))
    {
      if (!single_pred_p (bb) || (*blocks_left)-- == 0)
	return false;
      bb = single_pred (bb);
      *gsi = gsi_last_bb (bb);
    }
  return true;
}

/* The statement that surely was the last to set OP before USER, or NULL if
   there are several, or it is an asm.  */

static gimple *
last_setter (gimple *user, tree op)
{
  gimple_stmt_iterator gsi = gsi_for_stmt (user);
  int blocks_left = n_basic_blocks_for_fn (cfun);

  while (step_back (&gsi, &blocks_left))
    {
      gasm *stmt = dyn_cast<gasm *> (gsi_stmt (gsi));
      if (stmt && asm_output_p (stmt, op))
	return NULL;
      if (gimple_get_lhs (gsi_stmt (gsi)) == op)
	return gsi_stmt (gsi);
    }
  return NULL;
}

/* The value that OP surely has at STMT if that is a constant, else NULL.
   Looks through copies, and converts as they do.  */

static tree
constant_at (gimple *stmt, tree op)
{
  tree type = TREE_TYPE (op);

  if (TREE_CODE (op) == INTEGER_CST)
    return op;
  if (!VAR_P (op) || TREE_ADDRESSABLE (op) || TREE_THIS_VOLATILE (op)
      || is_global_var (op)
      || !(INTEGRAL_TYPE_P (type) || POINTER_TYPE_P (type)))
    return NULL_TREE;
  gimple *def = last_setter (stmt, op);
  if (!def || !(gimple_assign_single_p (def) || gimple_assign_cast_p (def)))
    return NULL_TREE;
  tree value = constant_at (def, gimple_assign_rhs1 (def));
  return value ? fold_convert (type, value) : NULL_TREE;
}

bool
site_number (const site &s, HOST_WIDE_INT *number)
{
  if (!s.number)
    return false;
  tree value = constant_at (s.stmt, s.number);
  if (!value || !tree_fits_shwi_p (value))
    return false;
  *number = tree_to_shwi (value);
  return true;
}

/* Is argument INDEX of S a constant?  Stores it in *VALUE.  */

static bool
constant_argument (const site &s, unsigned int index, HOST_WIDE_INT *value)
{
  *value = 0;
  if (index >= s.nargs || !s.args[index])
    return false;
  tree constant = constant_at (s.stmt, s.args[index]);
  if (!constant || !tree_fits_shwi_p (constant))
    return false;
  *value = tree_to_shwi (constant);
  return true;
}

/* Why the call with the number of S can't be made from a C function, or NULL if
   it can.  The child of a clone that has a stack of its own, or shares its
   parent's, would return into frames that aren't there, and so would the end of
   a signal handler.  */

static const char *
why_no_c_call (const site &s)
{
  static const HOST_WIDE_INT clone_vm = 0x100;
  HOST_WIDE_INT number, flags, stack;

  if (!site_number (s, &number))
    return NULL;
  switch (target_special_call (number))
    {
    case CALL_SIGRETURN:
      return "rt_sigreturn needs the stack as the signal left it";
    case CALL_VFORK:
    case CALL_CLONE3:
      return "the child goes on on another stack, or on its parent's";
    case CALL_CLONE:
      if (constant_argument (s, 0, &flags) && !(flags & clone_vm)
	  && constant_argument (s, 1, &stack) && stack == 0)
	return NULL;
      return "the child may go on on another stack, or on its parent's";
    default:
      return NULL;
    }
}

/* Is NODE an alias of the function compiled now?  What it stands for is at first
   its name, then the function, and at last a reference.  */

static bool
alias_of_this_p (cgraph_node *node)
{
  tree target = node->alias_target;

  if (target)
    return target == current_function_decl
	   || target == DECL_ASSEMBLER_NAME (current_function_decl);
  return node->alias && node->analyzed
	 && node->get_alias_target ()->decl == current_function_decl;
}

/* Is the function compiled now the resolver of an IFUNC?  It would run before
   the loader has filled in the address of the pointer.  */

static bool
ifunc_resolver_p (void)
{
  cgraph_node *node;

  FOR_EACH_FUNCTION (node)
    if (lookup_attribute ("ifunc", DECL_ATTRIBUTES (node->decl))
	&& alias_of_this_p (node))
      return true;
  return false;
}

/* Why nothing in the function compiled now can be rewritten, or NULL.  */

static const char *
why_not_this_function (void)
{
  const char *why = target_why_no_call ();
  if (why)
    return why;
  if (cfun->has_nonlocal_label)
    return "the function has a label that other functions jump to";
  return NULL;
}

/* Why a site stays native whose bytes GCC's unwinder and gdb look for.  */
static const char trampoline[]
  = "it is a signal trampoline, which unwinders know by its bytes";

/* Why the template with FACTS is not one plain instruction, or NULL.  */

static const char *
why_not_this_template (const struct template_facts &facts)
{
  if (facts.trampoline)
    return trampoline;
  if (facts.undiverted)
    return facts.undiverted;
  if (facts.hidden)
    return facts.hidden;
  if (facts.syscalls > 1)
    return "the template has more than one syscall instruction";
  if (facts.instructions > 1)
    return "the template has other instructions";
  if (facts.directives)
    return "the template has assembler directives";
  if (facts.prefixes)
    return "the instruction has a prefix";
  if (facts.unclear)
    return "the template can't be read with certainty";
  if (facts.reachable)
    return "the template has a label that other code can jump to";
  return NULL;
}

/* Find out all about S, whose template has FACTS.  */

static void
study_site (site *s, const struct template_facts &facts)
{
  s->labels = facts.labels;
  s->residual = why_not_this_template (facts);
  if (!s->residual && gimple_asm_input_p (s->stmt))
    s->residual = "the statement is a basic asm, which has no operands";
  if (!s->residual && gimple_asm_nlabels (s->stmt) > 0)
    s->residual = "the statement is an asm goto";
  if (!s->residual && lookup_stmt_eh_lp (s->stmt) != 0)
    s->residual = "the statement can throw";

  s->before_relocation = ifunc_resolver_p ();
  if (!s->residual && s->before_relocation)
    s->residual
      = "the function is an IFUNC resolver, and runs before relocation";

  const char *operands = model_operands (s);
  if (!s->residual)
    s->residual = operands;
  if (!s->residual)
    s->residual = why_not_this_function ();
  if (!s->residual)
    s->residual = why_no_c_call (*s);
}

std::vector<site>
find_sites (void)
{
  std::vector<site> sites;
  basic_block bb;

  FOR_EACH_BB_FN (bb, cfun)
    for (gimple_stmt_iterator gsi = gsi_start_bb (bb); !gsi_end_p (gsi);
	 gsi_next (&gsi))
      {
	gasm *stmt = dyn_cast<gasm *> (gsi_stmt (gsi));
	if (!stmt)
	  continue;
	struct template_facts facts = read_asm_template (stmt);
	if (!site_p (facts))
	  continue;
	site s = site ();
	s.stmt = stmt;
	s.landing_pad = anchored_landing_pad (stmt);
	study_site (&s, facts);
	sites.push_back (s);
      }
  return sites;
}

const char *
why_toplevel_residual (tree text, bool basic)
{
  struct template_facts facts
    = read_template (TREE_STRING_POINTER (text), basic);
  if (!site_p (facts))
    return NULL;
  if (facts.trampoline)
    return trampoline;
  if (facts.undiverted)
    return facts.undiverted;
  return "the statement stands outside of any function";
}
