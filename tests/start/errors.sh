#!/bin/sh
# An exec that fails leaves everything as it was, and errno is the kernel's.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
# shellcheck source=common.inc
. "$(dirname "$0")/common.inc"

build child -ldl
build errors
echo data >data
echo 'data' >plain
printf '#!/nonexistent/interpreter\n' >no-interpreter
printf '#!%s/loop\n' "$work" >loop
ln -s itself itself
ln -s child link
cp child written
mkfifo fifo
chmod +x data no-interpreter loop fifo
# Of what is too big it is said that it isn't followed, before that fails too.
more=--quiet
same ./errors
exit "$failed"
