/* A site: one asm statement that holds a system call instruction, and what is
   known of it.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef PURECC_SITE_H
#define PURECC_SITE_H

#include <abi/entry.h>
#include "target.h"

/* An output whose register the system call leaves as it was: the variable,
   and the input that was in the register.  */
struct kept_output
{
  tree target;
  tree value;
};

enum site_kind
{
  /* As the source has it: not rewritten, or not to be.  */
  SITE_NATIVE,
  SITE_GUARDED,
  SITE_THUNKED
};

struct site
{
  gasm *stmt;
  /* Why the site is residual, or NULL if all that follows is known.  */
  const char *residual;

  /* The number, and the arguments.  Of these, NULL is one whose register the
     statement doesn't set, although it sets a later one's; it is passed as 0.  */
  tree number;
  tree args[PURE_MAX_ARGS];
  unsigned int nargs;
  /* Where the result goes, or NULL.  */
  tree result;
  std::vector<kept_output> kept;
  /* Operands in memory: what the statement reads and writes, the call in place
     of it has to read and write.  */
  std::vector<tree> memory_inputs;
  std::vector<tree> memory_outputs;
  bool clobbers_memory;
  /* The template has labels: the statement must stay where it is.  */
  bool labels;
  /* Where an exception goes that a call in place of the statement throws;
     see anchor.h.  */
  int landing_pad;
  /* The function runs before the loader has filled in addresses.  */
  bool before_relocation;
  /* Its guard goes into the statement itself; see splice.cc.  */
  bool spliced;
  /* What became of it.  */
  enum site_kind kind;
};

/* Find the sites of the function that is compiled now, in the order of its
   blocks.  Changes nothing.  */
extern std::vector<site> find_sites (void);

/* Why the site in TEXT, the template of an asm outside of any function, is
   residual; NULL if there is no site in it.  BASIC: it has no operands.  */
extern const char *why_toplevel_residual (tree text, bool basic);

/* If the number of SITE is a constant, store it in *NUMBER.  */
extern bool site_number (const site &s, HOST_WIDE_INT *number);

#endif /* site.h */
