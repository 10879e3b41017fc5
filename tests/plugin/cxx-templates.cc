/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Sites in templates, for each type they are made for, in lambdas, virtual
   methods, constructors, destructors, and with references.  */
/* flags: -std=c++17 -Wno-register */
/* variants: -O0 | -O2 */
#include "testing.h"

#include <cstddef>
#include <functional>
#include <memory>

template <typename T, long N>
struct caller
{
  T value;

  T
  operator() () const
  {
    T result;
    register T r10 __asm__ ("r10") = value;
    __asm__ volatile ("syscall"
		      : "=a" (result)
		      : "a" (N), "D" (1L), "S" (2L), "d" (3L), "r" (r10)
		      : CLOBBERS);
    return result;
  }
};

enum class small : short { minus = -3, seven = 7 };

template <typename T>
static void
check_type (T value)
{
  answer = (long) (T) 7;
  caller<T, FIRST_CALL> call { value };
  check_equal ((long) call (), (long) (T) 7);
  native_bits = 8 * sizeof (T);
  check_call (FIRST_CALL, 4, 1L, 2L, 3L, (long) value);
  native_bits = 64;
}

struct base
{
  virtual long method (long) = 0;
  virtual ~base () = default;
};

struct derived : virtual base
{
  long kept;

  derived (long a) : kept (a)
  {
    __asm__ volatile ("syscall" : "+a" (kept) : "D" (1L) : CLOBBERS);
  }
  ~derived ()
  {
    __asm__ volatile ("syscall" : : "a" (FIRST_CALL + 2), "D" (2L) : CLOBBERS);
  }
  long
  method (long a) override
  {
    long result;
    __asm__ volatile ("syscall"
		      : "=a" (result)
		      : "0" (FIRST_CALL + 3), "D" (a), "S" (kept)
		      : CLOBBERS);
    return result;
  }
};

static long &
by_reference (long &a)
{
  __asm__ volatile ("syscall"
		    : "=a" (a)
		    : "0" (FIRST_CALL + 4), "D" (a), "S" (&a)
		    : CLOBBERS);
  return a;
}

template <typename... T>
static long
folded (T... values)
{
  auto call = [] (auto value) {
    long result;
    __asm__ volatile ("syscall"
		      : "=a" (result)
		      : "0" (FIRST_CALL + 5), "D" ((long) value)
		      : CLOBBERS);
    return result;
  };
  return (call (values) + ...);
}

void
test ()
{
  check_type<long> (-4);
  check_type<unsigned short> (0xfff0);
  check_type<signed char> (-5);
  check_type<bool> (true);
  check_type<wchar_t> (L'x');
  check_type<char16_t> (u'y');
  check_type<small> (small::minus);
  check_type<char *> (nullptr);
  check_type<long (*) (long &)> (0);

  answer = 11;
  {
    std::unique_ptr<base> pointer (new derived (FIRST_CALL + 1));
    check_call (FIRST_CALL + 1, 1, 1L);
    check_equal (pointer->method (5), 11);
    check_call (FIRST_CALL + 3, 2, 5L, 11L);
  }
  check_call (FIRST_CALL + 2, 1, 2L);

  long a = 8;
  check_equal (by_reference (a), 11);
  check_call (FIRST_CALL + 4, 2, 8L, (long) &a);

  check_equal (folded ('a', 2, 3L), 33);
  check_call (FIRST_CALL + 5, 1, (long) 'a');
  check_call (FIRST_CALL + 5, 1, 2L);
  check_call (FIRST_CALL + 5, 1, 3L);

  long captured = 20;
  std::function<long (long)> function = [&captured] (long b) {
    __asm__ volatile ("syscall"
		      : "=a" (captured)
		      : "0" (FIRST_CALL + 6), "D" (captured), "S" (b)
		      : CLOBBERS);
    return captured;
  };
  check_equal (function (30), 11);
  check_equal (captured, 11);
  check_call (FIRST_CALL + 6, 2, 20L, 30L);
}
