/*
 * Where a program's files are: beside it in a build tree, else in the purecc
 * directory of the library directory, to which the way from an installed
 * program is known. So a tree works wherever it has been moved to.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#ifndef PURECC_TOOLS_PLACE_H
#define PURECC_TOOLS_PLACE_H 1

/* The directory that the program is in, whatever link it was started by; it
 * isn't to be freed. */
char *place_own(void);

/* The directory of an installed program's files; its parent has libpurecc. */
char *place_files(void);

#endif
