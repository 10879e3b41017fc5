#!/bin/sh
# Make C of the tables of flags: for each set, kit_flags_SET.
#
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# usage: make-flags.sh TABLE >flags.inc
set -eu

awk '
function finish() {
	if (set == "")
		return
	print "\t{ 0, NULL }\n};"
	printf "const struct kit_flags kit_flags_%s = { \"%s\", list_%s };\n\n",
		set, other, set
}

/^#/ || !NF { next }
/^[a-z]/ {
	finish()
	set = substr($1, 1, length($1) - 1)
	other = $2
	gsub(/\?/, "\\?", other)
	printf "static const struct kit_flag list_%s[] = {\n", set
	next
}
{
	for (i = 1; i <= NF; i++) {
		name = $i
		macro = sub(/^=/, "", name) == 0
		text = name
		sub(/^KIT_/, "", text)
		if (macro)
			print "#ifdef " name
		printf "\t{ (unsigned long)%s, \"%s\" },\n", name, text
		if (macro)
			print "#endif"
	}
}
END { finish() }' "$1"
