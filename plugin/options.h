/* The plugin's arguments, -fplugin-arg-purecc-KEY[=VALUE].

   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef PURECC_OPTIONS_H
#define PURECC_OPTIONS_H

enum purecc_mode
{
  /* The pointer is tested at the site; the slow arm calls the runtime.  */
  MODE_INLINE,
  /* An unconditional call of the runtime's guard.  */
  MODE_CALL,
  /* Find and report only.  */
  MODE_OFF
};

enum purecc_residual
{
  /* Let it go by the thunk; warn of one that can't.  */
  RESIDUAL_THUNK,
  /* Leave the site native, with a warning.  */
  RESIDUAL_WARN,
  /* Refuse to compile it.  */
  RESIDUAL_ERROR
};

struct purecc_options
{
  enum purecc_mode mode;
  enum purecc_residual residual;
  /* The pointer's symbol, and whether it is referenced as hidden.  */
  const char *pointer;
  bool hidden;
  /* The report file's name, or NULL.  */
  const char *report;
  bool verbose;
  /* The object says which asm statements are in it.  */
  bool verify;
};

extern struct purecc_options options;

/* Fill in `options' from the ARGC arguments in ARGV.  Says what is wrong, by
   way of GCC's diagnostics, and returns false if something is.  */
extern bool parse_options (int argc, const struct plugin_argument *argv);

#endif /* options.h */
