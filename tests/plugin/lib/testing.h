/* What a case that runs has: a body, and checks of the calls that it makes.

   SPDX-License-Identifier: GPL-3.0-or-later

   The library's main runs test twice, with the pointer NULL and with it set.
   Calls with numbers from FIRST_CALL on don't exist in Linux, and come to the
   library either way: from the instruction by a seccomp filter and SIGSYS,
   from a guard or a thunk by the handler.  Each is written down, with what the
   kernel or the handler gets, and each has to be checked: a call that is never
   checked is an error, and so is one that came another way than expected.  */

#ifndef TESTING_H
#define TESTING_H 1

#ifdef __cplusplus
extern "C" {
#endif

/* The numbers of calls that the library answers.  All others go on to the
   kernel.  */
enum { FIRST_CALL = 5000, LAST_CALL = 5999 };

/* What the instruction destroys, and memory.  */
#define CLOBBERS "rcx", "r11", "memory"

/* The body of the case.  */
extern void test (void);

/* Is the pointer set in this run of test?  */
extern int handled;

/* What this thread's next calls are answered with.  */
extern __thread long answer;

/* How many of this thread's calls are not checked yet.  */
extern __thread int unchecked;

/* How many of an argument's low bits are compared natively: a narrow operand
   says nothing of the rest of its register.  */
extern __thread int native_bits;

/* The way that a call came.  */
enum way { NATIVELY, BY_GUARD, BY_THUNK };

/* The oldest call not checked yet was made to NUMBER, with NR arguments, each
   a long, that follow: by a guard if the pointer is set, else natively.  The
   instruction itself says nothing of how many there were.  */
#define check_call(number, nr, ...)                                           \
  check_call_at (__FILE__, __LINE__, handled ? BY_GUARD : NATIVELY, number,   \
		 nr, ##__VA_ARGS__)

/* The same, but the site is a residual one, which goes by the thunk.  Its
   handler gets six arguments, of which the first NR are checked.  */
#define check_thunked_call(number, nr, ...)                                   \
  check_call_at (__FILE__, __LINE__, handled ? BY_THUNK : NATIVELY, number,   \
		 nr, ##__VA_ARGS__)

/* The same, but the site is native, whether the pointer is set or not.  */
#define check_native_call(number, nr, ...)                                    \
  check_call_at (__FILE__, __LINE__, NATIVELY, number, nr, ##__VA_ARGS__)

/* CONDITION holds.  */
#define check(condition)                                                      \
  check_that (__FILE__, __LINE__, #condition, !!(condition))

/* Two longs are equal.  */
#define check_equal(is, expected)                                             \
  check_equal_at (__FILE__, __LINE__, #is, (long) (is), (long) (expected))

/* What main is made of: let calls with the library's numbers come to it, check
   that none is left unchecked, and give main's result.  */
extern void catch_calls (void);
extern void check_none_left (void);
extern int test_result (void);

extern void check_call_at (const char *file, int line, enum way way,
			   long number, long nr, ...);
extern void check_that (const char *file, int line, const char *text,
			int holds);
extern void check_equal_at (const char *file, int line, const char *text,
			    long is, long expected);

/* The pointer, and the handler that the library sets it to.  */
extern long (*__pure_syscall) (long number, long nr, ...);
extern long recording_handler (long number, long nr, ...);

#ifdef __cplusplus
}
#endif

#endif /* testing.h */
