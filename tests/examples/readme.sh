#!/bin/sh
# The first handler in README.md compiles as it stands there, and the commands
# after it print what README says.
#
# SPDX-License-Identifier: GPL-3.0-or-later

set -eu
. "$(dirname "$0")/../glibc/compare.inc"
need cc
[ -e "$PURECC_BUILD/pure-glibc/lib/x86_64-linux-gnu/libc.so.6" ] || {
	echo "no pure glibc in $PURECC_BUILD, where README expects it"
	exit 77
}

# block KIND: the first block of README in that language.
block() {
	awk -v start="\`\`\`$1" '
		$0 == start { inside = 1; next }
		inside && $0 == "```" { exit }
		inside
	' "$root/README.md"
}

# What is shown after the commands, indented.
shown() {
	awk '
		$0 == "```sh" { commands = 1 }
		commands && $0 == "```" { after = 1; next }
		after && sub(/^    /, "") { print; printed = 1; next }
		printed { exit }
	' "$root/README.md"
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ln -s "$root/include" "$work/include"
ln -s "$(cd "$PURECC_BUILD" && pwd)" "$work/build"
block c >"$work/no-unlink.c"
block sh >"$work/commands"
shown >"$work/expected"
for file in no-unlink.c commands expected; do
	[ -s "$work/$file" ] || {
		echo "README.md has no $file any more"
		exit 1
	}
done

# The last command, rm, fails as it should.
cd "$work"
! LC_ALL=C sh commands >output 2>&1 || {
	echo "rm did not fail"
	exit 1
}
diff -u expected output
[ -e kept ]
