#!/bin/sh
# There is one C library: its files in the system's directories, by their paths or in a
# program's DT_RPATH, are those of the pure glibc.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
# shellcheck source=common.inc
. "$(dirname "$0")/common.inc"

build own-libraries -ldl -pthread
same ./own-libraries
mkdir system
ln -s /lib/x86_64-linux-gnu/libc.so.6 /lib/x86_64-linux-gnu/libm.so.6 system
build own-libraries -ldl -pthread -Wl,--disable-new-dtags "-Wl,-rpath,$work/system"
same ./own-libraries
same env LD_LIBRARY_PATH="$work/system" ./own-libraries
same env LD_PRELOAD=libm.so.6 ./own-libraries
exit "$failed"
