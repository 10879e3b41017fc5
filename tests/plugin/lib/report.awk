# SPDX-License-Identifier: GPL-3.0-or-later
#
# awk -f report.awk EXPECTED REPORT: does each line of the report match a line
# of its own among the expected ones, and the other way round? A line matches if
# it has the expected members, and is residual only if that is expected. Where
# nothing is expected, only the form of the lines is checked.

BEGIN {
	text = "\"([^\"\\\\]|\\\\.)*\""
	number = "(-?[0-9]+|null)"
	form = "^\\{\"file\": " text ", \"line\": " number \
	    ", \"column\": " number ", \"function\": (" text "|null)" \
	    ", \"macros\": \\[(" text "(, " text ")*)?\\]" \
	    ", \"number\": " number ", \"name\": (" text "|null)" \
	    ", \"nargs\": " number ", \"mode\": \"(inline|call|off)\"" \
	    ", \"kind\": \"(guarded|thunk|native)\"" \
	    "(, \"residual\": " text ")?\\}$"
	order = "file line column function macros number name nargs mode kind" \
	    " residual"
	names = split(order, keys, " ")
}

# The value of member KEY in the object LINE, as it stands there, or "".
function value(line, key,	rest) {
	if (!match(line, "\"" key "\": "))
		return ""
	rest = substr(line, RSTART + RLENGTH)
	if (match(rest, "^" text) || match(rest, /^\[[^]]*\]/) ||
	    match(rest, /^[^,}]*/))
		return substr(rest, 1, RLENGTH)
	return ""
}

function matches(line, wanted,	i, is, should) {
	for (i = 1; i <= names; i++) {
		should = value(wanted, keys[i])
		is = value(line, keys[i])
		if (keys[i] == "file" && should != "")
			is = "\"" substr(is, length(is) - length(should) + 2)
		if (should != is && (should != "" || keys[i] == "residual"))
			return 0
	}
	return 1
}

FILENAME == ARGV[1] {
	wanted[++expected] = $0
	next
}

{
	if ($0 !~ form) {
		print "not as a line of the report should be: " $0
		bad = 1
	}
	lines[++found] = $0
}

END {
	for (i = 1; i <= expected; i++) {
		for (j = 1; j <= found; j++)
			if (!used[j] && matches(lines[j], wanted[i]))
				break
		if (j > found) {
			print "not in the report: " wanted[i]
			bad = 1
		}
		used[j] = 1
	}
	for (j = 1; expected > 0 && j <= found; j++)
		if (!used[j]) {
			print "not expected: " lines[j]
			bad = 1
		}
	exit bad
}
