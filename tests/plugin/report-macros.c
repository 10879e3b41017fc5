/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* The report has the chain of macros that a site comes from, the innermost
   first, and the place where the outermost of them is used.  */
/* action: compile */
/* flags: -O2 */
/* expect-report: {"line": 23, "column": 10, "function": "nested", "macros": ["INTERNAL_CALL", "INLINE_CALL", "CALL"], "number": 39, "name": "getpid"} */
/* expect-report: {"line": 29, "column": 10, "function": "one", "macros": ["INTERNAL_CALL"]} */
#define INTERNAL_CALL(number)                                                 \
  ({                                                                          \
    long result;                                                              \
    __asm__ volatile ("syscall"                                               \
		      : "=a" (result)                                         \
		      : "0" ((long) (number))                                 \
		      : "rcx", "r11", "memory");                              \
    result;                                                                   \
  })
#define INLINE_CALL(number) (INTERNAL_CALL (number) + 1)
#define CALL(number) INLINE_CALL (number)

long
nested (void)
{
  return CALL (39);
}

long
one (long n)
{
  return INTERNAL_CALL (n);
}
