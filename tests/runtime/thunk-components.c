/* Whatever is in use of x87 and the vector registers at a thunked site, and
   whatever the handler puts to use: afterwards all is as it was, and what was
   in its initial configuration is so again.  The same in the children of vfork
   and clone, which go on from the site.

   SPDX-License-Identifier: GPL-3.0-or-later

   A function in an asm of its own loads a state, saves it, executes the
   instruction, and saves it again.  XSAVE tells with it which components are in
   use.  SSE is an exception: XSAVEC takes it to be in use if MXCSR isn't as it
   was initially.  */

#define _GNU_SOURCE
#include <cpuid.h>
#include <linux/sched.h>
#include <purecc.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/syscall.h>
#include "check.h"
#include "draw.h"

enum { X87 = 1, SSE = 2, AVX = 4, OPMASK = 0x20, ZMM_HI256 = 0x40,
       HI16_ZMM = 0x80 };
enum { COMPONENTS = X87 | SSE | AVX | OPMASK | ZMM_HI256 | HI16_ZMM };
enum { AREA = 4096, HEADER = 512, MXCSR = 24, DEFAULT_MXCSR = 0x1f80 };
/* A call that no kernel has.  */
enum { NO_CALL = 1000 };

uint64_t enabled, number, a1, a2;
_Alignas (64) unsigned char loaded[AREA], before[AREA], after[AREA],
  child[AREA], initial[AREA], child_stack[65536];

long component_site (void);

/* The child ends by an instruction that isn't guarded.  */
static void __attribute__ ((purecc_native, used, noreturn))
leave_natively (void)
{
  __asm__ __volatile__ ("syscall"
			: : "a" ((long) SYS_exit), "D" (0L)
			: "rcx", "r11", "memory");
  __builtin_unreachable ();
}

__asm__ (
  "	.text\n"
  "	.globl	component_site\n"
  "component_site:\n"
  "	pushq	%rbx\n"
  "	movl	enabled(%rip), %eax\n"
  "	xorl	%edx, %edx\n"
  "	xrstor64 loaded(%rip)\n"
  "	xsave64	before(%rip)\n"
  "	movq	number(%rip), %rax\n"
  "	movq	a1(%rip), %rdi\n"
  "	movq	a2(%rip), %rsi\n"
  "	xorl	%edx, %edx\n"
  "	xorl	%r10d, %r10d\n"
  "	xorl	%r8d, %r8d\n"
  "	syscall\n"
  "	movq	%rax, %rbx\n"
  "	movl	enabled(%rip), %eax\n"
  "	xorl	%edx, %edx\n"
  "	testq	%rbx, %rbx\n"
  "	jz	1f\n"
  "	xsave64	after(%rip)\n"
  "	xrstor64 initial(%rip)\n"
  "	movq	%rbx, %rax\n"
  "	popq	%rbx\n"
  "	ret\n"
  "1:	xsave64	child(%rip)\n"
  "	call	leave_natively\n");

/* Registers of zmm, in an asm that needn't name them: the site's function
   keeps none.  */
#define EACH(registers, instruction)					\
  __asm__ volatile (".irp n, " registers "\n\t" instruction "\n\t.endr"	\
		    : : : "memory")
#define LOW "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15"
#define HIGH "16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31"

static void
use_nothing (void)
{
}

static void
use_xmm (void)
{
  EACH (LOW, "pcmpeqb %%xmm\\n, %%xmm\\n");
}

static void
use_ymm (void)
{
  EACH (LOW, "vcmptrueps %%ymm\\n, %%ymm\\n, %%ymm\\n");
}

static void
use_ymm_and_clean (void)
{
  use_ymm ();
  __asm__ volatile ("vzeroupper" : : : "memory");
}

static void
use_zmm (void)
{
  EACH (LOW, "vpternlogd $255, %%zmm\\n, %%zmm\\n, %%zmm\\n");
}

static void
use_high_zmm (void)
{
  EACH (HIGH, "vpternlogd $255, %%zmm\\n, %%zmm\\n, %%zmm\\n");
}

static void
use_opmask (void)
{
  EACH ("0, 1, 2, 3, 4, 5, 6, 7", "kxnorw %%k\\n, %%k\\n, %%k\\n");
}

/* All eight registers are free: there is no invalid operation.  */
static void
use_x87 (void)
{
  uint16_t status;
  __asm__ volatile ("fnclex" : : : "memory");
  EACH ("0, 1, 2, 3, 4, 5, 6, 7", "fldpi");
  EACH ("0, 1, 2, 3, 4, 5, 6, 7", "fstp %%st(0)");
  __asm__ volatile ("fnstsw %0" : "=m" (status));
  CHECK (!(status & 1));
}

static void
use_mmx (void)
{
  EACH ("0, 1, 2, 3, 4, 5, 6, 7", "pcmpeqb %%mm\\n, %%mm\\n");
  __asm__ volatile ("emms" : : : "memory");
}

static void
change_x87_control (void)
{
  uint16_t control;
  __asm__ volatile ("fnstcw %0" : "=m" (control));
  control ^= 0x0c00;
  __asm__ volatile ("fldcw %0" : : "m" (control));
}

static void
change_mxcsr (void)
{
  uint32_t mxcsr;
  __asm__ volatile ("stmxcsr %0" : "=m" (mxcsr));
  mxcsr ^= 0x6000;
  __asm__ volatile ("ldmxcsr %0" : : "m" (mxcsr));
}

static void
use_none (void)
{
  __asm__ volatile ("xrstor64 %0"
		    : : "m" (initial), "a" ((uint32_t) enabled), "d" (0)
		    : "memory");
}

/* What a handler does, and the components that it takes.  */
static const struct use
{
  void (*use) (void);
  unsigned int needs;
} uses[] = {
  { use_nothing, 0 },
  { use_xmm, SSE },
  { use_ymm, AVX },
  { use_ymm_and_clean, AVX },
  { use_zmm, ZMM_HI256 },
  { use_high_zmm, HI16_ZMM },
  { use_opmask, OPMASK },
  { use_x87, X87 },
  { use_mmx, X87 },
  { change_x87_control, X87 },
  { change_mxcsr, SSE },
  { use_none, 0 },
};
enum { USES = sizeof uses / sizeof *uses };

/* The handlers that are called: one of them, or if it is USES all that the CPU
   has, one after the other.  */
static int chosen;
static int calls;

static long
handler (long nr_call, long nr, long b1, long b2, long b3, long b4, long b5,
	 long b6)
{
  (void) nr;
  calls++;
  for (int i = 0; i < USES; i++)
    if ((chosen == i || chosen == USES)
	&& (uses[i].needs & enabled) == uses[i].needs)
      uses[i].use ();
  if (nr_call >= NO_CALL)
    return nr_call + 1;
  return pure_native_syscall (nr_call, b1, b2, b3, b4, b5, b6);
}

static void
fill (unsigned char *p, size_t n)
{
  for (size_t i = 0; i < n; i++)
    p[i] = draw () | 1;
}

/* A state to load that has the components of IN_USE.  */
static void
fill_loaded (uint64_t in_use)
{
  unsigned int eax, ebx, ecx, edx;
  uint16_t control = 0x037f ^ (draw () & 0x0c00);
  uint32_t mxcsr = DEFAULT_MXCSR ^ (draw () & 0x6000);

  memset (loaded, 0, sizeof loaded);
  memcpy (loaded, &control, sizeof control);
  memcpy (loaded + MXCSR, &mxcsr, sizeof mxcsr);
  /* x87's tags, an operand's address, eight numbers; then xmm.  */
  loaded[4] = draw ();
  fill (loaded + 16, 6);
  for (int i = 0; i < 8; i++)
    {
      fill (loaded + 32 + 16 * i, 10);
      loaded[32 + 16 * i + 7] |= 0x80;
      loaded[32 + 16 * i + 9] &= 0x3f;
    }
  fill (loaded + 160, 256);
  memcpy (loaded + HEADER, &in_use, sizeof in_use);
  for (int i = 2; i < 8; i++)
    if (in_use & (1u << i))
      {
	__cpuid_count (0xd, i, eax, ebx, ecx, edx);
	CHECK (ebx + eax <= AREA);
	fill (loaded + ebx, eax);
      }
}

/* The components that AREA says are in use, and no more in AREA.  */
static uint64_t
take_in_use (unsigned char *area)
{
  uint64_t in_use;
  memcpy (&in_use, area + HEADER, sizeof in_use);
  memset (area + HEADER, 0, sizeof in_use);
  return in_use & ~(uint64_t) SSE;
}

/* Make system call CALL with a state that has the components of IN_USE, once.
   Are no others in use then?  */
static int
try_once (uint64_t in_use, long call, long b1, long b2)
{
  fill_loaded (in_use);
  memset (before, 0, AREA);
  memset (after, 0, AREA);
  memset (child, 0, AREA);
  number = call;
  a1 = b1;
  a2 = b2;
  int calls_before = calls;
  pure_set_handler ((pure_handler_t) (void (*) (void)) handler);
  long result = component_site ();
  pure_set_handler (NULL);
  CHECK (calls == calls_before + 1);

  int same = take_in_use (before) == take_in_use (after);
  CHECK (memcmp (before, after, AREA) == 0);
  if (call == NO_CALL)
    {
      CHECK (result == NO_CALL + 1);
      return same;
    }
  CHECK (result > 0);
  CHECK (pure_native_syscall (SYS_wait4, result, 0, 0, 0, 0, 0) == result);
  take_in_use (child);
  CHECK (memcmp (before, child, AREA) == 0);
  return same;
}

/* The kernel, when it switches to another thread and back, may put more to use
   than there was: then once more.  */
static void
try_site (uint64_t in_use, long call, long b1, long b2)
{
  for (int i = 0; i < 20; i++)
    if (try_once (in_use, call, b1, b2))
      return;
  printf ("in use: %x, handler: %d, call: %ld\n", (unsigned int) in_use,
	  chosen, call);
  CHECK (!"what wasn't in use is");
}

int
main (void)
{
  unsigned int eax, ebx, ecx, edx;
  uint32_t mxcsr = DEFAULT_MXCSR;
  uint16_t control = 0x037f;

  __cpuid (1, eax, ebx, ecx, edx);
  if (!(ecx & (1u << 27)))
    {
      puts ("this CPU, or this system, has no XSAVE");
      return 77;
    }
  __cpuid_count (0xd, 0, eax, ebx, ecx, edx);
  enabled = eax & COMPONENTS;
  printf ("not on this CPU: %x of the components %x\n",
	  COMPONENTS & ~(unsigned int) enabled, COMPONENTS);
  memcpy (initial, &control, sizeof control);
  memcpy (initial + MXCSR, &mxcsr, sizeof mxcsr);

  /* Little in use first: the thunk learns what there is.  */
  for (uint64_t in_use = 0; in_use <= COMPONENTS; in_use++)
    if ((in_use & enabled) == in_use)
      for (chosen = 0; chosen <= USES; chosen++)
	{
	  try_site (in_use, NO_CALL, 0, 0);
	  if (chosen < USES - 1)
	    continue;
	  try_site (in_use, SYS_vfork, 0, 0);
	  try_site (in_use, SYS_clone, CLONE_VM | CLONE_VFORK | SIGCHLD,
		    (long) (child_stack + sizeof child_stack));
	}
  return 0;
}
