/* What programs do with a C library, to be done on musl without purecc and with
   it: each check prints what it sees, which is the same in every run.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef CHECKS_H
#define CHECKS_H 1

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>

struct check
{
  const char *name;
  void (*make) (void);
};

/* Each list ends with a name that is NULL.  */
extern const struct check thread_checks[], process_checks[], signal_checks[],
  file_checks[], socket_checks[], state_checks[];

#define CHECK(name) { #name, name }

/* Print an expression and its value, or errno where that is -1.  */
#define say(expression)							\
  do									\
    {									\
      errno = 0;							\
      long value_ = (long) (expression);				\
      printf ("%s: %ld", #expression, value_);				\
      printf (value_ == -1 ? ", %s\n" : "\n", strerror (errno));	\
    }									\
  while (0)

/* The program's own name.  */
extern char *self;

/* How CHILD ended: its exit status, or 1000 and the signal.  */
extern int end_of (pid_t child);

extern void pause_ms (long ms);

#endif /* checks.h */
