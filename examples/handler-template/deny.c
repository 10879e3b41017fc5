/* A handler: it denies a file, and writes down who asks for it.

     pure-run --handler ./deny.so -O file=/etc/passwd -- ls -l /etc

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <errno.h>
#include <purecc-handler.h>
#include <string.h>

PURE_DESCRIPTION ("denies a file, and writes down who asks for it");
PURE_OPTION (file, "path", "", "the file");
PURE_OPTION (output, "file", "", "where the lines go, instead of standard error");

static const char *file;

/* What the program's call is, and by which path.  */
static void
write_down (long number, const char *path)
{
  char room[PURE_PATH_SIZE + 100];
  struct pure_text line = PURE_TEXT (room);

  pure_put_signed (&line, pure_thread_id ());
  pure_put (&line, " denied: ");
  pure_put (&line, pure_call (number)->name);
  pure_put (&line, " of ");
  pure_put (&line, path);
  pure_put (&line, "\n");
  pure_output_write (&line);
}

/* Is one of the call's paths the file?  */
static bool
is_denied (long number, long nr, const long *arguments)
{
  struct pure_path path;

  for (int i = 0; i < nr; i++)
    if (pure_walk_argument (&path, NULL, number, arguments, i)
	&& strcmp (path.real, file) == 0)
      {
	write_down (number, path.seen);
	return true;
      }
  return false;
}

static long
deny (long number, long nr, long a1, long a2, long a3, long a4, long a5, long a6)
{
  const long arguments[PURE_ARGUMENTS] = { a1, a2, a3, a4, a5, a6 };

  /* A program that has sandboxed itself is left alone: see pure_sandbox_begin (3).  */
  if (!pure_sandbox_begin ())
    return pure_sandbox_pass_silently (number, arguments);
  const enum pure_sandbox sandbox = pure_sandbox_started (number, arguments);
  const bool denied = is_denied (number, nr, arguments);
  if (sandbox != PURE_SANDBOX_NONE)
    pure_sandbox_prepare (sandbox);
  pure_sandbox_end ();
  return denied ? -EACCES : pure_sandbox_pass (number, arguments, sandbox);
}

static int
start (int argc, char **argv, char **envp)
{
  const char *output = PURE_OPTION_TEXT (output, envp);

  (void) argc, (void) argv;
  file = PURE_OPTION_TEXT (file, envp);
  if (!*file)
    pure_refuse ("deny", "file", file, "name the file that is to be denied");
  pure_sandbox_init ((pure_handler_t) deny);
  return pure_output_open ("deny", *output ? output : NULL);
}

PURE_HANDLER_INIT ((pure_handler_t) deny, start);
