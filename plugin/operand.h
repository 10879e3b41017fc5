/* The operands of an asm statement with one system call instruction.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef PURECC_OPERAND_H
#define PURECC_OPERAND_H

#include "target.h"

struct site;

/* Is DECL a hard-register variable of the function compiled now?  */
extern bool register_variable_p (tree decl);

/* The register of DECL, a hard-register variable; 0: not a general one.  */
extern places register_variable_place (tree decl);

/* Find which operand of S is in which register, and fill in S's number,
   arguments, result, and other operands.  Returns why one isn't understood, or
   NULL if all are.  */
extern const char *model_operands (struct site *s);

/* Is operand INDEX of STMT one whose constraint allows constants only, and an
   integer?  Stores it in *VALUE.  */
extern bool immediate_operand_p (gasm *stmt, unsigned int index,
				 HOST_WIDE_INT *value);

/* The number of the output that OPERAND, an input, is tied to, or -1.  */
extern int tied_output (tree operand);

/* Does STMT have DECL as an output?  */
extern bool asm_output_p (gasm *stmt, tree decl);

#endif /* operand.h */
