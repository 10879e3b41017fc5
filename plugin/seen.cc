/* What the object says of the asm statements in it.

   SPDX-License-Identifier: GPL-3.0-or-later

   An instruction that makes a call and has no guard is a fault, unless the plugin
   has said that it stays native, or was asked to leave it.  So that the object can
   be judged, it has a section with the statements whose calls, if they make any,
   aren't diverted: abi/record.h.  They are read again when the last pass on GIMPLE
   is through with a function, since only then it is known in which functions of
   the object a statement is.  */

#include "compat.h"
#include <abi/record.h>
#include <abi/text.h>
#include "origin.h"
#include "seen.h"
#include "template.h"

/* What goes into the section.  */
static std::string noted;

static void
add_string (const char *text)
{
  noted += text;
  noted += '\0';
}

static void
note_statement (const char *what, const char *function, location_t where)
{
  expanded_location place = expand_location (source_location_of (where));
  add_string (what);
  add_string (function);
  add_string (place.file
		? (std::string (place.file) + ":" + std::to_string (place.line))
		    .c_str ()
		: "");
}

bool
diverted_template_p (const char *text)
{
  return strstr (text, PURE_TEXT (PURE_RECORD_SECTION));
}

void
note_statements (void)
{
  tree name = DECL_ASSEMBLER_NAME (current_function_decl);
  const char *function
    = targetm.strip_name_encoding (IDENTIFIER_POINTER (name));
  basic_block bb;

  FOR_EACH_BB_FN (bb, cfun)
    for (gimple_stmt_iterator gsi = gsi_start_bb (bb); !gsi_end_p (gsi);
	 gsi_next (&gsi))
      {
	gasm *stmt = dyn_cast<gasm *> (gsi_stmt (gsi));
	if (!stmt || !*gimple_asm_string (stmt)
	    || diverted_template_p (gimple_asm_string (stmt)))
	  continue;
	bool native = site_p (read_asm_template (stmt));
	note_statement (native ? PURE_ASM_NATIVE : PURE_ASM_OTHER, function,
			gimple_location (stmt));
      }
}

void
note_native_toplevel (void)
{
  note_statement (PURE_ASM_NATIVE, "", UNKNOWN_LOCATION);
}

void
write_statements (void)
{
  if (noted.empty () || !asm_out_file)
    return;
  fputs ("\t.pushsection\t" PURE_TEXT (PURE_ASM_SECTION) ",\"e\",@progbits\n",
	 asm_out_file);
  ASM_OUTPUT_ASCII (asm_out_file, noted.data (), (int) noted.size ());
  fputs ("\t.popsection\n", asm_out_file);
}
