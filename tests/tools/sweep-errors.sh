#!/bin/sh
# pure-sweep's table of errors: it is what is made of the man pages, each error is one
# that inject knows, and each call one of the kit's.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
# shellcheck source=common.inc disable=SC1091
. "$(dirname "$0")/common.inc"
sweep=$root/tools/pure-sweep
grep -v '^#' "$sweep/errors.table" >"$work/table"
[ "$(wc -l <"$work/table")" -gt 300 ] || fail 'the table is short'

# Spot checks, by what man 2 has.
for row in 'close EBADF EDQUOT EINTR EIO ENOSPC' 'pipe EFAULT EMFILE ENFILE' \
	'fstat EBADF EFAULT ENOMEM EOVERFLOW' 'munmap EINVAL ENOMEM' \
	'fchdir EACCES EBADF ENOTDIR' 'ftruncate EBADF EFBIG EINTR EINVAL EIO EPERM ETXTBSY'; do
	tr -s ' ' <"$work/table" | grep -qxF "$row" || fail "not in the table: $row"
done
for call in getpid brk exit_group umask; do
	! grep "^$call " "$work/table" || fail "$call doesn't fail"
done

cut -d ' ' -f 1 "$work/table" | sed 's/:.*//' | sort -u >"$work/calls"
sed -n 's/^\([a-z_0-9]*\) .*/\1/p' "$root/kit/calls.table" | sort |
	comm -13 - "$work/calls" >"$work/unknown"
[ ! -s "$work/unknown" ] || fail "not the kit's: $(cat "$work/unknown")"
cut -d ' ' -f 2- "$work/table" | tr -s ' ' '\n' | grep '^E' | sort -u >"$work/errors"
while read -r name; do
	echo "#ifndef $name"
	echo "#error $name"
	echo "#endif"
done <"$work/errors" | sed '1i #include <errno.h>' >"$work/errors.c"
"${CC:-cc}" -fsyntax-only "$work/errors.c" || fail 'no such errors'
for name in EOPNOTSUPP EAGAIN EDEADLK; do
	grep -qx "$name" "$work/errors" || fail "there is no $name"
done
! grep -xE 'ENOTSUP|EWOULDBLOCK|EDEADLOCK' "$work/errors" ||
	fail "these are second names, which inject doesn't know"

version=$(dpkg-query -W -f '${Version}' manpages-dev 2>/dev/null) || version=none
wanted=$(sed -n 's/.*: man-pages \([0-9.]*\)\.$/\1/p' "$sweep/errors.table")
if [ "${version%%-*}" = "$wanted" ] && [ -e /usr/share/man/man2/openat.2.gz ] &&
	[ -x /usr/bin/python3 ]; then
	/usr/bin/python3 -B "$sweep/pages.py" "$root/kit/calls.table" |
		diff "$sweep/errors.table" - || fail 'pages.py makes another table'
else
	echo "not compared with the pages: manpages-dev is $version, not $wanted"
fi
exit "$failed"
