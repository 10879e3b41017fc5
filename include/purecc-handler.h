/* purecc-handler: the kit, what handlers share.

   SPDX-License-Identifier: LGPL-2.1-or-later

   A handler that uses it is linked with libpurehandler.a.  Its names are hidden
   there: two handlers in one process share nothing.

   Where a function isn't said to be for INIT only (PURE_HANDLER_INIT), it is
   async-signal-safe and thread-safe, takes no memory of the program's, doesn't
   touch errno, and reads the program's memory through the kernel, so that a bad
   pointer is no fault.

     calls of the handler's own		pure_own_call
     the program's memory		pure_read, pure_read_string
     text				struct pure_text, pure_put_...
     output				pure_output_...
     programs that sandbox themselves	pure_sandbox_...
     the table of calls			struct pure_call, pure_call_...  */

#ifndef PURECC_HANDLER_H
#define PURECC_HANDLER_H 1

#include <purecc.h>
#include <stdarg.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#else
# include <stdbool.h>
#endif

#pragma GCC visibility push(hidden)

/* The most arguments of a call.  */
#define PURE_ARGUMENTS 6

/* Calls of the handler's own ------------------------------------------------

   PURE_OWN_CALL (NUMBER, A1, A2, ...), of two to five arguments, which may be
   pointers, enters the kernel at once: pure_native_syscall is for the program's
   calls, in which its signals are let in, and errno is the program's.  Returns the
   kernel's raw result.  None may be made in a thread that is sandboxed: see
   pure_sandbox_begin.  */
#define PURE_OWN_CALL(number, ...) PURE_OWN_CALL_ (number, __VA_ARGS__, 0, 0, 0, 0)
#define PURE_OWN_CALL_(number, a1, a2, a3, a4, a5, ...)			\
  pure_own_call (number, (long) (a1), (long) (a2), (long) (a3), (long) (a4),	\
		 (long) (a5))

static __inline__ long
pure_own_call (long number, long a1, long a2, long a3, long a4, long a5)
{
  long result;

  /* A sixth argument is 0.  */
  __asm__ volatile ("movq %5, %%r10\n\t"
		    "movq %6, %%r8\n\t"
		    "xorl %%r9d, %%r9d\n\t"
		    "syscall"
		    : "=a" (result)
		    : "a" (number), "D" (a1), "S" (a2), "d" (a3), "g" (a4),
		      "g" (a5)
		    : "rcx", "r8", "r9", "r10", "r11", "memory");
  return result;
}

/* The program's memory ------------------------------------------------------

   Read SIZE bytes at ADDRESS of the program's memory to TO.  Returns how many could
   be read, from ADDRESS on: fewer, or 0, where memory isn't there or isn't readable.  */
size_t pure_read (void *to, unsigned long address, size_t size);

/* Read a string of the program's, with its NUL, to TO, of SIZE bytes.  Returns its
   length; SIZE if it is as long or longer, and TO has its beginning without a NUL;
   -1 if the memory ends, or isn't there, before a NUL.  */
long pure_read_string (char *to, size_t size, unsigned long address);

/* Write SIZE bytes at FROM into the program's memory.  Returns how many.  */
size_t pure_write (unsigned long address, const void *from, size_t size);

/* Text ----------------------------------------------------------------------

   Text grows in memory that the caller has, from DATA[0] to DATA[END].  What doesn't
   fit is left out.  */
struct pure_text
{
  char *data;
  unsigned int end, size;
};

#define PURE_TEXT(array) { array, 0, sizeof (array) }

static __inline__ void
pure_put_char (struct pure_text *text, char c)
{
  if (text->end < text->size)
    text->data[text->end++] = c;
}

void pure_put (struct pure_text *text, const char *string);
void pure_put_bytes (struct pure_text *text, const char *bytes, size_t size);

/* Numbers: decimal; with "0x" and with "0" in front, but 0 is "0".  */
void pure_put_unsigned (struct pure_text *text, unsigned long value);
void pure_put_signed (struct pure_text *text, long value);
void pure_put_hex (struct pure_text *text, unsigned long value);
void pure_put_octal (struct pure_text *text, unsigned long value);

/* VALUE in BASE, 2 to 16, with zeros in front up to WIDTH digits.  */
void pure_put_digits (struct pure_text *text, unsigned long value, unsigned int base,
		      unsigned int width);

/* The table of calls --------------------------------------------------------

   What is known of a call: its name, what its arguments are, and how it ends.  */

/* What an argument is.  */
enum pure_kind
{
  PURE_KIND_ADDRESS = 'x',    /* and all else: hexadecimal */
  PURE_KIND_INT = 'd',	      /* an int, decimal: a pid */
  PURE_KIND_LONG = 'l',	      /* a long, decimal: an offset */
  PURE_KIND_SIZE = 'u',	      /* an unsigned long, decimal */
  PURE_KIND_MODE = 'o',	      /* permission bits, octal */
  PURE_KIND_DESCRIPTOR = 'D', /* a file descriptor */
  PURE_KIND_DIRECTORY = 'f',  /* a file descriptor, or AT_FDCWD */
  PURE_KIND_STRING = 's',     /* a path, or a name */
};

/* Whether a call comes back.  */
enum pure_ending
{
  PURE_RETURNS,
  PURE_RETURNS_ADDRESS,
  PURE_FAILS_OR_NEVER, /* execve */
  PURE_NEVER
};

/* For INIT: make the table of names.  */
void pure_calls_init (void);

/* The name of call NUMBER, or NULL.  */
const char *pure_call_name (long number);

/* The kinds of NUMBER's arguments, at most PURE_ARGUMENTS; NULL: not known.  */
const char *pure_call_kinds (long number);

enum pure_ending pure_call_ending (long number);

/* Output --------------------------------------------------------------------

   Lines go to a descriptor that the program can't close, write to or find, however
   few it may have.  For INIT: open FILE for appending, or take standard error for
   NULL; NAME, the handler's, stands in front of what is said of lost lines.  Returns 0
   or -errno.  */
int pure_output_open (const char *name, const char *file);

/* Write a whole line, with its newline, in one piece.  One that can't be written is
   counted.  */
void pure_output_write (const struct pure_text *line);

/* Say on standard error, if it is the one of the start, how many were lost.  */
void pure_output_report (void);

/* Call NUMBER is about to be passed on: if need be, keep standard error.  */
void pure_output_before (long number, const long *arguments);

/* In the child: what the parent has lost is not its own.  */
void pure_output_after_fork (void);

/* Pass call NUMBER on, unless an argument is one of the output's descriptors: to the
   program they are not open, and it is -EBADF.  */
long pure_output_pass (long number, const long *arguments);

/* Is a path of call NUMBER another name of one of those, in /proc?  Then it is to
   fail with -ENOENT.  */
bool pure_output_named (long number, const long *arguments);

/* RESULT of getdents or getdents64, without them; that of all others as it is.  */
long pure_output_unlisted (long number, const long *arguments, long result);

/* Programs that sandbox themselves ------------------------------------------

   A seccomp filter may kill for any call that the program doesn't make: from then on
   a handler makes none of its own.  All of them stand between these two.  False:
   the thread is sandboxed, there may be none, and no pure_sandbox_end; the call goes to
   pure_sandbox_pass_silently.  */
bool pure_sandbox_begin (void);
void pure_sandbox_end (void);

/* For INIT.  HANDLER is the one that is installed.  */
void pure_sandbox_init (pure_handler_t handler);

/* What a call sandboxes, if it succeeds.  */
enum pure_sandbox
{
  PURE_SANDBOX_NONE,
  PURE_SANDBOX_THREAD,
  PURE_SANDBOX_PROCESS
};

enum pure_sandbox pure_sandbox_started (long number, const long *arguments);

/* It is about to: from here on the others of SANDBOX make no calls of the handler's.  */
void pure_sandbox_prepare (enum pure_sandbox sandbox);

/* Pass call NUMBER on, which sandboxes SANDBOX, between begin and end's other calls.  */
long pure_sandbox_pass (long number, const long *arguments, enum pure_sandbox sandbox);

/* Pass call NUMBER of a sandboxed thread on, and make no other.  */
long pure_sandbox_pass_silently (long number, const long *arguments);

/* Is there no other thread in this memory?  */
bool pure_sandbox_alone (void);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif /* purecc-handler.h */
