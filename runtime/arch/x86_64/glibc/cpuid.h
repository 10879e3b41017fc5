/* The compiler's <cpuid.h>; in ld.so, which asks the same again and again when it
   starts, what was answered once isn't asked again, nor what the program before this one
   has asked: in a virtual machine each time is an exit to the hypervisor, and all
   together most of what a program's start costs.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#ifndef PURE_CPUID_H
#define PURE_CPUID_H 1

#include_next <cpuid.h>

#if IS_IN (rtld)

struct pure_cpuid
{
  unsigned int level, count, a, b, c, d;
};

extern const struct pure_cpuid *__pure_ask_cpuid (unsigned int level,
						  unsigned int count)
  attribute_hidden;

# ifndef PURE_CPUID_ITSELF
#  undef __cpuid_count
#  define __cpuid_count(level_, count_, eax_, ebx_, ecx_, edx_)		\
  do									\
    {									\
      const struct pure_cpuid *answer_ = __pure_ask_cpuid (level_, count_); \
      (eax_) = answer_->a;						\
      (ebx_) = answer_->b;						\
      (ecx_) = answer_->c;						\
      (edx_) = answer_->d;						\
      (void) (eax_), (void) (ebx_), (void) (ecx_), (void) (edx_);	\
    }									\
  while (0)
#  undef __cpuid
#  define __cpuid(level_, eax_, ebx_, ecx_, edx_)			\
  __cpuid_count (level_, 0, eax_, ebx_, ecx_, edx_)
# endif

#endif
#endif /* cpuid.h */
