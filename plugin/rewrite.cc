/* The rewrite of the sites of one function: the only part of the plugin that
   changes the program.

   SPDX-License-Identifier: GPL-3.0-or-later

   Where that is possible the guard goes into the site's own statement
   (splice.cc).  Else, a site

     asm volatile ("syscall" : "=a" (result)
		   : "0" (number), "D" (a1), "S" (a2) : "memory", ...);

   becomes, in `inline' mode,

	 asm goto inline ("cmpq $0, %0; jne %l1"
			  : : "m" (__pure_syscall) : "memory" : slow);
	 asm volatile ("syscall" ...);		// as it was
       join:
	 ...

       slow:					// cold: out of the way
	 t = __pure_guard2 ((long) a1, (long) a2, (long) number);
	 result = (typeof (result)) t;
	 goto join;

   and in `call' mode the two lines of the slow arm alone, without the jump.

   The guard function tests the pointer again, so that the pointer may change
   between the two.  The test is an asm goto so that it is two instructions
   and stays so: no sanitizer instruments it, no pass moves, merges or repeats
   it.  It clobbers memory where the site does, so that a store to the pointer
   under any name comes before the test.  An operand in memory that the site
   reads or writes is read or written by an empty asm around the call, and an
   output in an argument register gets what was in it, as the kernel keeps it.

   Hard-register variables (register long r10 asm ("r10")).  GCC promises
   their register only at an asm statement that has them as an operand: what
   comes between the assignment and the statement may destroy it, and the
   guard would be such a thing, and so are the callbacks of sanitizers, which
   start each block.  Therefore each one that a site uses is replaced by an
   ordinary variable, its shadow, in the whole function, and is left only
   directly around the asm statements that have it as an operand:

     asm volatile ("" : "=r" (r10) : "0" (shadow));	// r10 = shadow
     // nothing between this and the asm
     asm (... "r" (r10));
     rax = ...		// and behind it, for outputs: shadow = rax

   so that it no longer matters where it was assigned, or how many statements
   share the assignment.

   In a function that calls setjmp, each call ends its block and has an
   abnormal edge to the block from which setjmp returns again; the added call
   gets them too.  In a region of exceptions it gets the edge to the landing
   pad that the site's anchor had; see anchor.h.  */

#include "compat.h"
#include "options.h"
#include "rewrite.h"
#include "splice.h"
#include "thunk.h"

/* The pointer, and the guard function for each number of arguments; made when
   first needed.  */
static GTY (()) tree pointer_decl;
static GTY (()) tree guard_decls[MAX_ARGS + 1];

const struct ggc_root_tab rewrite_roots[]
  = { { &pointer_decl, 1, sizeof (tree), &gt_ggc_mx_tree_node,
	&gt_pch_nx_tree_node },
      { guard_decls, MAX_ARGS + 1, sizeof (tree), &gt_ggc_mx_tree_node,
	&gt_pch_nx_tree_node },
      LAST_GGC_ROOT_TAB };

/* Give DECL what every external symbol of the runtime has.  */

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
   long number).  Called through the GOT, so that no lazy binding runs in a
   place where a system call can be made.  It may throw: a handler may, and
   thread cancellation unwinds through it.  */

static tree
get_guard_decl (unsigned int nargs)
{
  if (!guard_decls[nargs])
    {
      tree types[MAX_ARGS + 1];
      for (tree &type : types)
	type = long_integer_type_node;
      tree type = build_function_type_array (long_integer_type_node,
					     nargs + 1, types);
      char name[] = "__pure_guard0";
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

/* A new ordinary variable of TYPE in the function compiled now.  */

static tree
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

/* TARGET = VALUE, a long, cut to the width of TARGET as a register is: the
   low bits, whatever values TARGET's type has names for.  Adds to SEQ.  */

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

/* An operand for an asm statement.  */

static tree
make_operand (const char *constraint, tree value)
{
  tree text = build_string (strlen (constraint) + 1, constraint);
  return build_tree_list (build_tree_list (NULL_TREE, text), value);
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

/* Build the call that stands in for S: in *BEFORE what comes up to it and
   the call itself, in *AFTER what its result is used for.  */

static void
build_call (const site &s, gimple_seq *before, gimple_seq *after)
{
  location_t where = gimple_location (s.stmt);
  auto_vec<tree, MAX_ARGS + 1> args;

  touch_memory (before, s, false, where);
  for (unsigned int i = 0; i < s.nargs; i++)
    args.quick_push (make_long (before, s.args[i], where));
  args.quick_push (make_long (before, s.number, where));
  /* Taken before the result is stored: it may go to one of them.  */
  std::vector<tree> kept;
  for (const kept_output &k : s.kept)
    kept.push_back (make_long (before, k.value, where));

  gcall *call = gimple_build_call_vec (get_guard_decl (s.nargs), args);
  tree result = NULL_TREE;
  if (s.result)
    {
      result = make_variable (long_integer_type_node, "pure_result");
      gimple_call_set_lhs (call, result);
    }
  add_stmt (before, call, where);
  touch_memory (after, s, true, where);
  if (result)
    store_long (after, unshare_expr (s.result), result, where);
  for (unsigned int i = 0; i < kept.size (); i++)
    store_long (after, unshare_expr (s.kept[i].target), kept[i], where);
}

/* The block from which abnormal edges of the function's calls go on, or NULL
   if there isn't just one.  */

static basic_block
find_dispatcher (void)
{
  basic_block bb, found = NULL;

  FOR_EACH_BB_FN (bb, cfun)
    {
      gimple_stmt_iterator gsi = gsi_start_nondebug_after_labels_bb (bb);
      if (gsi_end_p (gsi)
	  || !gimple_call_internal_p (gsi_stmt (gsi),
				      IFN_ABNORMAL_DISPATCHER))
	continue;
      if (found)
	return NULL;
      found = bb;
    }
  return found;
}

/* The first and the last of the statements that belong to a site's own: the
   copies to and from its register variables, and itself.  */
struct span
{
  gimple *first;
  gimple *last;
};

/* Give CALL, which stands in for S, the edges that leave it otherwise than by
   a return: to the landing pad of S, and to DISPATCHER if that isn't NULL.  It
   then ends its block.  */

static void
make_call_edges (gimple *call, const site &s, basic_block dispatcher)
{
  if (s.landing_pad)
    add_stmt_to_eh_lp (call, s.landing_pad);
  if (s.landing_pad <= 0 && !dispatcher)
    return;
  split_block (gimple_bb (call), call);
  if (s.landing_pad > 0)
    make_eh_edges (call);
  if (dispatcher)
    make_edge (gimple_bb (call), dispatcher, EDGE_ABNORMAL);
}

/* The call in SEQ.  */

static gimple *
call_in (gimple_seq seq)
{
  gimple_stmt_iterator gsi = gsi_last (seq);
  while (!is_gimple_call (gsi_stmt (gsi)))
    gsi_prev (&gsi);
  return gsi_stmt (gsi);
}

/* The guard's test, which goes to LABEL.  */

static gasm *
build_test (const site &s, tree label)
{
  vec<tree, va_gc> *inputs = NULL, *clobbers = NULL, *labels = NULL;

  vec_safe_push (inputs, make_operand ("m", get_pointer_decl ()));
  if (s.clobbers_memory)
    vec_safe_push (clobbers,
		   build_tree_list (NULL_TREE, build_string (7, "memory")));
  vec_safe_push (labels, build_tree_list (NULL_TREE, label));
  gasm *test = gimple_build_asm_vec (x86_64_test_template, inputs, NULL,
				     clobbers, labels);
  gimple_asm_set_volatile (test, true);
  gimple_asm_set_inline (test, true);
  gimple_set_location (test, gimple_location (s.stmt));
  return test;
}

/* Make the slow arm's block: reached from TEST_BB, goes on to JOIN.  */

static basic_block
make_slow_block (basic_block test_bb, basic_block join)
{
  basic_block slow = create_empty_bb (EXIT_BLOCK_PTR_FOR_FN (cfun)->prev_bb);
  edge native = single_succ_edge (test_bb);
  edge e = make_edge (test_bb, slow, 0);

  e->probability = profile_probability::very_unlikely ();
  native->probability = e->probability.invert ();
  slow->count = test_bb->count.apply_probability (e->probability);
  make_single_succ_edge (slow, join, EDGE_FALLTHRU);
  if (current_loops)
    add_bb_to_loop (slow, test_bb->loop_father);
  return slow;
}

/* Guard S, whose own statements are SPAN, in `inline' mode.  */

static void
rewrite_inline (const site &s, const struct span &span,
		basic_block dispatcher)
{
  gimple_stmt_iterator gsi = gsi_for_stmt (span.first);
  gsi_prev (&gsi);
  gimple *before = gsi_end_p (gsi) ? NULL : gsi_stmt (gsi);
  basic_block test_bb = split_block (gimple_bb (span.first), before)->src;
  basic_block join = split_block (gimple_bb (span.last), span.last)->dest;
  basic_block slow = make_slow_block (test_bb, join);

  gsi = gsi_last_bb (test_bb);
  gsi_insert_after_without_update (
    &gsi, build_test (s, gimple_block_label (slow)), GSI_NEW_STMT);
  record_guarded (s.stmt);

  gimple_seq call = NULL, use = NULL;
  build_call (s, &call, &use);
  gimple *call_stmt = call_in (call);
  gimple_seq_add_seq_without_update (&call, use);
  gsi = gsi_last_bb (slow);
  gsi_insert_seq_after_without_update (&gsi, call, GSI_NEW_STMT);
  make_call_edges (call_stmt, s, dispatcher);
}

/* Replace S, whose own statements are SPAN, by a call of the guard.  */

static void
rewrite_call (const site &s, const struct span &span, basic_block dispatcher)
{
  gimple_seq call = NULL, use = NULL;
  build_call (s, &call, &use);
  gimple *call_stmt = call_in (call);
  gimple_seq_add_seq_without_update (&call, use);

  gimple_stmt_iterator gsi = gsi_for_stmt (span.first);
  gsi_insert_seq_before_without_update (&gsi, call, GSI_SAME_STMT);
  while (gsi_stmt (gsi) != span.last)
    gsi_remove (&gsi, true);
  gsi_remove (&gsi, true);
  make_call_edges (call_stmt, s, dispatcher);
}

/* A register variable that sites use, and its shadow.  */
struct shadow
{
  tree decl;
  tree var;
};

/* All of a function's, in the order of their first use: few, and walked in an
   order that doesn't change from one run of the compiler to the next.  */
typedef std::vector<shadow> shadow_list;

/* The shadow of DECL in SHADOWS, or NULL.  */

static tree
find_shadow (const shadow_list &shadows, tree decl)
{
  for (const shadow &s : shadows)
    if (s.decl == decl)
      return s.var;
  return NULL_TREE;
}

/* Does STMT have DECL as an output?  */

static bool
asm_output_p (gasm *stmt, tree decl)
{
  for (unsigned int i = 0; i < gimple_asm_noutputs (stmt); i++)
    if (TREE_VALUE (gimple_asm_output_op (stmt, i)) == decl)
      return true;
  return false;
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
	  if (decl && (register_variable_place (decl) & PLACE_CALL_DESTROYED)
	      && !find_shadow (*shadows, decl))
	    shadows->push_back (
	      { decl, make_variable (TREE_TYPE (decl), "pure_reg") });
	}
    }
}

/* Is there an asm goto that has DECL as an output?  Nothing can be put behind
   one.  */

static bool
asm_goto_output_p (tree decl)
{
  basic_block bb;
  FOR_EACH_BB_FN (bb, cfun)
    {
      gimple_stmt_iterator gsi = gsi_last_bb (bb);
      gasm *stmt = gsi_end_p (gsi) ? NULL : dyn_cast<gasm *> (gsi_stmt (gsi));
      if (stmt && gimple_asm_nlabels (stmt) > 0 && asm_output_p (stmt, decl))
	return true;
    }
  return false;
}

/* Make the sites residual whose register variables can't have a shadow.  */

static void
drop_unshadowable (std::vector<site> *sites)
{
  for (site &s : *sites)
    for (unsigned int i = 0; !s.residual && i < gimple_num_ops (s.stmt); i++)
      {
	tree decl = register_operand (s.stmt, i);
	if (decl && asm_goto_output_p (decl))
	  s.residual = "a register variable is an output of an asm goto";
      }
}

/* Callback of walk_gimple_op: replace a variable by its shadow.  */

static tree
use_shadow (tree *slot, int *, void *data)
{
  struct walk_stmt_info *wi = (struct walk_stmt_info *) data;
  const shadow_list *shadows = (const shadow_list *) wi->info;
  if (tree var = find_shadow (*shadows, *slot))
    *slot = var;
  return NULL_TREE;
}

/* The statement DECL = SHADOW, as an empty asm.  GCC takes DECL for a variable
   that no call changes, and would leave out an assignment that looks as if it
   repeated an earlier one.  No pass on GIMPLE leaves out an asm, and those on RTL
   know what calls change.  A volatile one is in no pass's way at all; but where
   such a statement may throw, it ends its block once it is inlined into a region
   of exceptions.  */

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

/* Put the copies between register variables and SHADOWS around STMT.  */

static struct span
copy_around_asm (gasm *stmt, const shadow_list &shadows)
{
  struct span span = { stmt, stmt };
  location_t where = gimple_location (stmt);

  for (const shadow &s : shadows)
    {
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

/* Use SHADOWS in the whole function.  Returns the statements of each asm that
   copies were put around.  */

static void
insert_shadows (shadow_list *shadows, hash_map<gimple *, struct span> *spans)
{
  basic_block bb;
  auto_vec<gasm *> asms;
  struct walk_stmt_info wi;

  memset (&wi, 0, sizeof wi);
  wi.info = shadows;
  FOR_EACH_BB_FN (bb, cfun)
    for (gimple_stmt_iterator gsi = gsi_start_bb (bb); !gsi_end_p (gsi);)
      {
	gimple *stmt = gsi_stmt (gsi);
	if (gasm *a = dyn_cast<gasm *> (stmt))
	  asms.safe_push (a);
	else if (gimple_clobber_p (stmt)
		 && find_shadow (*shadows, gimple_assign_lhs (stmt)))
	  {
	    gsi_remove (&gsi, true);
	    continue;
	  }
	else
	  walk_gimple_op (stmt, use_shadow, &wi);
	gsi_next (&gsi);
      }

  for (gasm *stmt : asms)
    spans->put (stmt, copy_around_asm (stmt, *shadows));
}

/* OP, or its shadow.  */

static tree
shadowed (const shadow_list &shadows, tree op)
{
  tree var = find_shadow (shadows, op);
  return var ? var : op;
}

/* Let the slow arm of S use SHADOWS.  */

static void
use_shadows (site *s, const shadow_list &shadows)
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

/* Is a call in this function the start of abnormal edges?  */

static bool
abnormal_calls_p (void)
{
  return cfun->calls_setjmp || cfun->has_nonlocal_label;
}

void
rewrite_sites (std::vector<site> *sites)
{
  basic_block dispatcher = NULL;
  for (site &s : *sites)
    s.spliced = !s.residual && splice_possible_p (s);
  if (abnormal_calls_p ())
    {
      dispatcher = find_dispatcher ();
      if (!dispatcher)
	for (site &s : *sites)
	  if (!s.residual)
	    s.residual = "where setjmp returns to can't be told";
    }
  drop_unshadowable (sites);

  shadow_list shadows;
  hash_map<gimple *, struct span> spans;
  make_shadows (*sites, &shadows);
  if (!shadows.empty ())
    insert_shadows (&shadows, &spans);

  for (site &s : *sites)
    {
      if (s.residual)
	{
	  if (options.residual == RESIDUAL_THUNK && thunk_site (s))
	    s.kind = SITE_THUNKED;
	  continue;
	}
      s.kind = SITE_GUARDED;
      if (s.spliced)
	{
	  splice_site (&s);
	  continue;
	}
      use_shadows (&s, shadows);
      struct span own = { s.stmt, s.stmt };
      if (struct span *span = spans.get (s.stmt))
	own = *span;
      if (options.mode == MODE_CALL && !s.labels)
	rewrite_call (s, own, dispatcher);
      else
	rewrite_inline (s, own, dispatcher);
    }
  free_dominance_info (CDI_DOMINATORS);
  free_dominance_info (CDI_POST_DOMINATORS);
  if (current_loops)
    loops_state_set (LOOPS_NEED_FIXUP);
}
