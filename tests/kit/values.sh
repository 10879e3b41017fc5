#!/bin/sh
# The value that a handler gives a descriptor goes where the descriptor goes.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
# shellcheck source=common.inc disable=SC1091
. "$(dirname "$0")/common.inc"
: "${PURECC_GLIBC:=$PURECC_BUILD/pure-glibc}"
[ -e "$PURECC_GLIBC/lib/x86_64-linux-gnu/libc.so.6" ] || {
	echo "no pure glibc in $PURECC_GLIBC"
	exit 77
}
"${CC:-cc}" -std=gnu11 -O2 -g -Wall -Wextra -Werror -shared -fPIC \
	-ftls-model=initial-exec -Wl,-z,now -I "$root/include" \
	"$root/tests/kit/values-handler.c" "$PURECC_BUILD/libpurehandler.a" \
	-o "$work/handler.so"
"${CC:-cc}" -std=gnu11 -O2 -g -Wall -Wextra -pthread "$root/tests/kit/values.c" \
	-o "$work/values"
mkdir "$work/files"
cd "$work/files"
start=$(date +%s%N)
timeout 60 "$PURECC_BUILD/pure-run" --glibc "$PURECC_GLIBC" --quiet \
	--handler "$work/handler.so" -O "start=$start" -- "$work/values" ||
	fail "exit status $?"
rm -f "/dev/shm/purecc-values-$start" "/tmp/purecc-values-$start"
exit "$failed"
