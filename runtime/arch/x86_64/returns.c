/* Whether the CPU knows, when the kernel has been left, where functions return
   to.

   SPDX-License-Identifier: LGPL-2.1-or-later

   On AMD's Zen 1 to 4 Linux mitigates speculative return stack overflow by
   returning from each of its functions through one piece of code, which puts
   addresses of its own on the return stack (Linux, Documentation/admin-guide/
   hw-vuln/srso.rst).  CPUs that don't need it say so: CPUID leaf 0x80000021,
   EAX bit 29, SRSO_NO (AMD's "Technical Update Regarding Speculative Return
   Stack Overflow").

   What a kernel does is said nowhere that costs nothing to look: not in the auxiliary
   vector, only in sysfs.  On a Zen 5 whose kernel may return in that way, too, neither
   of the ways was better, so the family decides.  */

#include <cpuid.h>
#include "pure.h"
#include "returns.h"

int __pure_returns PURE_HIDDEN;

/* CPUID leaf 0, EBX, of "HygonGenuine", whose CPUs are Zen 1's.  */
#define HYGON_EBX 0x6f677948

/* Called by the gateway, once or, by threads at the same time, some times.
   CPUID is slow where a hypervisor answers it.  These CPUs have leaf 1, and
   answer a leaf that they haven't with zeros.  */
__attribute__ ((__target__ ("general-regs-only"))) void PURE_HIDDEN
__pure_find_returns (void)
{
  unsigned int eax, ebx, ecx, edx;
  int kind = RETURNS_KNOWN;

  __cpuid (0, eax, ebx, ecx, edx);
  if (ebx == signature_AMD_ebx || ebx == HYGON_EBX)
    {
      __cpuid (1, eax, ebx, ecx, edx);
      unsigned int family = ((eax >> 8) & 0xf) + ((eax >> 20) & 0xff);
      if (family >= 0x17 && family <= 0x19)
	{
	  __cpuid (0x80000021, eax, ebx, ecx, edx);
	  if (!(eax & (1u << 29)))
	    kind = RETURNS_LOST;
	}
    }
  __atomic_store_n (&__pure_returns, kind, __ATOMIC_RELAXED);
}
