/* In a purified root ld.so finds the handlers of a program itself (abi/root.h).

   SPDX-License-Identifier: LGPL-2.1-or-later

   They are auditors, as after a pure-run, as if the program's file named them (DT_AUDIT),
   and each one's options are in its own environment.  Only the line that is for the
   program is understood: one that is wrong keeps no other program from running.  */

#include <_itoa.h>
#include <asm/unistd.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <ldsodefs.h>
#include <limits.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/param.h>
#include <unistd.h>
#include <purecc.h>
#include <abi/root.h>
#include <abi/x86_64/program.h>
#include "pure.h"
#include "pure-start.h"

#define SYSTEM_LOADER "/lib64/" PURE_LOADER_NAME
#define AUDIT PURE_AUDIT_VARIABLE "="
#define START PURE_START_VARIABLE "="
#define OPTIONS PURE_OPTIONS_VARIABLE "="

extern char **_environ attribute_hidden;

/* Of the line that is for the program; 0: no line is.  */
static unsigned int line_number;

static long
call (long number, long a1, long a2, long a3, long a4)
{
  return __pure_raw_gateway (number, a1, a2, a3, a4, 0, 0);
}

static long
map (size_t size)
{
  return __pure_raw_gateway (__NR_mmap, 0, size, PROT_READ | PROT_WRITE,
			     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static bool
failed_p (long result)
{
  return (unsigned long) result > -4096ul;
}

static void __attribute__ ((__noreturn__))
refuse (const char *word, const char *what)
{
  if (line_number == 0)
    _dl_fatal_printf (PURE_ROOT_FILE ": %s: the program isn't run\n", what);
  _dl_fatal_printf (PURE_ROOT_FILE ":%u: `%s' %s: the program isn't run\n",
		    line_number, word, what);
}

/* ---- the program ---- */

static unsigned long
auxiliary (unsigned long type)
{
  const ElfW (auxv_t) *entry = GLRO (dl_auxv);

  while (entry->a_type != AT_NULL && entry->a_type != type)
    entry++;
  return entry->a_type == type ? entry->a_un.a_val : 0;
}

/* The ld.so that it names; NULL: this one was started as a command.  */
static char *
interpreter (void)
{
  const ElfW (Phdr) *first = (const ElfW (Phdr) *) auxiliary (AT_PHDR);
  const ElfW (Phdr) *end = first + auxiliary (AT_PHNUM), *segment;
  char *name = NULL;
  ElfW (Addr) bias = 0;

  for (segment = first; segment < end; segment++)
    if (segment->p_type == PT_PHDR)
      bias = (ElfW (Addr)) first - segment->p_vaddr;
  for (segment = first; segment < end; segment++)
    if (segment->p_type == PT_INTERP)
      name = (char *) (bias + segment->p_vaddr);
  return name;
}

/* Is it a pure-run's, which takes it over?  */
static bool
taken_over_p (void)
{
  bool audit = false, start = false;

  for (char **variable = _environ; *variable != NULL; variable++)
    {
      audit |= strncmp (*variable, AUDIT, sizeof AUDIT - 1) == 0;
      start |= strncmp (*variable, START, sizeof START - 1) == 0;
    }
  return audit && start;
}

/* Does the file of handlers say what it has?  (For ld.so's own --help there is none.)  */
static bool
by_root_p (const char *loader)
{
  return (GL (dl_ns)[LM_ID_BASE]._ns_loaded != NULL && __pure_process.start == NULL
	  && !__libc_enable_secure && !taken_over_p ()
	  && (PURE_ROOT_ALL
	      || (loader != NULL && strcmp (loader, SYSTEM_LOADER) == 0)));
}

/* Put the name of the program's file to NAME.  */
static void
name_program (char name[2 * PATH_MAX])
{
  const char *given = (const char *) auxiliary (AT_EXECFN);
  long length = call (__NR_readlink, (long) "/proc/self/exe", (long) name,
		      PATH_MAX - 1, 0);

  if (failed_p (length))
    {
      length = 0;
      if (given != NULL && *given != '/')
	length = call (__NR_getcwd, (long) name, PATH_MAX, 0, 0);
      /* The kernel counts the NUL.  */
      if (failed_p (length))
	length = 0;
      else if (length > 0)
	name[length - 1] = '/';
      if (given != NULL)
	length = (char *) __mempcpy (name + length, given,
				     MIN (strlen (given), PATH_MAX - 1)) - name;
    }
  name[length] = '\0';
}

/* ---- the file ---- */

static bool
blank_p (char c)
{
  return c == ' ' || c == '\t';
}

static bool
end_p (char c)
{
  return c == '\n' || c == '\0';
}

/* What C at TEXT stands for is after its backslash.  */
static const char *
unquoted (const char *text)
{
  return *text == '\\' && !end_p (text[1]) ? text + 1 : text;
}

/* The end of the word at TEXT.  */
static const char *
word_end (const char *text)
{
  while (!blank_p (*text) && !end_p (*text))
    text = unquoted (text) + 1;
  return text;
}

/* Does the pattern up to END match NAME?  */
static bool
match_p (const char *pattern, const char *end, const char *name)
{
  const char *after_star = NULL, *rest = NULL;

  while (*name != '\0' || pattern < end)
    {
      const char *sign = unquoted (pattern);
      if (pattern < end && *pattern == '*')
	{
	  after_star = ++pattern;
	  rest = name;
	}
      else if (pattern < end && *name != '\0'
	       && (*pattern == '?' || *sign == *name))
	{
	  pattern = sign + 1;
	  name++;
	}
      else if (after_star != NULL && *rest != '\0')
	{
	  pattern = after_star;
	  name = ++rest;
	}
      else
	return false;
    }
  return true;
}

/* Take the words at TEXT apart, up to the end of the line: each gets a NUL at its end.
   Returns the end of them all.  */
static char *
split (char *text)
{
  char *to = text;

  for (;;)
    {
      while (blank_p (*text))
	text++;
      if (end_p (*text) || *text == '#')
	return to;
      while (!blank_p (*text) && !end_p (*text))
	{
	  text = (char *) unquoted (text);
	  *to++ = *text++;
	}
      const bool last = end_p (*text++);
      *to++ = '\0';
      if (last)
	return to;
    }
}

/* Where the line that is for NAME goes on after its pattern; NULL: there is none.  */
static char *
find_line (char *text, const char *name)
{
  for (line_number = 1; *text != '\0'; line_number++)
    {
      while (blank_p (*text))
	text++;
      char *end = (char *) word_end (text);
      if (text < end && *text != '#' && match_p (text, end, name))
	return end;
      text += strcspn (text, "\n");
      text += *text == '\n';
    }
  line_number = 0;
  return NULL;
}

/* The file, with a NUL at its end, in memory of PURE_ROOT_MOST + 2 bytes; NULL: there is
   none.  */
static char *
read_file (void)
{
  const long fd = call (__NR_openat, AT_FDCWD, (long) PURE_ROOT_FILE,
			O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  long text, got;
  size_t size = 0;

  if (fd == -ENOENT || fd == -ENOTDIR)
    return NULL;
  if (failed_p (fd))
    refuse (NULL, "it can't be opened");
  text = map (PURE_ROOT_MOST + 2);
  if (failed_p (text))
    refuse (NULL, "there is no memory to read it");
  while ((got = call (__NR_read, fd, text + size, PURE_ROOT_MOST + 1 - size, 0)) > 0
	 || got == -EINTR)
    size += got > 0 ? got : 0;
  call (__NR_close, fd, 0, 0, 0);
  if (failed_p (got))
    refuse (NULL, "it can't be read");
  if (size > PURE_ROOT_MOST)
    refuse (NULL, "it has more than 64 KiB");
  if (memchr ((char *) text, '\0', size) != NULL)
    refuse (NULL, "there is a NUL in it, it is no text");
  return (char *) text;
}

/* ---- what ld.so gets of it ---- */

struct handlers
{
  /* As they are named, the options after them; the first is next to the program.  */
  char *names[PURE_MOST_HANDLERS];
  int count;
  /* The words.  */
  char *first, *end;
};

static char *
next (const char *word)
{
  return (char *) word + strlen (word) + 1;
}

/* Does another handler come?  */
static bool
separator_p (const char *word)
{
  return strcmp (word, "--") == 0;
}

static void
check_name (const char *name)
{
  if (strchr (name, '/') != NULL && *name != '/')
    refuse (name, "is neither a handler's name nor an absolute path");
  if (*name == '-' || name[strcspn (name, ":$")] != '\0')
    refuse (name, "can't be a handler's");
}

/* Find them in the words.  */
static void
read_words (struct handlers *handlers)
{
  bool name = true;

  for (char *word = handlers->first; word < handlers->end; word = next (word))
    if (name)
      {
	if (handlers->count == PURE_MOST_HANDLERS)
	  refuse (word, "is one handler too many");
	check_name (word);
	handlers->names[handlers->count++] = word;
	name = false;
      }
    else if (separator_p (word))
      name = true;
    else if (*word == '=' || strchr (word, '=') == NULL)
      refuse (word, "is no KEY=VALUE");
  if (name)
    refuse ("--", "has no handler after it");
}

static char *
put (char *to, const char *text)
{
  return __mempcpy (to, text, strlen (text));
}

/* The last one first, as ld.so is to load them, which FILES get; then OTHERS.  */
static char *
put_audit (char *to, const struct handlers *handlers, const char *others,
	   const char **files)
{
  for (int i = handlers->count - 1; i >= 0; i--)
    {
      const char *name = handlers->names[i];
      *files++ = to;
      if (*name == '/')
	to = put (to, name);
      else
	to = put (put (put (to, PURE_ROOT_HANDLERS), name), PURE_ROOT_SUFFIX);
      *to++ = i > 0 || *others != '\0' ? ':' : '\0';
    }
  return *others != '\0' ? put (to, others) + 1 : to;
}

/* Have words FIRST and OTHER the same key?  */
static bool
same_key_p (const char *first, const char *other)
{
  return strncmp (first, other, strcspn (first, "=") + 1) == 0;
}

/* Put the option WORD, with the values of those that come up to END with its key, as
   purecc.h has it.  */
static char *
put_option (char *to, const char *word, const char *end)
{
  enum { DIGITS = 8 };
  char *text = to + DIGITS + 1, *text_end = put (text, word), *start;

  for (const char *other = next (word); other < end; other = next (other))
    if (same_key_p (word, other))
      {
	*text_end++ = '\n';
	text_end = put (text_end, strchr (other, '=') + 1);
      }
  text[-1] = ':';
  start = _itoa (text_end - text, text - 1, 10, 0);
  *text_end++ = ',';
  memmove (to, start, text_end - start);
  return to + (text_end - start);
}

/* The variable with the options from word FIRST on, up to END or the next handler, at
   *TO; NULL: there are none.  */
static char *
put_options (char **to, const char *first, const char *end)
{
  char *variable = *to;
  const char *word;

  for (word = first; word < end && !separator_p (word); word = next (word))
    continue;
  end = word;
  if (first == end)
    return NULL;
  *to = put (*to, OPTIONS);
  for (word = first; word < end; word = next (word))
    {
      const char *other = first;
      while (!same_key_p (word, other))
	other = next (other);
      if (other == word)
	*to = put_option (*to, word, end);
    }
  *(*to)++ = '\0';
  return variable;
}

/* Room for all of that: a word has two bytes at least, and a NUL.  */
static size_t
size_of (const struct handlers *handlers, size_t variables, const char *others)
{
  const size_t one = sizeof PURE_ROOT_HANDLERS + sizeof PURE_ROOT_SUFFIX
		     + sizeof OPTIONS + 32;

  return (sizeof (struct pure_start) + (variables + 3) * sizeof (char *)
	  + strlen (others) + 1 + PURE_MOST_HANDLERS * one
	  + 5 * (handlers->end - handlers->first));
}

static void
make_start (const struct handlers *handlers, char *loader)
{
  static ElfW (Dyn) audit = { .d_tag = DT_AUDIT };
  struct link_map *program = GL (dl_ns)[LM_ID_BASE]._ns_loaded;
  const char *strings = (const char *) D_PTR (program, l_info[DT_STRTAB]);
  ElfW (Dyn) **own = &program->l_info[ADDRIDX (DT_AUDIT)];
  const char *others = *own != NULL ? strings + (*own)->d_un.d_val : "";
  size_t variables = 0;

  while (_environ[variables] != NULL)
    variables++;
  const long address = map (size_of (handlers, variables, others));
  if (failed_p (address))
    refuse (handlers->names[0], "can't be loaded, there is no memory");
  struct pure_start *start = (struct pure_start *) address;
  start->handler_environment = (char **) (start + 1);
  char *text = (char *) (start->handler_environment + variables + 3);

  audit.d_un.d_val = text - strings;
  *own = &audit;
  text = put_audit (text, handlers, others, start->handler_files);
  memcpy (start->handler_environment, _environ, variables * sizeof *_environ);
  for (int i = handlers->count - 1; i >= 0; i--)
    start->handler_options[start->handlers++]
      = put_options (&text, next (handlers->names[i]), handlers->end);
  start->start_variable = (char *) "";
  start->loader = loader;
  start->libraries = (char *) "";
  start->follow = PURE_FOLLOW_BY_ROOT;
  __pure_process.start = start;
}

void
__pure_start_in_root (void)
{
  char name[2 * PATH_MAX], *loader = interpreter (), *text, *rest;
  struct handlers handlers = { .count = 0 };

  if (!by_root_p (loader))
    return;
  text = read_file ();
  if (text == NULL)
    return;
  name_program (name);
  rest = find_line (text, name);
  if (rest != NULL)
    {
      handlers.first = rest;
      handlers.end = split (rest);
      if (handlers.first == handlers.end)
	refuse (name, "has no handler");
      if (strcmp (handlers.first, "-") != 0
	  || next (handlers.first) < handlers.end)
	{
	  read_words (&handlers);
	  make_start (&handlers, loader);
	}
    }
  call (__NR_munmap, (long) text, PURE_ROOT_MOST + 2, 0, 0);
}

void
__pure_name_line (void)
{
  if (line_number != 0)
    _dl_error_printf (PURE_ROOT_FILE ":%u: ", line_number);
}
