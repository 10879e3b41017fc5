/* SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <pure-specific.h>
#include <nptl/pthread_setspecific.c>
