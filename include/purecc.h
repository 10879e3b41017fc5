/* purecc: divert, observe or virtualize a process's own system calls.

   SPDX-License-Identifier: LGPL-2.1-or-later

   Every guarded system call site tests the pointer __pure_syscall.  While it
   is NULL the call goes to the kernel; otherwise it goes to the function that
   the pointer names, the handler.  The pointer and its calling convention are
   those of the "pureglibc" proposal (libc-alpha, 22 August 2017).

   The names below are exported by libpurecc and, under the same names, by a
   pure glibc's libc.so.6: a handler is built once and works on either.  */

#ifndef PURECC_H
#define PURECC_H 1

/* The version of purecc that a program is compiled with.  */
#define PURECC_VERSION_MAJOR 0
#define PURECC_VERSION_MINOR 1
#define PURECC_VERSION_PATCH 0

#include <errno.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A handler.

   NUMBER  the system call's number (<sys/syscall.h>: SYS_openat, ...).
   NR      how many arguments follow, 0 to 6; each is a long.  Pointers are
	   passed as they are.  Where the site doesn't know it, in syscall () and
	   at one that goes by the thunk, it is the kernel's count for NUMBER.

   Returns the kernel's raw result: -4095 to -1 is a negated errno value, all
   else is success.  A result of -1 with errno changed from 0 is taken as
   -errno, so that `return syscall (number, ...)' works as well.  errno is 0
   on entry, and the errno of the interrupted code is restored afterwards.

   A handler runs in the calling thread, wherever a system call can be made:
   inside malloc with its lock held, in a signal handler, in a thread that is
   exiting.  In the program's own namespace it runs on that thread's stack,
   of which there may be little left, and may call
   async-signal-safe functions only (signal-safety(7)); their system calls go
   straight to the kernel.

   An isolated handler has 256 KiB of stack of its own in each thread, and needs no
   more than 512 bytes of the program's.
   It has a C library of its own and may use all of it: memory,
   streams, libraries that it loads, thread-local and thread-specific data, locks,
   threads.  Its calls are native, and so is all that is done on its behalf; where handlers
   are stacked they go to the next one instead, as does what it passes on.  While
   its own code runs the program's signals wait, so that none enters it again; they
   come when it returns or passes a call on, and no lock that it takes at its entry
   may be held then.  A fork leaves its C library as it leaves one's own
   (pthread_atfork), and that ends, as by exit, when the process has made its last
   call.  It sets no signal's action, and doesn't call exit, fork, execve or setuid
   for itself.  */
typedef long (*pure_handler_t) (long number, long nr, ...);

/* The pointer.  May be read and written at any time by any thread; a store
   takes effect at the next site that each thread reaches.  Linked directly, or
   found by dlsym (RTLD_DEFAULT, "pure_syscall"), which is a weak alias of it.
   In C the second name is a macro: to a compiler, two variables of different
   names are never the same one.  */
extern pure_handler_t __pure_syscall;
#define pure_syscall __pure_syscall

/* Make system call NUMBER with arguments A1 to A6 (those that the call does
   not have are ignored) directly in the kernel, or by the next handler, where they are
   stacked.  One thing is not entered the
   kernel for: what a pure glibc's clock_gettime, clock_getres, gettimeofday,
   time, getcpu or getrandom has called the handler for, passed on with the
   arguments that it had, is answered by the vDSO (vdso(7)) where that can, as
   without a handler: a pointer that can't be written through is a fault then, and no
   -EFAULT.  The same calls by syscall (), by a statement of the program's own,
   of the handler's own, or with other arguments are the kernel's.

   Returns the raw result: -4095 to -1 is -errno.  Never diverted, never
   touches errno.  Async-signal-safe and thread-safe.  This is how a handler
   passes a call on; register use is that of the psABI's appendix A.2 and of
   syscall(2), "Architecture calling conventions".  */
long pure_native_syscall (long number, long a1, long a2, long a3, long a4,
			  long a5, long a6);

/* The same with a handler's own arguments, all of them in their places:

     static long
     handler (long number, long nr, long a1, long a2, long a3, long a4, long a5,
	      long a6)
     {
       ...
       return pure_pass (number, nr, a1, a2, a3, a4, a5, a6);
     }

   This is the fastest way to pass a call on, for compilers make a jump of it.
   A handler that is written like that is set as (pure_handler_t) handler: a
   call of a variadic function passes longs like a call of this one (psABI,
   3.2.3 and 3.5.7); parameters beyond NR hold anything and may not be assigned
   to.  pure_pass itself is a handler that passes everything on.  */
long pure_pass (long number, long nr, long a1, long a2, long a3, long a4,
		long a5, long a6);

/* Set the program's pointer to HANDLER (NULL: calls go to the kernel again)
   and return what it was.  In the program's own namespace this is the same
   as a store to __pure_syscall.  Called from an isolated handler, one that
   LD_AUDIT loaded into a namespace of its own, it sets the pointer of the
   program and not that of the handler's own C library, from the loader's
   next system call on; the errno of the handler's own C library is 0 then.  Where
   handlers are stacked it sets that of the one above, if there is one, and with NULL
   calls go to the next one below.
   Async-signal-safe and thread-safe.  */
pure_handler_t pure_set_handler (pure_handler_t handler);

/* What a handler needs or doesn't, for pure_set_flags and PURE_HANDLER_FLAGS.
   PURE_ON_PROGRAM_STACK: an isolated one needs no stack of its own.  It is called on
   the program's, where there may be as little as the program itself needs, and that
   is a little faster.
   PURE_ON_OWN_CALLS: the calls that an isolated one's own C library makes come to it as
   well.  What it then passes on, as ever, goes to the next handler or to the kernel.  */
#define PURE_ON_PROGRAM_STACK 1u
#define PURE_ON_OWN_CALLS 2u

/* Say, before pure_set_handler, which FLAGS hold for the handlers that this C library
   is about to set; those of the program's namespace have no use for any.  Returns 0,
   or -EINVAL if a flag isn't known, and changes nothing then.  Async-signal-safe and
   thread-safe.  */
int pure_set_flags (unsigned int flags);

/* Non-zero if the caller is isolated: its C library is not the program's.
   Async-signal-safe and thread-safe.  */
int pure_isolated (void);

/* State over exec.  What a program executes has the same handler, started anew; a
   descriptor is what it can hand on, of a pipe, or of memory (memfd_create(2)).

   Keep descriptor FD, which is open with O_CLOEXEC, over each exec that is followed, for
   the next instance of this handler, which knows it by KEY, a number of the handler's
   own choosing: handlers over one another that keep descriptors each need another.
   -1: none any longer.  It has the same number there.  It ends with a program that isn't
   taken over itself, although what that executes is.  Returns 0; -ENOSYS if nothing is
   followed; or -errno of fstat(2) or mmap(2).  Not to be called by two threads at a
   time.  */
int pure_keep_descriptor (unsigned long key, int fd);

/* The descriptor that the instance before has kept by KEY, with O_CLOEXEC, or -1: there
   is none, or it isn't that file any longer.  It goes on to be kept.  One that isn't
   asked for is open to the program.  Async-signal-safe and thread-safe.  */
int pure_kept_descriptor (unsigned long key);

/* Why what the execve or execveat with these arguments executes won't be followed, in
   words, or NULL: it is, or can't be executed.  Async-signal-safe and thread-safe.  */
const char *pure_exec_obstacle (long number, long a1, long a2, long a3, long a4,
				long a5);

/* Options.  What the handler says of itself stands in sections of its object, outside of
   functions, so that pure-run knows it without running the handler, and refuses what
   isn't right before the program starts:

     PURE_DESCRIPTION ("writes a line for each call");
     PURE_OPTION (output, "file", "", "where the lines go, instead of standard error");
     PURE_OPTION (most, "number", "100", "how many lines there may be");

   NAME is an identifier; HELP a line for people.  KIND says what the value is, and what
   pure-run makes of it:

     string		any text
     file		a file to write: its absolute name; it is made, or emptied if
			it is a regular one, once, before the program starts
     path		a file or directory that is there: its absolute name
     number		a long: decimal
     size		bytes: decimal; given with K, M, G or T it is times 1024 ...
     time		nanoseconds: decimal; given with ns, us, ms, s, min or h
     flag		1 or 0; given as yes or no, or by its name alone
     choice(A|B|C)	one of these words
     map		two paths, FROM=TO, of which none need be there: both absolute
     now		nanoseconds since 1970; if it isn't given, pure-run's clock as
			it starts, which is the same for all that the program executes

   KIND with three dots after it is a list: the option may be given several times, and
   the handler gets a line for each, with a line break between them.

   DEFAULT is what holds if the option isn't given, in the form that pure-run would make
   ("4096", not "4K"); "" if there is none.  */
#define PURE_OPTION(name, kind, default_, help)				\
  static const char pure_option_##name[]				\
    __attribute__ ((__section__ (PURE_OPTIONS_SECTION), __used__,	\
		    __aligned__ (1)))					\
    = #name "\0" kind "\0" default_ "\0" help

#define PURE_DESCRIPTION(text)						\
  static const char pure_description_[]					\
    __attribute__ ((__section__ (PURE_DESCRIPTION_SECTION), __used__,	\
		    __aligned__ (1)))					\
    = text

/* The sections: records of so many strings, each with its NUL; one string.  */
#define PURE_OPTIONS_SECTION "pure_option_table"
#define PURE_OPTION_STRINGS 4
#define PURE_DESCRIPTION_SECTION "pure_description"

/* The value of option NAME, which a PURE_OPTION in the same file has, for INIT of
   PURE_HANDLER_INIT, with the ENVP that it gets.  The first is a string that stays where
   it is, never NULL; the second, for kinds whose values are decimal, a long.  There are
   no errors: pure-run has checked what is given, and without it the default holds.  To be
   called in INIT only, in one thread.  */
#define PURE_OPTION_TEXT(name, envp) pure_option_text_ (envp, pure_option_##name)
#define PURE_OPTION_NUMBER(name, envp)					\
  pure_decimal_ (PURE_OPTION_TEXT (name, envp))

/* The variable in which pure-run hands a handler its options: for each
   LENGTH:NAME=VALUE, with a comma after it, where LENGTH is that of NAME=VALUE.
   PURE_HANDLER_INIT takes it out of the environment that the program gets.  */
#define PURE_OPTIONS_VARIABLE "PURE_HANDLER_OPTIONS"

/* What comes in TEXT after NAME and SIGN, or NULL.  */
static __inline__ char *
pure_after_ (char *text, const char *name, char sign)
{
  while (*name && *text == *name)
    text++, name++;
  return !*name && *text == sign ? text + 1 : NULL;
}

/* The value of NAME in OPTIONS, the variable's value, or NULL.  Its end becomes a NUL,
   which those that look for others pass over, by the length.  */
static __inline__ char *
pure_find_option_ (char *options, const char *name)
{
  while (options && *options >= '0' && *options <= '9')
    {
      unsigned long size = 0, i;
      char *value;

      while (*options >= '0' && *options <= '9')
	size = size * 10 + (unsigned long) (*options++ - '0');
      if (*options++ != ':')
	return NULL;
      for (i = 0; i < size; i++)
	if (!options[i])
	  return NULL;
      value = pure_after_ (options, name, '=');
      options += size;
      if (value)
	{
	  *options = '\0';
	  return value;
	}
      options++;
    }
  return NULL;
}

/* RECORD is an option's.  */
static __inline__ const char *
pure_option_text_ (char **envp, const char *record)
{
  const char *value = NULL;
  int strings;

  for (; !value && *envp; envp++)
    value = pure_find_option_ (pure_after_ (*envp, PURE_OPTIONS_VARIABLE, '='),
			       record);
  if (value)
    return value;
  for (strings = 0; strings < 2; strings++)
    while (*record++)
      ;
  return record;
}

static __inline__ long
pure_decimal_ (const char *text)
{
  const int negative = *text == '-';
  unsigned long number = 0;

  for (text += negative; *text >= '0' && *text <= '9'; text++)
    number = number * 10 + (unsigned long) (*text - '0');
  return (long) (negative ? 0 - number : number);
}

/* Take the options out of ENVP, which environ points to.  pure-run has put them there
   twice, and the auxiliary vector comes next (getauxval(3)): for who looks for that
   after the environment, it begins with an entry of type 1, AT_IGNORE.  */
static __inline__ void
pure_take_options_ (char **envp)
{
  char **kept = envp;

  for (; *envp; envp++)
    if (!pure_after_ (*envp, PURE_OPTIONS_VARIABLE, '='))
      *kept++ = *envp;
  *kept = NULL;
  if (envp - kept == 2)
    kept[1] = (char *) 1;
}

/* How a function is declared that the loader calls by name.  */
#ifdef __cplusplus
# define PURE_EXPORTED_							\
  extern "C" __attribute__ ((__visibility__ ("default")))
#else
# define PURE_EXPORTED_ extern __attribute__ ((__visibility__ ("default")))
#endif

/* Make the shared object that this stands in a loadable handler: FN is
   installed when the object is preloaded (LD_PRELOAD, ld.so --preload) and
   when it is loaded as an auditor (LD_AUDIT, ld.so --audit; see rtld-audit(7)),
   then isolated and before any of the program's libraries is mapped.  INIT,
   called once before FN is installed, gets the process's argc, argv and envp,
   from which PURE_OPTION_TEXT takes the options, and returns 0, or
   anything else to leave the handler uninstalled.  In C++ and with
   -fvisibility=hidden it is the same.

   (That errno is set makes the object need a C library by itself: without one
   an isolated handler would not find the functions above.  And the unwinder of
   an isolated handler's own namespace, if it has one, is made to set itself up:
   exceptions and thread cancellation that pass through the handler are the
   business of the program's, which may call functions of this one.)  */
#define PURE_HANDLER_INIT(fn, init) PURE_HANDLER_FLAGS (fn, init, 0)

/* The version of the interface between handlers and what loads them: raised when a
   handler that is compiled with this header may take what an older pure-run, or an
   older pure glibc, doesn't have.  The handler's file says it in this section, an
   unsigned int, and pure-run refuses what is newer than itself.  */
#define PURE_INTERFACE 1
#define PURE_INTERFACE_SECTION "pure_interface"

/* With FLAGS, those of pure_set_flags.  */
#define PURE_HANDLER_FLAGS(fn, init, flags)				\
  static const unsigned int pure_interface_				\
    __attribute__ ((__section__ (PURE_INTERFACE_SECTION), __used__))	\
    = PURE_INTERFACE;							\
  PURE_EXPORTED_ unsigned int la_version (unsigned int);		\
  unsigned int								\
  la_version (unsigned int pure_version_)				\
  {									\
    return pure_version_;						\
  }									\
  extern int								\
  pure_unwinder_ (int (*) (void *, void *), void *)			\
    __asm__ ("_Unwind_Backtrace") __attribute__ ((__weak__));		\
  static int								\
  pure_stop_unwinding_ (void *pure_context_, void *pure_data_)		\
  {									\
    (void) pure_context_, (void) pure_data_;				\
    return 4 /* _URC_NORMAL_STOP */;					\
  }									\
  __attribute__ ((__constructor__)) static void				\
  pure_handler_start_ (int pure_argc_, char **pure_argv_,		\
		       char **pure_envp_)				\
  {									\
    errno = 0;								\
    if (pure_isolated () && pure_unwinder_)				\
      pure_unwinder_ (pure_stop_unwinding_, 0);				\
    int pure_failed_ = pure_set_flags (flags)				\
		       || init (pure_argc_, pure_argv_, pure_envp_);	\
    pure_take_options_ (pure_envp_);					\
    if (!pure_failed_)							\
      pure_set_handler (fn);						\
  }									\
  struct pure_semicolon_

/* An INIT that does nothing.  */
static __inline__ int
pure_no_init (int argc, char **argv, char **envp)
{
  (void) argc, (void) argv, (void) envp;
  return 0;
}

#define PURE_HANDLER(fn) PURE_HANDLER_INIT (fn, pure_no_init)

#ifdef __cplusplus
}
#endif

#endif /* purecc.h */
