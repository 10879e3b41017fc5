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
     the table of calls			pure_call, struct pure_call
     sets of calls, signals, files	pure_set_..., pure_paths_...
     calls as strace shows them		pure_show_...
     paths				pure_walk, struct pure_view
     the program's stack			pure_stack_..., pure_caller_...
     memory of all of a run		pure_run_...
     output				pure_output_...
     programs that sandbox themselves	pure_sandbox_...  */

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

/* The calling thread's number, as gettid gives it.  A handler that has promised, by
   pure_thread_keep in INIT, to call the last two before and after it passes on a call
   for which pure_thread_starts says so, is not charged a system call each time.  */
long pure_thread_id (void);
void pure_thread_keep (void);
bool pure_thread_starts (long number);
void pure_thread_before (long number, const long *arguments);
void pure_thread_after (void);

/* Options --------------------------------------------------------------------

   For INIT: VALUE of OPTION of handler HANDLER isn't right, which pure-run can't know.
   Say so on standard error, with WHY, and end the process with status 2: a program isn't to
   run without what it was to have.  */
void pure_refuse (const char *handler, const char *option, const char *value,
		  const char *why) __attribute__ ((__noreturn__));

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

   What is known of each call.  kit/calls.table is where it comes from.  */

/* What an argument is.  */
enum pure_kind
{
  PURE_KIND_NONE,
  PURE_KIND_INT,	/* an int: a process's ID, a count */
  PURE_KIND_UINT,
  PURE_KIND_LONG,
  PURE_KIND_ULONG,	/* a size */
  PURE_KIND_HEX,	/* a number of which nothing is known */
  PURE_KIND_ADDRESS,	/* of memory that is mapped, or of which no more is known */
  PURE_KIND_FD,		/* a file descriptor */
  PURE_KIND_DIRFD,	/* a directory's, or AT_FDCWD; the path is the next argument */
  PURE_KIND_PATH,	/* a path, by its address */
  PURE_KIND_STRING,	/* another string, by its address */
  PURE_KIND_OFFSET,	/* in a file */
  PURE_KIND_MODE,	/* permission bits */
  PURE_KIND_SIGNAL,
  PURE_KIND_ID,		/* a user's or a group's */
  PURE_KIND_FLAGS,	/* several of the set that is its type */
  PURE_KIND_ONE,	/* one of them */
  PURE_KIND_IN,		/* memory that the call reads, by its address */
  PURE_KIND_OUT,	/* that it writes */
  PURE_KIND_INOUT,	/* that it reads and writes */
  PURE_KIND_SKIP,	/* half of the argument before it */
  PURE_KIND_OTHER	/* its type says what */
};

struct pure_argument
{
  unsigned char kind;	/* enum pure_kind */
  unsigned char size;	/* of memory: which argument has its size in bytes, or how many
			   elements there are; from 1 on; 0: its type's */
  unsigned short type;	/* for pure_argument_type */
};

/* strace's classes, for -e trace=%CLASS.  */
enum pure_class
{
  PURE_CLASS_desc = 1 << 0,
  PURE_CLASS_file = 1 << 1,
  PURE_CLASS_ipc = 1 << 2,
  PURE_CLASS_network = 1 << 3,
  PURE_CLASS_process = 1 << 4,
  PURE_CLASS_signal = 1 << 5,
  PURE_CLASS_memory = 1 << 6,
  PURE_CLASS_stat = 1 << 7,
  PURE_CLASS_lstat = 1 << 8,
  PURE_CLASS_fstat = 1 << 9,
  PURE_CLASS_all_stat = 1 << 10,
  PURE_CLASS_statfs = 1 << 11,
  PURE_CLASS_fstatfs = 1 << 12,
  PURE_CLASS_all_statfs = 1 << 13,
  PURE_CLASS_creds = 1 << 14,
  PURE_CLASS_clock = 1 << 15,
  PURE_CLASS_pure = 1 << 16
};

/* What a call returns.  */
enum pure_result
{
  PURE_RESULT_number,
  PURE_RESULT_fd,
  PURE_RESULT_addr,
  PURE_RESULT_hex,
  PURE_RESULT_octal,
  PURE_RESULT_uint,
  PURE_RESULT_uid,
  PURE_RESULT_exec,	/* nothing, or an error */
  PURE_RESULT_never,	/* nothing */
  PURE_RESULT_sigreturn, /* what the program had in the register */
  PURE_RESULT_fcntl,	/* what its second argument says */
  PURE_RESULT_prctl,	/* what its first argument says */
  PURE_RESULT_persona,	/* an execution domain and flags */
  PURE_RESULT_sched,	/* a scheduling policy */
  PURE_RESULT_sig,	/* a signal */
  PURE_RESULT_time,	/* seconds since 1970 */
  PURE_RESULT_ioprio,	/* a class and a priority in it */
  PURE_RESULT_timex,	/* the state of the clock */
  PURE_RESULT_landlock	/* a descriptor, or what its third argument says */
};

struct pure_call
{
  const char *name;	/* NULL: there is none of that number */
  unsigned int classes;	/* of enum pure_class */
  unsigned char result;	/* enum pure_result */
  bool waits;		/* may it wait for another thread or process? */
  unsigned char count;	/* of arguments */
  struct pure_argument arguments[PURE_ARGUMENTS];
};

/* Above all numbers that there are.  */
#define PURE_CALLS 640

/* What is known of call NUMBER; never NULL.  */
const struct pure_call *pure_call (long number);

/* The number of the call of that NAME, or -1.  */
long pure_call_number (const char *name);

/* The class of that NAME, without its first %: "file", "%stat"; or 0.  */
unsigned int pure_call_class (const char *name);

/* The name of an argument's type: "stat", "sigaction", "open"; of a struct it is that
   of the C type, of flags that of the set.  */
const char *pure_argument_type (const struct pure_argument *argument);

/* Sets ----------------------------------------------------------------------

   Of calls, by number; of signals; of descriptors; of ways to end.  */
#define PURE_SET_SIZE 1024

/* So many larger ones there can be in a set, or not be in it.  */
#define PURE_SET_LARGE 62

struct pure_set
{
  unsigned long words[PURE_SET_SIZE / 64];
  unsigned int large[PURE_SET_LARGE];
  unsigned int large_count;
  bool all_large;		/* but for these */
};

static __inline__ bool
pure_set_has (const struct pure_set *set, unsigned long member)
{
  unsigned int i;

  if (member < PURE_SET_SIZE)
    return set->words[member / 64] >> member % 64 & 1;
  for (i = 0; i < set->large_count; i++)
    if (set->large[i] == member)
      return !set->all_large;
  return set->all_large;
}

/* Returns false if it is one large number too many, or in an int there is no room for it.  */
bool pure_set_add (struct pure_set *set, unsigned long member);

/* What is wrong with a text, for people: "invalid system call 'foo'".  */
struct pure_fault
{
  char text[200];
};

/* For INIT: make SET of TEXT, in strace's words: names with commas between them, `all',
   `none', a ! in front for all others; of calls also numbers, %CLASS, /REGEX, ?NAME for one
   that may be unknown, and NAME@ABI; those of 32-bit programs only add nothing.  Returns 0,
   or -EINVAL and FAULT, or -ENOMEM.  */
int pure_set_calls (struct pure_set *set, const char *text, struct pure_fault *fault);
int pure_set_signals (struct pure_set *set, const char *text, struct pure_fault *fault);
int pure_set_fds (struct pure_set *set, const char *text, struct pure_fault *fault);
int pure_set_status (struct pure_set *set, const char *text, struct pure_fault *fault);

/* The same of WORDS of the handler's own, behind the last of which is NULL: a member is a
   word's place there.  WHAT is what one is, for people: "descriptor".  */
int pure_set_words (struct pure_set *set, const char *text, const char *what,
		    const char *const *words, struct pure_fault *fault);

/* How a call ends, for the last of these.  */
enum pure_status
{
  PURE_SUCCESSFUL,
  PURE_FAILED,
  PURE_UNFINISHED,	/* it doesn't come back */
  PURE_UNAVAILABLE,	/* it is interrupted */
  PURE_DETACHED
};

enum pure_status pure_status (long result);

/* Files, for strace's -P.  For INIT: one more, by any name.  Returns 0 or -ENOMEM.  */
struct pure_paths
{
  char **names;
  unsigned int count;
};

int pure_paths_add (struct pure_paths *paths, const char *path);

/* Has call NUMBER one of them as path, or open as a descriptor?  It takes 8 KiB of
   stack.  */
bool pure_paths_match (const struct pure_paths *paths, long number,
		       const long *arguments);

/* Has it one of the descriptors of FDS?  */
bool pure_fds_match (const struct pure_set *fds, long number, const long *arguments);

/* What the kernel says is open as FD, to TO, with a NUL.  Returns its length or
   -errno.  */
long pure_fd_path (char *to, size_t size, int fd);

/* The name of a signal, "SIGINT", or NULL.  */
#define PURE_SIGNALS 64
const char *pure_signal_name (int number);

/* Paths ---------------------------------------------------------------------

   A path as the kernel walks it: from the directory that it starts in, link after link,
   to one that is absolute and without links, "." and "..".

   A view says that some files are others.  INSIDE changes an absolute path that the
   program sees, in PURE_PATH_SIZE bytes, to that of the file that is meant; OUTSIDE
   changes one back.  Each says whether it has.  */
#define PURE_PATH_SIZE 4096

struct pure_view
{
  bool (*inside) (char *path);
  bool (*outside) (char *path);
};

struct pure_path
{
  char seen[PURE_PATH_SIZE];	/* by the program */
  char real[PURE_PATH_SIZE];	/* by the kernel */
  bool other;			/* than what the kernel would walk to */
};

/* Walk PATH, which starts in the directory that is open as FD, or the current one
   (AT_FDCWD).  FOLLOW: what is last in it is followed, too, if it is a link.  VIEW may be
   NULL.  From where something isn't there, or no directory, the rest of PATH is kept as
   it is, for the kernel to say so.  Links of /proc that the kernel follows by itself,
   /proc/self/fd/3, are left to it at the end of a path.  Returns 0, or -errno if it can't
   be walked.  Takes 16 KiB of stack.  */
int pure_walk (struct pure_path *to, const struct pure_view *view, int fd,
	       const char *path, bool follow);

/* Is PATH, an absolute one, such a link of /proc?  */
bool pure_path_is_magic (const char *path);

/* Does call NUMBER follow a link at the end of the path that is its argument I?  */
bool pure_call_follows (long number, const long *arguments, int i);

/* Walk argument I of call NUMBER, with 4 KiB more.  Returns whether it is a path that can
   be walked.  */
bool pure_walk_argument (struct pure_path *to, const struct pure_view *view, long number,
			 const long *arguments, int i);

/* Pass call NUMBER on, with the paths that VIEW says in place of its own.  Takes 40 KiB
   of stack.  */
long pure_view_pass (const struct pure_view *view, long number, const long *arguments);

/* Showing calls -------------------------------------------------------------

   strace's words and format: `openat(AT_FDCWD, "/etc/passwd", O_RDONLY) = 3'.

   What is shown of a descriptor, strace's --decode-fds: the path of what is open, a
   device's numbers, a socket's addresses, the process of a pidfd.  */
enum pure_show_fds
{
  PURE_SHOW_FDS_PATH = 1,
  PURE_SHOW_FDS_DEV = 2,
  PURE_SHOW_FDS_SOCKET = 4,
  PURE_SHOW_FDS_PIDFD = 8
};

/* For INIT: a set of the last words of these in TEXT, as pure_set_words has it, whose first
   word of bits is what `fds' below is.  */
int pure_set_show_fds (struct pure_set *set, const char *text, struct pure_fault *fault);

struct pure_show_options
{
  unsigned int string_size;	/* how much of a string is shown: -s; 32 */
  unsigned char hex_strings;	/* 1: strings that aren't text, 2: all: -x, -xx;
				   3: what isn't text in them */
  unsigned char fds;		/* of enum pure_show_fds; all of them: -yy */
  unsigned char constants;	/* 1: by value, 2: by value and name: -X raw, verbose */
  unsigned int column;		/* where `= RESULT' begins: -a; 40 */
  struct pure_set raw;		/* calls whose arguments are numbers: -e raw= */
  struct pure_set plain;	/* and whose structs are addresses: -e verbose=!... */
  struct pure_set whole;	/* or have all their members: -v, -e abbrev=!... */
};

extern const struct pure_show_options pure_show_default;

/* Of so many messages of one call it is known how much room their names had.  */
#define PURE_SHOW_SIZES 32

/* A call that is being shown.  */
struct pure_show
{
  struct pure_text *text;
  const struct pure_show_options *options;
  const struct pure_call *call;
  const long *arguments;	/* PURE_ARGUMENTS of them */
  long number, result;
  int next;			/* the first argument that isn't shown yet */
  bool digit;			/* a path that was shown ends in one, or isn't shown whole */
  bool comma;			/* the first half has ended in a comma */
  bool left;			/* the call is over, RESULT is what it returned */
  bool whole;			/* structs have all their members */
  int column;			/* of the line, where TEXT begins: 0, or less if the line
				   begins in it, or what there is of it before */
  unsigned long kept[3];	/* what a type keeps from the first half for the second */
  unsigned int sizes[PURE_SHOW_SIZES];	/* the same, of several messages' names */
};

/* Show call NUMBER with its ARGUMENTS, which stay where they are until the second half,
   at the end of TEXT: up to the first argument that the call sets.  */
void pure_show_call (struct pure_show *show, struct pure_text *text,
		     const struct pure_show_options *options, long number,
		     const long *arguments);

/* The second half, after the call has returned RESULT: `) = 0', without an end of
   line.  TEXT may be another than that of the first half.  */
void pure_show_result (struct pure_show *show, struct pure_text *text, long result);

/* The second half of a call that doesn't return: `) = ?'.  */
void pure_show_no_result (struct pure_show *show, struct pure_text *text);

/* The second half as far as it is known before: all arguments.  */
void pure_show_rest (struct pure_show *show);

/* A signal's name, or its number; its siginfo_t at ADDRESS of the program's memory.  */
void pure_put_signal (struct pure_text *text, int number);
void pure_show_siginfo (struct pure_text *text, const struct pure_show_options *options,
			unsigned long address);

/* SIZE bytes of BYTES as C has them, without quotes: `\n', `\33'.  */
void pure_put_escaped (struct pure_text *text, const char *bytes, size_t size);

/* Stacks --------------------------------------------------------------------

   Where in the program a call is made: the frames of its stack, the innermost first,
   from the one that has the call's instruction.  By elfutils' libdw, which is loaded
   when the first function is called, and for isolated handlers only.  These aren't
   async-signal-safe, and take some 64 KiB of stack.

   Names of functions are those of the symbol tables.  Those that DWARF has, with files
   and lines, come from programs that are compiled with -g.  */

/* A function, or one that is inlined in the next, and where it is in there.  */
struct pure_line
{
  const char *function;	/* or NULL */
  const char *file;	/* its source, or NULL */
  int line;
};

/* All that it points to stays.  */
struct pure_frame
{
  unsigned long address;	/* at which the function goes on */
  const char *file;		/* that is mapped there, or NULL */
  unsigned long file_offset;	/* from where it begins */
  const char *function;		/* of the symbol table, or NULL */
  const char *name;		/* that as C++ has it: `a::b(int)'; or the same */
  unsigned long offset;		/* in that */
  const struct pure_line *lines; /* of DWARF: what is inlined comes first */
  unsigned int line_count;
};

/* For INIT.  LINES: those are wanted.  Returns NULL, or why there are no stacks.  */
const char *pure_stack_start (bool lines);

/* To be called after each call that was passed on: it may have mapped a library.  */
void pure_stack_after (long number, const long *arguments, long result);

/* The frames, MOST at most, of the call that the handler is called for.  Returns how many.
   In the first call from an address it takes some 100 microseconds for each frame.  */
unsigned int pure_stack (struct pure_frame *frames, unsigned int most);

/* The same, in a function for a signal, of what the program did when that came, or of
   the call that it came in: CONTEXT is the function's third argument.  */
unsigned int pure_stack_interrupted (struct pure_frame *frames, unsigned int most,
				     const void *context);

/* As many as strace shows.  */
#define PURE_FRAMES 256

/* A line of strace's -k: ` > /bin/ls(main+0x15) [0x11f0]', with its newline.  */
void pure_show_frame (struct pure_text *text, const struct pure_frame *frame);

/* A caller: a function, or a line of a source, which names the last parts of its path.  */
struct pure_caller
{
  const char *name;
  int line;		/* 0: NAME is a function's */
};

/* For INIT: CALLER of TEXT, "FUNCTION" or "FILE:LINE".  Returns 0, -EINVAL or -ENOMEM.  */
int pure_caller_read (struct pure_caller *caller, const char *text);

/* Is it one of the COUNT frames?  */
bool pure_caller_match (const struct pure_caller *caller,
			const struct pure_frame *frames, unsigned int count);

/* The run -------------------------------------------------------------------

   Memory that all processes of a run have that this handler is in.  For INIT, and
   not for a handler in the program's own namespace: join the run that has started at
   START, the value of an option of kind "now"; 0, without a pure-run: this program and
   what it forks.  Returns SIZE bytes, which are 0 at first,
   or NULL and errno; FIRST: nobody had joined.  NAME is the handler's: the memory is
   the file /dev/shm/purecc-NAME-START, which a handler that has an output keeps over
   exec as that: call this after pure_output_open.  */
void *pure_run_join (const char *name, long start, size_t size, bool *first);

/* Was this program executed by one that has had the memory?  Not the first, nor what one
   has executed that isn't taken over.  For a handler that has an output.  */
bool pure_run_continues (void);

/* The program has made PROCESS, with its own memory, which may have ended meanwhile.  */
void pure_run_enter (int process);

/* The calling thread, as no other one of the run is: its number, and above that what
   namespace it has that in (pid_namespaces(7)).  Async-signal-safe.  */
long pure_run_self (void);

/* Does a process or thread live that pure_run_self has named?  One that has ended doesn't,
   though it may not have been waited for.  Of one in another namespace, and without a
   /proc, it can't be said.  Async-signal-safe.  */
enum pure_life { PURE_HAS_ENDED, PURE_LIVES, PURE_MAY_LIVE };
enum pure_life pure_run_life (long id);

/* This process has ended, or is to be taken as that.  Is it the last one?  Then the file
   is gone.  Not async-signal-safe.  */
bool pure_run_leave (void);

/* Descriptors ---------------------------------------------------------------

   A value for each descriptor of the program's, 0 at first.  It goes where the descriptor
   goes: with dup and its relatives and fcntl; to a fork's child; to that of a vfork, which
   has its own from then on; to the program that is executed, if it isn't closed; and by
   SCM_RIGHTS and pidfd_getfd to another process of the run.  One that is closed has none.

   For INIT: MEMORY is pure_fds_size bytes of pure_run_join's, NAME the handler's.  Returns
   0 or -errno.  The other two then go around each call that is passed on.  */
extern const size_t pure_fds_size;
int pure_fds_start (const char *name, void *memory);
void pure_fds_before (long number, const long *arguments);
void pure_fds_after (long number, const long *arguments, long result);

unsigned long pure_fd_value (int fd);
void pure_fd_set_value (int fd, unsigned long value);

/* Output --------------------------------------------------------------------

   Lines go to a descriptor that the program can't close, write to or find, however
   few it may have.  For INIT: open FILE for appending, or take standard error for
   NULL; NAME, the handler's, stands in front of what is said of lost lines.  What is
   executed has the descriptor of FILE that the first program opened, whatever it may
   open itself (pure_keep_descriptor).  Returns 0 or -errno.  */
int pure_output_open (const char *name, const char *file);

/* For INIT: lines are written at the process's end, too.  If the program closes standard
   error, it stays open for what is said of them then.  */
void pure_output_at_end (void);

/* For INIT, after that: each thread's lines go to a file of its own, FILE.NUMBER.  FILE
   is absolute, and stays where it is.  */
void pure_output_separately (const char *file);

/* Write a whole line, with its newline, in one piece.  One that can't be written is
   counted; one without a newline, which the thread ends by its next, with that.  */
void pure_output_write (const struct pure_text *line);

/* How many bytes there are in the file that lines are appended to, whoever has written
   them; or -errno.  0: it is a pipe or a device.  */
long pure_output_size (void);

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
   fail with -ENOENT.  SHOWN, if it isn't NULL, has shown all of the paths: most needn't
   be read again.  */
bool pure_output_named (long number, const long *arguments,
			const struct pure_show *shown);

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
