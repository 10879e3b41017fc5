/* What the plugin knows of x86-64: registers, constraints, the assembler's
   signs, and the system call convention of Linux.

   SPDX-License-Identifier: GPL-3.0-or-later

   The convention (psABI, appendix A.2.1; syscall(2)): the number in rax, up
   to six arguments in rdi, rsi, rdx, r10, r8 and r9, the result in rax; the
   instruction destroys rcx and r11, and no other register.  */

#ifndef PURECC_X86_64_H
#define PURECC_X86_64_H

#include <abi/entry.h>

/* The places where an operand can be, as a set of bits: bits 0 to 15 are the
   general registers, in the order of `x86_64_register_names'.  */
typedef unsigned int places;

static const places PLACE_RAX = 1 << 0;
static const places PLACE_REGISTERS = 0xffff;
/* The registers that a C function may destroy: rax, rcx, rdx, rsi, rdi and r8
   to r11 (psABI, figure 3.4).  */
static const places PLACE_CALL_DESTROYED = 0x0f3d;
static const places PLACE_MEMORY = 1 << 16;
static const places PLACE_IMMEDIATE = 1 << 17;
/* Somewhere that the plugin has no model of: a vector register, say.  */
static const places PLACE_OTHER = 1 << 18;

/* The register of argument INDEX, 0 to 5.  */
extern places x86_64_argument (unsigned int index);

/* The register named NAME, as in an asm label; 0 if it is none of the general
   ones.  */
extern places x86_64_register (const char *name);

/* Is DECL a hard-register variable of the function compiled now?  */
extern bool register_variable_p (tree decl);

/* The register of DECL, a hard-register variable; 0: not a general one.  */
extern places register_variable_place (tree decl);

/* The places that the constraint letters at *P allow; steps over them.  */
extern places x86_64_constraint (const char **p);

/* The assembler's signs: a comment to the end of the line, one only where a
   statement starts, and what separates statements.  */
extern const char x86_64_comment;
extern const char x86_64_line_comment;
extern const char x86_64_separator;

/* Is WORD, in lower case, an instruction prefix?  */
extern bool x86_64_prefix_p (const char *word);

/* What may stand between a prefix and the instruction instead of a space.  */
extern const char x86_64_prefix_separator;

/* Is WORD a prefix that is an instruction if it stands alone?  */
extern bool x86_64_wait_p (const char *word);

/* Can BYTE be a prefix?  */
extern bool x86_64_prefix_byte_p (int byte);

/* The mnemonic of a site, in lower case, and the instruction.  */
extern const char x86_64_syscall_mnemonic[];
extern const unsigned char x86_64_syscall_bytes[2];

/* Is WORD, in lower case, the start of an instruction that may have a symbol
   among its operands?  There are more; these are the common ones.  */
extern bool x86_64_takes_symbol_p (const char *word);

/* Does the instruction MNEMONIC, in lower case, with OPERANDS set rax to the
   number of rt_sigreturn, as a signal trampoline does?  */
extern bool x86_64_sets_sigreturn_p (const char *mnemonic,
				     const char *operands);

/* What stands before and after a guarded site's template, to record it.  */
extern const char *x86_64_record_before (void);
extern const char *x86_64_record_after (void);

/* What stands before and after the template of a site whose guard is in its
   own statement: a test of POINTER, HIDDEN or not, which is reached DIRECTly or
   through the GOT, and a jump to __pure_site with WHAT; and the record.  */
extern std::string x86_64_splice_before (const char *pointer, bool hidden,
					 bool direct, unsigned int what);
extern const char *x86_64_splice_after (void);

/* Is all code and data within reach of a 32-bit displacement?  */
extern bool x86_64_near_p (void);

/* The names of the registers that a C function may destroy and `syscall'
   doesn't, as far as the function that is compiled now can use them; those that
   __pure_site keeps not among them.  */
extern std::vector<const char *> x86_64_destroyed_by_calls (void);

/* The definition of an assembler macro named `syscall' that tests POINTER and
   goes by the thunk.  */
extern std::string x86_64_thunk_macro (const char *pointer);

/* The guard's test: two instructions, the pointer as operand 0 and the slow
   arm's label as operand 1.  */
extern const char x86_64_test_template[];

/* Why the function that is compiled now can have no C call added to it, or
   NULL if it can.  */
extern const char *x86_64_why_no_call (void);

#endif /* x86_64.h */
