/* purecc: guard every inline-asm statement that makes a system call.

   SPDX-License-Identifier: GPL-3.0-or-later

   A GCC plugin.  For each asm statement whose template holds the system call
   instruction it finds out which operand is in which register, and puts a test
   of the pointer __pure_syscall around it: while that is NULL the instruction
   is executed as before, else the runtime calls the function that it names.
   The heads of splice.cc, rewrite.cc and thunk.cc specify what is inserted.

   The flow is options -> site (template, operand) -> rewrite (splice, call,
   shadow, thunk) -> report, once for each function.  Before it, anchor.cc puts
   anchors into regions of exceptions; none is left after it.  After the last pass
   on GIMPLE, splice.cc finishes what it has begun.  Only target-ARCH.cc knows the
   processor.

   To see what it does: -fplugin-arg-purecc-verbose for a note at each site,
   -fplugin-arg-purecc-report=FILE for all that it found out, and -fdump-tree-all
   for the function bodies after each pass, those of this plugin in files that
   end in .purecc and .purecc_splice.  GCC refuses -fdump-tree-purecc: it reads
   its options before it loads plugins.  */

#include "compat.h"
#include "anchor.h"
#include "call.h"
#include "options.h"
#include "report.h"
#include "rewrite.h"
#include "seen.h"
#include "site.h"
#include "splice.h"
#include "thunk.h"

/* What GCC looks for by name; all else is hidden.  */
#pragma GCC visibility push(default)
int plugin_is_GPL_compatible;
extern int plugin_init (struct plugin_name_args *,
			struct plugin_gcc_version *);
#pragma GCC visibility pop

static const char help[]
  = "Guard every inline-asm syscall statement by a test of __pure_syscall";

/* Say that the site at WHERE, residual because of WHY, stays native, in the
   way that the options ask for.  WHERE is unknown for a statement outside of
   any function: GCC doesn't keep where those are.  Where -w hides the warning
   there is a note, if the options ask for notes.  */

static void
say_native (location_t where, const char *why)
{
  warn_in_system_headers warn;
  if (options.residual == RESIDUAL_ERROR)
    error_at (where, "purecc: a %<syscall%> in %qs cannot be guarded: %s",
	      main_input_filename, why);
  else if (!warning_at (where, 0,
			"purecc: a %<syscall%> in %qs stays native: %s",
			main_input_filename, why)
	   && options.verbose)
    inform (where, "purecc: a %<syscall%> in %qs stays native: %s",
	    main_input_filename, why);
}

/* Say what became of S: a warning or an error if it stays native, a note if the
   options ask for notes.  */

static void
say_site (const site &s, const struct site_note &note)
{
  char *name = call_name (note);
  const char *call = name ? name : "a call whose number isn't known here";

  if (s.kind == SITE_NATIVE && options.mode != MODE_OFF)
    say_native (note.where, s.residual);
  else if (options.verbose && s.residual)
    inform (note.where, "purecc: %s %s: %s", call,
	    s.kind == SITE_THUNKED ? "goes by the thunk" : "is residual",
	    s.residual);
  else if (options.verbose)
    inform (note.where, "purecc: %s with %u arguments %s", call, s.nargs,
	    s.kind == SITE_GUARDED ? "guarded" : "found");
  free (name);
}

/* Is the function that is compiled now to be left alone?  */

static bool
native_p (void)
{
  return lookup_attribute ("purecc_native",
			   DECL_ATTRIBUTES (current_function_decl));
}

/* Guard the sites of the function that is compiled now.  */

static unsigned int
guard_function (void)
{
  if (native_p ())
    return 0;
  std::vector<site> sites = find_sites ();

  std::vector<struct site_note> notes;
  for (const site &s : sites)
    notes.push_back (note_site (s));
  if (options.mode != MODE_OFF && !sites.empty ())
    rewrite_sites (&sites);
  bool clean_up = remove_anchors ();
  for (size_t i = 0; i < sites.size (); i++)
    {
      say_site (sites[i], notes[i]);
      report_site (sites[i], notes[i]);
    }
  return clean_up ? TODO_cleanup_cfg : 0;
}

namespace
{

const pass_data anchor_pass_data = {
  GIMPLE_PASS, "purecc_anchor", OPTGROUP_NONE, TV_NONE, 0, 0, 0, 0, 0
};

class anchor_pass : public gimple_opt_pass
{
public:
  anchor_pass (gcc::context *context)
    : gimple_opt_pass (anchor_pass_data, context)
  {}
  bool gate (function *) final override
  {
    return flag_exceptions && options.mode != MODE_OFF && !native_p ();
  }
  unsigned int execute (function *) final override
  {
    insert_anchors ();
    return 0;
  }
};

const pass_data guard_pass_data = {
  GIMPLE_PASS, "purecc", OPTGROUP_NONE, TV_NONE, PROP_cfg, 0, 0, 0, 0
};

class guard_pass : public gimple_opt_pass
{
public:
  guard_pass (gcc::context *context)
    : gimple_opt_pass (guard_pass_data, context)
  {}
  unsigned int execute (function *) final override
  {
    return guard_function ();
  }
};

const pass_data splice_pass_data = {
  GIMPLE_PASS, "purecc_splice", OPTGROUP_NONE, TV_NONE, 0, 0, 0, 0, 0
};

class splice_pass : public gimple_opt_pass
{
public:
  splice_pass (gcc::context *context)
    : gimple_opt_pass (splice_pass_data, context)
  {}
  unsigned int execute (function *) final override
  {
    finish_splices ();
    if (options.verify)
      note_statements ();
    return 0;
  }
};

} // anonymous namespace

/* Event: the function DECL has been read.  */

static void
look_at_function (void *decl, void *)
{
  if (options.mode != MODE_OFF)
    expect_throw ((tree) decl);
}

/* The site in TEXT, a statement outside of any function, BASIC or not, is
   residual because of WHY.  Divert it if that can be.  */

static void
guard_toplevel_site (tree *text, bool basic, const char *why)
{
  enum site_kind kind = SITE_NATIVE;
  if (options.mode != MODE_OFF && options.residual == RESIDUAL_THUNK
      && thunk_toplevel (text, basic))
    kind = SITE_THUNKED;
  else
    note_native_toplevel ();
  report_toplevel_site (why, kind);
  if (options.mode != MODE_OFF && kind == SITE_NATIVE)
    say_native (UNKNOWN_LOCATION, why);
}

/* Guard the sites of NODE, an asm statement outside of any function.  When
   objects are linked with -flto, that was done when each of them was compiled.  */

static void
guard_toplevel (asm_node *node)
{
  bool basic;
  tree *text = toplevel_template (node, &basic);

  if (!text)
    {
      error ("purecc: an %<asm%> outside of any function in %qs has a form that "
	     "this plugin does not know",
	     main_input_filename);
      return;
    }
  if (in_lto_p && diverted_template_p (TREE_STRING_POINTER (*text)))
    return;
  const char *why = why_toplevel_residual (*text, basic);
  if (why && in_lto_p)
    note_native_toplevel ();
  else if (why)
    guard_toplevel_site (text, basic, why);
}

/* Event: all functions have been read.  Look at the asm statements outside of
   them.  */

static void
look_at_toplevel (void *, void *)
{
  for (asm_node *node = symtab->first_asm_symbol (); node;
       node = next_toplevel_asm (node))
    guard_toplevel (node);
}

/* The attribute NAME is at *NODE.  It means something at functions only.  */

static tree
handle_native (tree *node, tree name, tree, int, bool *no_add_attrs)
{
  if (TREE_CODE (*node) != FUNCTION_DECL)
    {
      warning (OPT_Wattributes, "%qE attribute only applies to functions",
	       name);
      *no_add_attrs = true;
    }
  return NULL_TREE;
}

/* Event: attributes may be registered.  */

static void
register_attributes (void *, void *)
{
  static struct attribute_spec native
    = { "purecc_native", 0, 0, true, false, false, false, handle_native, NULL };
  register_attribute (&native);
}

/* Event: all code has been written.  */

static void
finish_unit (void *, void *)
{
  if (options.verify)
    write_statements ();
}

/* Event: the compilation is over.  */

static void
finish (void *, void *)
{
  write_report ();
}

/* Is this the GCC that the plugin was built for?  Another one's trees have
   another layout, even where the names are the same.  */

static bool
right_gcc (const struct plugin_gcc_version *running)
{
  if (strcmp (running->basever, gcc_version.basever) == 0
      && strcmp (running->configuration_arguments,
		 gcc_version.configuration_arguments)
	   == 0)
    return true;
  error ("purecc: this plugin was built for GCC %s, and this is GCC %s%s; "
	 "build one for it: "
	 "%<cmake -S . -B build -DPURECC_COMPILERS=gcc-%d%>",
	 gcc_version.basever, running->basever,
	 strcmp (running->basever, gcc_version.basever) == 0
	   ? ", configured otherwise"
	   : "",
	 atoi (running->basever));
  return false;
}

/* One of GCC's functions.  In another program it isn't there.  */
extern __typeof__ (register_callback) register_callback
  __attribute__ ((weak));

/* Refuse to be loaded by anything but GCC.  Clang's option for plugins has the
   same name, and would load this one, find nothing to call in it, and leave
   every site native without a word.  That it can be loaded there at all, to
   say so, is because the build makes all references to GCC weak.  */

__attribute__ ((constructor)) static void
refuse_other_programs (void)
{
  if (register_callback)
    return;
  fprintf (stderr,
	   "purecc: error: this is a plugin for GCC %s, and %s is not GCC: "
	   "nothing would be guarded; compile with gcc-%d, or leave "
	   "-fplugin= out\n",
	   gcc_version.basever, program_invocation_short_name,
	   atoi (gcc_version.basever));
  _exit (1);
}

int
plugin_init (struct plugin_name_args *info, struct plugin_gcc_version *version)
{
  static struct plugin_info about = { PURECC_VERSION, help };

  if (!right_gcc (version))
    return 0;
  if (!parse_options (info->argc, info->argv) || !open_report ())
    return 0;

  const char *name = info->base_name;
  register_callback (name, PLUGIN_INFO, NULL, &about);
  register_callback (name, PLUGIN_REGISTER_GGC_ROOTS, NULL,
		     const_cast<ggc_root_tab *> (call_roots));
  register_callback (name, PLUGIN_REGISTER_GGC_ROOTS, NULL,
		     const_cast<ggc_root_tab *> (anchor_roots));
  register_callback (name, PLUGIN_ATTRIBUTES, register_attributes, NULL);
  register_callback (name, PLUGIN_FINISH_PARSE_FUNCTION, look_at_function,
		     NULL);
  register_callback (name, PLUGIN_ALL_IPA_PASSES_START, look_at_toplevel,
		     NULL);
  register_callback (name, PLUGIN_FINISH_UNIT, finish_unit, NULL);
  register_callback (name, PLUGIN_FINISH, finish, NULL);

  /* Before exception regions are lowered: GCC then forgets the region of a
     statement that can't throw.  */
  struct register_pass_info first
    = { new anchor_pass (g), "eh", 1, PASS_POS_INSERT_BEFORE };
  register_callback (name, PLUGIN_PASS_MANAGER_SETUP, NULL, &first);

  /* Right after the control flow graph is built: the pass then runs at -O0
     too, before inlining, so that a site in the source is one site here, and
     before SSA form, so that no PHI nodes have to be made.  */
  struct register_pass_info pass
    = { new guard_pass (g), "cfg", 1, PASS_POS_INSERT_AFTER };
  register_callback (name, PLUGIN_PASS_MANAGER_SETUP, NULL, &pass);

  /* After the last pass on GIMPLE: nothing is inlined any more.  */
  struct register_pass_info last
    = { new splice_pass (g), "optimized", 1, PASS_POS_INSERT_AFTER };
  register_callback (name, PLUGIN_PASS_MANAGER_SETUP, NULL, &last);
  return 0;
}
