/* What purecc.h declares is what version 0.1 of the interface has: each function by its
   type, each number by its value, and what PURE_OPTION puts into a handler's file by its
   bytes.  Programs and handlers that were compiled with an earlier purecc.h depend on
   all of it; docs/abi.md says what may change here, and when.  exports.sh looks that no
   exported name is missing.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <purecc.h>
#include <string.h>
#include "check.h"

/* A declaration that isn't the same is an error.  */
extern long (*__pure_syscall) (long, long, ...);
long pure_native_syscall (long, long, long, long, long, long, long);
long pure_pass (long, long, long, long, long, long, long, long);
long (*pure_set_handler (long (*) (long, long, ...))) (long, long, ...);
int pure_set_flags (unsigned int);
int pure_isolated (void);
int pure_keep_descriptor (unsigned long, int);
int pure_kept_descriptor (unsigned long);
const char *pure_exec_obstacle (long, long, long, long, long, long);

/* The other name of the pointer, for dlsym.  */
#ifndef pure_syscall
# error "pure_syscall is no macro"
#endif

_Static_assert (PURE_ON_PROGRAM_STACK == 1u && PURE_ON_OWN_CALLS == 2u,
		"the flags of pure_set_flags");
_Static_assert (PURE_OPTION_STRINGS == 4, "an option's strings");
PURE_DESCRIPTION ("what it does");
PURE_OPTION (name, "kind", "default", "help");

int
main (void)
{
  CHECK (strcmp (PURE_OPTIONS_SECTION, "pure_option_table") == 0);
  CHECK (strcmp (PURE_DESCRIPTION_SECTION, "pure_description") == 0);
  CHECK (strcmp (PURE_INTERFACE_SECTION, "pure_interface") == 0);
  CHECK (strcmp (PURE_OPTIONS_VARIABLE, "PURE_HANDLER_OPTIONS") == 0);
  CHECK (sizeof (pure_description_) == sizeof ("what it does"));
  CHECK (sizeof (pure_option_name) == sizeof ("name\0kind\0default\0help"));
  CHECK (memcmp (pure_option_name, "name\0kind\0default\0help",
		 sizeof (pure_option_name)) == 0);

  char options[] = "PURE_HANDLER_OPTIONS=9:name=text,8:other=no,";
  char *envp[] = { options, NULL };
  CHECK (strcmp (PURE_OPTION_TEXT (name, envp), "text") == 0);
  return 0;
}
