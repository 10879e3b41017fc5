/* The plugin's arguments.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#include "compat.h"
#include <abi/entry.h>
#include <abi/text.h>
#include "options.h"

struct purecc_options options
  = { MODE_INLINE, RESIDUAL_THUNK, PURE_TEXT (PURE_POINTER_SYMBOL), false,
      NULL, false, false };

/* One value that a key can have, and the number that stands for it.  */
struct choice
{
  const char *name;
  int value;
};

/* A key: its name, the values it takes (NULL: any text), and how one is
   stored.  VALUE is the text, or NULL where the argument had none, and NUMBER
   the choice's number.  SET returns what is wrong with the text, or NULL.  */
struct key
{
  const char *name;
  bool needs_value;
  const struct choice *choices;
  const char *(*set) (const char *value, int number);
};

static const struct choice modes[] = { { "inline", MODE_INLINE },
				       { "call", MODE_CALL },
				       { "off", MODE_OFF },
				       { NULL, 0 } };

static const struct choice visibilities[]
  = { { "default", false }, { "hidden", true }, { NULL, 0 } };

static const struct choice residuals[] = { { "thunk", RESIDUAL_THUNK },
					   { "warn", RESIDUAL_WARN },
					   { "error", RESIDUAL_ERROR },
					   { NULL, 0 } };

static const char *
set_mode (const char *, int number)
{
  options.mode = (enum purecc_mode) number;
  return NULL;
}

static const char *
set_residual (const char *, int number)
{
  options.residual = (enum purecc_residual) number;
  return NULL;
}

static const char *
set_visibility (const char *, int number)
{
  options.hidden = number;
  return NULL;
}

static const char *
set_pointer (const char *value, int)
{
  static const char first[]
    = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_.$";
  static const char digits[] = "0123456789";

  size_t letters = strspn (value, first);
  const char *p = value;
  while (*p && (strchr (first, *p) || strchr (digits, *p)))
    p++;
  if (letters == 0 || *p)
    return "not the name of a symbol";
  options.pointer = value;
  return NULL;
}

static const char *
set_report (const char *value, int)
{
  options.report = value;
  return *value ? NULL : "not the name of a file";
}

static const char *
set_verbose (const char *, int)
{
  options.verbose = true;
  return NULL;
}

static const char *
set_verify (const char *, int)
{
  options.verify = true;
  return NULL;
}

/* It is for the specs files of `purecc', which find the prelude and the runtime
   by it, and for nothing in the plugin.  */

static const char *
set_libdir (const char *value, int)
{
  return *value ? NULL : "not the name of a directory";
}

static const struct key keys[]
  = { { "mode", true, modes, set_mode },
      { "pointer", true, NULL, set_pointer },
      { "visibility", true, visibilities, set_visibility },
      { "residual", true, residuals, set_residual },
      { "report", true, NULL, set_report },
      { "verbose", false, NULL, set_verbose },
      { "verify", false, NULL, set_verify },
      { "libdir", true, NULL, set_libdir } };

/* Add NAME to NAMES, a list for a message.  */

static void
add_name (std::string *names, const char *name)
{
  if (!names->empty ())
    *names += ", ";
  *names += name;
}

static std::string
choice_names (const struct choice *choices)
{
  std::string names;
  for (; choices->name; choices++)
    add_name (&names, choices->name);
  return names;
}

static std::string
key_names (void)
{
  std::string names;
  for (const struct key &key : keys)
    add_name (&names, key.name);
  return names;
}

/* Apply KEY with VALUE, which may be NULL.  */

static bool
apply_key (const struct key *key, const char *value)
{
  if (key->needs_value && !value)
    {
      error ("purecc: key %qs needs a value: %<-fplugin-arg-purecc-%s=...%>",
	     key->name, key->name);
      return false;
    }
  if (!key->needs_value && value)
    {
      error ("purecc: key %qs takes no value, and has %qs", key->name, value);
      return false;
    }

  int number = 0;
  if (key->choices)
    {
      const struct choice *c = key->choices;
      while (c->name && strcmp (c->name, value) != 0)
	c++;
      if (!c->name)
	{
	  error ("purecc: bad value %qs for key %qs; it takes one of: %s",
		 value, key->name, choice_names (key->choices).c_str ());
	  return false;
	}
      number = c->value;
    }

  const char *wrong = key->set (value, number);
  if (wrong)
    error ("purecc: bad value %qs for key %qs: it is %s", value, key->name,
	   wrong);
  return !wrong;
}

bool
parse_options (int argc, const struct plugin_argument *argv)
{
  bool good = true;

  for (int i = 0; i < argc; i++)
    {
      const struct key *found = NULL;
      for (const struct key &key : keys)
	if (strcmp (key.name, argv[i].key) == 0)
	  found = &key;
      if (found)
	good &= apply_key (found, argv[i].value);
      else
	{
	  error ("purecc: unknown key %qs; the keys are: %s", argv[i].key,
		 key_names ().c_str ());
	  good = false;
	}
    }
  return good;
}
