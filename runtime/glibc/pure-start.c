/* How ld.so goes on from pure-start.so (abi/run.h).

   SPDX-License-Identifier: LGPL-2.1-or-later

   The program's environment is on the stack, as the kernel has put it there, and what
   the program gets is that.  ld.so's own variable has others meanwhile.  */

#include <asm/unistd.h>
#include <ldsodefs.h>
#include <string.h>
#include "pure.h"
#include "pure-start.h"

extern char **_environ attribute_hidden;
extern struct pure_processor __pure_processor;

/* Take the first entry out of the auxiliary vector.  It has the two words before, which
   pure-start.so's variables had.  */
static void
remove_entry (void)
{
  const ElfW (auxv_t) *from = GLRO (dl_auxv) + 1;
  ElfW (auxv_t) *to = GLRO (dl_auxv);

  do
    *to++ = *from;
  while (from++->a_type != AT_NULL);
}

/* Or have the words be the program's variable VARIABLE, until a handler takes it out:
   twice, so that the vector goes on to be where it is (purecc.h).  */
static void
put_variable (char *variable)
{
  char **end = (char **) GLRO (dl_auxv) - 1;

  end[0] = end[1] = variable;
  end[2] = NULL;
  GLRO (dl_auxv)++;
}

/* Add what is known of the processor to VARIABLE, for the programs that come.  */
static void
add_processor (char *variable)
{
  static const char digits[] = "0123456789abcdef";
  static const char key[] = ";" PURE_KEY_PROCESSOR "=";
  char *end = variable + strlen (variable);

  end = __mempcpy (end, key, sizeof key - 1);
  for (unsigned int i = 0; i < __pure_processor.count; i++)
    for (int shift = 4 * PURE_WORD_DIGITS - 4; shift >= 0; shift -= 4)
      *end++ = digits[__pure_processor.words[i] >> shift & 15];
  *end = '\0';
}

void
__pure_take_start (void)
{
  const ElfW (auxv_t) *first = GLRO (dl_auxv);

  if (first->a_type != PURE_AUXILIARY_TYPE)
    return;
  struct pure_start *start = (struct pure_start *) first->a_un.a_val;
  __pure_raw_gateway (__NR_munmap, start->unneeded, start->unneeded_size, 0, 0, 0, 0);
  if (start->options_variable != NULL)
    put_variable (start->options_variable);
  else
    remove_entry ();
  if (start->processor == NULL)
    add_processor (start->start_variable);
  __pure_process.start = start;
  _environ = start->loader_environment;
}

/* Debuggers read symbols from the file that is the object's name.  */
static void
name_loader (char *file)
{
  extern const char __ehdr_start[] attribute_hidden;
  struct link_map *map = GL (dl_ns)[LM_ID_BASE]._ns_loaded;

  while (map != NULL && map->l_addr != (ElfW (Addr)) __ehdr_start)
    map = map->l_next;
  if (map != NULL)
    map->l_name = file;
}

void
__pure_before_handlers (void)
{
  const struct pure_start *start = __pure_process.start;

  if (start == NULL)
    return;
  _environ = start->handler_environment;
  if (start->loader != NULL)
    name_loader (start->loader);
}

/* Is the auditor of FILE, which a colon may end, there?  */
static bool
loaded_p (const char *file)
{
  const size_t length = strcspn (file, ":");

  for (Lmid_t ns = 0; ns < GL (dl_nns); ns++)
    for (struct link_map *map = GL (dl_ns)[ns]._ns_loaded; map != NULL; map = map->l_next)
      if (map->l_auditing && strncmp (map->l_name, file, length) == 0
	  && map->l_name[length] == '\0')
	return true;
  return false;
}

void
__pure_check_handler (void)
{
  const struct pure_start *start = __pure_process.start;

  for (int i = 0; start != NULL && i < start->handlers; i++)
    if (!loaded_p (start->handler_files[i]))
      {
	/* ld.so has said what is wrong with it.  */
	__pure_name_line ();
	_dl_fatal_printf ("the handler can't be loaded: the program isn't run\n");
      }
}
