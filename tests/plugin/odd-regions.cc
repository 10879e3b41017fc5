/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Sites in regions of exceptions of every kind, plain ones and residual ones,
   compile with the plugin as without it: nothing crashes, and GCC's verifiers
   complain of nothing.  */
/* action: compile */
/* flags: -std=c++20 -w */
/* variants: -O0 | -O1 | -O2 | -O3 | -O2 -fnon-call-exceptions | -O2 -flto */
/* variants: -O2 -fsanitize=address,undefined | -O2 -fsanitize=thread */
/* plugin: mode=inline | mode=call | mode=off */
#include "testing.h"

#include <setjmp.h>

#define SITE(...) __asm__ volatile ("syscall" : __VA_ARGS__ : CLOBBERS)
#define RESIDUAL(...) __asm__ volatile ("nop; syscall" : __VA_ARGS__ : CLOBBERS)
#define RESULT "=a" (result)

struct throwing
{
  long x;
  throwing ();
  throwing (const throwing &);
  ~throwing () noexcept (false);
};

struct plain
{
  ~plain ();
};

extern long external (long);
extern long never_throws (long) noexcept;
static jmp_buf environment;

long
both_kinds (long a)
{
  throwing t;
  long result;
  RESIDUAL (RESULT : "a" (a));
  external (result);
  SITE (RESULT : "a" (a));
  return result;
}

long
in_handlers (long a)
{
  long result;
  try
    {
      RESIDUAL (RESULT : "a" (a));
    }
  catch (int i)
    {
      SITE (RESULT : "a" (i));
    }
  catch (...)
    {
      RESIDUAL (RESULT : "a" (a));
      throw;
    }
  return result;
}

long
nested (long a)
{
  try
    {
      try
	{
	  throwing t;
	  SITE ("+a" (a) :);
	  return a;
	}
      catch (long)
	{
	  RESIDUAL ("+a" (a) :);
	}
    }
  catch (char)
    {
      SITE ("+a" (a) :);
    }
  return a;
}

long
function_try_block (long a)
try
  {
    plain p;
    asm goto ("syscall" : : "a" (a) : CLOBBERS : out);
    return 1;
  out:
    return 2;
  }
catch (...)
  {
    return 3;
  }

long
with_setjmp (long a)
{
  plain p;
  long result;
  if (setjmp (environment))
    {
      SITE (RESULT : "a" (a));
      return result;
    }
  throwing t;
  SITE (RESULT : "a" (a));
  RESIDUAL (RESULT : "a" (a));
  longjmp (environment, 1);
}

long
must_not_throw (long a) noexcept
{
  plain p;
  throwing t;
  SITE ("+a" (a) :);
  RESIDUAL ("+a" (a) :);
  return never_throws (a);
}

struct constructed
{
  throwing member;
  long x;
  constructed () { SITE ("=a" (x) : "a" (1L)); }
  constructed (int)
  try : x (0)
    {
      SITE ("=a" (x) : "a" (1L));
    }
  catch (...)
    {
      long result;
      SITE (RESULT : "a" (2L));
    }
  ~constructed () { SITE ( : "a" (3L)); }
};

void
objects ()
{
  constructed a, b (1);
  static constructed once;
  thread_local constructed each;
  (void) &each;
  delete[] new constructed[3];
}

long
leaving_a_loop (long a)
{
  long sum = 0;
  for (long i = 0; i < a; i++)
    {
      throwing t;
      register long r10 __asm__ ("r10") = t.x;
      long result;
      SITE (RESULT : "a" (a), "r" (r10));
      switch (result)
	{
	case 1:
	  continue;
	case 2:
	  return sum;
	case 3:
	  throw 1;
	case 4:
	  goto out;
	default:
	  sum += result;
	}
    }
out:
  return sum;
}

long
statement_expressions (long a)
{
  plain p;
  return ({ throwing t; long result; SITE (RESULT : "a" (a)); result; })
	   ? a
	   : ({ throwing t; long result; RESIDUAL (RESULT : "a" (a)); result; });
}

throwing
into_returned (long a)
{
  throwing t;
  SITE ("=a" (t.x) : "a" (a));
  return t;
}

void
nothing_follows ()
{
  plain p;
  SITE ( : "a" (60L));
  __builtin_unreachable ();
}

[[noreturn]] void
forever ()
{
  plain p;
  for (;;)
    SITE ( : "a" (60L));
}

struct base
{
  virtual long method (long a) { plain p; SITE ("+a" (a) :); return a; }
};

struct derived : virtual base
{
  long method (long a) override { throwing t; SITE ("+a" (a) :); return base::method (a); }
};

base *
make ()
{
  return new derived;
}

__attribute__ ((constructor)) static void
before_main ()
{
  plain p;
  long result;
  SITE (RESULT : "a" (1L));
}
