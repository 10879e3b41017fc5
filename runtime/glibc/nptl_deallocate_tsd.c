/* SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <pure-specific.h>
#include <nptl/nptl_deallocate_tsd.c>
