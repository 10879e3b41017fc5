/* What an asm statement's template holds, read as the assembler reads it.

   SPDX-License-Identifier: GPL-3.0-or-later

   Two steps, as in a compilation.  First what GCC does when it prints the
   template: `%%', operands, `%=', and the choice between the alternatives of
   `{a|b}'.  Then what the assembler does: it removes comments, reads strings and
   character constants, and splits the text into statements.  statement.cc reads
   what each statement does.

   A comment between the two signs of C is a space for gas 2.44 and later.  For
   earlier ones it is nothing, or the end of a statement if it goes over the end
   of a line.  Both readings are made, and what either of them finds is
   there.  */

#include "compat.h"
#include "operand.h"
#include "statement.h"
#include "template.h"
#include "target.h"

/* Skip the operand reference at P, just after the `%': modifiers, then a
   number or a name in brackets.  */

static const char *
skip_operand (const char *p)
{
  const char *start = p;
  while (ISALPHA (*p) || *p == '*' || *p == '&')
    p++;
  /* A letter without a number, as in x86's `%vmovaps', is no operand.  */
  if (ISALPHA (*start) && *p != '[' && !ISDIGIT (*p))
    return start + 1;
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

/* The template P as GCC prints it, operands replaced by a mark.  */

static std::string
print_template (const char *p)
{
  const int dialect = target_dialect ();
  std::string out;
  bool in_braces = false;

  while (*p)
    {
      char c = *p++;
      if (c == '%' && (*p == '%' || *p == '{' || *p == '|' || *p == '}'))
	out += *p++;
      else if (c == '%' && *p == '=')
	out += unique_mark, p++;
      else if (c == '%' && *p)
	{
	  const char *after = skip_operand (p);
	  out += operand_mark;
	  p = after > p ? after : p + 1;
	}
      else if (c == '{' && !in_braces && dialect >= 0)
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

/* Does TEXT begin with SIGN?  */

static bool
begins_p (const char *text, const char *sign)
{
  return strncmp (text, sign, strlen (sign)) == 0;
}

/* Skip the comment that starts at P, if one does: to the end of the line, as
   the target's signs say, or what stands between the two signs of C.  */

static const char *
skip_comment (const char *p, bool at_start)
{
  if (p[0] == '/' && p[1] == '*')
    {
      const char *end = strstr (p + 2, "*/");
      return end ? end + 2 : p + strlen (p);
    }
  if (begins_p (p, target_comment)
      || (at_start && begins_p (p, target_line_comment)))
    return p + strcspn (p, "\n");
  return p;
}

/* The number that the character constant at P, just after its opening quote,
   stands for.  Those of escapes are no byte of a system call instruction.  */

static std::string
character_text (const char *p)
{
  if (*p != '\\')
    return std::to_string ((unsigned char) *p);
  return strchr ("bfnrt", p[1]) ? "0"
				: std::to_string ((unsigned char) p[1]);
}

/* Step over the string or the character constant whose opening quote, C, is
   just before *P, and put what stands for it into STATEMENT.  */

static void
add_quoted (char c, const char **p, statement *s)
{
  const char *start = *p;
  if (c == '"')
    {
      *p = skip_string (start);
      bool closed = *p > start && (*p)[-1] == '"';
      s->text += string_mark;
      s->strings.push_back (std::string (start, *p - start - closed));
    }
  else
    {
      *p = skip_character (start);
      s->text += character_text (start);
    }
}

/* The text P, as GCC printed it, split into statements.  A comment is a space if
   COMMENT_IS_SPACE; else nothing, or the end of a line that it goes over.  */

static std::vector<statement>
split_statements (const char *p, bool comment_is_space)
{
  std::vector<statement> statements (1);
  bool at_start = true;

  while (*p)
    {
      const char *after = skip_comment (p, at_start);
      bool in_comment = after != p;
      char c = *p;
      if (in_comment)
	c = comment_is_space ? ' ' : memchr (p, '\n', after - p) ? '\n' : 0;
      p = in_comment ? after : p + 1;
      if (!c)
	continue;
      /* A label may stand before a line comment.  */
      at_start = c == '\n' || c == target_separator || c == ':'
		 || (at_start && ISSPACE (c));
      if (c == '\n' || c == target_separator)
	statements.push_back (statement ());
      else if (c == '"' || c == '\'')
	add_quoted (c, &p, &statements.back ());
      else
	statements.back ().text += c;
    }
  return statements;
}

/* Of two reasons, each of which may be NULL, the first that isn't.  */

static const char *
either (const char *a, const char *b)
{
  return a ? a : b;
}

/* What is there if either A or B is.  */

static struct template_facts
merge_facts (const struct template_facts &a, const struct template_facts &b)
{
  if (!site_p (a) || !site_p (b))
    return site_p (b) ? b : a;
  struct template_facts both = a;
  both.instructions = MAX (a.instructions, b.instructions);
  both.syscalls = MAX (a.syscalls, b.syscalls);
  both.directives |= b.directives;
  both.labels |= b.labels;
  both.reachable |= b.reachable;
  both.prefixes |= b.prefixes;
  both.trampoline |= b.trampoline;
  both.reads_flags |= b.reads_flags;
  both.unclear |= b.unclear;
  both.hidden = either (a.hidden, b.hidden);
  both.undiverted = either (a.undiverted, b.undiverted);
  return both;
}

bool
site_p (const struct template_facts &facts)
{
  return facts.syscalls > 0 || facts.hidden;
}

struct template_facts
read_template (const char *text, bool basic)
{
  std::string printed = basic ? std::string (text) : print_template (text);
  struct template_facts facts
    = read_statements (split_statements (printed.c_str (), false));
  if (!strstr (printed.c_str (), "/*"))
    return facts;
  return merge_facts (facts, read_statements (
			       split_statements (printed.c_str (), true)));
}

/* The template of STMT with the constants among its operands as they are
   printed.  */

static std::string
with_constants (gasm *stmt)
{
  std::string out;
  for (const char *p = gimple_asm_string (stmt); *p;)
    {
      const char *after = p + 1;
      std::string text (1, *p);
      if (*p == '%' && p[1])
	{
	  after = strchr ("%={|}", p[1]) ? p + 2 : skip_operand (p + 1);
	  text = std::string (p, after - p);
	  size_t letters = strcspn (text.c_str () + 1, "0123456789");
	  HOST_WIDE_INT value;
	  if (text.size () > 1 + letters
	      && immediate_operand_p (stmt, atoi (p + 1 + letters), &value))
	    {
	      std::string printed
		= target_immediate_text (p + 1, letters, value);
	      if (!printed.empty ())
		text = printed;
	    }
	}
      out += text;
      p = after;
    }
  return out;
}

struct template_facts
read_asm_template (gasm *stmt)
{
  const bool basic = gimple_asm_input_p (stmt);
  struct template_facts facts = read_template (gimple_asm_string (stmt), basic);
  /* Its number may be an operand; nothing else has to be known so well.  */
  if (!basic && site_p (facts) && gimple_asm_ninputs (stmt) > 0)
    facts.trampoline
      |= read_template (with_constants (stmt).c_str (), false).trampoline;
  return facts;
}
