/* The variable of abi/run.h, and what ld.so gets of it.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <purecc.h>
#include "start.h"

#define PRELOAD "LD_PRELOAD="
#define AUDIT PURE_AUDIT_VARIABLE "="
#define SET_ASIDE PURE_AUDIT_SET_ASIDE "="
#define OPTIONS PURE_OPTIONS_VARIABLE "="
#define START PURE_START_VARIABLE "="

/* The values, "" for those that aren't there.  */
struct settings
{
  char *loader, *libraries, *preloaded, *options, *follow, *report, *runner,
    *processor;
  /* Of the isolated handlers, and each one's options.  */
  char *isolated[PURE_MOST_HANDLERS], *isolated_options[PURE_MOST_HANDLERS];
  int count;
};

/* Have the last variable that begins with NAME be the last one of all.  Returns whether
   it is there.  */
static int
move_to_end (const struct process *process, const char *name)
{
  char **last = process->environment + process->variables - 1, **variable = last;
  char *ours;

  while (variable >= process->environment && !after (*variable, name))
    variable--;
  if (variable < process->environment)
    return 0;
  for (ours = *variable; variable < last; variable++)
    variable[0] = variable[1];
  *last = ours;
  return 1;
}

int
find_ours (const struct process *process)
{
  return move_to_end (process, AUDIT) && move_to_end (process, START);
}

/* Take the backslashes out of the value at TEXT, and end it; returns what comes after
   it.  */
static char *
end_value (char *text)
{
  char *to = text;

  while (*text && *text != ';')
    {
      if (*text == '\\' && text[1])
	text++;
      *to++ = *text++;
    }
  if (*text)
    text++;
  *to = '\0';
  return text;
}

/* Where the value of the key at TEXT goes, or NULL; NONE: no value.  */
static char **
place_of (struct settings *settings, const char *text, char *none)
{
  const struct
  {
    const char *key;
    char **value;
  } keys[] = {
    { PURE_KEY_LOADER "=", &settings->loader },
    { PURE_KEY_LIBRARIES "=", &settings->libraries },
    { PURE_KEY_PRELOADED "=", &settings->preloaded },
    { PURE_KEY_OPTIONS "=", &settings->options },
    { PURE_KEY_FOLLOW "=", &settings->follow },
    { PURE_KEY_REPORT "=", &settings->report },
    { PURE_KEY_RUNNER "=", &settings->runner },
    { PURE_KEY_PROCESSOR "=", &settings->processor },
  };
  const int last = settings->count - 1;

  if (after (text, PURE_KEY_ISOLATED "=") && settings->count < PURE_MOST_HANDLERS)
    {
      settings->isolated_options[settings->count] = none;
      return &settings->isolated[settings->count++];
    }
  if (after (text, PURE_KEY_OPTIONS "=") && last >= 0)
    return &settings->isolated_options[last];
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
    if (after (text, keys[i].key))
      return keys[i].value;
  return NULL;
}

/* Read the settings at TEXT, which is changed.  */
static void
read_settings (char *text, struct settings *settings)
{
  char *none = text + length (text);

  *settings = (struct settings) { none, none, none, none, none, none, none, none,
				  { NULL }, { NULL }, 0 };
  while (*text)
    {
      char **place = place_of (settings, text, none);
      while (*text && *text != '=' && *text != ';')
	text++;
      if (*text == '=')
	text++;
      if (place)
	*place = text;
      text = end_value (text);
    }
}

/* Memory that is given out from its start on.  */
static char *
take (char **memory, size_t size)
{
  char *taken = *memory;

  *memory += (size + 15) & -16ul;
  return taken;
}

/* How much of it all together is.  */
static size_t
size_of_all (const struct process *process)
{
  char **variables = process->environment;
  size_t size = sizeof (struct pure_start) + PAGE, i;

  /* Two environments, with a few variables more.  */
  size += 2 * (process->variables + 8) * sizeof *variables;
  /* The settings as they are, taken apart, and in variables.  */
  size += 4 * (length (variables[process->variables - 1])
	       + length (variables[process->variables - 2]));
  size += PURE_MOST_HANDLERS * (sizeof OPTIONS + 16);
  size += PURE_PROCESSOR_WORDS * PURE_WORD_DIGITS;
  for (i = 0; variables[i]; i++)
    if (after (variables[i], "LD"))
      size += length (variables[i]);
  return page_up (size);
}

/* "NAME FIRST:SECOND", without what is empty.  */
static char *
joined (char **memory, const char *name, const char *first, const char *second)
{
  char *text = take (memory, length (name) + length (first) + length (second) + 2);
  char *end = append (append (text, name), first);

  if (*first && *second)
    end = append (end, ":");
  append (end, second);
  return text;
}

/* Is VARIABLE one that ld.so gets with something added?  Then *VALUE is the program's
   own value.  */
static int
take_value (const char *variable, const char *name, const char **value)
{
  const char *found = after (variable, name);

  if (found)
    *value = found;
  return found != NULL;
}

/* The isolated handlers as ld.so is to load them: the last one first.  */
static char *
audit_list (const struct settings *settings, char **memory)
{
  size_t size = 1;
  char *text, *end;

  for (int i = 0; i < settings->count; i++)
    size += length (settings->isolated[i]) + 1;
  end = text = take (memory, size);
  *end = '\0';
  for (int i = settings->count - 1; i >= 0; i--)
    end = append (append (end, settings->isolated[i]), i > 0 ? ":" : "");
  return text;
}

/* ld.so's environment: the program's, and in its own variables what is ours too.  */
static char **
make_loader_environment (const struct process *process,
			 const struct settings *settings, char **memory)
{
  char **environment
    = (char **) take (memory, (process->variables + 4) * sizeof (char *));
  const char *audit = "", *preload = "";
  int count = 0;

  for (int i = 0; i < process->variables - 2; i++)
    {
      char *variable = process->environment[i];
      if (!take_value (variable, SET_ASIDE, &audit)
	  && !take_value (variable, PRELOAD, &preload))
	environment[count++] = variable;
    }
  if (settings->count > 0 || *audit)
    environment[count++]
      = joined (memory, AUDIT, audit_list (settings, memory), audit);
  if (*settings->preloaded || *preload)
    environment[count++] = joined (memory, PRELOAD, preload, settings->preloaded);
  environment[count] = NULL;
  return environment;
}

/* Isolated handlers': the program's, with room for one variable more.  */
static char **
make_handler_environment (const struct process *process, char **memory)
{
  char **environment
    = (char **) take (memory, process->variables * sizeof (char *));
  int count = process->variables - 2;

  memcpy (environment, process->environment, count * sizeof *environment);
  environment[count] = NULL;
  return environment;
}

/* The variable with OPTIONS, or NULL if there are none.  */
static char *
options_variable (const char *options, char **memory)
{
  return *options ? joined (memory, OPTIONS, options, "") : NULL;
}

static enum pure_follow
follow_of (const char *value)
{
  if (after (value, "no"))
    return PURE_FOLLOW_NONE;
  return after (value, "only") ? PURE_FOLLOW_ONLY : PURE_FOLLOW_WHAT_CAN_BE;
}

/* VALUE is DEVICE:INODE, or nothing.  */
static void
read_file (const char *value, unsigned long *device, unsigned long *inode)
{
  *device = number_at (&value, 10);
  if (*value == ':')
    value++;
  *inode = number_at (&value, 10);
}

static void
fill_start (struct pure_start *start, const struct process *process,
	    const struct settings *settings, char **memory)
{
  start->loader_environment = make_loader_environment (process, settings, memory);
  start->handler_environment = make_handler_environment (process, memory);
  start->handlers = settings->count;
  for (int i = 0; i < start->handlers; i++)
    {
      const int last = start->handlers - 1 - i;
      start->handler_options[i]
	= options_variable (settings->isolated_options[last], memory);
      start->handler_files[i] = settings->isolated[last];
    }
  start->options_variable = *settings->preloaded
			      ? options_variable (settings->options, memory) : NULL;
  start->loader = settings->loader;
  start->libraries = settings->libraries;
  start->follow = follow_of (settings->follow);
  read_file (settings->report, &start->report_device, &start->report_inode);
  read_file (settings->runner, &start->runner_device, &start->runner_inode);
}

long
make_start (const struct process *process, struct pure_start **result,
	    struct range *range)
{
  char **end = process->environment + process->variables;
  size_t size = size_of_all (process);
  long address = map_memory (size);
  struct settings settings;
  struct pure_start *start;
  char *memory, *text;

  if (failed (address))
    return address;
  memory = (char *) address;
  start = (struct pure_start *) take (&memory, sizeof *start);
  start->audit_variable = joined (&memory, end[-2], "", "");
  text = joined (&memory, end[-1], "", "");
  read_settings (end_value (text), &settings);
  start->start_variable = joined (&memory, end[-1], "", "");
  after (start->start_variable, START)[0] = PURE_LATER_HOP;
  start->processor = *settings.processor ? settings.processor : NULL;
  if (!start->processor)
    take (&memory, sizeof PURE_KEY_PROCESSOR + 16
		     + PURE_PROCESSOR_WORDS * PURE_WORD_DIGITS);
  fill_start (start, process, &settings, &memory);
  range->start = address;
  range->end = address + size;
  *result = start;
  return 0;
}

void
restore_environment (struct process *process, unsigned long type,
		     unsigned long value)
{
  char **end = process->environment + process->variables;

  for (char **variable = process->environment; variable < end; variable++)
    if (after (*variable, SET_ASIDE))
      memcpy (*variable, AUDIT, sizeof AUDIT - 1);
  for (char **variable = end - 2; variable < end; variable++)
    for (char *p = *variable; *p; p++)
      *p = '\0';
  end[-2] = NULL;
  process->variables -= 2;
  process->auxiliary--;
  process->auxiliary->a_type = type;
  process->auxiliary->a_un.a_val = value;
}
