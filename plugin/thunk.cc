/* What is done to a site's template.

   SPDX-License-Identifier: GPL-3.0-or-later

   A residual site's template is left as it is, and put between the definition
   of an assembler macro that has the instruction's name, and its removal.  On
   x86-64:

     .macro syscall
       (the sequence of abi/x86_64/thunk.h, with the instruction and its record)
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
thunk_text (const char *text)
{
  const std::string macro = target_syscall_mnemonic;
  return "\n\t.macro\t" + macro + "\n\t" + target_thunk (options.pointer)
	 + target_landing () + "\n\t.endm\n\t" + text + "\n\t.purgem\t" + macro + "\n";
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
  if (s.before_relocation || !can_thunk_p (read_asm_template (s.stmt)))
    return false;
  s.stmt->string
    = ggc_strdup (thunk_text (gimple_asm_string (s.stmt)).c_str ());
  gimple_asm_set_inline (s.stmt, true);
  return true;
}

bool
thunk_toplevel (tree *slot, bool basic)
{
  const char *text = TREE_STRING_POINTER (*slot);
  if (!can_thunk_p (read_template (text, basic)))
    return false;
  std::string thunked = thunk_text (text);
  *slot = build_string (thunked.size () + 1, thunked.c_str ());
  return true;
}
