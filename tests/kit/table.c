/* Prints the table of calls, and looks at what must hold of each.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#include <purecc-handler.h>
#include <stdio.h>
#include <string.h>

static const char *const kinds[] = {
  "none", "int", "uint", "long", "ulong", "hex", "address", "fd", "dirfd", "path",
  "string", "offset", "mode", "signal", "id", "flags", "one", "in", "out", "both",
  "skip", "other"
};
static const char *const results[]
  = { "number", "fd", "addr", "hex", "octal", "uint", "uid", "exec", "never",
      "sigreturn", "fcntl", "prctl", "persona", "sched", "sig", "time" };
static const char *const class_names[]
  = { "desc", "file", "ipc", "network", "process", "signal", "memory", "stat",
      "lstat", "fstat", "%stat", "statfs", "fstatfs", "%statfs", "creds", "clock",
      "pure" };

static int
bad (const char *name, const char *what)
{
  fprintf (stderr, "%s: %s\n", name, what);
  return 1;
}

static int
argument (const struct pure_call *call, int i)
{
  const struct pure_argument *a = &call->arguments[i];
  const char *type = pure_argument_type (a);

  printf (" %s", kinds[a->kind]);
  if (strcmp (type, kinds[a->kind]) != 0 && a->kind >= PURE_KIND_MODE
      && strcmp (type, "sig") != 0 && strcmp (type, "uid") != 0
      && a->kind != PURE_KIND_SKIP)
    printf (".%s", type);
  if (a->size)
    printf ("@%d", a->size);
  if (a->size > call->count)
    return bad (call->name, "a size that is no argument");
  return a->kind == PURE_KIND_NONE ? bad (call->name, "no kind") : 0;
}

int
main (void)
{
  int failed = 0;

  for (long number = -1; number <= PURE_CALLS; number++)
    {
      const struct pure_call *call = pure_call (number);
      const char *blank = "";

      if (!call->name)
	{
	  failed |= call->count != 6 && bad ("unknown", "not six arguments");
	  continue;
	}
      if (pure_call_number (call->name) != number)
	failed = bad (call->name, "another number");
      printf ("%ld %s ", number, call->name);
      for (unsigned int i = 0; i < sizeof class_names / sizeof *class_names; i++)
	if (call->classes & pure_call_class (class_names[i]))
	  {
	    printf ("%s%s", blank, class_names[i]);
	    blank = " ";
	  }
      printf (":%s %s =", call->waits ? " waits" : "", results[call->result]);
      for (int i = 0; i < call->count; i++)
	failed |= argument (call, i);
      puts ("");
    }
  return failed;
}
