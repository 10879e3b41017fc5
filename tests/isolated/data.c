/* A library with thread-local data, SIZE bytes of it.

   SPDX-License-Identifier: GPL-3.0-or-later  */

static __thread long bytes[SIZE / sizeof (long)];

long *
data (void)
{
  return &bytes[SIZE / sizeof (long) - 1];
}
