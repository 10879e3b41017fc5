/* What is done to a site's template.

   SPDX-License-Identifier: GPL-3.0-or-later

   A residual site's template is left as it is, and put between the definition
   of an assembler macro that has the instruction's name, and its removal.  On
   x86-64:

     .macro syscall
       (a sequence of abi/x86_64/thunk.h, with the instruction and its record)
     .endm
     ... the template ...
     .purgem syscall

   So it is the assembler that finds the instruction, and nothing else in the
   template is replaced.  The text has no character that GCC would replace,
   neither in an asm with operands nor in one without.

   A guarded site's template gets a label before it, and the record after it: the
   label's address and the kind, in a section that isn't loaded, belongs to the
   group of its function, and is kept as long as its function is.  */

#include "compat.h"
#include <abi/record.h>
#include <abi/text.h>
#include "options.h"
#include "template.h"
#include "thunk.h"
#include "target.h"

const char record_before[] = "\n.Lpure_site%=:\n\t";
const char record_after[]
  = "\n\t" PURE_TEXT (PURE_SITE_RECORD (.Lpure_site%=, PURE_KIND_GUARDED));

std::string
thunk_text (const char *text, bool keeps_flags)
{
  const std::string macro = target_syscall_mnemonic;
  return "\n\t.macro\t" + macro + "\n\t"
	 + target_thunk (options.pointer, keeps_flags) + target_landing ()
	 + "\n\t.endm\n\t" + text + "\n\t.purgem\t" + macro + "\n";
}

/* Is OUTPUT, an operand, a condition of the flags (`=@cc...')?  */

static bool
flag_output_p (tree output)
{
  tree constraint = TREE_VALUE (TREE_PURPOSE (output));
  return strstr (TREE_STRING_POINTER (constraint), "@cc") != NULL;
}

/* Can what comes after a site in STMT, whose template has FACTS, read flags that
   were set before the site?  GCC takes every asm for one that destroys them, so only
   in the statement itself; but the statements of a naked function are all of it.  */

static bool
flags_live_p (gasm *stmt, const struct template_facts &facts)
{
  if (gimple_asm_input_p (stmt) || facts.reads_flags || facts.hidden)
    return true;
  for (unsigned int i = 0; i < gimple_asm_noutputs (stmt); i++)
    if (flag_output_p (gimple_asm_output_op (stmt, i)))
      return true;
  return false;
}

/* Can the template with FACTS go by the thunk?  */

static bool
can_thunk_p (const struct template_facts &facts)
{
  /* The assembler looks for no macro after a prefix.  Debuggers and unwinders
     know a signal trampoline by its bytes.  */
  return target_abi_p () && !facts.undiverted && !facts.trampoline;
}

void
record_guarded (gasm *stmt)
{
  std::string text
    = std::string (record_before) + gimple_asm_string (stmt) + record_after;
  stmt->string = ggc_strdup (text.c_str ());
  gimple_asm_set_inline (stmt, true);
}

bool
thunk_site (const site &s)
{
  struct template_facts facts = read_asm_template (s.stmt);
  if (s.before_relocation || !can_thunk_p (facts))
    return false;
  std::string text = thunk_text (gimple_asm_string (s.stmt),
				 flags_live_p (s.stmt, facts));
  s.stmt->string = ggc_strdup (text.c_str ());
  gimple_asm_set_inline (s.stmt, true);
  return true;
}

bool
thunk_toplevel (tree *slot, bool basic)
{
  const char *text = TREE_STRING_POINTER (*slot);
  if (!can_thunk_p (read_template (text, basic)))
    return false;
  std::string thunked = thunk_text (text, true);
  *slot = build_string (thunked.size () + 1, thunked.c_str ());
  return true;
}
