/* What the plugin knows of x86-64.

   SPDX-License-Identifier: GPL-3.0-or-later

   The convention (psABI, appendix A.2.1; syscall(2)): the number in rax, up
   to six arguments in rdi, rsi, rdx, r10, r8 and r9, the result in rax; the
   instruction destroys rcx and r11, and no other register.

   A guard in a site's own statement is

	leaq	2f(%rip), %rcx
	cmpq	$0, __pure_syscall(%rip)
	jne	__pure_stub_WHAT	the pointer is set
	syscall				as it was
     2:	endbr64				with -fcf-protection=branch

   and the stub, which an object has once for each WHAT, and a program too,

	movl	$WHAT, %r11d
	jmp	*__pure_site@GOTPCREL(%rip)

   Where the pointer isn't reached directly, its address is loaded first, into
   rcx.  Nothing but rcx, r11 and the flags is used, which the statement
   destroys anyway, and the stack isn't touched.  No jump is taken on the way to
   the kernel: a processor knows nothing of the jumps near a system call, as the
   kernel leaves it, so that each one taken costs.  */

#include <seccomp.h>

#include "compat.h"
#include <abi/entry.h>
#include <abi/record.h>
#include <abi/text.h>
#include <abi/x86_64/stub.h>
#include <abi/x86_64/thunk.h>
#include "expression.h"
#include "target.h"

/* Registers.  */

/* The place of the register with GCC's number REGNO.  */

static constexpr places
place (unsigned int regno)
{
  return HOST_WIDE_INT_1U << regno;
}

const places target_number_place = place (AX_REG);
const places target_result_place = place (AX_REG);
const char target_number_name[] = "rax";

/* psABI, figure 3.4.  */
const places target_call_clobbered
  = place (AX_REG) | place (CX_REG) | place (DX_REG) | place (SI_REG)
    | place (DI_REG) | place (R8_REG) | place (R9_REG) | place (R10_REG)
    | place (R11_REG);

places
target_argument_place (unsigned int index)
{
  static const unsigned char regnos[PURE_MAX_ARGS]
    = { DI_REG, SI_REG, DX_REG, R10_REG, R8_REG, R9_REG };
  return place (regnos[index]);
}

static bool
general_register_p (int regno)
{
  return LEGACY_INT_REGNO_P (regno) || REX_INT_REGNO_P (regno);
}

places
target_register_place (const char *name)
{
  int regno = decode_reg_name (name);
  return regno >= 0 && general_register_p (regno) ? place (regno) : 0;
}

/* The places that LETTER stands for.  What isn't here makes the site residual.
   Classes of several registers are all registers here: an operand in one is
   known only if it is a hard-register variable, by that variable's register.
   GCC's reg_class_for_constraint isn't asked: what it says of `q', `U' and others
   depends on options, and constants have no class, so they need a table
   anyway.  */

static places
letter_places (char letter)
{
  switch (letter)
    {
    case 'a':
      return place (AX_REG);
    case 'b':
      return place (BX_REG);
    case 'c':
      return place (CX_REG);
    case 'd':
      return place (DX_REG);
    case 'S':
      return place (SI_REG);
    case 'D':
      return place (DI_REG);
    case 'A':
      return place (AX_REG) | place (DX_REG);
    case 'r': case 'q': case 'Q': case 'R': case 'l':
      return PLACE_REGISTERS;
    case 'g':
      return PLACE_REGISTERS | PLACE_MEMORY | PLACE_IMMEDIATE;
    case 'm': case 'o': case 'V': case '<': case '>':
      return PLACE_MEMORY;
    case 'n': case 'i': case 's': case 'E': case 'F': case 'I': case 'J':
    case 'K': case 'L': case 'M': case 'N': case 'O': case 'G': case 'C':
    case 'e': case 'Z':
      return PLACE_IMMEDIATE;
    default:
      return PLACE_OTHER;
    }
}

places
target_constraint_places (const char **p)
{
  size_t length = CONSTRAINT_LEN (**p, *p);
  places where = length == 1 ? letter_places (**p) : PLACE_OTHER;
  while (length-- > 0 && **p)
    ++*p;
  return where;
}

/* The assembler.  */

const char target_comment[] = "#";
const char target_line_comment[] = "/";
const char target_separator = ';';
const char target_prefix_separator = '/';

int
target_dialect (void)
{
  return ASSEMBLER_DIALECT;
}

/* Is WORD in LIST?  */

template<size_t N>
static bool
listed_p (const char *const (&list)[N], const char *word)
{
  for (const char *name : list)
    if (strcmp (name, word) == 0)
      return true;
  return false;
}

unsigned int
target_data_width (const char *directive)
{
  static const char *const two_bytes[] = { ".value", ".word" };
  return listed_p (two_bytes, directive) ? 2 : 0;
}

bool
target_silent_directive_p (const char *directive)
{
  static const char *const directives[]
    = { ".largecomm", ".att_syntax", ".intel_syntax", ".att_mnemonic",
	".intel_mnemonic", ".code64", ".arch", ".sse_check",
	".operand_check" };
  return listed_p (directives, directive);
}

/* TEXT with NAME in place of each MARK.  */

static std::string
replace_all (std::string text, const char *mark, const std::string &name)
{
  for (size_t at = 0; (at = text.find (mark, at)) != std::string::npos;
       at += name.size ())
    text.replace (at, strlen (mark), name);
  return text;
}

/* Instructions.  */

const char target_syscall_mnemonic[] = "syscall";
const unsigned char target_syscall_bytes[] = { 0x0f, 0x05 };
const unsigned int target_syscall_size = ARRAY_SIZE (target_syscall_bytes);

/* Those that are common beside a system call.  */

bool
target_ignores_flags_p (const char *mnemonic)
{
  static const char *const mnemonics[]
    = { "syscall", "nop", "mov", "movb", "movw", "movl", "movq", "movabs",
	"movabsq", "movslq", "movsx", "movsxd", "movzx", "movzbl", "movzwl",
	"lea", "leal", "leaq", "push", "pushq", "pop", "popq", "xchg", "xchgl",
	"xchgq", "xor", "xorl", "xorq", "add", "addl", "addq", "sub", "subl",
	"subq", "and", "andl", "andq", "or", "orl", "orq", "neg", "negl",
	"negq", "not", "notl", "notq", "inc", "incl", "incq", "dec", "decl",
	"decq", "test", "testl", "testq", "cmp", "cmpl", "cmpq", "lfence",
	"mfence", "pause", "endbr64", "hlt", "ud2" };
  return listed_p (mnemonics, mnemonic);
}

bool
target_prefix_p (const char *word)
{
  static const char *const prefixes[]
    = { "lock", "rep", "repe", "repz", "repne", "repnz", "data16", "data32",
	"word", "dword", "addr16", "addr32", "addr64", "adword", "aword", "cs",
	"ds", "es", "fs", "gs", "ss", "xacquire", "xrelease", "notrack", "bnd",
	"ht", "hnt", "wait" };
  return listed_p (prefixes, word) || strncmp (word, "rex", 3) == 0;
}

bool
target_prefix_alone_p (const char *word)
{
  return strcmp (word, "wait") == 0;
}

bool
target_prefix_byte_p (int byte)
{
  static const unsigned char others[]
    = { 0x0f, 0x26, 0x2e, 0x36, 0x3e, 0x62, 0x64, 0x65, 0x66, 0x67,
	0xc4, 0xc5, 0xd5, 0xf0, 0xf2, 0xf3 };
  for (unsigned char other : others)
    if (byte == other)
      return true;
  return byte >= 0x40 && byte <= 0x4f;
}

bool
target_takes_symbol_p (const char *word)
{
  static const char *const starts[]
    = { "call", "j", "mov", "lea", "push", "cmp", "add", "sub", "and", "or",
	"xor", "test", "xchg", "loop", "xbegin" };
  for (const char *start : starts)
    if (strncmp (word, start, strlen (start)) == 0)
      return true;
  return false;
}

bool
target_sets_sigreturn_p (const char *mnemonic, const char *operands)
{
  static const char *const att[] = { "%rax", "%eax" };
  static const char *const intel[] = { "rax", "eax" };

  if (strncmp (mnemonic, "mov", 3) != 0)
    return false;
  std::string left, right;
  bool comma = false;
  for (; *operands; operands++)
    if (*operands == ',' && !comma)
      comma = true;
    else if (!ISSPACE (*operands))
      (comma ? right : left) += TOLOWER (*operands);

  unsigned HOST_WIDE_INT value;
  const char *number;
  if (left[0] == '$' && listed_p (att, right.c_str ()))
    number = left.c_str () + 1;
  else if (listed_p (intel, left.c_str ()))
    number = right.c_str ();
  else
    return false;
  return constant_expression (number, &value) && value <= INT_MAX
	 && target_special_call (value) == CALL_SIGRETURN;
}

std::string
target_immediate_text (const char *modifiers, size_t length,
		       HOST_WIDE_INT value)
{
  std::string text = std::to_string (value);
  if (length > 1)
    return "";
  switch (length == 0 ? 0 : *modifiers)
    {
    case 'c': case 'P': case 'p':
      return text;
    case 0: case 'b': case 'w': case 'k': case 'q':
      return ASSEMBLER_DIALECT == ASM_ATT ? "$" + text : text;
    default:
      return "";
    }
}

/* System calls.  */

const unsigned int target_seccomp_arch = SCMP_ARCH_X86_64;

/* The numbers are those of <asm/unistd_64.h>.  */

enum special_call
target_special_call (HOST_WIDE_INT number)
{
  switch (number)
    {
    case 15:
      return CALL_SIGRETURN;
    case 56:
      return CALL_CLONE;
    case 58:
      return CALL_VFORK;
    case 435:
      return CALL_CLONE3;
    default:
      return CALL_PLAIN;
    }
}

/* The guard.  */

bool
target_abi_p (void)
{
  return TARGET_64BIT && !TARGET_X32;
}

const char *
target_why_no_call (void)
{
  tree attributes = DECL_ATTRIBUTES (current_function_decl);
  tree type_attributes = TYPE_ATTRIBUTES (TREE_TYPE (current_function_decl));

  if (!target_abi_p ())
    return "the code is not for x86-64 with 64-bit longs";
  if (lookup_attribute ("naked", attributes))
    return "the function is naked";
  if (lookup_attribute ("interrupt", type_attributes)
      || lookup_attribute ("no_caller_saved_registers", type_attributes))
    return "the function must keep registers that a call destroys";
  if (TARGET_GENERAL_REGS_ONLY)
    return "the function may use general registers only";
  if (PREFERRED_STACK_BOUNDARY < 128)
    return "the stack is not kept aligned to 16 bytes";
  if (ix86_abi != SYSV_ABI)
    return "the calling convention is not System V's";
  /* The address of a guard would be one in the program, which a shared object's
     protected function can't have; the thunk's is in the GOT.  */
  if (ix86_cmodel == CM_LARGE || ix86_cmodel == CM_LARGE_PIC)
    return "the code model is large";
  for (unsigned int i = 0; i < FIRST_PSEUDO_REGISTER; i++)
    if (global_regs[i] && !general_register_p (i))
      return "a global variable is in a register that a call destroys";
  return NULL;
}

const char target_test_template[]
  = "{cmpq\t$0, %0|cmp\t%0, 0}\n\tjne\t%l1";
/* GCC takes every asm for one that destroys the flags.  */
const char *const target_test_clobbers[] = { NULL };

bool
target_splice_p (void)
{
  return ix86_cmodel == CM_SMALL || ix86_cmodel == CM_SMALL_PIC
	 || ix86_cmodel == CM_KERNEL;
}

/* It is where the linker may copy it into the program: in no shared object, and
   not if GCC's options forbid it, which they can from GCC 12 on.  */

bool
target_extern_data_near_p (void)
{
#if GCCPLUGIN_VERSION_MAJOR >= 12
  if (!ix86_direct_extern_access)
    return false;
#endif
  return !flag_pic || (flag_pie && HAVE_LD_PIE_COPYRELOC);
}

const char target_splice_mark[] = PURE_TEXT (PURE_SITE_SYMBOL) "@GOTPCREL";

static const std::string stub_name = PURE_TEXT (PURE_STUB_SYMBOL);

/* The stub for WHAT, unless the assembler has read it before.  */

static std::string
stub (unsigned int what)
{
  const std::string number = std::to_string (what);
  std::string text
    = "\n\t" PURE_TEXT (PURE_STUB_BEGIN (STUB)) "\n\t{movl\t$" + number + ", %%r11d|mov\tr11d, " + number
    + "}"
      "\n\t{jmp\t*" PURE_TEXT (PURE_SITE_SYMBOL) "@GOTPCREL(%%rip)"
      "|jmp\t[QWORD PTR " PURE_TEXT (PURE_SITE_SYMBOL) "@GOTPCREL[rip]]}"
      "\n\t" PURE_TEXT (PURE_STUB_END (STUB));
  return replace_all (text, "STUB", stub_name + number);
}

std::string
target_splice (const char *pointer, bool hidden, bool direct,
	       unsigned int what)
{
  const std::string name = pointer;
  const std::string back
    = "\n\t{leaq\t.Lpure_back%=(%%rip), %%rcx|lea\trcx, .Lpure_back%=[rip]}";
  std::string text;

  if (hidden)
    text += "\n\t.hidden\t" + name;
  if (direct)
    text += back + "\n\t{cmpq\t$0, " + name + "(%%rip)|cmp\tQWORD PTR " + name
	    + "[rip], 0}";
  else
    text += "\n\t{movq\t" + name + "@GOTPCREL(%%rip), %%rcx|mov\trcx, QWORD PTR "
	    + name
	    + "@GOTPCREL[rip]}"
	      "\n\t{cmpq\t$0, (%%rcx)|cmp\tQWORD PTR [rcx], 0}"
	    + back;
  return text + "\n\tjne\t" + stub_name + std::to_string (what) + stub (what);
}

std::string
target_landing (void)
{
  return flag_cf_protection & CF_BRANCH ? "\n\tendbr64" : "";
}

/* Those that a C function may destroy: __pure_site keeps the general ones.  */

std::vector<const char *>
target_splice_clobbers (void)
{
  std::vector<const char *> names;

  for (unsigned int i = 0; i < FIRST_PSEUDO_REGISTER; i++)
    if (TEST_HARD_REG_BIT (accessible_reg_set, i) && !fixed_regs[i]
	&& !general_register_p (i))
      names.push_back (reg_names[i]);
  return names;
}

std::string
target_thunk (const char *pointer, bool keeps_flags)
{
  /* The stub may be far away.  */
  bool far_p = ix86_cmodel == CM_LARGE || ix86_cmodel == CM_LARGE_PIC;
  std::string text
    = keeps_flags || far_p
	? PURE_TEXT (PURE_THUNKED_SITE (POINTER, .Lpure_thunked\\@))
	: PURE_TEXT (PURE_THUNKED_SITE_BY_STUB (POINTER, .Lpure_thunked\\@));

  return replace_all (text, "POINTER", pointer);
}
