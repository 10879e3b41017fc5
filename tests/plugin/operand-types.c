/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Operands of each type get to the handler as longs, extended as their type
   says; under each form of constraint.  Results are cut to their type.  */
/* variants: -O0 | -O2 | -Os */
#include "testing.h"

enum small { SMALL = 3, LAST_SMALL = 200 };
enum negative { NEGATIVE = -7, LAST_NEGATIVE = 7 };
enum wide { WIDE = 1L << 40 };
enum __attribute__ ((packed)) byte { BYTE = 5, LAST_BYTE = 255 };
struct pointed;

/* Each type, and a value whose extension tells how it was done.  */
#define EACH_TYPE(DO)                                                         \
  DO (_Bool, boolean, 1)                                                      \
  DO (char, plain_char, 'a')                                                  \
  DO (signed char, signed_char, -128)                                         \
  DO (unsigned char, unsigned_char, 0xfe)                                     \
  DO (short, signed_short, -32768)                                            \
  DO (unsigned short, unsigned_short, 0xfffe)                                 \
  DO (int, signed_int, -2147483647)                                           \
  DO (unsigned int, unsigned_int, 0xfffffffeu)                                \
  DO (long, signed_long, -2)                                                  \
  DO (unsigned long, unsigned_long, -2ul)                                     \
  DO (long long, signed_long_long, 1LL << 62)                                 \
  DO (unsigned long long, unsigned_long_long, 1ULL << 63)                     \
  DO (enum small, enum_small, LAST_SMALL)                                     \
  DO (enum negative, enum_negative, NEGATIVE)                                 \
  DO (enum wide, enum_wide, WIDE)                                             \
  DO (enum byte, enum_byte, LAST_BYTE)                                        \
  DO (void *, pointer, (void *) -4096)                                        \
  DO (const char *, string, (const char *) 0x7fff00001234)                    \
  DO (struct pointed *, incomplete, (struct pointed *) 16)                    \
  DO (void (*) (void), function, test)

#define SITES(type, name, value)                                              \
  typedef __typeof__ (type) name##_t;                                         \
  __attribute__ ((noinline)) static name##_t name##_letters (name##_t x)      \
  {                                                                           \
    name##_t result;                                                          \
    __asm__ volatile ("syscall"                                               \
		      : "=a" (result)                                                       \
		      : "a" (FIRST_CALL), "D" (x), "S" (x), "d" (x)                         \
		      : CLOBBERS);                                                          \
    return result;                                                            \
  }                                                                           \
  __attribute__ ((noinline)) static name##_t name##_registers (name##_t x)    \
  {                                                                           \
    register name##_t r10 __asm__ ("r10") = x;                                \
    register name##_t r8 __asm__ ("r8") = x;                                  \
    register name##_t r9 __asm__ ("r9") = x;                                  \
    register name##_t rax __asm__ ("rax");                                    \
    __asm__ volatile ("syscall"                                               \
		      : "=r" (rax)                                                          \
		      : "a" (FIRST_CALL), "r" (r10), "r" (r8), "r" (r9)                     \
		      : CLOBBERS);                                                          \
    return rax;                                                               \
  }                                                                           \
  __attribute__ ((noinline)) static void name##_memory (name##_t x, name##_t *p) \
  {                                                                           \
    register name##_t r10 __asm__ ("r10") = *p;                               \
    __asm__ volatile ("syscall"                                               \
		      : "=a" (*p)                                                           \
		      : "a" (FIRST_CALL), "D" (*p), "S" (x), "d" (x),                       \
			"r" (r10)                                                                  \
		      : CLOBBERS);                                                          \
  }

EACH_TYPE (SITES)

#define CHECK(type, name, value)                                              \
  {                                                                           \
    name##_t x = (name##_t) value, y = x;                                     \
    long full = (long) x;                                                     \
    native_bits = 8 * sizeof x;                                               \
    answer = full;                                                            \
    check (name##_letters (x) == x);                                          \
    check_call (FIRST_CALL, 3, full, full, full);                             \
    check (name##_registers (x) == x);                                        \
    check_call (FIRST_CALL, handled ? 6 : 0, 0L, 0L, 0L, full, full, full);   \
    name##_memory (x, &y);                                                    \
    check (y == x);                                                           \
    check_call (FIRST_CALL, 4, full, full, full, full);                       \
    native_bits = 64;                                                         \
  }

void
test (void)
{
  EACH_TYPE (CHECK)

  /* What doesn't fit is cut off.  */
  answer = 0x123456789abcdef0;
  check_equal (signed_char_letters (0), (signed char) 0xf0);
  check_equal (unsigned_short_registers (0), 0xdef0);
  check_equal (signed_int_letters (0), (int) 0x9abcdef0);
  for (int i = 0; i < 3; i++)
    check_call (FIRST_CALL, handled && i == 1 ? 6 : 3 * handled, 0L, 0L, 0L,
		0L, 0L, 0L);
}
