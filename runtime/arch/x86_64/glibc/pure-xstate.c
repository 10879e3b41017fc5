/* SPDX-License-Identifier: LGPL-2.1-or-later  */

#include "pure-build.h"
#include <xstate.c>
