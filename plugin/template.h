/* What an asm statement's template holds, read as the assembler reads it.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef PURECC_TEMPLATE_H
#define PURECC_TEMPLATE_H

struct template_facts
{
  /* How many instructions there are, and how many of them are system calls.  */
  unsigned int instructions;
  unsigned int syscalls;
  /* What is no instruction itself, but not part of a plain one either.  */
  bool directives;
  bool labels;
  /* A label that code elsewhere can name.  */
  bool reachable;
  bool prefixes;
  /* The system call comes right after the instruction that sets its number to
     that of rt_sigreturn: it is what a signal handler returns to.  */
  bool trampoline;
  /* The last instruction read sets that number.  */
  bool sets_sigreturn;
  /* An instruction may read the flags, as far as is known.  */
  bool reads_flags;
  /* A mnemonic comes from an operand, or a statement is none of the assembler's:
     it isn't known what is there.  */
  bool unclear;
  /* Why there may be the instruction although no mnemonic says so, or NULL.  */
  const char *hidden;
  /* Why an assembler macro with the instruction's name would not take the place
     of each of them, or NULL if it would.  */
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
