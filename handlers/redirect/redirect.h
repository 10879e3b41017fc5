/*
 * redirect: a handler that gives the program other files.
 *
 * redirect.c  the handler and its start
 * map.c       which files are others
 * names.c     calls that give the name of a file
 * scripts.c   programs that another one interprets
 * sockets.c   sockets that have a name in the file system
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#ifndef REDIRECT_H
#define REDIRECT_H 1

#include <purecc-handler.h>
#include <stdbool.h>

#pragma GCC visibility push(hidden)

/* Take LINES, each FROM=TO. Returns NULL, or what is wrong. For INIT. */
const char *map_start(const char *lines);

/* For kit: from what the program sees to what there is, and back. */
extern const struct pure_view map_view;

/* No file is another any more: the program has another root directory. */
void map_end(void);

/* Is NUMBER one of their calls? Then it is made, and *RESULT is what it gave.
 */
bool name_call(long number, const long *a, long *result);
bool script_call(long number, const long *a, long *result);
bool socket_call(long number, const long *a, long *result);

#pragma GCC visibility pop

#endif
