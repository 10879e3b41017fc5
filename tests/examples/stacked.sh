#!/bin/sh
# examples/reword over examples/one-file: the first reads by its own C library what only
# the second provides.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/../glibc/compare.inc"

one_file="--handler $PURECC_BUILD/examples/one-file.so"
reword="--handler $PURECC_BUILD/examples/reword.so"

options=$one_file
[ "$(run cat /nowhere/words | wc -l)" -eq 2 ]
options="$reword $one_file"
[ "$(run /bin/echo hello)" = goodbye ]
[ "$(run sh -c 'echo world; /bin/echo hello; echo hello world')" = "moon
goodbye
hello world" ]

# The other way round the file isn't there, and natively it isn't either.
options="$one_file $reword"
message=$(LC_ALL=C run /bin/echo hello 2>&1) || :
[ "$message" = "/nowhere/words: No such file or directory
hello" ]
