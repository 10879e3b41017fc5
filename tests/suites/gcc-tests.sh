#!/bin/sh
# GCC's own tests as judge of the plugin: with no system call in a file GCC makes the
# same of it with the plugin as without; and where one is put into its asm it compiles
# and assembles as without, and is diverted or named.
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: gcc-tests.sh [--seed SEED] [--minutes MINUTES] [COUNT|all]
#        gcc-tests.sh [--seed SEED] [--work DIR] --case CASE
#
# COUNT files, or all of them, which takes hours: those with asm come first, and
# after MINUTES nothing else is begun.  --case repeats what is printed with a fault; see
# the head of gcc-tests.py.
#
# Needs Debian's package of the compiler's source, gcc-N-source; PURECC_GCC_TESTS
# names a directory gcc/testsuite to take instead, which may be of another version.
#
# Exits 77 where there are no tests.

set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
: "${PURECC_BUILD:=$root/build}"
: "${CC:=gcc}"
# shellcheck source=scripts/packages.sh disable=SC1091
. "$root/scripts/packages.sh"
directories='c-c++-common g++.dg g++.target/i386 gcc.c-torture gcc.dg
	gcc.target/i386'

major=$(gcc_major "$CC")
plugin=$PURECC_BUILD/gcc-$major/purecc.so
[ -e "$plugin" ] || {
	echo "$CC: no plugin for it in $PURECC_BUILD: no $plugin"
	exit 2
}
command -v python3 >/dev/null || {
	echo "python3 is not here"
	exit 77
}

# Two minutes on 2 processors; ctest stops it after half an hour.
[ $# -gt 0 ] || set -- --minutes 20 250

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM

# unpack ARCHIVE DIR: the directories of its tests.
unpack() {
	patterns=
	for directory in $directories; do
		patterns="$patterns */gcc/testsuite/$directory"
	done
	# The patterns are tar's, not the shell's, and words of a list.
	set -f
	# shellcheck disable=SC2086
	tar -xf "$1" -C "$2" --wildcards --strip-components=3 $patterns
	set +f
}

tests=${PURECC_GCC_TESTS:-}
if [ -z "$tests" ]; then
	archive=$(find "/usr/src/gcc-$major" -maxdepth 1 -name 'gcc-*.tar.*' \
		2>/dev/null | head -n 1)
	[ -n "$archive" ] || {
		echo "GCC's tests are not here: gcc-$major-source"
		exit 77
	}
	tests=$work/tests
	mkdir "$tests"
	unpack "$archive" "$tests"
fi

# What is temporary is in the directory that is removed.
mkdir "$work/tmp"
TMPDIR=$work/tmp
export TMPDIR
python3 "$root/tests/suites/gcc-tests.py" --cc "$CC" --plugin "$plugin" \
	--audit "$PURECC_BUILD/pure-audit" --tests "$tests" "$@"
