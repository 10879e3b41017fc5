/* When a program frees all that its C library has (mtrace, valgrind), what ld.so has
   allocated is freed by ld.so, which knows what isn't of the program's malloc
   (dl-minimal.c).

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#ifdef SHARED
# include <ldsodefs.h>
# include <stdlib.h>
# include <pure.h>

# define free(pointer) __pure_process.free (pointer)
#endif

#include <elf/dl-libc.c>
