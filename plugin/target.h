/* What the plugin knows of the processor that GCC compiles for: registers,
   constraints, instructions, the assembler's signs, and the system call
   convention of Linux.

   SPDX-License-Identifier: GPL-3.0-or-later

   All of it is in one file for each processor, target-ARCH.cc, of which the
   build takes one.  GCC has a header of this name, too, which compat.h
   includes.  */

#ifndef PURECC_TARGET_H
#define PURECC_TARGET_H

/* Registers.  */

/* The places where an operand can be, as a set of bits.  The bit of a general
   register has GCC's number for that register.  */
typedef unsigned HOST_WIDE_INT places;

static const places PLACE_MEMORY = HOST_WIDE_INT_1U << 61;
static const places PLACE_IMMEDIATE = HOST_WIDE_INT_1U << 62;
/* Somewhere that the plugin has no model of: a vector register, say.  */
static const places PLACE_OTHER = HOST_WIDE_INT_1U << 63;
/* Any register.  */
static const places PLACE_REGISTERS = PLACE_MEMORY - 1;

/* The registers of a system call's number and result, and what a message calls
   the first.  */
extern const places target_number_place;
extern const places target_result_place;
extern const char target_number_name[];

/* The register of argument INDEX, from 0 on.  */
extern places target_argument_place (unsigned int index);

/* The general registers that a C function may destroy.  */
extern const places target_call_clobbered;

/* The general register named NAME, as in an asm label; 0: it is none.  */
extern places target_register_place (const char *name);

/* The places that the constraint letters at *P allow.  Steps over them.  */
extern places target_constraint_places (const char **p);

/* The assembler.  */

/* What starts a comment, what starts one only at the start of a statement, and
   what separates statements.  */
extern const char target_comment[];
extern const char target_line_comment[];
extern const char target_separator;

/* Which of the alternatives in `{a|b}' GCC prints; negative: on this target
   braces mean nothing to GCC.  */
extern int target_dialect (void);

/* How many bytes each argument of DIRECTIVE emits, where that is the target's
   own matter; else 0.  */
extern unsigned int target_data_width (const char *directive);

/* Is DIRECTIVE one of the target's own, and emits nothing?  */
extern bool target_silent_directive_p (const char *directive);

/* Instructions.  Mnemonics and prefixes are in lower case.  */

/* The mnemonic and the bytes of the system call instruction.  */
extern const char target_syscall_mnemonic[];
extern const unsigned char target_syscall_bytes[];
extern const unsigned int target_syscall_size;

/* Is MNEMONIC an instruction that is known not to read the flags?  */
extern bool target_ignores_flags_p (const char *mnemonic);

/* Is WORD an instruction prefix?  One that stands alone is an instruction if
   target_prefix_alone_p.  */
extern bool target_prefix_p (const char *word);
extern bool target_prefix_alone_p (const char *word);

/* What may stand between a prefix and the instruction instead of a space.  */
extern const char target_prefix_separator;

/* Can BYTE be a prefix?  */
extern bool target_prefix_byte_p (int byte);

/* Does WORD begin as an instruction that may have a symbol among its operands?
   There are more; these are the common ones.  */
extern bool target_takes_symbol_p (const char *word);

/* Does the instruction MNEMONIC with OPERANDS set the call's number to that of
   rt_sigreturn, as a signal trampoline does?  */
extern bool target_sets_sigreturn_p (const char *mnemonic,
				     const char *operands);

/* What GCC prints for a constant operand with VALUE and the LENGTH letters at
   MODIFIERS; empty: it isn't known.  */
extern std::string target_immediate_text (const char *modifiers, size_t length,
					  HOST_WIDE_INT value);

/* System calls.  */

/* The architecture, for libseccomp.  */
extern const unsigned int target_seccomp_arch;

/* The calls after which control goes on otherwise than after the others.  */
enum special_call
{
  CALL_PLAIN,
  CALL_SIGRETURN,
  /* With the flags as its first argument, and the stack as its second.  */
  CALL_CLONE,
  CALL_CLONE3,
  CALL_VFORK
};

extern enum special_call target_special_call (HOST_WIDE_INT number);

/* The guard.  */

/* Is the code that is compiled now for the ABI that the runtime has?  */
extern bool target_abi_p (void);

/* Why the function that is compiled now can have no C call added to it, or
   NULL if it can.  */
extern const char *target_why_no_call (void);

/* The guard's test as an asm goto: the pointer is operand 0, the label to go to
   if it is set operand 1.  And what that destroys, up to a NULL.  */
extern const char target_test_template[];
extern const char *const target_test_clobbers[];

/* May a guard be put into a site's own statement: are all code and data within
   reach of the instructions of target_splice?  */
extern bool target_splice_p (void);

/* Is the data of other objects within their reach, too, without the GOT?  */
extern bool target_extern_data_near_p (void);

/* The statements before a site that has its guard in its own statement.  They
   go on if POINTER, HIDDEN or not, which they reach DIRECTly or through the GOT,
   is NULL; else they jump to __pure_site with WHAT (abi/entry.h) and the address
   .Lpure_back%=, to go on at.  They use what the instruction destroys, and what
   target_splice_clobbers adds.  */
extern std::string target_splice (const char *pointer, bool hidden,
				  bool direct, unsigned int what);

/* The statement, if one is needed, that stands where an indirect jump comes to, as
   that of __pure_site and of the thunk after a site.  */
extern std::string target_landing (void);

/* What is in target_splice, and in no other template.  */
extern const char target_splice_mark[];

/* The names of the registers that the statements and __pure_site destroy and the
   instruction doesn't, as far as the function that is compiled now can use
   them.  */
extern std::vector<const char *> target_splice_clobbers (void);

/* The statements that take a residual site's place: the thunk's sequence,
   which tests POINTER, with the instruction and its record.  They are the body
   of an assembler macro.  They may change the flags unless KEEPS_FLAGS.  */
extern std::string target_thunk (const char *pointer, bool keeps_flags);

#endif /* target.h */
