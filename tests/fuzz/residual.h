/* What residual.py's files and residual-main.c share.

   SPDX-License-Identifier: GPL-3.0-or-later  */

/* A function, how many system calls it makes, and its name.  */
struct residual
{
  long (*function) (long, long);
  int calls;
  const char *name;
};

extern const struct residual residuals[];
extern const int residual_count;
