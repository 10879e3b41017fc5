/* What functions.py's files and functions-main.c share.

   SPDX-License-Identifier: GPL-3.0-or-later

   Most of the calls are ones that Linux doesn't have.  They come back to
   functions-main.c by a seccomp filter and SIGSYS, and their number says what
   they do; functions.py makes it of:

     bits 0-2	 how many arguments there are
     bits 3-4	 their width: 0 all of the register, 1 its low 32 bits, 2 its low
		 16, 3 its low 8; what a narrow operand leaves in the rest
		 isn't known
     bits 5-16	 two bits an argument: a value, a block that is read, a block
		 that is read and written, a register that no operand sets
     bits 17-19	 the result: a hash of all that, a small one, an error, 0 or
		 1, or the number itself
     bit 20	 the site may be a residual one
     bit 21	 a handler throws, having made the call
     bit 22	 a handler jumps, having made it
     bits 23-27	 a serial number
     bit 28	 set  */

#ifndef FUNCTIONS_H
#define FUNCTIONS_H 1

#include <setjmp.h>

#define NUMBER_ARGS(number) ((number) & 7)
#define NUMBER_WIDTH(number) (64 >> ((number) >> 3 & 3))
#define NUMBER_KIND(number, index) ((number) >> (5 + 2 * (index)) & 3)
#define NUMBER_RESULT(number) ((number) >> 17 & 7)
#define NUMBER_RESIDUAL 0x100000
#define NUMBER_THROWS 0x200000
#define NUMBER_JUMPS 0x400000
#define NUMBER_FAKE 0x10000000

enum argument_kind { VALUE, READ, WRITTEN, UNSET };
enum result_kind { HASH, SMALL, ERROR, BOOLEAN, UNCHANGED };

/* What an argument may point to: R is read, W is written.  */
struct block
{
  struct { long v[2]; } r, w;
};

/* As struct iovec and struct timespec.  */
struct vector { void *base; unsigned long length; };
struct time { long seconds, nanoseconds; };

#ifdef __cplusplus
typedef bool boolean;
#else
typedef _Bool boolean;
#endif

/* An enumeration of which each int is a value.  */
enum any { ANY_LEAST = -2147483647 - 1, ANY_MOST = 2147483647 };

typedef float vector4f __attribute__ ((vector_size (16)));
typedef double vector4d __attribute__ ((vector_size (32)));
typedef int vector16i __attribute__ ((vector_size (64)));

/* What a function takes its values from, and leaves some in.  */
struct context
{
  long in[16];
  double fp[8];
  long out[8];
  struct { unsigned int f : 5; int g : 11; unsigned long w : 40; } bits;
  struct block block[2];
  /* A file with a known content, and /dev/null.  */
  int file, null;
  long pid, parent;
  struct time resolution;
  jmp_buf env;
};

/* A function, its name, and whether it is one that GCC itself makes right: not
   if something comes between a register variable's assignment and its use.  */
struct function
{
  long (*function) (struct context *);
  const char *name;
  int plain;
};

#ifdef __cplusplus
extern "C" {
#endif

extern const struct function functions[];
extern const int function_count;

/* What a site does, in the words of functions.py: system call NUMBER with NR
   arguments, each a long.  */
extern long model_call (long number, long nr, ...);

/* VALUE; and nothing done to *P: GCC doesn't know.  */
extern long opaque (long value);
extern void expose (void *p);

/* Each hexadecimal digit.  */
extern const volatile long digits[16];

/* Leave the function, in the way that a handler does.  */
extern void functions_throw (long value) __attribute__ ((weak));

#ifdef __cplusplus
}

struct thrown { long value; };

#if __cpp_exceptions
void
functions_throw (long value)
{
  throw thrown { value };
}
#endif
#endif

/* Not calls, at any level of optimization: those destroy registers.  */
#define INLINE static inline __attribute__ ((always_inline))

INLINE unsigned long
mix (unsigned long hash, unsigned long value)
{
  hash = (hash ^ value) * 0x9e3779b97f4a7c15;
  return hash << 23 | hash >> 41;
}

/* VALUE, an address: and GCC can't tell of what.  */
INLINE long
conceal (long value)
{
  unsigned long result = 0;
  for (int i = 60; i >= 0; i -= 4)
    result = result << 4 | digits[value >> i & 15];
  return result;
}

/* A site: the statement, or with MODEL what it means; and a variable's
   register, which is nothing to the model.  */
#ifdef MODEL
# define SITE(statement, ...) __VA_ARGS__
# define REGISTER(name)
#else
# define SITE(statement, ...) statement
# define REGISTER(name) __asm__ (name)
#endif

#endif /* functions.h */
