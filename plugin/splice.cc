/* The guard inside a site's own asm statement.

   SPDX-License-Identifier: GPL-3.0-or-later

   The template of a spliced site becomes

	jump to a stub, with the address of 2, if __pure_syscall is set
	the template, as it was
     2:

   The stub, which all sites like this one share, jumps to __pure_site with WHAT,
   that says how many arguments there are, and which of them are ints.  The
   instructions are the target's (target_splice).  They use only what the
   statement destroys anyway, and not the stack.  __pure_site (site.S in the
   runtime) keeps all the general registers that the instruction keeps, and goes
   on after it.  But it calls a C function, which destroys other registers, so
   they are added to what the statement destroys.

   That is done after inlining, when it is known which function the statement
   is in, and which registers that function may use: GCC refuses a statement that
   destroys a register which isn't there.

   Control flow stays what it is in the source, so nothing that GCC knows of
   the function changes.  */

#include "compat.h"
#include <abi/entry.h>
#include "call.h"
#include "operand.h"
#include "options.h"
#include "splice.h"
#include "thunk.h"
#include "unit.h"

/* Is there a spliced statement in the unit?  */
static bool any_spliced;

static bool
spliced_p (gimple *stmt)
{
  gasm *a = dyn_cast<gasm *> (stmt);
  return a && strstr (gimple_asm_string (a), target_splice_mark);
}

/* How argument VALUE becomes a long.  */
enum extension
{
  EXTEND_NONE,
  EXTEND_SIGNED,
  EXTEND_UNSIGNED,
  /* In a way that `__pure_site' doesn't know.  */
  EXTEND_OTHERWISE
};

static enum extension
extension_of (tree value)
{
  if (!value)
    return EXTEND_OTHERWISE;
  tree type = TREE_TYPE (value);
  switch (tree_to_uhwi (TYPE_SIZE (type)))
    {
    case 64:
      return EXTEND_NONE;
    case 32:
      return TYPE_UNSIGNED (type) ? EXTEND_UNSIGNED : EXTEND_SIGNED;
    default:
      return EXTEND_OTHERWISE;
    }
}

static_assert (PURE_MAX_ARGS <= PURE_WHAT_COUNT
		 && PURE_WHAT_SIGNED_BIT (PURE_MAX_ARGS) < PURE_WHAT_UNSIGNED_BIT (0),
	       "abi/entry.h");

/* Store in *WHAT what __pure_site is to know of S (abi/entry.h).  Returns false
   if S can't be described so.  */

static bool
describe (const site &s, unsigned int *what)
{
  *what = s.nargs;
  for (unsigned int i = 0; i <= PURE_MAX_ARGS; i++)
    {
      if (i < PURE_MAX_ARGS && i >= s.nargs)
	continue;
      switch (extension_of (i < PURE_MAX_ARGS ? s.args[i] : s.number))
	{
	case EXTEND_NONE:
	  break;
	case EXTEND_SIGNED:
	  *what |= 1u << PURE_WHAT_SIGNED_BIT (i);
	  break;
	case EXTEND_UNSIGNED:
	  *what |= 1u << PURE_WHAT_UNSIGNED_BIT (i);
	  break;
	case EXTEND_OTHERWISE:
	  return false;
	}
    }
  return true;
}

static bool
int_constant_p (tree value)
{
  return value && TREE_CODE (value) == INTEGER_CST
	 && tree_to_uhwi (TYPE_SIZE (TREE_TYPE (value))) < BITS_PER_WORD;
}

/* Is input number INDEX of STMT tied to an output that isn't a whole register,
   so that it can't be one either?  */

static bool
tied_to_int_p (gasm *stmt, unsigned int index)
{
  int tied = tied_output (gimple_asm_input_op (stmt, index));
  if (tied < 0)
    return false;
  tree output = TREE_VALUE (gimple_asm_output_op (stmt, tied));
  return tree_to_uhwi (TYPE_SIZE (TREE_TYPE (output))) < BITS_PER_WORD;
}

/* Make longs of the constants among the inputs of S, unless one can't be: they
   need not be extended then.  */

static void
widen_constants (site *s)
{
  gasm *stmt = s->stmt;

  for (unsigned int i = 0; i < gimple_asm_ninputs (stmt); i++)
    if (int_constant_p (TREE_VALUE (gimple_asm_input_op (stmt, i)))
	&& tied_to_int_p (stmt, i))
      return;
  for (unsigned int i = 0; i < gimple_asm_ninputs (stmt); i++)
    {
      tree operand = gimple_asm_input_op (stmt, i);
      if (int_constant_p (TREE_VALUE (operand)))
	TREE_VALUE (operand)
	  = fold_convert (long_integer_type_node, TREE_VALUE (operand));
    }
  for (tree &arg : s->args)
    if (int_constant_p (arg))
      arg = fold_convert (long_integer_type_node, arg);
  if (int_constant_p (s->number))
    s->number = fold_convert (long_integer_type_node, s->number);
}

bool
splice_possible_p (const site &s)
{
  unsigned int what;

  return options.mode == MODE_INLINE && s.landing_pad == 0
	 && target_splice_p () && describe (s, &what) && !call_visible_p ();
}

/* Is the pointer within reach without the GOT?  */

static bool
pointer_near_p (void)
{
  return options.hidden
	 || target_extern_data_near_p ();
}

/* The clobbers of STMT, and then NAMES.  */

static vec<tree, va_gc> *
add_clobbers (gasm *stmt, const std::vector<const char *> &names)
{
  vec<tree, va_gc> *clobbers = NULL;

  for (unsigned int i = 0; i < gimple_asm_nclobbers (stmt); i++)
    vec_safe_push (clobbers, gimple_asm_clobber_op (stmt, i));
  for (const char *name : names)
    vec_safe_push (clobbers, make_clobber (name));
  return clobbers;
}

/* Put a copy of STMT in its place that has TEXT, and also clobbers NAMES.  */

static gasm *
replace_asm (gasm *stmt, const char *text,
	     const std::vector<const char *> &names)
{
  vec<tree, va_gc> *inputs = NULL, *outputs = NULL;

  for (unsigned int i = 0; i < gimple_asm_ninputs (stmt); i++)
    vec_safe_push (inputs, gimple_asm_input_op (stmt, i));
  for (unsigned int i = 0; i < gimple_asm_noutputs (stmt); i++)
    vec_safe_push (outputs, gimple_asm_output_op (stmt, i));
  gasm *copy = gimple_build_asm_vec (text, inputs, outputs,
				     add_clobbers (stmt, names), NULL);
  gimple_asm_set_volatile (copy, gimple_asm_volatile_p (stmt));
  gimple_asm_set_inline (copy, true);
  for (unsigned int i = 0; i < gimple_asm_noutputs (copy); i++)
    {
      tree value = TREE_VALUE (gimple_asm_output_op (copy, i));
      if (TREE_CODE (value) == SSA_NAME)
	SSA_NAME_DEF_STMT (value) = copy;
    }
  if (gimple_in_ssa_p (cfun))
    gimple_move_vops (copy, stmt);
  gimple_stmt_iterator gsi = gsi_for_stmt (stmt);
  gsi_replace (&gsi, copy, false);
  return copy;
}

/* What stands after the template of a spliced site.  */

static std::string
splice_after (void)
{
  return "\n.Lpure_back%=:" + target_landing () + record_after;
}

void
splice_site (site *s)
{
  unsigned int what = 0;
  std::vector<const char *> clobbers;

  widen_constants (s);
  describe (*s, &what);
  if (!s->clobbers_memory)
    clobbers.push_back ("memory");
  std::string text
    = target_splice (options.pointer, options.hidden, pointer_near_p (), what)
      + record_before + gimple_asm_string (s->stmt) + splice_after ();
  s->stmt = replace_asm (s->stmt, text.c_str (), clobbers);
  any_spliced = true;
}

/* Let STMT, which is spliced, go by the thunk instead, which destroys
   nothing.  */

static void
thunk_spliced (gasm *stmt)
{
  std::string text = gimple_asm_string (stmt);
  size_t start = text.find (record_before) + strlen (record_before);
  size_t end = text.rfind (splice_after ());
  stmt->string
    = ggc_strdup (thunk_text (text.substr (start, end - start).c_str (), false)
		    .c_str ());
}

void
finish_splices (void)
{
  std::vector<gasm *> spliced;
  basic_block bb;

  if (!any_spliced)
    return;
  FOR_EACH_BB_FN (bb, cfun)
    for (gimple_stmt_iterator gsi = gsi_start_bb (bb); !gsi_end_p (gsi);
	 gsi_next (&gsi))
      if (spliced_p (gsi_stmt (gsi)))
	spliced.push_back (as_a<gasm *> (gsi_stmt (gsi)));
  if (spliced.empty ())
    return;
  if (target_why_no_call ())
    {
      for (gasm *stmt : spliced)
	thunk_spliced (stmt);
      return;
    }
  std::vector<const char *> names = target_splice_clobbers ();
  for (gasm *stmt : spliced)
    replace_asm (stmt, gimple_asm_string (stmt), names);
}
