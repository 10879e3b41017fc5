/* The statements of an asm template.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef PURECC_STATEMENT_H
#define PURECC_STATEMENT_H

#include "template.h"

/* What stands in the text for an operand, or for another thing that isn't known
   yet; for a string; for `%=', a number that no other statement has.  They are
   characters that mean nothing in a template.  */
static const char operand_mark = '\001';
static const char string_mark = '\002';
static const char unique_mark = '\003';

/* A statement without its comments, and the contents of its strings in order.  */
struct statement
{
  std::string text;
  std::vector<std::string> strings;
};

/* Read STATEMENTS, all of one template.  */
extern struct template_facts
read_statements (const std::vector<statement> &statements);

#endif /* statement.h */
