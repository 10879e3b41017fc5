/* What the statements of an asm template do.

   SPDX-License-Identifier: GPL-3.0-or-later

   Each is read as labels, prefixes and one mnemonic or directive.  What isn't
   understood counts as a site wherever it may give the system call instruction:

   - a mnemonic that comes from an operand or from a macro's argument;
   - an unknown mnemonic with that of the instruction after it;
   - in a section of code, data that may be the instruction, and a directive that
     isn't known;
   - a directive that includes another file.

   Most of those go by the thunk as the others do, since it is the assembler
   that finds the instruction.  These don't: bytes, an instruction after a prefix,
   one in a macro that is still defined at the template's end.  */

#include "compat.h"
#include "statement.h"
#include "target.h"

static const char prefixed[] = "the instruction has a prefix";
static const char may_be_bytes[]
  = "the template emits bytes that may be the instruction";
static const char from_elsewhere[]
  = "a mnemonic comes from an operand or an argument";
static const char with_unknown[]
  = "the instruction stands with a word that is not known";
static const char in_macro[]
  = "it is in an assembler macro, which can be used elsewhere";
static const char in_file[] = "the template includes another file";

/* The value of a byte that isn't known.  */
static const int unknown_byte = -1;

/* The body of a macro or of a repetition, and the words of its head.  */
struct body
{
  bool macro;
  std::vector<std::string> head;
  /* Has what was read of it a site?  */
  bool site;
};

struct reader
{
  struct template_facts facts;
  /* A prefix was read, and no instruction since.  */
  bool prefix;
  /* The last bytes of data in code, if no instruction came since: at most one
     byte less than the instruction has.  */
  std::vector<int> data;
  /* Is the current section one of code?  The same of the one before, and of
     those that were pushed.  */
  bool code;
  bool previous;
  std::vector<bool> pushed;
  std::vector<body> bodies;
  /* Macros that are defined, and have a site.  */
  std::vector<std::string> macros;
};

static bool
symbol_char_p (char c)
{
  return ISALNUM (c) || c == '_' || c == '.' || c == '$' || c == operand_mark
	 || c == string_mark || c == unique_mark || (c & 0x80);
}

static const char *
skip_space (const char *p)
{
  while (ISSPACE (*p))
    p++;
  return p;
}

/* Step over the use of a macro's argument at P, just after its backslash.  */

static const char *
skip_argument (const char *p)
{
  if (p[0] == '(' && p[1] == ')')
    return p + 2;
  if (*p == '@' || *p == '+')
    return p + 1;
  while (symbol_char_p (*p))
    p++;
  return p;
}

/* The word at *P in lower case, a mark for each use of a macro's argument.
   Steps over it and the space after it.  */

static std::string
next_word (const char **p)
{
  std::string word;
  while (symbol_char_p (**p) || **p == '\\')
    if (**p == '\\')
      {
	word += operand_mark;
	*p = skip_argument (*p + 1);
      }
    else
      word += TOLOWER (*(*p)++);
  *p = skip_space (*p);
  return word;
}

/* The words in P.  */

static std::vector<std::string>
all_words (const char *p)
{
  std::vector<std::string> words;
  while (*p)
    {
      std::string word = next_word (&p);
      if (word.empty ())
	p++;
      else
	words.push_back (word);
    }
  return words;
}

static bool
contains (const std::vector<std::string> &list, const std::string &word)
{
  for (const std::string &w : list)
    if (w == word)
      return true;
  return false;
}

/* Can PATTERN, in which an operand may be anything, become WORD?  */

static bool
can_become_p (const char *pattern, const char *word)
{
  if (*pattern == operand_mark)
    return can_become_p (pattern + 1, word)
	   || (*word && can_become_p (pattern, word + 1));
  if (*pattern != *word)
    return false;
  return !*word || can_become_p (pattern + 1, word + 1);
}

/* Step over a pseudo prefix such as `{evex}' at *P.  */

static bool
skip_pseudo_prefix (const char **p)
{
  if (**p != '{')
    return false;
  const char *end = strchr (*p, '}');
  if (!end)
    return false;
  *p = skip_space (end + 1);
  return true;
}

/* There may be a site here, because of WHY.  UNDIVERTED is why a macro would not
   take its place, or NULL if it would.  */

static void
may_be_site (reader *r, const char *why, const char *undiverted)
{
  if (!r->facts.hidden)
    r->facts.hidden = why;
  if (!undiverted && r->prefix)
    undiverted = prefixed;
  if (!r->facts.undiverted)
    r->facts.undiverted = undiverted;
  if (!r->bodies.empty ())
    r->bodies.back ().site = true;
}

/* Can the last COUNT bytes of DATA be the first COUNT of the instruction?  */

static bool
may_begin_site_p (const std::vector<int> &data, size_t count)
{
  if (data.size () < count)
    return false;
  for (size_t i = 0; i < count; i++)
    {
      int byte = data[data.size () - count + i];
      if (byte != target_syscall_bytes[i] && byte != unknown_byte)
	return false;
    }
  return true;
}

/* A byte of data, or unknown_byte, is emitted.  */

static void
emit (reader *r, int byte)
{
  r->data.push_back (byte);
  if (may_begin_site_p (r->data, target_syscall_size))
    may_be_site (r, may_be_bytes, may_be_bytes);
  if (r->data.size () == target_syscall_size)
    r->data.erase (r->data.begin ());
}

/* The last byte of data was unknown.  */

static bool
ends_unknown_p (const reader &r)
{
  return !r.data.empty () && r.data.back () == unknown_byte;
}

/* Data ends here: what comes next may be the rest of the instruction.  */

static void
end_data (reader *r)
{
  for (size_t count = 1; count < target_syscall_size; count++)
    if (may_begin_site_p (r->data, count) && !ends_unknown_p (*r))
      may_be_site (r, may_be_bytes, may_be_bytes);
  r->data.clear ();
}

/* VALUE, the text of an expression, is emitted in WIDTH bytes, at most 8.  */

static void
emit_value (reader *r, const std::string &value, unsigned int width)
{
  char *end;
  errno = 0;
  unsigned long long number = strtoull (value.c_str (), &end, 0);
  bool known = end != value.c_str () && !*skip_space (end) && errno == 0;
  for (unsigned int i = 0; i < width; i++)
    {
      unsigned int at = BYTES_BIG_ENDIAN ? width - 1 - i : i;
      emit (r, known ? number >> 8 * at & 0xff : unknown_byte);
    }
}

/* What stands between the commas of P.  */

static std::vector<std::string>
split_list (const char *p)
{
  std::vector<std::string> list (1);
  for (; *p; p++)
    if (*p == ',')
      list.push_back (std::string ());
    else if (!list.back ().empty () || !ISSPACE (*p))
      list.back () += *p;
  return list;
}

/* The character or the escape at *P, in a string.  */

static int
string_byte (const char **p)
{
  if (**p != '\\')
    return (unsigned char) *(*p)++;
  ++*p;
  char *end;
  if (TOLOWER (**p) == 'x')
    {
      int byte = strtoul (*p + 1, &end, 16) & 0xff;
      *p = end;
      return byte;
    }
  int byte = 0, digits = 0;
  for (; digits < 3 && **p >= '0' && **p <= '7'; digits++)
    byte = byte * 8 + *(*p)++ - '0';
  if (digits > 0)
    return byte & 0xff;
  if (!**p || **p == operand_mark)
    return unknown_byte;
  /* Letters stand for characters that are no byte of the instruction.  */
  ++*p;
  return 0;
}

/* A directive with ARGUMENTS emits strings.  */

static void
emit_strings (reader *r, const char *arguments, const statement &s)
{
  for (const std::string &text : s.strings)
    for (const char *p = text.c_str (); *p;)
      emit (r, string_byte (&p));
  for (; *arguments; arguments++)
    if (!strchr (", \t", *arguments) && *arguments != string_mark)
      {
	emit (r, unknown_byte);
	emit (r, unknown_byte);
      }
}

/* What a directive emits: each argument in that many bytes, or one of these.  */
enum emission
{
  /* Strings.  */
  EMIT_STRINGS = 16,
  /* The second or third argument, repeated; if it isn't there, zeros or
     instructions that do nothing.  */
  EMIT_SECOND,
  EMIT_THIRD,
  EMIT_UNKNOWN
};

static const struct
{
  const char *name;
  unsigned char how;
} data_directives[]
  = { { ".byte", 1 },	       { ".dc.b", 1 },	       { ".2byte", 2 },
      { ".short", 2 },	       { ".hword", 2 },	       { ".4byte", 4 },
      { ".long", 4 },	       { ".int", 4 },	       { ".8byte", 8 },
      { ".quad", 8 },
      { ".ascii", EMIT_STRINGS },  { ".asciz", EMIT_STRINGS },
      { ".string", EMIT_STRINGS }, { ".string8", EMIT_STRINGS },
      { ".skip", EMIT_SECOND },	   { ".space", EMIT_SECOND },
      { ".zero", EMIT_SECOND },	   { ".org", EMIT_SECOND },
      { ".align", EMIT_SECOND },   { ".balign", EMIT_SECOND },
      { ".balignw", EMIT_SECOND }, { ".balignl", EMIT_SECOND },
      { ".p2align", EMIT_SECOND }, { ".p2alignw", EMIT_SECOND },
      { ".p2alignl", EMIT_SECOND }, { ".fill", EMIT_THIRD } };

/* Directives that emit nothing by themselves.  */
static const char *const silent_directives[]
  = { ".globl", ".global", ".local", ".weak", ".weakref", ".hidden",
      ".internal", ".protected", ".type", ".size", ".set", ".equ", ".equiv",
      ".eqv", ".comm", ".common", ".lcomm", ".symver",
      ".version", ".ident", ".file", ".loc", ".loc_mark_labels", ".line",
      ".ln", ".extern", ".reloc", ".subsection", ".if", ".ifb", ".ifc",
      ".ifdef", ".ifeq", ".ifeqs", ".ifge", ".ifgt", ".ifle", ".iflt",
      ".ifnb", ".ifnc", ".ifndef", ".ifne", ".ifnes", ".ifnotdef", ".else",
      ".elseif", ".elsec", ".endif", ".exitm", ".purgem", ".altmacro",
      ".noaltmacro", ".err", ".error", ".warning", ".print", ".fail", ".end",
      ".func", ".endfunc", ".title", ".sbttl", ".list", ".nolist", ".eject",
      ".psize", ".gnu_attribute", ".attach_to_group", ".vtable_entry",
      ".vtable_inherit", ".stabs", ".stabn", ".stabd", ".nop", ".nops",
      ".bundle_align_mode", ".bundle_lock", ".bundle_unlock", ".linkonce" };

static bool
silent_directive_p (const std::string &word)
{
  if (word.compare (0, 5, ".cfi_") == 0)
    return true;
  for (const char *name : silent_directives)
    if (word == name)
      return true;
  return target_silent_directive_p (word.c_str ());
}

/* The directive WORD with ARGUMENTS puts data into a section of code.  */

static void
read_data (reader *r, const std::string &word, const char *arguments,
	   const statement &s)
{
  unsigned int how = target_data_width (word.c_str ());
  if (how == 0)
    how = EMIT_UNKNOWN;
  for (const auto &d : data_directives)
    if (word == d.name)
      how = d.how;
  if (how == EMIT_STRINGS)
    emit_strings (r, arguments, s);
  else if (how == EMIT_UNKNOWN)
    may_be_site (r, may_be_bytes, may_be_bytes);
  else
    {
      std::vector<std::string> list = split_list (arguments);
      size_t from = how == EMIT_THIRD ? 2 : how == EMIT_SECOND ? 1 : 0;
      size_t to = from > 0 ? MIN (from + 1, list.size ()) : list.size ();
      for (size_t i = from; i < to; i++)
	if (!list[i].empty ())
	  emit_value (r, list[i], from > 0 ? 4 : how);
    }
}

/* Is the section that ARGUMENTS name, with the strings of S, one of code?  */

static bool
code_section_p (const char *arguments, const statement &s)
{
  std::string name = split_list (arguments)[0];
  size_t next = 0;
  if (name[0] == string_mark && !s.strings.empty ())
    name = s.strings[next++];
  if (s.strings.size () > next)
    return s.strings[next].find_first_of (std::string ("x") + operand_mark)
	   != std::string::npos;
  return name.compare (0, 5, ".text") == 0 || name.compare (0, 5, ".init") == 0
	 || name.compare (0, 5, ".fini") == 0
	 || name.find (operand_mark) != std::string::npos;
}

/* Go to another section if WORD with ARGUMENTS says so.  */

static bool
read_section (reader *r, const std::string &word, const char *arguments,
	      const statement &s)
{
  bool before = r->code;

  if (word == ".pushsection")
    r->pushed.push_back (before);
  if (word == ".pushsection" || word == ".section")
    r->code = code_section_p (arguments, s);
  else if (word == ".popsection")
    {
      r->code = r->pushed.empty () || r->pushed.back ();
      if (!r->pushed.empty ())
	r->pushed.pop_back ();
      return true;
    }
  else if (word == ".previous")
    r->code = r->previous;
  else if (word == ".text")
    r->code = true;
  else if (word == ".data" || word == ".bss")
    r->code = false;
  else
    return false;
  r->previous = before;
  return true;
}

/* The innermost body ends, of a macro or repeated.  */

static void
end_body (reader *r)
{
  end_data (r);
  if (r->prefix)
    may_be_site (r, from_elsewhere, prefixed);
  r->prefix = false;
  if (r->bodies.empty ())
    return;
  struct body ended = r->bodies.back ();
  r->bodies.pop_back ();
  if (!ended.site)
    return;
  if (ended.macro)
    r->macros.push_back (ended.head.empty () ? "" : ended.head[0]);
  if (!r->bodies.empty ())
    r->bodies.back ().site = true;
}

/* Begin or end a macro or a repetition, or forget a macro, if WORD with
   ARGUMENTS does.  */

static bool
read_macro (reader *r, const std::string &word, const char *arguments)
{
  bool macro = word == ".macro";

  if (macro || word == ".irp" || word == ".irep" || word == ".irpc"
      || word == ".irepc" || word == ".rept" || word == ".rep")
    {
      r->bodies.push_back ({ macro, all_words (arguments), false });
      if (macro && contains (r->bodies.back ().head, target_syscall_mnemonic))
	may_be_site (r, in_macro, in_macro);
      return true;
    }
  if (word == ".endm" || word == ".endr")
    {
      end_body (r);
      return true;
    }
  if (word != ".purgem")
    return false;
  for (const std::string &name : all_words (arguments))
    for (size_t i = r->macros.size (); i-- > 0;)
      if (r->macros[i] == name)
	r->macros.erase (r->macros.begin () + i);
  return true;
}

static void
read_directive (reader *r, const std::string &word, const char *arguments,
		const statement &s)
{
  r->facts.directives = true;
  if (read_macro (r, word, arguments) || read_section (r, word, arguments, s)
      || silent_directive_p (word))
    return;
  if (word == ".include")
    may_be_site (r, in_file, in_file);
  else if (r->code)
    {
      r->facts.reads_flags = true;
      read_data (r, word, arguments, s);
    }
}

/* Can WORD, a mnemonic with REST after it, become the instruction's?  A macro's
   parameters count without a backslash too, as after `.altmacro'.  */

static bool
hidden_mnemonic_p (const reader &r, const std::string &word, const char *rest)
{
  if (can_become_p (word.c_str (), target_syscall_mnemonic))
    return true;
  for (const body &b : r.bodies)
    if (*rest == '&' || contains (b.head, word))
      return true;
  return false;
}

/* The instruction WORD with OPERANDS.  */

static void
read_instruction (reader *r, const std::string &word, const char *operands)
{
  static const std::string mnemonic = target_syscall_mnemonic;
  struct template_facts *facts = &r->facts;

  facts->instructions++;
  if (ends_unknown_p (*r)
      || (!r->data.empty () && target_prefix_byte_p (r->data.back ())))
    r->prefix = true;
  end_data (r);
  if (word == mnemonic)
    {
      facts->syscalls++;
      if (r->prefix && !facts->undiverted)
	facts->undiverted = prefixed;
      facts->trampoline |= facts->sets_sigreturn;
      if (!r->bodies.empty ())
	r->bodies.back ().site = true;
    }
  else if (hidden_mnemonic_p (*r, word, operands))
    may_be_site (r, from_elsewhere, NULL);
  else if (word.compare (0, mnemonic.size (), mnemonic) == 0
	   || (!target_takes_symbol_p (word.c_str ())
	       && contains (all_words (operands), mnemonic)))
    may_be_site (r, with_unknown, with_unknown);
  facts->sets_sigreturn = target_sets_sigreturn_p (word.c_str (), operands);
  facts->reads_flags |= !target_ignores_flags_p (word.c_str ());
  facts->unclear |= word.find (operand_mark) != std::string::npos;
  r->prefix = false;
}

/* Step over what may stand between a prefix and the next word.  */

static const char *
skip_prefix_separator (const char *p)
{
  return *p == target_prefix_separator || *p == ',' ? skip_space (p + 1) : p;
}

static void
read_statement (reader *r, const statement &s)
{
  struct template_facts *facts = &r->facts;
  const char *p = skip_space (s.text.c_str ());

  while (*p)
    {
      if (skip_pseudo_prefix (&p))
	{
	  facts->prefixes = r->prefix = true;
	  continue;
	}
      std::string word = next_word (&p);
      if (word.empty ())
	{
	  facts->unclear = true;
	  return;
	}
      if (*p == ':')
	{
	  facts->labels = true;
	  facts->reachable |= word.find (unique_mark) == std::string::npos;
	  p = skip_space (p + 1);
	  continue;
	}
      if (*p == '=')
	facts->directives = true;
      else if (word[0] == '.')
	read_directive (r, word, p, s);
      else if (target_prefix_p (word.c_str ()))
	{
	  facts->prefixes = r->prefix = true;
	  p = skip_prefix_separator (p);
	  /* Alone it is an instruction.  */
	  if (!*p && target_prefix_alone_p (word.c_str ()))
	    r->prefix = false;
	  continue;
	}
      else
	read_instruction (r, word, p);
      return;
    }
}

struct template_facts
read_statements (const std::vector<statement> &statements)
{
  reader r = reader ();
  r.code = r.previous = true;

  for (const statement &s : statements)
    read_statement (&r, s);
  end_data (&r);
  if (r.prefix)
    may_be_site (&r, "the template ends in a prefix", prefixed);
  if (!r.macros.empty () || !r.bodies.empty ())
    may_be_site (&r, in_macro, in_macro);
  return r.facts;
}
