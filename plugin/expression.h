/* Constant expressions, as the assembler reads them.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef PURECC_EXPRESSION_H
#define PURECC_EXPRESSION_H

/* If the text P, all of it, is a number, or a sum or a difference of such, with
   signs and parentheses, store its value in *VALUE.  */
extern bool constant_expression (const char *p, unsigned HOST_WIDE_INT *value);

#endif /* expression.h */
