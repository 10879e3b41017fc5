/* The report.

   SPDX-License-Identifier: GPL-3.0-or-later

   All lines of a compilation are kept until its end, and then appended at once,
   under a lock, so that parallel compilations can share a file.  */

#include <fcntl.h>
#include <seccomp.h>
#include <sys/file.h>
#include <unistd.h>

#include "compat.h"
#include "options.h"
#include "origin.h"
#include "report.h"

static int report_fd = -1;
static std::string report_text;

bool
open_report (void)
{
  if (!options.report)
    return true;
  report_fd = open (options.report,
		    O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
  if (report_fd < 0)
    {
      error ("purecc: cannot write the report file %qs: %m; give a file in a "
	     "directory that exists and is writable with "
	     "%<-fplugin-arg-purecc-report=FILE%>",
	     options.report);
      return false;
    }
  return true;
}

struct site_note
note_site (const site &s)
{
  struct site_note note = { gimple_location (s.stmt), false, 0 };
  note.has_number = site_number (s, &note.number);
  return note;
}

char *
call_name (const struct site_note &note)
{
  if (!note.has_number || note.number != (int) note.number)
    return NULL;
  return seccomp_syscall_resolve_num_arch (target_seccomp_arch, note.number);
}

/* TEXT as a JSON string.  */

static std::string
json_string (const char *text)
{
  std::string out = "\"";
  for (; *text; text++)
    {
      unsigned char c = *text;
      char escaped[8];
      if (c == '"' || c == '\\')
	out += '\\';
      if (c < 0x20)
	{
	  snprintf (escaped, sizeof escaped, "\\u%04x", c);
	  out += escaped;
	}
      else
	out += c;
    }
  return out + '"';
}

/* Add KEY with the JSON text VALUE to OBJECT.  */

static void
add_member (std::string *object, const char *key, const std::string &value)
{
  *object += *object == "{" ? "" : ", ";
  *object += json_string (key) + ": " + value;
}

/* The names of the macros that WHERE comes from, the innermost first.  */

static std::string
json_macros (location_t where)
{
  std::string list;
  for (const char *name : macro_chain (where))
    {
      list += list.empty () ? "" : ", ";
      list += json_string (name);
    }
  return "[" + list + "]";
}

static const char *
json_mode (void)
{
  switch (options.mode)
    {
    case MODE_INLINE:
      return "\"inline\"";
    case MODE_CALL:
      return "\"call\"";
    default:
      return "\"off\"";
    }
}

static const char *
kind_name (enum site_kind kind)
{
  switch (kind)
    {
    case SITE_GUARDED:
      return "\"guarded\"";
    case SITE_THUNKED:
      return "\"thunk\"";
    default:
      return "\"native\"";
    }
}

/* Add the members that say where in the source WHERE is.  */

static void
add_place (std::string *object, location_t where)
{
  expanded_location place = expand_location (source_location_of (where));
  add_member (object, "file", json_string (place.file ? place.file : ""));
  add_member (object, "line", std::to_string (place.line));
  add_member (object, "column", std::to_string (place.column));
}

void
report_site (const site &s, const struct site_note &note)
{
  if (report_fd < 0)
    return;
  std::string object = "{";
  add_place (&object, note.where);
  add_member (&object, "function",
	      json_string (function_name (cfun)));
  add_member (&object, "macros", json_macros (note.where));
  add_member (&object, "number",
	      note.has_number ? std::to_string (note.number) : "null");
  char *name = call_name (note);
  add_member (&object, "name", name ? json_string (name) : "null");
  free (name);
  add_member (&object, "nargs",
	      s.number ? std::to_string (s.nargs) : "null");
  add_member (&object, "mode", json_mode ());
  add_member (&object, "kind", kind_name (s.kind));
  if (s.residual)
    add_member (&object, "residual", json_string (s.residual));
  report_text += object + "}\n";
}

void
report_toplevel_site (const char *why, enum site_kind kind)
{
  if (report_fd < 0)
    return;
  std::string object = "{";
  add_member (&object, "file", json_string (main_input_filename));
  for (const char *key : { "line", "column", "function" })
    add_member (&object, key, "null");
  add_member (&object, "macros", "[]");
  for (const char *key : { "number", "name", "nargs" })
    add_member (&object, key, "null");
  add_member (&object, "mode", json_mode ());
  add_member (&object, "kind", kind_name (kind));
  add_member (&object, "residual", json_string (why));
  report_text += object + "}\n";
}

/* Append what was reported.  If it can't be written, because the disk is full,
   say, the part that was written is removed again.  Returns false then.  */

static bool
append_report (void)
{
  off_t end = lseek (report_fd, 0, SEEK_END);
  const char *p = report_text.data ();
  size_t left = report_text.size ();
  while (left > 0)
    {
      ssize_t n = write (report_fd, p, left);
      if (n < 0 && errno == EINTR)
	continue;
      if (n <= 0)
	{
	  int why = errno;
	  if (end >= 0 && ftruncate (report_fd, end) != 0)
	    end = -1;
	  errno = why;
	  return false;
	}
      p += n;
      left -= n;
    }
  return true;
}

void
write_report (void)
{
  if (report_fd < 0)
    return;
  if (!seen_error () && !flag_compare_debug && !report_text.empty ())
    {
      flock (report_fd, LOCK_EX);
      if (!append_report ())
	error ("purecc: cannot write the report file %qs: %m",
	       options.report);
    }
  close (report_fd);
  report_fd = -1;
}
