#!/bin/sh
# The runtime's table of how many arguments calls have: names and numbers are those of
# the kernel's headers; counts are the running kernel's, as its trace events have them,
# and those of the kit.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: call-counts.sh ROOT

set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Lines "NAME NUMBER COUNT".
sed -n 's/^COUNT (\([0-9]*\), \([a-z0-9_]*\), \([0-6]\))$/\2 \1 \3/p' \
	"$1/runtime/arch/x86_64/call-counts.h" >"$work/table"
[ "$(wc -l <"$work/table")" -ge 350 ] || {
	echo "call-counts.h can't be read"
	exit 1
}
sort -n -c -u -k 2 "$work/table" || touch "$work/failed"

# compare WHAT FIELD: "NAME VALUE" lines of standard input; where the table has NAME
# it must have VALUE.
compare() {
	awk -v what="$1" -v field="$2" '
		FNR == NR { value[$1] = $field; next }
		$1 in value {
			same++
			if (value[$1] != $2) {
				print what ": " $1 ": " $2 ", not " value[$1]
				bad = 1
			}
		}
		END {
			print what ": " same + 0 " compared"
			exit bad || same < 100
		}' "$work/table" - || touch "$work/failed"
}

echo '#include <asm/unistd.h>' | "${CC:-cc}" -E -dM - |
	sed -n 's/^#define __NR_\([a-z0-9_]*\) \([0-9]*\)$/\1 \2/p' | compare headers 2

# The halves of an offset, which some have, are two here too.
awk '/^[a-z_]/ { print $1, NF - 4 }' "$1/kit/calls.table" | compare kit 3

# Fields of "format" after those that all events have: the number, then arguments.
# Some functions of the kernel's have other names than the calls.
events() {
	for format in "$1"/sys_enter_*/format; do
		name=${format#*/sys_enter_}
		case ${name%/format} in
		newstat) name=stat ;;
		newfstat) name=fstat ;;
		newlstat) name=lstat ;;
		newuname) name="uname" ;;
		sendfile64) name=sendfile ;;
		umount) name=umount2 ;;
		*) name=${name%/format} ;;
		esac
		echo "$name $(awk '/field:/ { n++ } END { print n - 5 }' "$format")"
	done
}
for tracing in /sys/kernel/tracing /sys/kernel/debug/tracing; do
	if [ -r "$tracing/events/syscalls/sys_enter_read/format" ]; then
		events "$tracing/events/syscalls" | compare kernel 3
		break
	fi
done
[ ! -e "$work/failed" ]
