/* What the plugin knows of x86-64.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#include "compat.h"
#include <abi/entry.h>
#include <abi/record.h>
#include <abi/text.h>
#include <abi/x86_64/thunk.h>
#include "x86_64.h"

static const char *const register_names[16]
  = { "rax", "rbx", "rcx", "rdx", "rsi", "rdi", "rbp", "rsp",
      "r8",  "r9",  "r10", "r11", "r12", "r13", "r14", "r15" };

/* The constraint letters for a register each, and the register's place in
   `register_names'.  */
static const struct
{
  char letter;
  unsigned char number;
} register_letters[]
  = { { 'a', 0 }, { 'b', 1 }, { 'c', 2 }, { 'd', 3 }, { 'S', 4 }, { 'D', 5 } };

const char x86_64_comment = '#';
const char x86_64_line_comment = '/';
const char x86_64_separator = ';';
const char x86_64_prefix_separator = '/';

const char x86_64_syscall_mnemonic[] = "syscall";
const unsigned char x86_64_syscall_bytes[2] = { 0x0f, 0x05 };

const char x86_64_test_template[]
  = "{cmpq\t$0, %0|cmp\t%0, 0}\n\tjne\t%l1";

places
x86_64_argument (unsigned int index)
{
  static const unsigned char numbers[PURE_MAX_ARGS] = { 5, 4, 3, 10, 8, 9 };
  return 1u << numbers[index];
}

places
x86_64_register (const char *name)
{
  int wanted = decode_reg_name (name);
  if (wanted < 0)
    return 0;
  for (unsigned int i = 0; i < ARRAY_SIZE (register_names); i++)
    if (decode_reg_name (register_names[i]) == wanted)
      return 1u << i;
  return 0;
}

bool
register_variable_p (tree decl)
{
  return VAR_P (decl) && DECL_HARD_REGISTER (decl)
	 && DECL_CONTEXT (decl) == current_function_decl
	 && !TREE_STATIC (decl);
}

places
register_variable_place (tree decl)
{
  const char *name = IDENTIFIER_POINTER (DECL_ASSEMBLER_NAME (decl));
  return x86_64_register (*name == '*' ? name + 1 : name);
}

/* The places that LETTER stands for, where that is one letter's matter.  */

static places
letter_places (char letter)
{
  for (const auto &r : register_letters)
    if (r.letter == letter)
      return 1u << r.number;
  switch (letter)
    {
    case 'A':
      return 1u << 0 | 1u << 3;
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
x86_64_constraint (const char **p)
{
  size_t length = CONSTRAINT_LEN (**p, *p);
  places where = length == 1 ? letter_places (**p) : PLACE_OTHER;
  while (length-- > 0 && **p)
    ++*p;
  return where;
}

bool
x86_64_prefix_p (const char *word)
{
  static const char *const prefixes[]
    = { "lock", "rep", "repe", "repz", "repne", "repnz", "data16", "data32",
	"word", "dword", "addr16", "addr32", "addr64", "adword", "aword", "cs",
	"ds", "es", "fs", "gs", "ss", "xacquire", "xrelease", "notrack", "bnd",
	"ht", "hnt", "wait" };
  for (const char *prefix : prefixes)
    if (strcmp (word, prefix) == 0)
      return true;
  return strncmp (word, "rex", 3) == 0;
}

bool
x86_64_wait_p (const char *word)
{
  return strcmp (word, "wait") == 0;
}

bool
x86_64_prefix_byte_p (int byte)
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
x86_64_takes_symbol_p (const char *word)
{
  static const char *const starts[]
    = { "call", "j", "mov", "lea", "push", "cmp", "add", "sub", "and", "or",
	"xor", "test", "xchg", "loop", "xbegin" };
  for (const char *start : starts)
    if (strncmp (word, start, strlen (start)) == 0)
      return true;
  return false;
}

const char *
x86_64_why_no_call (void)
{
  tree attributes = DECL_ATTRIBUTES (current_function_decl);
  tree type_attributes = TYPE_ATTRIBUTES (TREE_TYPE (current_function_decl));

  if (!TARGET_64BIT || TARGET_X32)
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
  for (unsigned int i = 0; i < FIRST_PSEUDO_REGISTER; i++)
    if (global_regs[i] && !LEGACY_INT_REGNO_P (i) && !REX_INT_REGNO_P (i))
      return "a global variable is in a register that a call destroys";
  return NULL;
}

bool
x86_64_sets_sigreturn_p (const char *mnemonic, const char *operands)
{
  static const char *const forms[]
    = { "$15,%rax", "$15,%eax", "$0xf,%rax", "$0xf,%eax",
	"rax,15", "eax,15", "rax,0xf", "eax,0xf" };

  if (strncmp (mnemonic, "mov", 3) != 0)
    return false;
  std::string plain;
  for (; *operands; operands++)
    if (!ISSPACE (*operands))
      plain += TOLOWER (*operands);
  for (const char *form : forms)
    if (plain == form)
      return true;
  return false;
}

/* The record of the guarded site that x86_64_record_before has marked.  */
#define GUARDED_RECORD							\
  "\n\t" PURE_TEXT (PURE_SITE_RECORD (.Lpure_site%=, PURE_KIND_GUARDED))

const char *
x86_64_record_before (void)
{
  return "\n.Lpure_site%=:\n\t";
}

const char *
x86_64_record_after (void)
{
  return GUARDED_RECORD;
}

bool
x86_64_near_p (void)
{
  return ix86_cmodel == CM_SMALL || ix86_cmodel == CM_SMALL_PIC
	 || ix86_cmodel == CM_KERNEL;
}

/* The instructions are told in splice.cc.  */

std::string
x86_64_splice_before (const char *pointer, bool hidden, bool direct,
		      unsigned int what)
{
  const std::string name = pointer;
  std::string text;

  if (hidden)
    text += "\n\t.hidden\t" + name;
  if (direct)
    text += "\n\t{cmpq\t$0, " + name + "(%%rip)|cmp\tQWORD PTR " + name
	    + "[rip], 0}";
  else
    text += "\n\t{movq\t" + name + "@GOTPCREL(%%rip), %%rcx|mov\trcx, QWORD PTR "
	    + name
	    + "@GOTPCREL[rip]}"
	      "\n\t{cmpq\t$0, (%%rcx)|cmp\tQWORD PTR [rcx], 0}";
  return text + "\n\tje\t.Lpure_site%="
	 + "\n\t{movl\t$" + std::to_string (what) + ", %%r11d|mov\tr11d, "
	 + std::to_string (what)
	 + "}"
	   "\n\t{leaq\t.Lpure_back%=(%%rip), %%rcx|lea\trcx, .Lpure_back%=[rip]}"
	   "\n\t{jmp\t*" PURE_TEXT (PURE_SITE_SYMBOL) "@GOTPCREL(%%rip)"
	   "|jmp\t[QWORD PTR " PURE_TEXT (PURE_SITE_SYMBOL) "@GOTPCREL[rip]]}"
	 + x86_64_record_before ();
}

const char *
x86_64_splice_after (void)
{
  return "\n.Lpure_back%=:" GUARDED_RECORD;
}

std::vector<const char *>
x86_64_destroyed_by_calls (void)
{
  std::vector<const char *> names;

  for (unsigned int i = 0; i < FIRST_PSEUDO_REGISTER; i++)
    if (TEST_HARD_REG_BIT (accessible_reg_set, i) && !fixed_regs[i]
	&& !LEGACY_INT_REGNO_P (i) && !REX_INT_REGNO_P (i))
      names.push_back (reg_names[i]);
  return names;
}

std::string
x86_64_thunk_macro (const char *pointer)
{
  std::string text
    = "\n\t.macro\tsyscall"
      "\n\t" PURE_TEXT (PURE_THUNKED_SITE (POINTER, .Lpure_thunked\\@))
      "\n\t.endm\n\t";
  const char name[] = "POINTER";

  return text.replace (text.find (name), strlen (name), pointer);
}
