/* What the processor says of itself, asked once (cpuid.h).

   SPDX-License-Identifier: LGPL-2.1-or-later

   This is used before ld.so is relocated.  */

#define PURE_CPUID_ITSELF 1
#include <abi/run.h>
#include <cpuid.h>

enum
{
  WORDS = sizeof (struct pure_cpuid) / sizeof (int),
  MOST = PURE_PROCESSOR_WORDS / WORDS
};

/* The answers, one after the other; by a name that pure-start.so finds.  */
static struct pure_processor known;
extern struct pure_processor __pure_processor
  __attribute__ ((__alias__ ("known")));

const struct pure_cpuid *
__pure_ask_cpuid (unsigned int level, unsigned int count)
{
  /* For what there is no room for.  */
  static struct pure_cpuid last;
  struct pure_cpuid *answer = (struct pure_cpuid *) known.words;
  struct pure_cpuid *end = answer + known.count / WORDS;

  for (; answer < end; answer++)
    if (answer->level == level && answer->count == count)
      return answer;
  if (known.count / WORDS == MOST)
    answer = &last;
  else
    known.count += WORDS;
  answer->level = level;
  answer->count = count;
  __cpuid_count (level, count, answer->a, answer->b, answer->c, answer->d);
  return answer;
}
