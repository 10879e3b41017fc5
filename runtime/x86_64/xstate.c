/* How the CPU's extended state is saved, and how large that is.

   SPDX-License-Identifier: LGPL-2.1-or-later

   Intel SDM volume 1, chapter 13, and volume 2, CPUID: leaf 1, ECX bit 27
   says that the system uses XSAVE; leaf 0xd, subleaf 0, EBX is the size of
   the standard form of what is enabled; subleaf 1, EAX bit 1 says that there
   is XSAVEC, and EBX is the size of its compacted form.  */

#include <cpuid.h>
#include <stddef.h>
#include "../pure.h"
#include "frame.h"

int __pure_xstate_kind PURE_HIDDEN;
unsigned int __pure_xstate_size PURE_HIDDEN;

/* Called by the thunk before the state is saved: nothing but general registers
   may be used.  Any number of threads may come here at once, and find the
   same.  */
__attribute__ ((__target__ ("general-regs-only"))) void PURE_HIDDEN
__pure_find_xstate (void)
{
  unsigned int eax, ebx, ecx, edx;
  int kind = XSTATE_FXSAVE;
  unsigned int size = 512;

  if (__get_cpuid (1, &eax, &ebx, &ecx, &edx) && (ecx & (1u << 27))
      && __get_cpuid_max (0, NULL) >= 0xd)
    {
      __cpuid_count (0xd, 0, eax, ebx, ecx, edx);
      kind = XSTATE_XSAVE;
      size = ebx;
      __cpuid_count (0xd, 1, eax, ebx, ecx, edx);
      if (eax & 2)
	{
	  kind = XSTATE_XSAVEC;
	  size = ebx > size ? ebx : size;
	}
    }
  __atomic_store_n (&__pure_xstate_size, size, __ATOMIC_RELAXED);
  __atomic_store_n (&__pure_xstate_kind, kind, __ATOMIC_RELEASE);
}
