/* Constant expressions, as the assembler reads them.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#include "compat.h"
#include "expression.h"

/* How deep parentheses and signs may be nested.  */
static const int max_depth = 50;

static const char *
skip_space (const char *p)
{
  while (ISSPACE (*p))
    p++;
  return p;
}

/* Read the number at *P: decimal, octal, hexadecimal or binary.  */

static bool
read_number (const char **p, unsigned HOST_WIDE_INT *value)
{
  const char *start = *p;
  int base = 10;
  if (!ISDIGIT (*start))
    return false;
  if (start[0] == '0')
    {
      base = TOLOWER (start[1]) == 'x' ? 16 : TOLOWER (start[1]) == 'b' ? 2 : 8;
      if (base != 8)
	start += 2;
    }
  if (!ISXDIGIT (*start))
    return false;
  char *end;
  errno = 0;
  *value = strtoull (start, &end, base);
  *p = end;
  return end != start && errno == 0 && !ISALNUM (*end) && *end != '_'
	 && *end != '.' && *end != '$';
}

static bool read_sum (const char **p, int depth,
		      unsigned HOST_WIDE_INT *value);

/* Read a number, one with a sign, or what is in parentheses, at *P.  */

static bool
read_term (const char **p, int depth, unsigned HOST_WIDE_INT *value)
{
  *p = skip_space (*p);
  char c = **p;
  if (depth > max_depth)
    return false;
  if (c != '(' && c != '+' && c != '-' && c != '~')
    return read_number (p, value);
  ++*p;
  if (c == '(')
    {
      if (!read_sum (p, depth + 1, value) || **p != ')')
	return false;
      ++*p;
      return true;
    }
  if (!read_term (p, depth + 1, value))
    return false;
  if (c == '-')
    *value = -*value;
  else if (c == '~')
    *value = ~*value;
  return true;
}

/* Read terms with + and - between them at *P, and the space after them.  */

static bool
read_sum (const char **p, int depth, unsigned HOST_WIDE_INT *value)
{
  if (!read_term (p, depth, value))
    return false;
  for (*p = skip_space (*p); **p == '+' || **p == '-'; *p = skip_space (*p))
    {
      unsigned HOST_WIDE_INT term;
      bool minus = *(*p)++ == '-';
      if (!read_term (p, depth, &term))
	return false;
      *value += minus ? -term : term;
    }
  return true;
}

bool
constant_expression (const char *p, unsigned HOST_WIDE_INT *value)
{
  return read_sum (&p, 0, value) && !*p;
}
