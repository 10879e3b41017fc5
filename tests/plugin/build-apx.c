/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* With the instructions of APX, which few processors have: it is compiled only.  */
/* action: compile */
/* needs: -mapxf */
/* variants: -O0 -mapxf | -O2 -mapxf | -O2 -mapxf -masm=intel | -O2 -mapxf -fPIC -fexceptions */
/* expect-sites: 2 */
/* expect-report: {"function": "plain", "kind": "guarded"} */
/* expect-report: {"function": "crowded", "kind": "guarded"} */

long
plain (long n)
{
  __asm__ volatile ("syscall" : "+a" (n) : : "rcx", "r11", "memory");
  return n;
}

long
crowded (long n, const long *v)
{
  long a = v[0], b = v[1], c = v[2], d = v[3], e = v[4], f = v[5], g = v[6];
  long h = v[7], i = v[8], j = v[9];
  __asm__ volatile ("" : "+r" (a), "+r" (b), "+r" (c), "+r" (d), "+r" (e));
  __asm__ volatile ("" : "+r" (f), "+r" (g), "+r" (h), "+r" (i), "+r" (j));
  __asm__ volatile ("syscall" : "+a" (n) : : "rcx", "r11", "memory");
  return n + a * b + c * d + e * f + g * h + i * j;
}
