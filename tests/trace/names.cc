/* Functions with names of C++'s, one calls the next: stack.sh looks at them.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <unistd.h>

namespace a
{
struct b
{
  int value;
  int operator/ (int other) const;
};

template <typename T>
__attribute__ ((noinline)) int
each (const T &one, int count)
{
  int result = 0;

  for (int i = 0; i < count; i++)
    result += one / i;
  return result;
}

__attribute__ ((noinline)) int
b::operator/ (int other) const
{
  return value + other + (int) getuid ();
}
}

int
main ()
{
  a::b one = { 1 };
  return a::each (one, 2) + 1 > 0 ? 0 : 1;
}
