/* The report: a JSON object a line and site, appended to a file.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#ifndef PURECC_REPORT_H
#define PURECC_REPORT_H

#include "site.h"

/* What the report and the diagnostics say of a site.  It is noted before the
   rewrite, which changes what it is read from.  */
struct site_note
{
  location_t where;
  bool has_number;
  HOST_WIDE_INT number;
};

extern struct site_note note_site (const site &s);

/* Open the report file that the options name.  Says why if that fails.  */
extern bool open_report (void);

/* Add S, with NOTE, to the report.  */
extern void report_site (const site &s, const struct site_note &note);

/* Add a site outside of any function, residual because of WHY, of which KIND
   says what became.  */
extern void report_toplevel_site (const char *why, enum site_kind kind);

/* Append what was reported to the file, in one piece.  Nothing is written for
   a compilation that failed.  */
extern void write_report (void);

/* The system call's name, or NULL.  The caller frees it.  */
extern char *call_name (const struct site_note &note);

#endif /* report.h */
