/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* What a signal handler returns to stays as it is, since unwinders know it by its
   bytes, however its number is written; another call with a number like it goes by
   the thunk.  The functions that begin with `other' are no such ones.  */
/* action: compile */
/* compile-flags: -fno-pic */
/* variants: -O0 | -O2 | -O2 -masm=intel */
/* plugin: mode=inline */
/* expect-warning: stays native: it is a signal trampoline, which unwinders know by its bytes */
/* expect-report: {"function": "decimal", "kind": "native", "residual": "it is a signal trampoline, which unwinders know by its bytes"} */
/* expect-report: {"function": "hexadecimal", "kind": "native", "residual": "it is a signal trampoline, which unwinders know by its bytes"} */
/* expect-report: {"function": "hexadecimal_with_zeros", "kind": "native", "residual": "it is a signal trampoline, which unwinders know by its bytes"} */
/* expect-report: {"function": "hexadecimal_capital", "kind": "native", "residual": "it is a signal trampoline, which unwinders know by its bytes"} */
/* expect-report: {"function": "octal", "kind": "native", "residual": "it is a signal trampoline, which unwinders know by its bytes"} */
/* expect-report: {"function": "binary", "kind": "native", "residual": "it is a signal trampoline, which unwinders know by its bytes"} */
/* expect-report: {"function": "sum", "kind": "native", "residual": "it is a signal trampoline, which unwinders know by its bytes"} */
/* expect-report: {"function": "sum_without_parentheses", "kind": "native", "residual": "it is a signal trampoline, which unwinders know by its bytes"} */
/* expect-report: {"function": "difference", "kind": "native", "residual": "it is a signal trampoline, which unwinders know by its bytes"} */
/* expect-report: {"function": "nested", "kind": "native", "residual": "it is a signal trampoline, which unwinders know by its bytes"} */
/* expect-report: {"function": "complement", "kind": "native", "residual": "it is a signal trampoline, which unwinders know by its bytes"} */
/* expect-report: {"function": "operand", "kind": "native", "residual": "it is a signal trampoline, which unwinders know by its bytes"} */
/* expect-report: {"function": "operand_second", "kind": "native", "residual": "it is a signal trampoline, which unwinders know by its bytes"} */
/* expect-report: {"function": "operand_named", "kind": "native", "residual": "it is a signal trampoline, which unwinders know by its bytes"} */
/* expect-report: {"function": "operand_bare", "kind": "native", "residual": "it is a signal trampoline, which unwinders know by its bytes"} */
/* expect-report: {"function": "operand_in_sum", "kind": "native", "residual": "it is a signal trampoline, which unwinders know by its bytes"} */
/* expect-report: {"function": "other_decimal", "kind": "thunk", "residual": "the template has other instructions"} */
/* expect-report: {"function": "other_octal", "kind": "thunk", "residual": "the template has other instructions"} */
/* expect-report: {"function": "other_sum", "kind": "thunk", "residual": "the template has other instructions"} */
/* expect-report: {"function": "other_negative", "kind": "thunk", "residual": "the template has other instructions"} */
/* expect-report: {"function": "other_operand", "kind": "thunk", "residual": "the template has other instructions"} */
/* expect-report: {"function": "other_of_two", "kind": "thunk", "residual": "the template has other instructions"} */
/* expect-report: {"function": "other_address", "kind": "thunk", "residual": "the template has other instructions"} */
#define FUNCTION(name, ...)                                                   \
  __attribute__ ((naked)) void name (void) { __asm__ volatile (__VA_ARGS__); }
#define MOVE(att, intel) "{mov\t" att ", %%eax|mov\teax, " intel "}\n\tsyscall"
#define BOTH(name, number) FUNCTION (name, MOVE ("$" number, number) : :)

BOTH (decimal, "15")
BOTH (hexadecimal, "0xf")
BOTH (hexadecimal_with_zeros, "0x000F")
BOTH (hexadecimal_capital, "0X0f")
BOTH (octal, "017")
BOTH (binary, "0b1111")
BOTH (sum, "(10+5)")
BOTH (sum_without_parentheses, "10 + 5")
BOTH (difference, "0x10-1")
BOTH (nested, "((1 + (2)) - -12)")
BOTH (complement, "~(-16)")
FUNCTION (operand, "{mov\t%0, %%eax|mov\teax, %0}\n\tsyscall" : : "i" (15))
FUNCTION (operand_second, "{movq\t%1, %%rax|mov\trax, %1}\n\tsyscall"
	  : : "n" (1), "n" (15L))
FUNCTION (operand_named, "{mov\t%[nr], %%eax|mov\teax, %[nr]}\n\tsyscall"
	  : : [nr] "i" (15))
FUNCTION (operand_bare, "{mov\t$%c0, %%eax|mov\teax, %c0}\n\tsyscall"
	  : : "i" (15))
FUNCTION (operand_in_sum, "{mov\t$%c0+5, %%eax|mov\teax, %c0+5}\n\tsyscall"
	  : : "i" (10))

BOTH (other_decimal, "14")
BOTH (other_octal, "15-1")
BOTH (other_sum, "(15+1)")
BOTH (other_negative, "-15")
FUNCTION (other_operand, "{mov\t%0, %%eax|mov\teax, %0}\n\tsyscall"
	  : : "i" (16))
FUNCTION (other_of_two, "{mov\t%0, %%eax|mov\teax, %0}\n\tsyscall"
	  : : "i" (1), "i" (15))
FUNCTION (other_address, "{mov\t15, %%eax|mov\teax, ds:15}\n\tsyscall" : :)
