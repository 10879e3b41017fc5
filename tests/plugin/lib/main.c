/* The main of the plugin's cases that run, where they have none of their own.

   SPDX-License-Identifier: GPL-3.0-or-later  */

#include "testing.h"

#include <stddef.h>

int
main (void)
{
  catch_calls ();
  test ();
  check_none_left ();

  handled = 1;
  __pure_syscall = recording_handler;
  test ();
  __pure_syscall = NULL;
  check_none_left ();
  return test_result ();
}
