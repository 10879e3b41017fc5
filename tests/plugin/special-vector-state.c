/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Nothing is lost that the compiler keeps in a vector, mask, x87 or MMX
   register, or in a control word, across a guarded site, while the handler
   destroys every register that a function may.  What is in a register at a
   site is forced there by an empty asm directly before it.  */
/* flags: -frounding-math */
/* with: lib/destroy-all.S */
/* link: -lm */
/* variants: -O0 | -O2 | -O2 -fPIC | ?-O3 -march=native */
#include "testing.h"

#include <fenv.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#define SITE(number)                                                          \
  __asm__ volatile ("syscall"                                                 \
		    : "=a" (result)                                           \
		    : "0" (FIRST_CALL + (number)), "D" (4L)                   \
		    : CLOBBERS)

#define CHECK_SITE(number)                                                    \
  do                                                                          \
    {                                                                         \
      check_equal (result, answer);                                           \
      check_call (FIRST_CALL + (number), 1, 4L);                              \
    }                                                                         \
  while (0)

#define NOINLINE __attribute__ ((noinline))
#define AVX __attribute__ ((noinline, target ("avx")))
#define AVX512                                                                \
  __attribute__ ((noinline, target ("avx512f,avx512vl,avx512bw,avx512dq")))

enum { MMX_SITE = 36 };

extern int destroy_all (int avx, int avx512);
static int has_avx, has_avx512;

/* What the control words have to be where the handler is called.  */
static unsigned int expected_mxcsr;
static unsigned short expected_cw;

static unsigned int
get_mxcsr (void)
{
  unsigned int mxcsr;
  __asm__ volatile ("stmxcsr %0" : "=m" (mxcsr));
  return mxcsr & ~0x3fu;
}

static unsigned short
get_cw (void)
{
  unsigned short cw;
  __asm__ volatile ("fnstcw %0" : "=m" (cw));
  return cw;
}

static void
set_mxcsr (unsigned int mxcsr)
{
  __asm__ volatile ("ldmxcsr %0" : : "m" (mxcsr));
}

static void
set_cw (unsigned short cw)
{
  __asm__ volatile ("fldcw %0" : : "m" (cw));
}

static long
destroying_handler (long number, long nr, ...)
{
  long a[6] = { 0 };
  va_list list;

  int tags = destroy_all (has_avx, has_avx512);
  if (number != FIRST_CALL + MMX_SITE)
    check_equal (tags, 0xffff);
  if (number >= FIRST_CALL && number <= LAST_CALL)
    {
      check_equal (get_mxcsr (), expected_mxcsr);
      check_equal (get_cw (), expected_cw);
    }
  va_start (list, nr);
  for (int i = 0; i < nr && i < 6; i++)
    a[i] = va_arg (list, long);
  va_end (list);
  long result = recording_handler (number, nr, a[0], a[1], a[2], a[3], a[4],
				   a[5]);
  destroy_all (has_avx, has_avx512);
  return result;
}

/* As many values as there are vector registers.  */

#define FIRST_16(f)                                                           \
  f (0) f (1) f (2) f (3) f (4) f (5) f (6) f (7) f (8) f (9) f (10) f (11)   \
  f (12) f (13) f (14) f (15)
#define ALL_32(f)                                                             \
  FIRST_16 (f)                                                                \
  f (16) f (17) f (18) f (19) f (20) f (21) f (22) f (23) f (24) f (25)       \
  f (26) f (27) f (28) f (29) f (30) f (31)

#define LOAD(i) __typeof__ (*out) v##i = in[i];
#define IN_VECTOR_REGISTER(i) __asm__ volatile ("" : "+v" (v##i));
#define STORE(i) out[i] = v##i;

#define DEFINE_VECTORS(name, attributes, bytes, each, number)                 \
  typedef unsigned int name##_vector                                          \
    __attribute__ ((vector_size (bytes), aligned (4)));                       \
                                                                              \
  attributes static void                                                      \
  name##_vectors (const void *from, void *to)                                 \
  {                                                                           \
    const name##_vector *in = from;                                           \
    name##_vector *out = to;                                                  \
    long result;                                                              \
    each (LOAD) each (IN_VECTOR_REGISTER)                                     \
    SITE (number);                                                            \
    each (IN_VECTOR_REGISTER) each (STORE)                                    \
    CHECK_SITE (number);                                                      \
  }                                                                           \
                                                                              \
  /* Sums that stay in registers from one site to the next.  */               \
  attributes static void                                                      \
  name##_sums (const void *from, void *to)                                    \
  {                                                                           \
    const name##_vector *in = from;                                           \
    name##_vector *out = to, a = in[0], b = in[1], c = in[2];                 \
    long result;                                                              \
    for (int i = 3; i < 12; i++)                                              \
      {                                                                       \
	a += in[i] * b;                                                       \
	c ^= a + in[i];                                                       \
	SITE (number);                                                        \
	b -= c;                                                               \
	if (answer == i)                                                      \
	  SITE ((number) + 1);                                                \
	c += a;                                                               \
      }                                                                       \
    out[0] = a;                                                               \
    out[1] = b;                                                               \
    out[2] = c;                                                               \
    for (int i = 3; i < 12; i++)                                              \
      {                                                                       \
	check_call (FIRST_CALL + (number), 1, 4L);                            \
	if (answer == i)                                                      \
	  check_call (FIRST_CALL + (number) + 1, 1, 4L);                      \
      }                                                                       \
    check_equal (result, answer);                                             \
  }

DEFINE_VECTORS (sse, NOINLINE, 16, FIRST_16, 0)
DEFINE_VECTORS (avx, AVX, 32, FIRST_16, 10)
DEFINE_VECTORS (avx512, AVX512, 64, ALL_32, 20)

static unsigned int from[32 * 16], to[32 * 16];

/* The sums of BYTES bytes each, an element at a time.  */

NOINLINE static int
right_sums (int bytes)
{
  int width = bytes / 4;
  for (int e = 0; e < width; e++)
    {
      unsigned int a = from[e], b = from[width + e], c = from[2 * width + e];
      for (int i = 3; i < 12; i++)
	{
	  a += from[i * width + e] * b;
	  c ^= a + from[i * width + e];
	  b -= c;
	  c += a;
	}
      if (to[e] != a || to[width + e] != b || to[2 * width + e] != c)
	return 0;
    }
  return 1;
}

static void
check_vectors (void (*vectors) (const void *, void *),
	       void (*sums) (const void *, void *), int bytes, int number)
{
  memset (to, 0, sizeof to);
  vectors (from, to);
  check (memcmp (from, to, bytes * number) == 0);
  answer = 7;
  sums (from, to);
  answer = 1000;
  check (right_sums (bytes));
}

/* Comparisons' results, in the mask registers but k0.  */

typedef int v16si __attribute__ ((vector_size (64), aligned (4)));

#define SEVEN(f) f (0) f (1) f (2) f (3) f (4) f (5) f (6)
#define COMPARE(i)                                                            \
  unsigned short m##i                                                         \
    = __builtin_ia32_ucmpd512_mask (in[i], in[i + 1], 1, -1);
#define IN_MASK_REGISTER(i) __asm__ volatile ("" : "+Yk" (m##i));
#define STORE_MASK(i) out[i] = m##i;

AVX512 static void
masks (const void *from, unsigned short *out)
{
  const v16si *in = from;
  long result;
  SEVEN (COMPARE) SEVEN (IN_MASK_REGISTER)
  SITE (30);
  SEVEN (IN_MASK_REGISTER) SEVEN (STORE_MASK)
  CHECK_SITE (30);
}

static void
check_masks (void)
{
  unsigned short out[7], right[7] = { 0 };

  for (int i = 0; i < 7; i++)
    for (int e = 0; e < 16; e++)
      right[i] |= (from[i * 16 + e] < from[i * 16 + 16 + e]) << e;
  masks (from, out);
  check (memcmp (out, right, sizeof out) == 0);
}

/* The x87 stack, full but for one.  */

#define ON_X87_STACK(i) __asm__ volatile ("" : "+t" (v##i));

NOINLINE static void
long_doubles (const long double *in, long double *out)
{
  long result;
  SEVEN (LOAD) SEVEN (ON_X87_STACK)
  SITE (31);
  SEVEN (ON_X87_STACK) SEVEN (STORE)
  CHECK_SITE (31);
}

/* Conversions to integers change the control word, for as long as GCC thinks
   that nobody looks.  */

NOINLINE static long
conversions (const long double *in)
{
  long result, sum = 0;
  long double x = in[0];
  for (int i = 0; i < 7; i++)
    {
      sum += (long) (in[i] * 3);
      SITE (32);
      x += in[i];
      sum += (int) x;
    }
  for (int i = 0; i < 7; i++)
    check_call (FIRST_CALL + 32, 1, 4L);
  check_equal (result, answer);
  return sum;
}

/* Complex and 128-bit floating point, and scalars of each kind at once.  */

NOINLINE static void
scalars (const double *d)
{
  _Complex double z = __builtin_complex (d[0], d[1]);
  _Complex long double w
    = __builtin_complex ((long double) d[2], (long double) d[3]);
  __float128 q = d[4];
  float f = d[5];
  __int128 n = (__int128) d[6] << 70;
  long result;
  z *= z;
  w *= w;
  q *= q;
  __asm__ volatile (""
		    : "+x" (q), "+x" (f), "+x" (__real__ z), "+x" (__imag__ z),
		      "+r" (n));
  SITE (33);
  z += w;
  q += f;
  check (__real__ z == d[0] * d[0] - d[1] * d[1] + d[2] * d[2] - d[3] * d[3]);
  check (__imag__ z == 2 * d[0] * d[1] + 2 * d[2] * d[3]);
  check (q == d[4] * d[4] + d[5]);
  check_equal (n >> 70, d[6]);
  CHECK_SITE (33);
}

/* MMX registers.  They are those of the x87 stack, so that the handler finds it
   in use: a site is no call, before which there would be an emms.  */

typedef short mmx __attribute__ ((vector_size (8)));

#define IN_MMX_REGISTER(i) __asm__ volatile ("" : "+y" (v##i));

NOINLINE static void
mmx_vectors (const mmx *in, mmx *out)
{
  long result;
  SEVEN (LOAD) SEVEN (IN_MMX_REGISTER)
  SITE (MMX_SITE);
  SEVEN (IN_MMX_REGISTER) SEVEN (STORE)
  __asm__ volatile ("emms");
  CHECK_SITE (MMX_SITE);
}

/* The rounding that the function has set.  */

NOINLINE static void
rounding (int mode, double one, double three)
{
  long result;
  long double long_one = one;
  fesetround (mode);
  expected_mxcsr = get_mxcsr ();
  expected_cw = get_cw ();
  double before = one / three;
  long double long_before = long_one / three;
  __asm__ volatile ("" : "+x" (before), "+m" (long_before));
  SITE (34);
  __asm__ volatile ("" : "+x" (one), "+m" (long_one));
  double after = one / three;
  long double long_after = long_one / three;
  __asm__ volatile ("" : "+x" (after), "+m" (long_after));
  int is = fegetround ();
  fesetround (FE_TONEAREST);
  check_equal (is, mode);
  check (before == after);
  check (long_before == long_after);
  CHECK_SITE (34);
}

/* All of both control words: rounding, precision, denormals.  */

NOINLINE static void
control_words (unsigned int mxcsr, unsigned short cw)
{
  unsigned int old_mxcsr = get_mxcsr (), new_mxcsr;
  unsigned short old_cw = get_cw (), new_cw;
  long result;
  expected_mxcsr = mxcsr;
  expected_cw = cw;
  set_mxcsr (mxcsr);
  set_cw (cw);
  SITE (35);
  new_mxcsr = get_mxcsr ();
  new_cw = get_cw ();
  set_mxcsr (old_mxcsr);
  set_cw (old_cw);
  check_equal (new_mxcsr, mxcsr);
  check_equal (new_cw, cw);
  CHECK_SITE (35);
}

static void
check_floating_point (void)
{
  static const long double in[7] = { 1.5L, -2.25L, 1e4000L, 3, 4, 5, 1e-4000L };
  static const long double small[7] = { 1.5L, -2.25L, 9, 3.9L, 4, 5, 6.1L };
  static const double d[7] = { 3, 4, 5, 6, 7, 8, 9 };
  long double out[7];
  long sum = 0;
  long double x = small[0];

  long_doubles (in, out);
  for (int i = 0; i < 7; i++)
    check (in[i] == out[i]);
  for (int i = 0; i < 7; i++)
    {
      x += small[i];
      sum += (long) (small[i] * 3) + (int) x;
    }
  check_equal (conversions (small), sum);
  scalars (d);
  mmx_vectors ((mmx *) from, (mmx *) to);
  check (memcmp (from, to, 7 * sizeof (mmx)) == 0);

  static const int modes[]
    = { FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO, FE_TONEAREST };
  for (int i = 0; i < 4; i++)
    rounding (modes[i], 1, 3);
  unsigned int mxcsr = get_mxcsr ();
  unsigned short cw = get_cw ();
  for (int i = 0; i < 4; i++)
    for (int j = 0; j < 3; j++)
      /* Rounding in both, and then flush to zero and denormals are zero in
	 the one, and 24, 53 and 64 bits in the other.  */
      control_words ((mxcsr & 0x1f80) | i << 13 | (j == 1) << 15
		       | (j == 2) << 6,
		     (cw & 0xf0ff) | i << 10 | (j == 0 ? 0 : j + 1) << 8);
  expected_mxcsr = mxcsr;
  expected_cw = cw;
}

void
test (void)
{
  has_avx = __builtin_cpu_supports ("avx") != 0;
  has_avx512 = __builtin_cpu_supports ("avx512f")
	       && __builtin_cpu_supports ("avx512vl")
	       && __builtin_cpu_supports ("avx512bw")
	       && __builtin_cpu_supports ("avx512dq");
  expected_mxcsr = get_mxcsr ();
  expected_cw = get_cw ();
  answer = 1000;
  for (size_t i = 0; i < sizeof from / sizeof from[0]; i++)
    from[i] = 2654435761u * (i + 1);
  if (handled)
    __pure_syscall = destroying_handler;

  check_vectors (sse_vectors, sse_sums, 16, 16);
  if (has_avx)
    check_vectors (avx_vectors, avx_sums, 32, 16);
  if (has_avx512)
    {
      check_vectors (avx512_vectors, avx512_sums, 64, 32);
      check_masks ();
    }
  check_floating_point ();
  if (handled)
    __pure_syscall = recording_handler;
}
