/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Unusual statements that compile without the plugin compile with it, in each
   mode: nothing crashes, and GCC's verifiers complain of nothing.  */
/* action: compile */
/* flags: -std=gnu11 -w */
/* variants: -O0 | -O1 | -O2 | -O3 | -O2 -flto | -O2 -fsanitize=undefined */
/* variants: -O2 -fsanitize=thread | -O2 -fnon-call-exceptions -fexceptions */
/* plugin: mode=inline | mode=call | mode=off */
/* expect-sites: 41 */
#include "testing.h"

#define SITE(...) __asm__ volatile ("syscall" : __VA_ARGS__ : CLOBBERS)
#define RESULT "=a" (result)

typedef float vector __attribute__ ((vector_size (16)));
struct one { long a; };
struct several { long a[8]; };
union either { long a; void *p; };
struct flexible { int n; long v[]; };
struct __attribute__ ((packed)) packed { char c; long l; };
volatile struct { int a : 5; } bits;
volatile int volatile_global;
const long constant_global = 39;
extern long elsewhere[];
extern void function (long);

/* Operands of other types than integers and pointers.  */

long structure (struct one s) { long result; SITE (RESULT : "a" (1), "D" (s)); return result; }
long union_operand (union either u) { long result; SITE (RESULT : "a" (1), "D" (u)); return result; }
struct one structure_result (void) { struct one s; SITE ("=a" (s) : "0" ((struct one) { 1 })); return s; }
long floating (float x) { long result; SITE (RESULT : "a" (1), "D" (x)); return result; }
long vector_operand (vector x) { long result; SITE (RESULT : "a" (1), "x" (x)); return result; }
long x87_operand (long double x) { long result; __asm__ volatile ("syscall" : RESULT : "a" (1), "t" (x) : CLOBBERS, "st"); return result; }
_Complex int complex_operand (_Complex int x) { _Complex int r; SITE ("=a" (r) : "0" (x)); return r; }
__int128 register_pair (__int128 x) { SITE ("+A" (x) :); return x; }
long vector_register (double x) { register double xmm __asm__ ("xmm0") = x; long result; SITE (RESULT : "a" (1), "x" (xmm)); return result; }
long floating_register (double x) { register double rdi __asm__ ("rdi") = x; long result; SITE (RESULT : "a" (1), "r" (rdi)); return result; }

/* Register variables.  */

long
structure_register (void)
{
  register struct one r10 __asm__ ("r10") = { 3 };
  long result;
  SITE (RESULT : "a" (1), "r" (r10));
  r10.a++;
  SITE (RESULT : "a" (1), "r" (r10.a));
  return result + r10.a;
}

long
volatile_register (long x)
{
  register volatile long r10 __asm__ ("r10") = x;
  long result;
  SITE (RESULT : "a" (1), "r" (r10));
  return result + r10;
}

long
constant_register (void)
{
  register const long r10 __asm__ ("r10") = 3;
  long result;
  SITE (RESULT : "a" (1), "r" (r10));
  return result;
}

long
unset_register (void)
{
  register long rdx __asm__ ("rdx");
  long result;
  SITE (RESULT : "a" (1), "r" (rdx));
  return result;
}

long
other_names (long x)
{
  register long a __asm__ ("di") = x;
  register long b __asm__ ("%rsi") = x;
  register long c __asm__ ("1") = x;
  long result;
  SITE (RESULT : "a" (1), "r" (a), "r" (b), "r" (c));
  return result;
}

long
read_twice (long x)
{
  register long r10 __asm__ ("r10") = x;
  long result;
  SITE (RESULT : "a" (r10), "D" (r10), "r" (r10), "S" (r10 + 1));
  return result + r10;
}

long
from_each_other (long x)
{
  register long r10 __asm__ ("r10") = x, r8 __asm__ ("r8") = r10, r9 __asm__ ("r9") = r8;
  long result;
  SITE (RESULT : "0" (39L), "r" (r10), "r" (r8), "r" (r9));
  return result + r10 + r8 + r9;
}

long
written_registers (long n)
{
  register long rcx __asm__ ("rcx"), r11 __asm__ ("r11"), r10 __asm__ ("r10");
  long result;
  __asm__ volatile ("syscall" : RESULT, "=r" (rcx), "=r" (r11) : "a" (n) : "memory");
  SITE (RESULT, "=r" (r10) : "a" (n));
  return result + rcx + r11 + r10;
}

/* Operands of unusual kinds.  */

long flag_result (long x) { long result; int carry; SITE (RESULT, "=@ccc" (carry) : "a" (1), "D" (x)); return result + carry; }
long only_flags (long x) { long result; SITE ("=@ccc" (result) : "a" (1), "D" (x)); return result; }
long immediate (void) { long result; SITE (RESULT : "0" (1), "i" (3), "n" (4)); return result; }
long anything (void) { long result; SITE (RESULT : "0" (1), "X" (5)); return result; }
long address (void) { long result; SITE (RESULT : "0" (1), "p" (&result)); return result; }
long label_address (void) { here:; long result; SITE (RESULT : "a" (&&here), "D" (function)); return result; }
long literals (void) { long result; SITE (RESULT : "a" (constant_global), "D" ("text"), "S" (elsewhere)); return result; }
void bit_fields (void) { SITE ("=a" (bits.a) : "a" (bits.a)); }
void volatile_operands (void) { SITE ("=a" (volatile_global) : "a" (volatile_global), "D" (volatile_global)); }
long packed_operand (struct packed *p) { SITE ("=a" (p->l) : "0" (p->l), "D" (&p->l)); return p->l; }
void flexible_array (struct flexible *p) { SITE ("=a" (p->v[1]) : "a" (p->n), "D" (p->v)); }
void whole_structure (struct several *p) { SITE ("=m" (*p) : "a" (1L), "D" (p), "m" (*p)); }
void variable_length (int n) { char v[n]; SITE ("=m" (v) : "a" (1), "m" (v)); }
long segment (__seg_fs int *p) { SITE ("=a" (*p) : "0" (39)); return *p; }
long function_and_data (void) { long result; SITE (RESULT : "a" (1), "D" (&result), "S" (&elsewhere[3])); return result; }

/* Statements in unusual places.  */

long conditional (long s) { return ({ long result; SITE (RESULT : "a" (60), "D" (s)); result; }) ? s : ({ long result; SITE (RESULT : "a" (61)); result; }); }

void
loops (int s)
{
  while (s--)
    {
      SITE ( : "a" (60), "D" (s));
      if (s == 3)
	continue;
      SITE ( : "a" (61), "D" (s));
      if (s == 4)
	break;
    }
}

__attribute__ ((noreturn)) void forever (int s) { for (;;) SITE ( : "a" (60), "D" (s)); }
__attribute__ ((const)) long constant_function (long s) { SITE ("+a" (s) :); return s; }
