/* SPDX-License-Identifier: GPL-3.0-or-later  */
/* Sites in OpenMP regions, directly and by an inlined wrapper.  */
/* flags: -fopenmp */
/* variants: -O0 | -O2 | -O3 */
#include "sites.h"

#define SITE(result, number, a)                                               \
  __asm__ volatile ("syscall"                                                 \
		    : "=a" (result)                                           \
		    : "0" (number), "D" ((long) (a))                          \
		    : CLOBBERS)

static long
in_a_parallel_region (void)
{
  long sum = 0;
#pragma omp parallel num_threads(4) reduction(+ : sum)
  {
    long result;
    answer = 1;
    check_sites ();
    answer = 3;
    SITE (result, FIRST_CALL, sum);
    check_call (FIRST_CALL, 1, 0L);
    sum += result;
  }
  return sum;
}

static long
in_a_loop (void)
{
  long sum = 0;
#pragma omp parallel for num_threads(4) schedule(dynamic) reduction(+ : sum)
  for (int i = 0; i < 100; i++)
    {
      long result;
      answer = i;
      SITE (result, FIRST_CALL + 1, i);
      check_call (FIRST_CALL + 1, 1, (long) i);
      sum += result;
    }
  return sum;
}

static long
in_tasks_and_sections (void)
{
  long sum = 0;
#pragma omp parallel num_threads(2)
#pragma omp single
  for (int i = 0; i < 4; i++)
#pragma omp task firstprivate(i) shared(sum)
    {
      long result;
      answer = 10;
      SITE (result, FIRST_CALL + 2, i);
      check_call (FIRST_CALL + 2, 1, (long) i);
#pragma omp critical
      sum += result;
    }
#pragma omp parallel sections num_threads(2) reduction(+ : sum)
  {
#pragma omp section
    {
      long result;
      answer = 100;
      SITE (result, FIRST_CALL + 3, 1);
      check_call (FIRST_CALL + 3, 1, 1L);
      sum += result;
    }
#pragma omp section
    {
      long result;
      answer = 200;
      result = site6 (FIRST_CALL + 4, 1, 2, 3, 4, 5, 6);
      check_call (FIRST_CALL + 4, 6, 1L, 2L, 3L, 4L, 5L, 6L);
      sum += result;
    }
  }
  return sum;
}

void
test (void)
{
  check_equal (in_a_parallel_region (), 12);
  check_equal (in_a_loop (), 4950);
  check_equal (in_tasks_and_sections (), 340);
}
