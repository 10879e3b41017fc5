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

/* The answers that have come with the program are forgotten unless this processor gives
   that to leaf 1: valgrind and rr have another one, and so may a machine to which the
   process has been moved.  (EBX says on which of them it runs.)  */
static void
check_answers (void)
{
  const struct pure_cpuid *answer = (const struct pure_cpuid *) known.words;
  const struct pure_cpuid *end = answer + known.count / WORDS;
  unsigned int a, b __attribute__ ((__unused__)), c, d;

  while (answer < end && answer->level != 1)
    answer++;
  if (answer == end)
    known.count = 0;
  else
    {
      __cpuid (1, a, b, c, d);
      if (answer->a != a || answer->c != c || answer->d != d)
	known.count = 0;
    }
}

const struct pure_cpuid *
__pure_ask_cpuid (unsigned int level, unsigned int count)
{
  static int checked;
  /* For what there is no room for.  */
  static struct pure_cpuid last;

  if (!checked && known.count != 0)
    check_answers ();
  checked = 1;
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
