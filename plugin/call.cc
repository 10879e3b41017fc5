/* The statements that stand in for a site when the pointer is set: the guard's
   test, the call, and what its result goes to.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#include "compat.h"
#include <abi/entry.h>
#include <abi/text.h>
#include "call.h"
#include "options.h"

/* The pointer, and the guard function for each number of arguments; made when
   first needed.  */
static GTY (()) tree pointer_decl;
static GTY (()) tree guard_decls[PURE_MAX_ARGS + 1];

const struct ggc_root_tab call_roots[]
  = { { &pointer_decl, 1, sizeof (tree), &gt_ggc_mx_tree_node,
	&gt_pch_nx_tree_node },
      { guard_decls, PURE_MAX_ARGS + 1, sizeof (tree), &gt_ggc_mx_tree_node,
	&gt_pch_nx_tree_node },
      LAST_GGC_ROOT_TAB };

/* Make DECL an external symbol of the runtime.  */

static void
make_external (tree decl)
{
  TREE_PUBLIC (decl) = 1;
  DECL_EXTERNAL (decl) = 1;
  DECL_ARTIFICIAL (decl) = 1;
  DECL_IGNORED_P (decl) = 1;
  TREE_USED (decl) = 1;
  DECL_VISIBILITY (decl) = VISIBILITY_DEFAULT;
  DECL_VISIBILITY_SPECIFIED (decl) = 1;
}

static tree
get_pointer_decl (void)
{
  if (!pointer_decl)
    {
      pointer_decl = build_decl (UNKNOWN_LOCATION, VAR_DECL,
				 get_identifier (options.pointer),
				 ptr_type_node);
      make_external (pointer_decl);
      SET_DECL_ASSEMBLER_NAME (pointer_decl, get_identifier (options.pointer));
      TREE_STATIC (pointer_decl) = 0;
      TREE_ADDRESSABLE (pointer_decl) = 1;
      if (options.hidden)
	DECL_VISIBILITY (pointer_decl) = VISIBILITY_HIDDEN;
    }
  return pointer_decl;
}

/* The guard for NARGS arguments: long __pure_guardN (long a1, ..., long aN,
   long number).  It is called through the GOT: a site must not start the lazy
   binding of symbols.  It may throw: a handler may, and thread cancellation
   unwinds through it.  */

static tree
get_guard_decl (unsigned int nargs)
{
  if (!guard_decls[nargs])
    {
      tree types[PURE_MAX_ARGS + 1];
      for (tree &type : types)
	type = long_integer_type_node;
      tree type = build_function_type_array (long_integer_type_node,
					     nargs + 1, types);
      char name[] = PURE_TEXT (PURE_GUARD_SYMBOL) "0";
      name[sizeof name - 2] += nargs;
      tree decl = build_fn_decl (name, type);
      SET_DECL_ASSEMBLER_NAME (decl, get_identifier (name));
      make_external (decl);
      TREE_NOTHROW (decl) = 0;
      DECL_ATTRIBUTES (decl)
	= tree_cons (get_identifier ("noplt"), NULL_TREE, NULL_TREE);
      /* In `call' mode every call passes through it.  */
      if (options.mode == MODE_INLINE)
	DECL_ATTRIBUTES (decl) = tree_cons (get_identifier ("cold"), NULL_TREE,
					    DECL_ATTRIBUTES (decl));
      guard_decls[nargs] = decl;
    }
  return guard_decls[nargs];
}

tree
make_variable (tree type, const char *name)
{
  tree var = create_tmp_var (TYPE_MAIN_VARIANT (type), name);
  DECL_IGNORED_P (var) = 1;
  return var;
}

/* Put STMT into SEQ, with the place in the source that the site has.  */

static void
add_stmt (gimple_seq *seq, gimple *stmt, location_t where)
{
  gimple_set_location (stmt, where);
  gimple_seq_add_stmt_without_update (seq, stmt);
}

/* VALUE as a long, extended as its type says.  Adds statements to SEQ.  */

static tree
make_long (gimple_seq *seq, tree value, location_t where)
{
  if (!value)
    return build_zero_cst (long_integer_type_node);
  if (TREE_CODE (value) == INTEGER_CST)
    return fold_convert (long_integer_type_node, value);
  tree t = make_variable (long_integer_type_node, "pure_arg");
  add_stmt (seq, gimple_build_assign (t, NOP_EXPR, value), where);
  return t;
}

/* TARGET = VALUE, a long, of which TARGET gets as many of the low bits as it is
   wide, also if its type is an enum or a bool.  Adds statements to SEQ.  */

static void
store_long (gimple_seq *seq, tree target, tree value, location_t where)
{
  tree type = TYPE_MAIN_VARIANT (TREE_TYPE (target));
  if (!useless_type_conversion_p (type, long_integer_type_node))
    {
      tree raw = build_nonstandard_integer_type (
	tree_to_uhwi (TYPE_SIZE (type)), TYPE_UNSIGNED (type));
      tree cut = make_variable (raw, "pure_cut");
      add_stmt (seq, gimple_build_assign (cut, NOP_EXPR, value), where);
      tree cast = make_variable (type, "pure_cast");
      if ((TREE_CODE (type) == BOOLEAN_TYPE || TREE_CODE (type) == ENUMERAL_TYPE)
	  && TYPE_PRECISION (type) != TYPE_PRECISION (raw))
	add_stmt (seq,
		  gimple_build_assign (cast, VIEW_CONVERT_EXPR,
				       build1 (VIEW_CONVERT_EXPR, type, cut)),
		  where);
      else
	add_stmt (seq, gimple_build_assign (cast, NOP_EXPR, cut), where);
      value = cast;
    }
  add_stmt (seq, gimple_build_assign (target, value), where);
}

tree
make_operand (const char *constraint, tree value)
{
  tree text = build_string (strlen (constraint) + 1, constraint);
  return build_tree_list (build_tree_list (NULL_TREE, text), value);
}

tree
make_clobber (const char *name)
{
  return build_tree_list (NULL_TREE, build_string (strlen (name) + 1, name));
}

/* An empty asm that reads the operands in memory that S reads, and if WRITES,
   writes those that it writes.  Adds it to SEQ where there are any.  */

static void
touch_memory (gimple_seq *seq, const site &s, bool writes, location_t where)
{
  vec<tree, va_gc> *inputs = NULL, *outputs = NULL;

  for (tree operand : s.memory_inputs)
    vec_safe_push (inputs, make_operand ("m", unshare_expr (operand)));
  for (tree operand : s.memory_outputs)
    if (writes)
      vec_safe_push (outputs, make_operand ("=m", unshare_expr (operand)));
  for (tree operand : s.memory_outputs)
    vec_safe_push (inputs, make_operand ("m", unshare_expr (operand)));
  if (!inputs && !outputs)
    return;
  gasm *touch = gimple_build_asm_vec ("", inputs, outputs, NULL, NULL);
  gimple_asm_set_volatile (touch, true);
  add_stmt (seq, touch, where);
}

gimple *
build_call (const site &s, gimple_seq *seq)
{
  location_t where = gimple_location (s.stmt);
  auto_vec<tree, PURE_MAX_ARGS + 1> args;

  touch_memory (seq, s, false, where);
  for (unsigned int i = 0; i < s.nargs; i++)
    args.quick_push (make_long (seq, s.args[i], where));
  args.quick_push (make_long (seq, s.number, where));
  /* Taken before the result is stored: it may go to one of them.  */
  std::vector<tree> kept;
  for (const kept_output &k : s.kept)
    kept.push_back (make_long (seq, k.value, where));

  gcall *call = gimple_build_call_vec (get_guard_decl (s.nargs), args);
  tree result = NULL_TREE;
  if (s.result)
    {
      result = make_variable (long_integer_type_node, "pure_result");
      gimple_call_set_lhs (call, result);
    }
  add_stmt (seq, call, where);
  touch_memory (seq, s, true, where);
  if (result)
    store_long (seq, unshare_expr (s.result), result, where);
  for (unsigned int i = 0; i < kept.size (); i++)
    store_long (seq, unshare_expr (s.kept[i].target), kept[i], where);
  return call;
}

gasm *
build_test (const site &s, tree label)
{
  vec<tree, va_gc> *inputs = NULL, *clobbers = NULL, *labels = NULL;

  vec_safe_push (inputs, make_operand ("m", get_pointer_decl ()));
  if (s.clobbers_memory)
    vec_safe_push (clobbers, make_clobber ("memory"));
  for (const char *const *name = target_test_clobbers; *name; name++)
    vec_safe_push (clobbers, make_clobber (*name));
  vec_safe_push (labels, build_tree_list (NULL_TREE, label));
  gasm *test = gimple_build_asm_vec (target_test_template, inputs, NULL,
				     clobbers, labels);
  gimple_asm_set_volatile (test, true);
  gimple_asm_set_inline (test, true);
  gimple_set_location (test, gimple_location (s.stmt));
  return test;
}
