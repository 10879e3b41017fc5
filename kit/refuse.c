/*
 * kit: an option that isn't right.
 *
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */
#include <stdio.h>
#include <unistd.h>

#include "kit.h"

void pure_refuse(const char *handler, const char *option, const char *value,
		 const char *why)
{
	dprintf(STDERR_FILENO, "handler %s: option %s: `%s': %s\n", handler,
		option, value, why);
	_exit(2);
}
