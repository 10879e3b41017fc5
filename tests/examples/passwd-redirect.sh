#!/bin/sh
# examples/passwd-redirect: programs see another /etc/passwd; an open that fails
# gives the kernel's error, though the handler returns -1.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/../glibc/compare.inc"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
OTHER_PASSWD=$work/passwd
export OTHER_PASSWD
options="--same-namespace --handler $PURECC_BUILD/examples/passwd-redirect.so"

echo 'somebody:x:1:1::/:/bin/sh' >"$OTHER_PASSWD"
[ "$(run cat /etc/passwd)" = "$(cat "$OTHER_PASSWD")" ]
[ "$(run sh -c 'read -r x </etc/passwd; echo "$x"')" = "$(cat "$OTHER_PASSWD")" ]
[ "$(run cat /etc/hostname)" = "$(cat /etc/hostname)" ]

rm "$OTHER_PASSWD"
status=0
message=$(LC_ALL=C run cat /etc/passwd 2>&1) || status=$?
[ "$status" -eq 1 ]
[ "$message" = "cat: /etc/passwd: No such file or directory" ]
