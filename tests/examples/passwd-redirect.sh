#!/bin/sh
# examples/passwd-redirect: programs see another /etc/passwd; an open that fails
# gives the kernel's error, though the handler returns -1.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/../glibc/compare.inc"

# The file's name is the example's own: keep what is there.
[ ! -e /tmp/passwd ] || {
	echo "/tmp/passwd exists"
	exit 77
}
trap 'rm -f /tmp/passwd' EXIT
options="--same-namespace --handler $PURECC_BUILD/examples/passwd-redirect.so"

echo 'somebody:x:1:1::/:/bin/sh' >/tmp/passwd
[ "$(run cat /etc/passwd)" = "$(cat /tmp/passwd)" ]
[ "$(run sh -c 'read -r x </etc/passwd; echo "$x"')" = "$(cat /tmp/passwd)" ]
[ "$(run cat /etc/hostname)" = "$(cat /etc/hostname)" ]

rm /tmp/passwd
status=0
message=$(LC_ALL=C run cat /etc/passwd 2>&1) || status=$?
[ "$status" -eq 1 ]
[ "$message" = "cat: /etc/passwd: No such file or directory" ]
