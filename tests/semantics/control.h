/* What the handler of these tests, control.c, hears from the program that runs
   under it: system calls whose numbers no kernel has.  It is the same in the
   program's namespace and isolated.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef CONTROL_H
#define CONTROL_H 1

enum
{
  /* (): CONTROL_MAGIC, and 1 more from an isolated handler.  Who gets
     -ENOSYS has made a native call.  */
  CONTROL_HELLO = 1000,
  /* (NUMBER, ACTION, VALUE): what to do with call NUMBER from now on.  */
  CONTROL_RULE,
  /* (NUMBER): how often it was seen.  */
  CONTROL_SEEN,
  /* (NUMBER): how often the handler was left again, by a return or by
     unwinding; not by a jump.  */
  CONTROL_LEFT,
  /* (NUMBER): how many arguments it had last, as the handler heard; -1 if it hasn't
     been seen.  */
  CONTROL_COUNT,
  /* (BY): pass calls on by PASS_NATIVE, pure_native_syscall, which is the
     default, or by PASS_SYSCALL, the handler's syscall ().  */
  CONTROL_PASS,
  /* (): any address in the handler.  */
  CONTROL_ADDRESS,
  /* Has no meaning; ENOSYS from either of handler and kernel, unless there is
     a rule.  */
  CONTROL_PROBE,

  /* Numbers from here on are not counted.  */
  CONTROL_NUMBERS = 1024
};

enum
{
  CONTROL_MAGIC = 471100
};

enum control_pass
{
  PASS_NATIVE,
  PASS_SYSCALL
};

enum control_action
{
  /* Make the call.  */
  ACTION_PASS,
  /* Return VALUE as it is; errno is changed unless that is -1.  */
  ACTION_RETURN,
  /* Return -1 with errno VALUE.  */
  ACTION_ERRNO,
  /* Return what the program's function VALUE returns, which has the type
     control_function.  */
  ACTION_CALL,
  /* Raise SIGTRAP here, by an instruction, and make the call then.  */
  ACTION_TRAP,
  /* Wait here for the int that VALUE points to to be non-zero, having set the
     one after it; then make the call.  */
  ACTION_SPIN,
  /* Make recvfrom of it, with its first three arguments, if the first is VALUE.  */
  ACTION_RECEIVE,
  /* End the process with status VALUE.  */
  ACTION_EXIT,
  /* Return the stack pointer that the handler was called with: of the
     caller, with no return address on it.  */
  ACTION_STACK,
  /* Die of SIGSEGV.  */
  ACTION_CRASH
};

/* NUMBER and ARGS: the call.  */
typedef long control_function (long number, const long *args);

#endif /* control.h */
