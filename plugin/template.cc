/* What an asm statement's template holds, read as the assembler reads it.

   SPDX-License-Identifier: GPL-3.0-or-later

   Two steps, as in a compilation.  First what GCC does when it prints the
   template: `%%', operands, `%=', and the choice between the alternatives of
   `{att|intel}'.  Then what the assembler does: comments out, strings and
   character constants set apart, statements split at newlines and semicolons,
   and each statement read as labels, prefixes and one mnemonic or directive.  */

#include "compat.h"
#include "template.h"
#include "x86_64.h"

/* Stands in the text for an operand, whose text is not known yet, and for a
   string.  Neither is a character that a template can hold usefully.  */
static const char operand_mark = '\001';
static const char string_mark = '\002';

/* Skip the operand reference at P, just after the `%': modifiers, then a
   number or a name in brackets.  */

static const char *
skip_operand (const char *p)
{
  while (ISALPHA (*p) || *p == '*' || *p == '&')
    p++;
  if (*p == '[')
    {
      while (*p && *p != ']')
	p++;
      return *p ? p + 1 : p;
    }
  while (ISDIGIT (*p))
    p++;
  return p;
}

/* P stands just after an opening brace.  Return where the alternative with
   number DIALECT starts, or the end of the text.  */

static const char *
find_alternative (const char *p, int dialect)
{
  for (int i = 0; i < dialect; i++)
    {
      while (*p && *p != '|' && *p != '}')
	p += *p == '%' && p[1] ? 2 : 1;
      if (*p != '|')
	return p;
      p++;
    }
  return p;
}

/* TEXT as GCC prints it for DIALECT, operands replaced by a mark.  */

static std::string
print_template (const char *p, int dialect)
{
  std::string out;
  bool in_braces = false;

  while (*p)
    {
      char c = *p++;
      if (c == '%' && (*p == '%' || *p == '{' || *p == '|' || *p == '}'))
	out += *p++;
      else if (c == '%' && *p == '=')
	out += '0', p++;
      else if (c == '%' && *p)
	{
	  const char *after = skip_operand (p);
	  out += operand_mark;
	  p = after > p ? after : p + 1;
	}
      else if (c == '{' && !in_braces)
	{
	  in_braces = true;
	  p = find_alternative (p, dialect);
	}
      else if (c == '|' && in_braces)
	{
	  while (*p && *p != '}')
	    p += *p == '%' && p[1] ? 2 : 1;
	}
      else if (c == '}' && in_braces)
	in_braces = false;
      else
	out += c;
    }
  return out;
}

/* Skip the string at P, just after its opening quote.  */

static const char *
skip_string (const char *p)
{
  while (*p && *p != '"')
    p += *p == '\\' && p[1] ? 2 : 1;
  return *p ? p + 1 : p;
}

/* Skip the character constant at P, just after its opening quote.  The closing
   one may be missing.  */

static const char *
skip_character (const char *p)
{
  if (*p)
    p += *p == '\\' && p[1] ? 2 : 1;
  return *p == '\'' ? p + 1 : p;
}

/* Skip the comment that starts at P, if one does: a hash and what follows it,
   a slash where a statement starts, or what stands between the two signs of C.  */

static const char *
skip_comment (const char *p, bool at_start)
{
  if (p[0] == '/' && p[1] == '*')
    {
      const char *end = strstr (p + 2, "*/");
      return end ? end + 2 : p + strlen (p);
    }
  if (*p == x86_64_comment || (at_start && *p == x86_64_line_comment))
    return p + strcspn (p, "\n");
  return p;
}

/* TEXT, as GCC printed it, split into statements, with strings replaced by a
   mark.  A comment separates nothing, unless it goes over the end of a line:
   what stands on both sides of one is one word.  */

static std::vector<std::string>
split_statements (const char *p)
{
  std::vector<std::string> statements (1);
  bool at_start = true;

  while (*p)
    {
      const char *after = skip_comment (p, at_start);
      bool in_comment = after != p;
      char c = *p;
      if (in_comment && memchr (p, '\n', after - p))
	c = '\n';
      p = in_comment ? after : p + 1;
      if (in_comment && c != '\n')
	continue;
      /* A label may stand before a line comment.  */
      at_start = c == '\n' || c == x86_64_separator || c == ':'
		 || (at_start && ISSPACE (c));
      if (c == '\n' || c == x86_64_separator)
	statements.push_back (std::string ());
      else if (c == '"')
	{
	  statements.back () += string_mark;
	  p = skip_string (p);
	}
      else if (c == '\'')
	{
	  statements.back () += '0';
	  p = skip_character (p);
	}
      else
	statements.back () += c;
    }
  return statements;
}

static bool
symbol_char_p (char c)
{
  return ISALNUM (c) || c == '_' || c == '.' || c == '$'
	 || c == operand_mark || c == string_mark || (c & 0x80);
}

static const char *
skip_space (const char *p)
{
  while (ISSPACE (*p))
    p++;
  return p;
}

/* Read the word at *P in lower case, and step over it and the space behind.  */

static std::string
next_word (const char **p)
{
  std::string word;
  for (; symbol_char_p (**p); ++*p)
    word += TOLOWER (**p);
  *p = skip_space (*p);
  return word;
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

/* Add what STATEMENT holds to FACTS.  */

static void
read_statement (const char *p, struct template_facts *facts)
{
  bool prefix = false;

  p = skip_space (p);
  while (*p)
    {
      if (skip_pseudo_prefix (&p))
	{
	  facts->prefixes = prefix = true;
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
	  p = skip_space (p + 1);
	  continue;
	}
      if (word[0] == '.' || *p == '=')
	{
	  facts->directives = true;
	  return;
	}
      if (x86_64_prefix_p (word.c_str ()))
	{
	  facts->prefixes = prefix = true;
	  continue;
	}
      facts->instructions++;
      if (x86_64_syscall_mnemonic_p (word.c_str ()))
	{
	  facts->syscalls++;
	  facts->prefixed_syscall |= prefix;
	  facts->trampoline |= facts->sets_sigreturn;
	}
      facts->sets_sigreturn = x86_64_sets_sigreturn_p (word.c_str (), p);
      facts->unclear |= word.find (operand_mark) != std::string::npos;
      return;
    }
}

struct template_facts
read_template (const char *text, bool basic, int dialect)
{
  struct template_facts facts = template_facts ();
  std::string printed = basic ? std::string (text)
			      : print_template (text, dialect);
  for (const std::string &s : split_statements (printed.c_str ()))
    read_statement (s.c_str (), &facts);
  return facts;
}

struct template_facts
read_asm_template (gasm *stmt)
{
  return read_template (gimple_asm_string (stmt), gimple_asm_input_p (stmt),
			ASSEMBLER_DIALECT);
}
