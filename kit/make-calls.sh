#!/bin/sh
# Make C of the table of calls.
#
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# usage: make-calls.sh COMPILER NUMBERS TABLE >calls.inc
#
# COMPILER finds the kernel's headers, and NUMBERS is a program that prints more.
# What comes out has parts, of which the file that includes it takes one:
#   KIT_ROW (NUMBER, NAME, CLASSES, RESULT, WAITS, COUNT, ARGUMENTS...)
#   KIT_OTHER (NAME), of those that have no number here
#   KIT_TYPE (NUMBER, NAME)
#   KIT_SHOW (NUMBER, KIND), KIT_SHOW_KIND (NUMBER, TYPE)
set -eu

compiler=$1 numbers=$2 table=$3

{
	echo '#include <asm/unistd.h>' | "$compiler" -E -dM -
	"$numbers"
} | awk '
function argument(word, part, at) {
	at = 0
	if (match(word, /@[0-9]+$/)) {
		at = substr(word, RSTART + 1)
		word = substr(word, 1, RSTART - 1)
	}
	if (!(word in types)) {
		types[word] = ++count
		words[count] = word
	}
	split(word, part, ":")
	return "{ KIT_KIND_" part[1] ", " at ", " types[word] " }"
}

function classes(words, part, result, n, i) {
	if (words == "-")
		return "0"
	n = split(words, part, ",")
	for (i = 1; i <= n; i++) {
		gsub(/%/, "all_", part[i])
		result = result (i > 1 ? " | " : "") "PURE_CLASS_" part[i]
	}
	return result
}

FNR == NR && $1 == "#define" && $2 ~ /^__NR_/ && $3 ~ /^[0-9]+$/ {
	name = substr($2, 6)
	if (!(name in number) && !($3 in named)) {
		number[name] = $3
		named[$3] = name
	}
}
FNR == NR && $1 == "other" && !($2 in number) {
	others = others sprintf("KIT_OTHER(\"%s\")\n", $2)
}
FNR == NR || /^#/ || !NF { next }
{
	if (!($1 in number))
		next
	done[$1] = 1
	row = ""
	for (i = 5; i <= NF; i++)
		row = row ", " argument($i)
	rows = rows sprintf("KIT_ROW(%d, \"%s\", %s, %s, %d, %d%s)\n",
		number[$1], $1, classes($2),
		"PURE_RESULT_" ($3 == "-" ? "number" : $3),
		$4 == "waits", NF - 4, row)
}
END {
	for (name in number)
		if (!(name in done)) {
			row = ""
			for (i = 1; i <= 6; i++)
				row = row ", " argument("hex")
			rows = rows sprintf("KIT_ROW(%d, \"%s\", 0, " \
				"PURE_RESULT_number, 0, 6%s)\n",
				number[name], name, row)
		}
	printf "#ifdef KIT_ROW\n%s#endif\n", rows
	printf "#ifdef KIT_OTHER\n%s#endif\n#ifdef KIT_TYPE\n", others
	for (i = 1; i <= count; i++)
		printf "KIT_TYPE(%d, \"%s\")\n", i, words[i]
	printf "#endif\n#ifdef KIT_SHOW\n"
	for (i = 1; i <= count; i++) {
		n = split(words[i], part, ":")
		gsub(/\./, "_", part[2])
		if (n > 1)
			printf "KIT_SHOW_%s(%d, %s)\n", part[1], i, part[2]
		else
			printf "KIT_SHOW(%d, %s)\n", i, part[1]
	}
	print "#endif"
}' - "$table"
