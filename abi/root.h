/* A purified root, whose own C library is the pure one: where its ld.so finds the
   handlers of the programs that the kernel starts there.

   SPDX-License-Identifier: LGPL-2.1-or-later

   man/pure-root.1 has the format of the file.  A handler NAME is NAME.so in the
   directory, which is pure-root's.  */

#ifndef PURE_ABI_ROOT_H
#define PURE_ABI_ROOT_H 1

/* check-glibc.sh has another, which is for the programs of
   each ld.so.  */
#ifdef PURE_ROOT_FILE
# define PURE_ROOT_ALL 1
#else
# define PURE_ROOT_ALL 0
# define PURE_ROOT_FILE "/etc/purecc/handlers"
#endif

#define PURE_ROOT_HANDLERS "/usr/lib/pure-root/handlers/"
#define PURE_ROOT_SUFFIX ".so"

/* Of the file, in bytes.  */
#define PURE_ROOT_MOST 65536

#endif /* root.h */
