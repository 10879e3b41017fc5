/* How the CPU's extended state is saved, and how large that is.

   SPDX-License-Identifier: LGPL-2.1-or-later

   Intel SDM volume 1, chapter 13, and volume 2, CPUID: leaf 1, ECX bit 27
   says that the system uses XSAVE; leaf 0xd, subleaf 0, EBX is the size of
   the standard form of what is enabled; subleaf 1, EAX bit 1 says that there
   is XSAVEC, and EBX is the size of its compacted form; EAX bit 2 says that
   XGETBV with 1 in ECX reads XINUSE.  Subleaf 0, EAX has the components that
   are enabled.  */

#include <cpuid.h>
#include <stddef.h>
#include "pure.h"
#include "frame.h"

int __pure_xstate_kind PURE_HIDDEN;
unsigned int __pure_xstate_size PURE_HIDDEN;

/* Which components of XSTATE_MOVED have been in use at some site.  If a thread
   overwrites what another has added, that is added anew.  */
unsigned int __pure_xstate_seen PURE_HIDDEN;

/* For XRSTOR: all components are initial.  */
const unsigned char __pure_initial_xstate[XSAVE_MIN_SIZE] PURE_HIDDEN
  __attribute__ ((__aligned__ (64))) = { 0 };

#define GENERAL_REGS __attribute__ ((__target__ ("general-regs-only")))

/* Can moves save the vector registers?  kmovq is of AVX512BW: leaf 7, EBX bit
   30.  ENABLED are the components that are.  */
static inline GENERAL_REGS int
moves_p (unsigned int enabled)
{
  unsigned int eax, ebx, ecx, edx;

  if (!(enabled & XSTATE_AVX))
    return 0;
  if (!(enabled & XSTATE_AVX512))
    return 1;
  __cpuid_count (7, 0, eax, ebx, ecx, edx);
  return (enabled & XSTATE_AVX512) == XSTATE_AVX512 && (ebx & (1u << 30));
}

/* Called by the thunk before the state is saved: nothing but general registers
   may be used.  Any number of threads may come here at once, and find the
   same.  */
GENERAL_REGS void PURE_HIDDEN
__pure_find_xstate (void)
{
  unsigned int eax, ebx, ecx, edx, enabled;
  int kind = XSTATE_FXSAVE;
  unsigned int size = 512;

  if (__get_cpuid (1, &eax, &ebx, &ecx, &edx) && (ecx & (1u << 27))
      && __get_cpuid_max (0, NULL) >= 0xd)
    {
      __cpuid_count (0xd, 0, enabled, ebx, ecx, edx);
      kind = XSTATE_XSAVE;
      size = ebx;
      __cpuid_count (0xd, 1, eax, ebx, ecx, edx);
      if (eax & 2)
	{
	  kind = (eax & 4) && moves_p (enabled) ? XSTATE_MOVES : XSTATE_XSAVEC;
	  size = ebx > size ? ebx : size;
	}
    }
  __atomic_store_n (&__pure_xstate_size, size, __ATOMIC_RELAXED);
  __atomic_store_n (&__pure_xstate_kind, kind, __ATOMIC_RELEASE);
}
