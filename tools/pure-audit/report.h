/*
 * What goes in and what comes out: files, and what is said of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef PURE_AUDIT_REPORT_H
#define PURE_AUDIT_REPORT_H

#include <stdio.h>

#include "verdict.h"

/* The exit status if a site is raw, see man/pure-audit.1. */
#define EXIT_RAW 1

struct options {
	bool list;
	bool json;
	const char *pointer;
	/* What the compiler has made the file of, or NULL. */
	const char *source;
};

/* What is counted, in an image or in all members of an archive. */
struct counts {
	size_t kinds[KINDS];
	size_t sites;
	size_t records;
	size_t stale_records;
	size_t lookalikes;
};

/* Of all files together. */
struct totals {
	/* ELF files and archives. */
	size_t files;
	size_t images;
	size_t raw;
	size_t unknown;
};

/* input.c */
/* Audit what is at PATH, and add it to TOTALS. */
void input_audit(const char *path, const struct options *options,
		 struct totals *totals);

/* compiled.c */
/*
 * Say, as a compiler does, which sites of AUDIT, an object file that was made
 * of SOURCE, are raw although nobody has said so. Returns how many
 * errors that is.
 */
size_t compiled_report(const struct audit *audit, const char *source);

/* report.c */
/* Report AUDIT, and add it to what is counted in TOTAL. */
void report_audit(const struct audit *audit, const struct options *options,
		  struct counts *total);
/* Say how many sites of what kind there are in FILE. */
void report_summary(const char *file, const struct counts *counts);
/* How SITE's instruction is written. */
const char *report_instruction(const struct site *site);
/* Print where SITE of IMAGE is: its address, and its function if it has one. */
void report_place(FILE *file, const struct image *image,
		  const struct site *site);
/* FILE, or its MEMBER, could not be audited because of WHAT. */
void report_error(const char *file, const char *member, const char *what,
		  const struct options *options);

#endif
