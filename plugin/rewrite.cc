/* The rewrite of the sites of one function: control flow.

   SPDX-License-Identifier: GPL-3.0-or-later

   Where possible, the guard goes into the site's own statement (splice.cc).
   Else a site, here one of x86-64,

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

   and in `call' mode only the first two lines of the slow arm.

   The guard function tests the pointer again, so the pointer may change between
   the two tests.  The first is an asm goto so that it is, and stays, two
   instructions: no sanitizer instruments it, no pass moves, merges or repeats
   it.  It clobbers memory where the site does, so that a store to the pointer
   under any name comes before the test.  Empty asm statements around the call
   read and write the operands in memory that the site reads and writes.  An
   output in an argument's register gets that argument, since the kernel keeps it.

   shadow.cc says what becomes of hard-register variables.

   In a function that calls setjmp, each call ends its block and has an
   abnormal edge to the block from which setjmp returns again; the added call
   gets them too.  In a region of exceptions it gets the edge to the landing
   pad that the site's anchor had; see anchor.h.  */

#include "compat.h"
#include "call.h"
#include "options.h"
#include "rewrite.h"
#include "shadow.h"
#include "splice.h"
#include "thunk.h"

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

/* Give CALL, which stands in for S, the edges that leave it otherwise than by
   a return: to the landing pad of S, and to DISPATCHER if that isn't NULL.  It
   then ends its block.  Returns the block of what comes after it.  */

static basic_block
make_call_edges (gimple *call, const site &s, basic_block dispatcher)
{
  if (s.landing_pad)
    add_stmt_to_eh_lp (call, s.landing_pad);
  if (s.landing_pad <= 0 && !dispatcher)
    return gimple_bb (call);
  basic_block after = split_block (gimple_bb (call), call)->dest;
  if (s.landing_pad > 0)
    make_eh_edges (call);
  if (dispatcher)
    make_edge (gimple_bb (call), dispatcher, EDGE_ABNORMAL);
  return after;
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

/* Guard S, whose own statements are SPAN, in `inline' mode.  Returns the block
   of what comes after them.  */

static basic_block
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

  gimple_seq seq = NULL;
  gimple *call = build_call (s, &seq);
  gsi = gsi_last_bb (slow);
  gsi_insert_seq_after_without_update (&gsi, seq, GSI_NEW_STMT);
  make_call_edges (call, s, dispatcher);
  return join;
}

/* Replace S, whose own statements are SPAN, by a call of the guard.  Returns
   the block of what comes after it.  */

static basic_block
rewrite_call (const site &s, const struct span &span, basic_block dispatcher)
{
  gimple_seq seq = NULL;
  gimple *call = build_call (s, &seq);

  gimple_stmt_iterator gsi = gsi_for_stmt (span.first);
  gsi_insert_seq_before_without_update (&gsi, seq, GSI_SAME_STMT);
  while (gsi_stmt (gsi) != span.last)
    gsi_remove (&gsi, true);
  gsi_remove (&gsi, true);
  return make_call_edges (call, s, dispatcher);
}

/* The own statements of S, as SPANS say.  */

static struct span
span_of (const site &s, hash_map<gimple *, struct span> *spans)
{
  struct span *span = spans->get (s.stmt);
  return span ? *span : (struct span) { s.stmt, s.stmt };
}

/* A site that is to be rewritten, and the statements after it up to the end of
   its block or of the next such site.  */
struct cut
{
  site *s;
  struct span span;
  gimple_seq rest;
};

/* Take the statements after each site of SITES that is to be rewritten, and has
   another one after it in its block, out of that block.  To split a block
   takes as long as what is moved is long, and a block may be all of a large
   function.  They are given back by uncut.  */

static std::vector<cut>
cut_blocks (std::vector<site> *sites, hash_map<gimple *, struct span> *spans)
{
  std::vector<cut> cuts;
  for (site &s : *sites)
    if (!s.residual && !s.spliced)
      cuts.push_back ({ &s, span_of (s, spans), NULL });
  for (size_t i = cuts.size (); i-- > 1;)
    {
      gimple *last = cuts[i - 1].span.last;
      if (gimple_bb (last) == gimple_bb (cuts[i].span.first))
	cuts[i - 1].rest = gsi_split_seq_after (gsi_for_stmt (last));
    }
  return cuts;
}

/* Put what was cut off after C to the end of BB.  */

static void
uncut (const cut &c, basic_block bb)
{
  if (!c.rest)
    return;
  gimple_stmt_iterator gsi = gsi_last_bb (bb);
  gsi_insert_seq_after_without_update (&gsi, c.rest, GSI_NEW_STMT);
}

/* Rewrite the sites of SITES that are to be guarded and not spliced.  */

static void
rewrite_blocks (std::vector<site> *sites, shadow_list *shadows,
		hash_map<gimple *, struct span> *spans,
		basic_block dispatcher)
{
  for (const cut &c : cut_blocks (sites, spans))
    {
      use_shadows (c.s, shadows);
      basic_block after = options.mode == MODE_CALL && !c.s->labels
			    ? rewrite_call (*c.s, c.span, dispatcher)
			    : rewrite_inline (*c.s, c.span, dispatcher);
      uncut (c, after);
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
	    s.residual = "where setjmp returns to is not known";
    }
  drop_unshadowable (sites);

  hash_map<gimple *, struct span> spans;
  shadow_list shadows;
  insert_shadows (*sites, &shadows, &spans);

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
	splice_site (&s);
    }
  rewrite_blocks (sites, &shadows, &spans, dispatcher);
  free_dominance_info (CDI_DOMINATORS);
  free_dominance_info (CDI_POST_DOMINATORS);
  if (current_loops)
    loops_state_set (LOOPS_NEED_FIXUP);
}
