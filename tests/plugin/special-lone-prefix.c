/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* A prefix in a statement of its own belongs to the instruction in the next
   one: the thunk's macro can't take that one's place, since the prefix would
   stick to the first instruction of the thunk.  The site stays native with a
   warning, and runs as without the plugin, pointer NULL or not.  */
/* variants: -O0 | -O2 | -O2 -fPIC */
/* expect-warning: stays native: the instruction has a prefix */
/* expect-report: {"function": "segment", "kind": "native", "residual": "the instruction has a prefix"} */
/* expect-report: {"function": "address_size", "kind": "native", "residual": "the instruction has a prefix"} */
/* expect-report: {"function": "operand_size", "kind": "native", "residual": "the instruction has a prefix"} */
/* expect-report: {"function": "repeated", "kind": "native", "residual": "the instruction has a prefix"} */
/* expect-report: {"function": "two", "kind": "native", "residual": "the instruction has a prefix"} */
/* expect-report: {"function": "with_a_label", "kind": "native", "residual": "the instruction has a prefix"} */
/* expect-report: {"function": "as_a_byte", "kind": "native", "residual": "the instruction has a prefix"} */
/* expect-report: {"function": null, "line": null, "kind": "native", "residual": "the instruction has a prefix"} */
#include "testing.h"

#define FUNCTION(name, template)                                              \
  __attribute__ ((noinline)) static long name (long number, long a)           \
  {                                                                           \
    long result;                                                              \
    __asm__ volatile (template                                                \
		      : "=a" (result)                                         \
		      : "0" (number), "D" (a)                                 \
		      : CLOBBERS);                                            \
    return result;                                                            \
  }

FUNCTION (segment, "fs; syscall")
FUNCTION (address_size, "addr32\n syscall")
FUNCTION (operand_size, "data16\n\n\tsyscall")
FUNCTION (repeated, "rep; # why not\n syscall")
FUNCTION (two, "fs; addr32; syscall")
FUNCTION (with_a_label, "fs; .Lsite%=: syscall")
FUNCTION (as_a_byte, ".byte 0x64; syscall")

extern long toplevel_call (long n, long a);

__asm__ (".pushsection .text\n"
	 ".globl toplevel_call\n"
	 "toplevel_call:\n\t"
	 "movq %rdi, %rax\n\t"
	 "movq %rsi, %rdi\n\t"
	 "fs\n\t"
	 "syscall\n\t"
	 "ret\n"
	 ".popsection");

void
test (void)
{
  static long (*const functions[]) (long, long)
    = { segment, address_size, operand_size, repeated, two, with_a_label,
	as_a_byte, toplevel_call };

  for (int i = 0; i < 8; i++)
    {
      answer = 40 + i;
      check_equal (functions[i] (FIRST_CALL + i, i), 40 + i);
      check_native_call (FIRST_CALL + i, 1, (long) i);
    }
}
