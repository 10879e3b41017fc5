#!/bin/sh
# libpurecc.so exports what purecc.h declares and what a guard needs, and
# nothing else.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: exports.sh BUILD

set -eu
expected='__pure_guard0 __pure_guard1 __pure_guard2 __pure_guard3 __pure_guard4
__pure_guard5 __pure_guard6 __pure_site __pure_syscall __pure_thunk
pure_exec_obstacle pure_isolated pure_keep_descriptor pure_kept_descriptor
pure_native_syscall pure_pass pure_set_flags pure_set_handler pure_syscall'
found=$(nm -D --defined-only "$1/libpurecc.so" | awk '{ print $3 }' | LC_ALL=C sort)
if [ "$found" != "$(echo "$expected" | tr ' ' '\n')" ]; then
	echo "libpurecc.so exports:"
	echo "$found"
	exit 1
fi
