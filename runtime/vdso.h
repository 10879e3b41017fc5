/* The functions of the vDSO: PURE_VDSO (NAME) is the one that answers system
   call NAME, or NULL.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#ifndef PURE_VDSO_H
#define PURE_VDSO_H 1

#ifdef PURE_IN_LIBC

/* The C library has found them; isolated instances share what ld.so knows.  */
# include <ldsodefs.h>
# define PURE_VDSO(name) PURE_VDSO_##name
# define PURE_VDSO_clock_gettime GLRO(dl_vdso_clock_gettime64)
# define PURE_VDSO_clock_getres GLRO(dl_vdso_clock_getres_time64)
# define PURE_VDSO_gettimeofday GLRO(dl_vdso_gettimeofday)
# define PURE_VDSO_time GLRO(dl_vdso_time)
# define PURE_VDSO_getcpu GLRO(dl_vdso_getcpu)

#else

# define PURE_VDSO(name) (__pure_vdso ()->name)

struct pure_vdso
{
  int (*clock_gettime) (long clock, void *time);
  int (*clock_getres) (long clock, void *resolution);
  int (*gettimeofday) (void *time, void *zone);
  long (*time) (void *time);
  int (*getcpu) (void *cpu, void *node, void *unused);
};

/* Async-signal-safe and thread-safe.  */
const struct pure_vdso *__pure_vdso (void) PURE_HIDDEN;

#endif

#endif /* vdso.h */
