/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* The attribute purecc_native on methods, templates, lambdas, operators,
   constructors and destructors, in either syntax.  */
/* variants: -O0 | -O2 */
/* flags: -std=c++17 -Wno-attributes */
/* expect-sites: 0 */
#include "testing.h"

#define SITE(a)                                                               \
  long result;                                                                \
  __asm__ volatile ("syscall"                                                 \
		    : "=a" (result)                                           \
		    : "0" (FIRST_CALL), "D" (a)                               \
		    : CLOBBERS)
#define NATIVE __attribute__ ((purecc_native))

struct S
{
  NATIVE S () { SITE (1L); }
  NATIVE ~S () { SITE (2L); }
  NATIVE long method (long a);
  NATIVE long operator() (long a) const { SITE (a); return result; }
  NATIVE virtual long overridden (long a) { SITE (a); return result; }
};

long
S::method (long a)
{
  SITE (a);
  return result;
}

template <typename T>
NATIVE long
of_template (T a)
{
  SITE ((long) a);
  return result;
}

[[gnu::purecc_native]] static long
standard_syntax (long a)
{
  SITE (a);
  return result;
}

void
test ()
{
  auto lambda = [] (long a) NATIVE { SITE (a); return result; };
  {
    S s;
    S &reference = s;
    s.method (3);
    s (4);
    reference.overridden (5);
  }
  of_template ('x');
  of_template (6L);
  standard_syntax (7);
  lambda (8);

  static const long seen[] = { 1, 3, 4, 5, 2, 'x', 6, 7, 8 };
  for (long a : seen)
    check_native_call (FIRST_CALL, 1, a);
}
