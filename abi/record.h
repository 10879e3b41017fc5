/* The record of a site: purecc_sites(5).

   SPDX-License-Identifier: LGPL-2.1-or-later

   Each site whose instruction is left in the code has one, in the section
   purecc_sites of its object.  The section is an array of them.  The plugin,
   the prelude and the runtime write it, pure-audit reads it.  */

#ifndef PURE_ABI_RECORD_H
#define PURE_ABI_RECORD_H 1

#define PURE_RECORD_SECTION purecc_sites

/* The kinds of site: one whose guard found the pointer NULL; one at the end of
   the thunk's sequence; the runtime's own.  */
#define PURE_KIND_GUARDED 1
#define PURE_KIND_THUNK 2
#define PURE_KIND_GATEWAY 3

#ifndef __ASSEMBLER__
# include <stdint.h>

struct pure_site_record
{
  /* Of the instruction.  */
  uint64_t address;
  uint32_t kind;
  uint32_t zero;
};
#endif

/* The same as statements of the assembler, for the instruction at LABEL.  "o"
   ties the record to the section of LABEL, "?" puts it into the group that the
   current section is in, if that is in one.  */
#define PURE_SITE_RECORD(label, kind)					\
  .pushsection PURE_RECORD_SECTION, "?o", @progbits, label;		\
  .quad label;								\
  .long kind, 0;							\
  .popsection

/* What the plugin's key `verify' adds to an object: the asm statements whose
   calls, if they make any, aren't diverted, in a section that the linker leaves
   out.  Each is three strings, ended by NUL: which kind it is, the symbol of the
   function that it is in, empty outside of any, and FILE:LINE, or nothing.

   The kinds: one that makes a call natively, as the plugin has said or was asked
   for; and one in which the plugin has seen no call.  */
#define PURE_ASM_SECTION purecc_asm
#define PURE_ASM_NATIVE "native"
#define PURE_ASM_OTHER "other"

#endif /* record.h */
