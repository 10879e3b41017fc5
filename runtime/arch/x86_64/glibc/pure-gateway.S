/* SPDX-License-Identifier: LGPL-2.1-or-later  */

#include <gateway.S>

libc_hidden_def (__pure_native_syscall)
