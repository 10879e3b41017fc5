/* Which part of glibc the runtime is compiled for.

   SPDX-License-Identifier: LGPL-2.1-or-later  */

#if IS_IN (rtld)
# define PURE_IN_RTLD 1
#else
# define PURE_IN_LIBC 1
#endif
