/* The compiler's <cpuid.h>; in ld.so, which asks the same again and again when it
   starts, what was answered once isn't asked again: in a virtual machine each time is an
   exit to the hypervisor, and all together most of what a program's start costs.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#ifndef PURE_CPUID_H
#define PURE_CPUID_H 1

#include_next <cpuid.h>

#if IS_IN (rtld)

struct pure_cpuid
{
  unsigned int level, count, a, b, c, d;
};

static __attribute__ ((__noinline__)) const struct pure_cpuid *
pure_ask_cpuid (unsigned int level, unsigned int count)
{
  enum { MOST = 64 };
  static struct pure_cpuid answers[MOST + 1];
  static unsigned int known;
  struct pure_cpuid *answer = answers;

  for (; answer < answers + known; answer++)
    if (answer->level == level && answer->count == count)
      return answer;
  *answer = (struct pure_cpuid) { .level = level, .count = count };
  __cpuid_count (level, count, answer->a, answer->b, answer->c, answer->d);
  /* The last place is for all that there is no room for.  */
  if (known < MOST)
    known++;
  return answer;
}

# undef __cpuid_count
# define __cpuid_count(level_, count_, eax_, ebx_, ecx_, edx_)		\
  do									\
    {									\
      const struct pure_cpuid *answer_ = pure_ask_cpuid (level_, count_); \
      (eax_) = answer_->a;						\
      (ebx_) = answer_->b;						\
      (ecx_) = answer_->c;						\
      (edx_) = answer_->d;						\
    }									\
  while (0)
# undef __cpuid
# define __cpuid(level_, eax_, ebx_, ecx_, edx_)				\
  __cpuid_count (level_, 0, eax_, ebx_, ecx_, edx_)

#endif
#endif /* cpuid.h */
