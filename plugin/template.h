/* What an asm statement's template holds, read as the assembler reads it.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef PURECC_TEMPLATE_H
#define PURECC_TEMPLATE_H

struct template_facts
{
  /* Instructions of any kind, and those that are `syscall'.  */
  unsigned int instructions;
  unsigned int syscalls;
  /* Something that puts no instruction there itself but that a template of
     one plain instruction would not have.  */
  bool directives;
  bool labels;
  /* A label that code elsewhere can name.  */
  bool reachable;
  bool prefixes;
  /* The `syscall' comes right after its number, and that is rt_sigreturn's:
     what a signal handler returns to.  */
  bool trampoline;
  /* The last instruction read sets that number.  */
  bool sets_sigreturn;
  /* A mnemonic that comes out of an operand, or a statement that is no
     assembler statement: it can't be said what is there.  */
  bool unclear;
  /* Why there may be the instruction although no mnemonic says so, or NULL.  */
  const char *hidden;
  /* Why an assembler macro named `syscall' around the template would not take
     the place of each of them, or NULL.  */
  const char *undiverted;
};

/* Is there a site in the template with FACTS, or may one be?  */
extern bool site_p (const struct template_facts &facts);

/* Read TEXT, the template of an asm statement.  BASIC: it has no operands, so
   that `%' and braces have no meaning.  */
extern struct template_facts read_template (const char *text, bool basic);

/* The same for the template of STMT.  */
extern struct template_facts read_asm_template (gasm *stmt);

#endif /* template.h */
