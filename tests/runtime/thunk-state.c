/* The thunk keeps what the instruction keeps: general registers, flags, the red
   zone, a stack that is not aligned, and all of x87, SSE, AVX and AVX-512 that
   the CPU has, while the handler destroys whatever it may.

   SPDX-License-Identifier: GPL-3.0-or-later

   A function in an asm of its own loads everything from memory, executes the
   instruction, and stores everything; what is stored must be what was loaded,
   first by the kernel, then by way of the handler.  */

#include <cpuid.h>
#include <purecc.h>
#include <stdint.h>
#include <string.h>
#include "check.h"
#include "draw.h"

enum { AREA = 16384, RED_ZONE = 16 };

/* rax rbx rcx rdx rsi rdi rbp r8 ... r15, in this order.  */
enum { RAX, RBX, RCX, RDX, RSI, RDI, RBP, R8, R9, R10, R11, R12, R13, R14,
       R15, REGISTERS };

uint64_t gpr_in[REGISTERS], gpr_out[REGISTERS];
uint64_t red_in[RED_ZONE], red_out[RED_ZONE];
uint64_t flags_in, flags_out, skew, kept_rsp, xmask;
_Alignas (64) unsigned char area_in[AREA], area_out[AREA];

void state_site (void);

__asm__ (
  "	.text\n"
  "	.globl	state_site\n"
  "state_site:\n"
  "	pushq	%rbx\n	pushq %rbp\n	pushq %r12\n	pushq %r13\n"
  "	pushq	%r14\n	pushq %r15\n"
  "	movq	%rsp, kept_rsp(%rip)\n"
  "	subq	skew(%rip), %rsp\n"
  "	movl	xmask(%rip), %eax\n"
  "	xorl	%edx, %edx\n"
  "	leaq	area_in(%rip), %rcx\n"
  "	xrstor64 (%rcx)\n"
  "	pushq	flags_in(%rip)\n"
  "	popfq\n"
  "	leaq	red_in(%rip), %rcx\n"
  "	.set	i, 0\n"
  "	.rept	16\n"
  "	movq	i*8(%rcx), %rdx\n"
  "	movq	%rdx, -(i+1)*8(%rsp)\n"
  "	.set	i, i+1\n"
  "	.endr\n"
  "	movq	gpr_in+0*8(%rip), %rax\n"
  "	movq	gpr_in+1*8(%rip), %rbx\n"
  "	movq	gpr_in+2*8(%rip), %rcx\n"
  "	movq	gpr_in+3*8(%rip), %rdx\n"
  "	movq	gpr_in+4*8(%rip), %rsi\n"
  "	movq	gpr_in+5*8(%rip), %rdi\n"
  "	movq	gpr_in+6*8(%rip), %rbp\n"
  "	movq	gpr_in+7*8(%rip), %r8\n"
  "	movq	gpr_in+8*8(%rip), %r9\n"
  "	movq	gpr_in+9*8(%rip), %r10\n"
  "	movq	gpr_in+10*8(%rip), %r11\n"
  "	movq	gpr_in+11*8(%rip), %r12\n"
  "	movq	gpr_in+12*8(%rip), %r13\n"
  "	movq	gpr_in+13*8(%rip), %r14\n"
  "	movq	gpr_in+14*8(%rip), %r15\n"
  "	syscall\n"
  "	movq	%rax, gpr_out+0*8(%rip)\n"
  "	movq	%rbx, gpr_out+1*8(%rip)\n"
  "	movq	%rcx, gpr_out+2*8(%rip)\n"
  "	movq	%rdx, gpr_out+3*8(%rip)\n"
  "	movq	%rsi, gpr_out+4*8(%rip)\n"
  "	movq	%rdi, gpr_out+5*8(%rip)\n"
  "	movq	%rbp, gpr_out+6*8(%rip)\n"
  "	movq	%r8, gpr_out+7*8(%rip)\n"
  "	movq	%r9, gpr_out+8*8(%rip)\n"
  "	movq	%r10, gpr_out+9*8(%rip)\n"
  "	movq	%r11, gpr_out+10*8(%rip)\n"
  "	movq	%r12, gpr_out+11*8(%rip)\n"
  "	movq	%r13, gpr_out+12*8(%rip)\n"
  "	movq	%r14, gpr_out+13*8(%rip)\n"
  "	movq	%r15, gpr_out+14*8(%rip)\n"
  "	leaq	red_out(%rip), %rcx\n"
  "	.set	i, 0\n"
  "	.rept	16\n"
  "	movq	-(i+1)*8(%rsp), %rdx\n"
  "	movq	%rdx, i*8(%rcx)\n"
  "	.set	i, i+1\n"
  "	.endr\n"
  "	pushfq\n"
  "	popq	flags_out(%rip)\n"
  "	cld\n"
  "	movl	xmask(%rip), %eax\n"
  "	xorl	%edx, %edx\n"
  "	leaq	area_out(%rip), %rcx\n"
  "	xsave64	(%rcx)\n"
  "	fninit\n"
  "	movq	kept_rsp(%rip), %rsp\n"
  "	popq	%r15\n	popq %r14\n	popq %r13\n	popq %r12\n"
  "	popq	%rbp\n	popq %rbx\n"
  "	ret\n");

static void
fill (void *p, size_t n)
{
  for (size_t i = 0; i < n; i++)
    ((unsigned char *) p)[i] = draw ();
}

/* The components that are tested: x87, SSE, AVX, opmask, ZMM_Hi256 and
   Hi16_ZMM, as far as the CPU and the system have them.  */
static uint64_t
components (void)
{
  unsigned int eax, ebx, ecx, edx;
  __cpuid_count (0xd, 0, eax, ebx, ecx, edx);
  return eax & 0xe7;
}

/* Make an image for XRSTOR with every register of every component set.  */
static void
fill_area (uint64_t mask)
{
  unsigned int eax, ebx, ecx, edx;
  uint16_t control = 0x037f ^ (draw () & 3 ? 0x0c00 : 0);
  uint32_t mxcsr = 0x1f80 ^ (draw () & 0x6000);

  memset (area_in, 0, sizeof area_in);
  memcpy (area_in, &control, 2);
  area_in[4] = 0xff;
  for (int i = 0; i < 8; i++)
    {
      /* An 80-bit number that is neither denormal nor NaN.  */
      uint64_t significand = draw () | 1ull << 63;
      uint16_t exponent = 0x3000 + draw () % 0x1000;
      memcpy (area_in + 32 + 16 * i, &significand, 8);
      memcpy (area_in + 32 + 16 * i + 8, &exponent, 2);
    }
  memcpy (area_in + 24, &mxcsr, 4);
  fill (area_in + 160, 256);
  memcpy (area_in + 512, &mask, 8);
  for (int i = 2; i < 8; i++)
    if (mask & (1u << i))
      {
	__cpuid_count (0xd, i, eax, ebx, ecx, edx);
	fill (area_in + ebx, eax);
	CHECK (ebx + eax <= AREA);
      }
}

/* Is what came out what went in?  */
static int
same_area (uint64_t mask)
{
  unsigned int eax, ebx, ecx, edx;
  int same = memcmp (area_in, area_out, 5) == 0
	     && memcmp (area_in + 24, area_out + 24, 4) == 0
	     && memcmp (area_in + 160, area_out + 160, 256) == 0;

  for (int i = 0; i < 8; i++)
    same &= memcmp (area_in + 32 + 16 * i, area_out + 32 + 16 * i, 10) == 0;
  for (int i = 2; i < 8; i++)
    if (mask & (1u << i))
      {
	__cpuid_count (0xd, i, eax, ebx, ecx, edx);
	same &= memcmp (area_in + ebx, area_out + ebx, eax) == 0;
      }
  return same;
}

static int calls;
static int has_avx, has_avx512;

/* Destroy all that a function may, and leave what it must.  */
static long
destroy (long number, long nr, ...)
{
  static const unsigned char ones[64] __attribute__ ((__aligned__ (64)))
    = { [0 ... 63] = 0xff };

  (void) nr;
  calls++;
  __asm__ volatile (
    "fld1\n	fldpi\n	fmulp\n	fstp %%st(0)\n"
    "	pcmpeqb %%xmm0, %%xmm0\n	pcmpeqb %%xmm1, %%xmm1\n"
    "	pcmpeqb %%xmm2, %%xmm2\n	pcmpeqb %%xmm3, %%xmm3\n"
    "	pcmpeqb %%xmm4, %%xmm4\n	pcmpeqb %%xmm5, %%xmm5\n"
    "	pcmpeqb %%xmm6, %%xmm6\n	pcmpeqb %%xmm7, %%xmm7\n"
    "	pcmpeqb %%xmm8, %%xmm8\n	pcmpeqb %%xmm9, %%xmm9\n"
    "	pcmpeqb %%xmm10, %%xmm10\n	pcmpeqb %%xmm11, %%xmm11\n"
    "	pcmpeqb %%xmm12, %%xmm12\n	pcmpeqb %%xmm13, %%xmm13\n"
    "	pcmpeqb %%xmm14, %%xmm14\n	pcmpeqb %%xmm15, %%xmm15\n"
    : : : "st", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6",
    "xmm7", "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14",
    "xmm15");
  if (has_avx)
    __asm__ volatile ("vzeroall" : : : "memory");
  if (has_avx512)
    __asm__ volatile (
      ".irp n,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,"
      "24,25,26,27,28,29,30,31\n	vmovdqu64 %0, %%zmm\\n\n	.endr\n"
      ".irp n,0,1,2,3,4,5,6,7\n	kxnorw %%k\\n, %%k\\n, %%k\\n\n	.endr\n"
      : : "m" (ones) : "memory");
  __asm__ volatile (
    "movq $-1, %%rcx\n	movq $-1, %%rdx\n	movq $-1, %%rsi\n"
    "	movq $-1, %%rdi\n	movq $-1, %%r8\n	movq $-1, %%r9\n"
    "	movq $-1, %%r10\n	movq $-1, %%r11\n	xorl %%eax, %%eax\n"
    : : : "rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "cc");
  return number + 1;
}

/* One round: everything at random, and the stack SKEWED off.  */
static void
round_trip (int skewed, long result)
{
  uint64_t mask = components ();

  xmask = mask;
  skew = 256 + skewed;
  fill_area (mask);
  memset (area_out, 0, sizeof area_out);
  fill (gpr_in, sizeof gpr_in);
  fill (red_in, sizeof red_in);
  gpr_in[RAX] = 1000;
  /* CF PF AF ZF SF DF OF, and the bits that are always set.  */
  flags_in = (draw () & 0xcd5) | 0x202;
  state_site ();

  pure_handler_t handler = __pure_syscall;
  __pure_syscall = NULL;
  CHECK ((long) gpr_out[RAX] == result);
  for (int i = RBX; i < REGISTERS; i++)
    if (i != RCX && i != R11)
      CHECK (gpr_in[i] == gpr_out[i]);
  CHECK (memcmp (red_in, red_out, sizeof red_in) == 0);
  CHECK (flags_in == flags_out);
  CHECK (gpr_out[R11] == flags_in);
  CHECK (same_area (mask));
  __pure_syscall = handler;
}

int
main (void)
{
  unsigned int eax, ebx, ecx, edx;

  __cpuid (1, eax, ebx, ecx, edx);
  if (!(ecx & (1u << 27)))
    {
      puts ("this CPU, or this system, has no XSAVE");
      return 77;
    }
  has_avx = (components () & 4) != 0;
  has_avx512 = (components () & 0xe0) == 0xe0;

  for (int i = 0; i < 100; i++)
    {
      __pure_syscall = NULL;
      round_trip (i % 16, -38);
      __pure_syscall = destroy;
      round_trip (i % 16, 1001);
      __pure_syscall = NULL;
    }
  CHECK (calls == 100);
  return 0;
}
