/* How a process comes to a pure glibc: what pure-run, and later the gateway at each
   exec, say to pure-start.so (runtime/start), and that to the pure glibc's ld.so.

   SPDX-License-Identifier: LGPL-2.1-or-later

   An exec that is followed has two variables at the end of its environment, in this
   order: LD_AUDIT, which names pure-start.so, and

     PURE_START=HOP;KEY=VALUE;...

   where HOP is 1 for the program that pure-run starts and 2 for all that come of it.
   A backslash, a semicolon and a newline in a value have a backslash in front.  A
   variable LD_AUDIT of the program's own is LD.AUDIT meanwhile.  */

#ifndef PURE_ABI_RUN_H
#define PURE_ABI_RUN_H 1

#define PURE_AUDIT_VARIABLE "LD_AUDIT"
#define PURE_AUDIT_SET_ASIDE "LD.AUDIT"
#define PURE_START_VARIABLE "PURE_START"
#define PURE_FIRST_HOP '1'
#define PURE_LATER_HOP '2'

/* The keys.  */
#define PURE_KEY_LOADER "loader"	/* the pure ld.so */
#define PURE_KEY_LIBRARIES "libraries"	/* its directories, joined by `:' */
#define PURE_KEY_ISOLATED "isolated"	/* a handler; the first is next to the program */
#define PURE_KEY_PRELOADED "preloaded"	/* or one in the program's namespace */
#define PURE_KEY_OPTIONS "options"	/* of the handler before it */
#define PURE_KEY_FOLLOW "follow"	/* `no', or `only'; else: yes */
#define PURE_KEY_REPORT "report"	/* where: DEVICE:INODE of standard error */
#define PURE_KEY_RUNNER "runner"	/* pure-run's own file, as DEVICE:INODE */

#define PURE_KEY_KEPT "kept"		/* descriptors of handlers': pure-keep.c */
#define PURE_KEY_PROCESSOR "processor"	/* words that ld.so has written, as below */

/* What ld.so has learned of the processor, which the next programs need not ask again:
   words that mean something to it alone.  pure-start.so puts them where ld.so has this
   symbol.  In the variable each has PURE_WORD_DIGITS hexadecimal digits.  */
#define PURE_PROCESSOR_SYMBOL "__pure_processor"
#define PURE_PROCESSOR_WORDS 384
#define PURE_WORD_DIGITS 8

/* So many isolated handlers ld.so loads: it has room for 16 namespaces (DL_NNS), one is
   the program's, and it keeps three for that to use (glibc.rtld.nns).  */
#define PURE_MOST_HANDLERS 12

/* The entry that pure-start.so puts before all others of the auxiliary vector, in the
   two words that its variables leave.  The value is the address of a struct
   pure_start.  ld.so takes it out.  */
#define PURE_AUXILIARY_TYPE 0x70757265

/* Why nothing is followed, of a process that has none of this.  */
#define PURE_NOT_STARTED_TEXT "pure-run didn't start the process"

#ifndef __ASSEMBLER__

enum pure_follow
{
  PURE_FOLLOW_NONE,
  PURE_FOLLOW_WHAT_CAN_BE,
  PURE_FOLLOW_ONLY,
  /* Each program finds its handlers itself (abi/root.h).  */
  PURE_FOLLOW_BY_ROOT
};

struct pure_processor
{
  unsigned int count;
  unsigned int words[PURE_PROCESSOR_WORDS];
};

/* All strings are in memory that stays.  */
struct pure_start
{
  /* The two variables, for the next exec.  The second has room for the words above,
     if they aren't in it.  */
  char *audit_variable;
  char *start_variable;
  /* The environment as ld.so is to see it, for its own variables; then as isolated
     handlers are, with room for each one's variable with its options.  */
  char **loader_environment;
  char **handler_environment;
  /* Those variables, or NULL, in the order in which they are loaded; and their files, up
     to a NUL or a colon.  */
  char *handler_options[PURE_MOST_HANDLERS];
  const char *handler_files[PURE_MOST_HANDLERS];
  int handlers;
  /* The variable with the options of a handler in the program's namespace, or NULL. */
  char *options_variable;
  /* The words as they came, or NULL.  */
  const char *processor;
  /* The file of ld.so, or NULL, if nothing has to be done about that; the
     directories.  */
  char *loader;
  char *libraries;
  /* pure-start.so, which is no longer needed.  */
  unsigned long unneeded;
  unsigned long unneeded_size;
  /* Where what isn't followed is reported, if standard error is still that.  0, 0:
     nowhere.  */
  unsigned long report_device;
  unsigned long report_inode;
  /* pure-run, which is static, and whose program is followed.  */
  unsigned long runner_device;
  unsigned long runner_inode;
  enum pure_follow follow;
};

#endif
#endif /* run.h */
