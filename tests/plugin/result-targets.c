/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* The result goes to where the source says: variables of each storage, memory
   of each kind, and bit-fields, cut to their width.  */
/* variants: -O0 | -O1 | -O2 | -O3 */
#include "testing.h"

#define SITE(target)                                                          \
  __asm__ volatile ("syscall"                                                 \
		    : "=a" (target)                                           \
		    : "a" (FIRST_CALL), "D" (1L)                              \
		    : CLOBBERS);                                              \
  check_call (FIRST_CALL, 1, 1L)

struct record
{
  char before;
  short narrow;
  long wide;
  int list[4];
  struct
  {
    unsigned char inner;
  } nested;
};

struct __attribute__ ((packed)) packed
{
  char before;
  long unaligned;
};

long global;
volatile long volatile_global;
static short file_local;
_Thread_local int thread_local_variable;
extern int array[];
int array[3];
static struct record record;
static struct packed packed;

static void
variables (void)
{
  long automatic;
  volatile int volatile_automatic;
  static long function_local;
  _Bool boolean;

  SITE (automatic);
  check_equal (automatic, answer);
  SITE (volatile_automatic);
  check_equal (volatile_automatic, (int) answer);
  SITE (function_local);
  check_equal (function_local, answer);
  SITE (global);
  check_equal (global, answer);
  SITE (volatile_global);
  check_equal (volatile_global, answer);
  SITE (file_local);
  check_equal (file_local, (short) answer);
  SITE (thread_local_variable);
  check_equal (thread_local_variable, (int) answer);
  answer = 1;
  SITE (boolean);
  check_equal (boolean, 1);
}

static void
memory (struct record *r, int index, long **list)
{
  SITE (r->narrow);
  check_equal (r->narrow, (short) answer);
  SITE (r->wide);
  check_equal (r->wide, answer);
  SITE (r->list[index]);
  check_equal (r->list[index], (int) answer);
  SITE (r->nested.inner);
  check_equal (r->nested.inner, (unsigned char) answer);
  SITE (array[index]);
  check_equal (array[index], (int) answer);
  SITE (*list[index]);
  check_equal (*list[index], answer);
  SITE (packed.unaligned);
  check_equal (packed.unaligned, answer);
  SITE (*(volatile char *) &r->before);
  check_equal (r->before, (char) answer);
}

/* A pointer is changed by the operand itself, once.  */

static void
moving (void)
{
  long list[3] = { 0, 0, 0 }, *p = list;
  SITE (*p++);
  SITE (*p++);
  check_equal (p - list, 2);
  check_equal (list[0], answer);
  check_equal (list[1], answer);
  check_equal (list[2], 0);
}

void
test (void)
{
  long value = 0, *list[3] = { 0, 0, &value };

  answer = -0x123456789abcdef;
  variables ();
  answer = -0x123456789abcdef;
  memory (&record, 2, list);
  moving ();
}
